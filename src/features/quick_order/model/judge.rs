//! What became of a row.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use countersign_contract::catalog::CatalogVariant;
use countersign_contract::promotion::CustomerPromotions;
use countersign_domain::id::VariantId;
use countersign_domain::money::{Currency, Rate};
use countersign_domain::price::{Price, PriceReason};
use countersign_domain::promotion::price_line;
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::sheet::{Field, Wish, code_key, plain, read_line};

use super::{Bad, Fault, Meaning, Priced, Row, Verdict};
use crate::queries::offers::Offer;

/// What rows are priced with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prices {
    currency: Currency,
    promotions: Arc<CustomerPromotions>,
    /// When: the moment the promotions are of.
    at: DateTime<Utc>,
}

impl Prices {
    /// Prices without promotions: none are known yet.
    pub(super) fn of(currency: Currency) -> Self {
        Self {
            currency,
            promotions: Arc::default(),
            at: DateTime::UNIX_EPOCH,
        }
    }

    /// From now on with these promotions. Says whether anything is other than before.
    pub(super) fn take(&mut self, promotions: &Arc<CustomerPromotions>, at: DateTime<Utc>) -> bool {
        let is_new = self.promotions.promotions != promotions.promotions || self.at != at;
        self.promotions = Arc::clone(promotions);
        self.at = at;
        is_new
    }
}

/// Judges a row by what is written in it and what its code means.
pub(super) fn judge(row: &Row, known: &BTreeMap<String, Meaning>, prices: &Prices) -> Verdict {
    if row.typed.is_empty() {
        return Verdict::Empty;
    }
    let bad = |fault, offer| Verdict::Bad(Box::new(Bad { fault, offer }));
    let read = read_line(&row.typed);
    if let Err(kind) = read
        && kind.field() == Field::Code
    {
        return bad(Fault::Cell(kind), None);
    }
    let key = code_key(&row.typed.code);
    // No code has a line break in it, and none could be asked about.
    if key.contains(char::is_control) {
        return bad(Fault::Unknown, None);
    }
    let offer = match known.get(&key) {
        None => return Verdict::Waiting,
        Some(Meaning::Unknown) => return bad(Fault::Unknown, None),
        Some(Meaning::OffSale) => return bad(Fault::OffSale, None),
        Some(Meaning::Ambiguous(offers)) => return bad(Fault::Ambiguous(offers.clone()), None),
        Some(Meaning::Offered(offer)) => Arc::clone(offer),
    };
    match read
        .map_err(Fault::Cell)
        .and_then(|wish| price(&wish, &offer, prices))
    {
        Ok(priced) => Verdict::Good(Box::new(priced)),
        Err(fault) => bad(fault, Some(offer)),
    }
}

fn price(wish: &Wish, offer: &Arc<Offer>, prices: &Prices) -> Result<Priced, Fault> {
    let variant = &offer.variant;
    if let Some(given) = wish
        .unit
        .as_deref()
        .filter(|given| !is_unit(given, &variant.unit))
    {
        return Err(Fault::Unit {
            given: given.to_owned(),
            nearest: nearest(given, wish.quantity, variant),
        });
    }
    variant.rule.check(wish.quantity).map_err(Fault::Breach)?;
    let goods = (variant.id, offer.item.product_id, offer.category_id);
    let promised = &prices.promotions.promotions;
    let Price { unit: price, reasons } =
        price_line(&variant.terms, wish.quantity, goods, promised, prices.at);
    let is_promotion = |reason: &PriceReason| matches!(reason, PriceReason::Promotion { .. });
    let amount = prices
        .currency
        .line_amount(price, wish.quantity, Rate::ZERO)
        .ok_or(Fault::TooMuch)?;
    Ok(Priced {
        offer: Arc::clone(offer),
        quantity: wish.quantity,
        price,
        promotion: reasons.into_iter().find(is_promotion),
        amount,
    })
}

/// Whether this is how people write `unit`.
fn is_unit(given: &str, unit: &Unit) -> bool {
    let given = plain(given).to_lowercase();
    let singular = given.strip_suffix("es").unwrap_or(&given);
    let names = [&unit.code, &unit.name.zh, &unit.name.en];
    names.iter().any(|name| {
        let name = name.to_lowercase();
        let one = given.strip_suffix('s').unwrap_or(&given);
        name == given || name == one || name == singular || name.strip_suffix('s') == Some(one)
    })
}

/// Quantities in the ordering unit that come to what is written in the base unit, or nearly; what is written in a unit
/// nobody knows, as if it were the ordering unit.
fn nearest(given: &str, quantity: Quantity, variant: &CatalogVariant) -> Vec<Quantity> {
    let mut found = if is_unit(given, &variant.base_unit) {
        let whole = quantity.get().checked_div(variant.unit.factor.get());
        whole
            .map(|whole| vec![whole.floor(), whole.ceil()])
            .unwrap_or_default()
            .into_iter()
            .filter_map(|whole| Quantity::new(whole).ok())
            .collect()
    } else {
        vec![quantity]
    };
    found.retain(|quantity| variant.rule.check(*quantity).is_ok());
    found.dedup();
    found
}

/// What a row orders and how many of it, even where that breaks a rule: together with others it may not.
pub(super) fn wanted(row: &Row) -> Option<(VariantId, Quantity)> {
    match &row.verdict {
        Verdict::Good(priced) => Some((priced.offer.variant.id, priced.quantity)),
        Verdict::Bad(bad) if matches!(bad.fault, Fault::Breach(_)) => {
            let quantity = read_line(&row.typed).ok()?.quantity;
            Some((bad.offer.as_ref()?.variant.id, quantity))
        }
        Verdict::Empty | Verdict::Waiting | Verdict::Bad(_) => None,
    }
}
