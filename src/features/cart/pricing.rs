//! Pricing a cart here as the server will at submission (domain.md section 5).

use std::sync::Arc;

use chrono::{DateTime, Utc};
use countersign_domain::money::{Currency, Rate};
use countersign_domain::price::{Price, resolve};
use countersign_domain::promotion::{CartLine, CustomerPromotion, PricedCart, price_cart};
use countersign_domain::quantity::Quantity;
use countersign_domain::variant_sums::VariantSums;

use crate::features::cart::model::{Line, LineState, Priced};
use crate::offline::draft::{DraftLine, read_quantity};
use crate::queries::offers::{Availability, Known, Offer};

/// The lines of a cart and what they come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluated {
    /// Each line with what the catalog says of it.
    pub lines: Vec<Line>,
    /// Those that can be ordered, priced together.
    pub cart: Option<PricedCart>,
}

/// Each line with what the catalog says of it, and all together priced at `now`. Nothing is priced while the promotions
/// are not known.
pub fn evaluate(
    lines: &[DraftLine],
    known: &Known,
    promotions: Option<&[CustomerPromotion]>,
    currency: &Currency,
    now: DateTime<Utc>,
) -> Evaluated {
    let ordered = |line: &DraftLine| Some((line.item.variant_id, read_quantity(&line.typed).ok()?));
    let sums: VariantSums = lines.iter().filter_map(ordered).collect();
    let state = |line: &DraftLine| match known.of(line.item.variant_id) {
        Availability::Asking => LineState::Asking,
        Availability::Gone => LineState::Gone,
        Availability::Offered(offer) => {
            let others = |quantity| sums.beside(line.item.variant_id, quantity);
            read(&line.typed, others, offer, currency)
        }
    };
    let lines = lines
        .iter()
        .map(|line| Line {
            id: line.id,
            state: state(line),
        })
        .collect();
    price(lines, promotions, currency, now)
}

/// What was typed for an offer, where `others` says what other lines order of it; priced as if there were no promotions.
pub(super) fn read(
    typed: &str,
    others: impl Fn(Quantity) -> Quantity,
    offer: Arc<Offer>,
    currency: &Currency,
) -> LineState {
    let quantity = match read_quantity(typed) {
        Ok(quantity) => quantity,
        Err(error) => return LineState::Unreadable(error, offer),
    };
    if let Err(breach) = (offer.variant.rule).check_beside(quantity, others(quantity)) {
        return LineState::Breach(breach, offer);
    }
    let price = resolve(&offer.variant.terms, quantity);
    match currency.line_amount(price.unit, quantity, Rate::ZERO) {
        Some(amount) => LineState::Priced(Box::new(Priced {
            quantity,
            base: offer.variant.terms.base().0,
            price,
            amount,
            offer,
        })),
        None => LineState::TooMuch(offer),
    }
}

/// Prices the lines that can be ordered, together.
pub(super) fn price(
    mut lines: Vec<Line>,
    promotions: Option<&[CustomerPromotion]>,
    currency: &Currency,
    now: DateTime<Utc>,
) -> Evaluated {
    let Some(promotions) = promotions else {
        for line in &mut lines {
            if line.state.priced().is_some() {
                line.state = LineState::Asking;
            }
        }
        return Evaluated { lines, cart: None };
    };
    let asked: Vec<CartLine> = lines.iter().filter_map(cart_line).collect();
    // Freight is the supplier's to set, in the order review.
    let cart = price_cart(&asked, promotions, Default::default(), currency, now);
    let mut priced = cart
        .as_ref()
        .map(|cart| cart.lines.clone())
        .unwrap_or_default()
        .into_iter();
    for line in &mut lines {
        let LineState::Priced(own) = &mut line.state else {
            continue;
        };
        match priced.next() {
            Some(found) => {
                own.price = Price {
                    unit: found.unit,
                    reasons: found.reasons,
                };
                own.amount = found.amount;
            }
            // All together they are more than can be charged.
            None => line.state = LineState::TooMuch(Arc::clone(&own.offer)),
        }
    }
    Evaluated { lines, cart }
}

fn cart_line(line: &Line) -> Option<CartLine> {
    let priced = line.state.priced()?;
    let offer = &priced.offer;
    Some(CartLine {
        id: line.id,
        variant_id: offer.variant.id,
        product_id: offer.item.product_id,
        category_id: offer.category_id,
        quantity: priced.quantity,
        terms: offer.variant.terms.clone(),
    })
}
