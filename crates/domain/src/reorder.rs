//! Ordering something again: what was ordered or listed then, against what the catalog says now.
//!
//! Nothing is changed in silence: each line gets a verdict, and what can't be ordered as it was is for the customer to
//! choose.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{Money, Rate};
use crate::price::{BreakEffect, CustomerTerms, resolve};
use crate::quantity::{Quantity, QuantityBreach, QuantityRule, Unit};

/// A line as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldLine {
    /// How much, in `unit`.
    pub quantity: Quantity,
    /// The unit it was ordered in.
    pub unit: Unit,
    /// What one unit cost then, where that is known.
    pub price: Option<Money>,
}

/// The terms on which it can be had now.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The unit it is ordered in now.
    pub unit: &'a Unit,
    /// The customer's prices, per unit.
    pub prices: &'a CustomerTerms,
    /// What a quantity must obey.
    pub rule: &'a QuantityRule,
}

/// How it stands with a line that is to be ordered again. Quantities and prices are in the unit of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// To be had as it was.
    Same {
        /// How much.
        quantity: Quantity,
        /// What one unit costs.
        price: Money,
    },
    /// To be had at another price.
    PriceChanged {
        /// How much.
        quantity: Quantity,
        /// What one unit cost then.
        before: Money,
        /// What one unit costs now.
        price: Money,
    },
    /// To be had, but not this quantity.
    Breach {
        /// How much it was.
        quantity: Quantity,
        /// How that breaks the rule, with the nearest quantities that don't.
        breach: QuantityBreach,
        /// What one unit cost then, where that is known and another price.
        before: Option<Money>,
        /// What one unit costs now.
        price: Money,
    },
    /// No longer to be had.
    Gone,
}

/// What becomes of `old` when it is ordered again; `now` is absent where it is no longer to be had.
pub fn compare(old: &OldLine, now: Option<Terms<'_>>) -> Verdict {
    let Some(Terms { unit, prices, rule }) = now else {
        return Verdict::Gone;
    };
    let quantity = old.unit.convert(old.quantity, unit);
    let price = resolve(prices, quantity).unit;
    // A bottle's price says nothing of a case's.
    let before = old
        .price
        .filter(|before| old.unit.factor == unit.factor && *before != price);
    match (rule.check(quantity), before) {
        (Err(breach), before) => Verdict::Breach {
            quantity,
            breach,
            before,
            price,
        },
        (Ok(()), Some(before)) => Verdict::PriceChanged {
            quantity,
            before,
            price,
        },
        (Ok(()), None) => Verdict::Same { quantity, price },
    }
}

/// What one unit really cost when `discount` was taken off `price`.
pub fn paid_price(price: Money, discount: Rate) -> Money {
    if discount.is_zero() {
        price
    } else {
        BreakEffect::Off { share: discount }.price(price)
    }
}

/// How near something comes to what is no longer to be had: the smaller, the better. Other variants of the same product
/// come before other products, and within each the nearest price.
pub fn distance(same_product: bool, price: Money, wanted: Money) -> (bool, Decimal) {
    (!same_product, price.0.saturating_sub(wanted.0).abs())
}
