//! What a line costs and why (domain.md section 5).
//!
//! The same code prices a cart on the device and at submission on the server; the server's word is final. What promotions do
//! to a price, and what a whole cart comes to, is in [`crate::promotion`].

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::id::{LevelId, PromotionId};
use crate::money::{Currency, Money, Rate};
use crate::quantity::Quantity;
use crate::text::LocalText;

/// The prices of a variant in its ordering unit, before the customer is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceTerms {
    /// The list price.
    pub list: Money,
    /// Prices of customer levels.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub levels: BTreeMap<LevelId, Money>,
    /// Quantity breaks, by rising `from`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<QuantityBreak>,
}

/// From `from` ordering units on, another price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuantityBreak {
    /// The quantity from which it holds, in ordering units.
    pub from: Quantity,
    /// What it does to the price.
    #[serde(flatten)]
    pub effect: BreakEffect,
}

/// What a quantity break does to the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum BreakEffect {
    /// This price, where it is below the base price.
    Price {
        /// Per ordering unit.
        price: Money,
    },
    /// This share off the base price.
    Off {
        /// The share taken off.
        share: Rate,
    },
}

/// The terms one customer has for one variant: what [`resolve`] needs, and all a customer's device ever sees of prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerTerms {
    /// The list price per ordering unit.
    pub list: Money,
    /// The price of the customer's level, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Money>,
    /// The price agreed with this customer, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Money>,
    /// Quantity breaks, by rising `from`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<QuantityBreak>,
}

/// A price and the rules that made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Price {
    /// Per ordering unit.
    pub unit: Money,
    /// Why, in the order the rules applied; the first names the base price.
    pub reasons: Vec<PriceReason>,
}

/// A rule that shaped a price; the app says it in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum PriceReason {
    /// The list price.
    List {
        /// That price.
        price: Money,
    },
    /// The price of the customer's level.
    Level {
        /// That price.
        price: Money,
        /// The list price it replaces.
        list: Money,
    },
    /// The price agreed with the customer.
    Agreed {
        /// That price.
        price: Money,
        /// The list price it replaces.
        list: Money,
    },
    /// A quantity break.
    QuantityBreak {
        /// The quantity from which it holds.
        from: Quantity,
        /// The price it gives.
        price: Money,
    },
    /// A line promotion.
    Promotion {
        /// Which.
        promotion_id: PromotionId,
        /// Its name then.
        name: LocalText,
        /// The price it gives.
        price: Money,
    },
    /// The line's share of a discount on the whole order; it is taken off the amount, not off the price.
    OrderPromotion {
        /// Which promotion.
        promotion_id: PromotionId,
        /// Its name then.
        name: LocalText,
        /// What is taken off the amount of the whole line.
        share: Money,
    },
    /// Some of the line are in bundles; what they save of it is taken off the amount, not off the price.
    Bundle {
        /// Which promotion.
        promotion_id: PromotionId,
        /// Its name then.
        name: LocalText,
        /// How many of the line are in bundles, in its unit.
        quantity: Quantity,
        /// What is taken off the amount of the whole line.
        saved: Money,
    },
    /// A gift: the line costs nothing.
    Gift {
        /// The promotion that gives it.
        promotion_id: PromotionId,
        /// Its name then.
        name: LocalText,
    },
    /// A special price or discount set by the order review.
    Special {
        /// The price set.
        price: Money,
        /// The share off it.
        discount: Rate,
        /// Why, in the reviewer's words.
        reason: String,
    },
}

/// A line's share of what bundles save and of a discount on the whole order: `amount` off for `quantity` units, frozen at
/// submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DiscountShare {
    /// What is taken off when all of `quantity` is delivered.
    pub amount: Money,
    /// The quantity it was granted for, in the line's unit.
    pub quantity: Quantity,
}

impl DiscountShare {
    /// What is taken off for `quantity` units: in proportion and rounded half up below what it was granted for, and never
    /// more than was granted.
    pub fn of(&self, quantity: Quantity, currency: &Currency) -> Money {
        if quantity >= self.quantity {
            return self.amount;
        }
        let part = self.amount.0.checked_mul(quantity.get());
        let part = part.and_then(|part| part.checked_div(self.quantity.get()));
        // Neither overflows: the share is at most the amount of a line, which was multiplied out before.
        part.map_or(self.amount, |part| currency.round(part))
    }

    /// Takes the share of `quantity` units out of it: what is left stays here, and the two together are what it was.
    #[must_use]
    pub fn split_off(&mut self, quantity: Quantity, currency: &Currency) -> Self {
        let quantity = quantity.min(self.quantity);
        let amount = self.of(quantity, currency);
        self.amount -= amount;
        self.quantity = self.quantity.minus(quantity);
        Self { amount, quantity }
    }
}

/// Digits behind the point of a unit price that comes from a share: fine enough that a thousand units are exact to the
/// cent.
pub(crate) const UNIT_PRICE_DIGITS: u32 = 4;

impl PriceTerms {
    /// The terms for a customer of `level` with `agreed` as its own price.
    pub fn for_customer(&self, level: LevelId, agreed: Option<Money>) -> CustomerTerms {
        CustomerTerms {
            list: self.list,
            level: self.levels.get(&level).copied(),
            agreed,
            breaks: self.breaks.clone(),
        }
    }
}

impl CustomerTerms {
    /// The price before any quantity break: agreed, else of the level, else the list price (domain.md section 5.1).
    pub fn base(&self) -> (Money, PriceReason) {
        let list = self.list;
        match (self.agreed, self.level) {
            (Some(price), _) => (price, PriceReason::Agreed { price, list }),
            (None, Some(price)) => (price, PriceReason::Level { price, list }),
            (None, None) => (list, PriceReason::List { price: list }),
        }
    }
}

/// What one ordering unit costs when `quantity` of them are ordered (domain.md section 5.1 and 5.2).
///
/// Of the quantity breaks reached, the one that gives the lowest price counts; a break that would make it dearer than the
/// base price does nothing.
pub fn resolve(terms: &CustomerTerms, quantity: Quantity) -> Price {
    let (base, reason) = terms.base();
    let reached = terms.breaks.iter().filter(|step| quantity >= step.from);
    let best = reached
        .map(|step| (step.from, step.effect.price(base)))
        .min_by_key(|(_, price)| *price);
    match best.filter(|(_, price)| *price < base) {
        Some((from, price)) => Price {
            unit: price,
            reasons: vec![reason, PriceReason::QuantityBreak { from, price }],
        },
        None => Price {
            unit: base,
            reasons: vec![reason],
        },
    }
}

impl BreakEffect {
    /// The unit price it makes of `base`.
    pub fn price(&self, base: Money) -> Money {
        match self {
            Self::Price { price } => *price,
            Self::Off { share } => unit_off(base, *share),
        }
    }
}

/// `price` with `share` off, as a unit price is kept: four digits behind the point, half up.
pub(crate) fn unit_off(price: Money, share: Rate) -> Money {
    let left = Decimal::ONE.saturating_sub(share.get());
    let rounded = price
        .0
        .saturating_mul(left)
        .round_dp_with_strategy(UNIT_PRICE_DIGITS, RoundingStrategy::MidpointAwayFromZero);
    Money(rounded.normalize())
}
