//! What a line costs and why (domain.md section 5).
//!
//! The same code prices a cart on the device and at submission on the server; the server's word is final.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::LevelId;
use crate::money::{Money, Rate};
use crate::quantity::Quantity;

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
