//! What one ordering unit costs: base price, quantity break, line promotion (domain.md section 5.1 to 5.3).

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::{CustomerPromotion, LineEffect, PromotionRule};
use crate::id::{CategoryId, ProductId, VariantId};
use crate::money::Money;
use crate::price::{CustomerTerms, Price, PriceReason, resolve, unit_off};
use crate::quantity::Quantity;

/// What one ordering unit of a variant costs when `quantity` of them are ordered at `now`.
///
/// Without a promotion that is [`resolve`]. A line promotion takes its part off the base price, or off the price of the
/// quantity break where it says that it stacks. Whatever makes the lowest price counts, and nothing else: where a promotion
/// is not below the price without it, the price without it; of two promotions that make the same price the one with the
/// lower id. So the order of `promotions` does not matter.
pub fn price_line(
    terms: &CustomerTerms,
    quantity: Quantity,
    (variant, product, category): (VariantId, ProductId, CategoryId),
    promotions: &[CustomerPromotion],
    now: DateTime<Utc>,
) -> Price {
    let plain = resolve(terms, quantity);
    let (base, base_reason) = terms.base();
    let offered = promotions.iter().filter_map(|promotion| {
        let PromotionRule::Line {
            goods,
            effect,
            stacks_with_breaks,
        } = &promotion.rule
        else {
            return None;
        };
        if !promotion.holds_at(now) || !goods.include(variant, product, category) {
            return None;
        }
        let before = if *stacks_with_breaks { plain.unit } else { base };
        Some((effect.price(before), promotion, *stacks_with_breaks))
    });
    let best = offered.min_by_key(|(unit, promotion, _)| (*unit, promotion.id));
    match best.filter(|(unit, ..)| *unit < plain.unit) {
        None => plain,
        Some((unit, promotion, stacks)) => {
            let mut reasons = if stacks { plain.reasons } else { vec![base_reason] };
            reasons.push(PriceReason::Promotion {
                promotion_id: promotion.id,
                name: promotion.name.clone(),
                price: unit,
            });
            Price { unit, reasons }
        }
    }
}

impl LineEffect {
    /// The unit price it makes of `before`; never above it and never below nothing.
    pub fn price(&self, before: Money) -> Money {
        match self {
            Self::Price { price } => (*price).min(before),
            Self::Off { share } => unit_off(before, *share),
            Self::Cut { amount } => {
                let left = before - *amount;
                if left.is_negative() {
                    Money(Decimal::ZERO)
                } else {
                    left
                }
            }
        }
    }
}
