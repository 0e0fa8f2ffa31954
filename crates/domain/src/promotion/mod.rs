//! Promotions: what they promise, to whom and when, and what a cart comes to with them (domain.md section 5).
//!
//! Start with [`price_cart`]: the one function that prices a cart, on the device and at submission on the server.

mod bundle;
mod cart;
mod check;
mod line;
mod spread;

pub use bundle::{BundlePart, lacking};
pub use cart::{CartLine, Gift, OrderReason, PricedCart, PricedLine, price_cart};
pub use check::{FaultKind, PromotionFault};
pub use line::price_line;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{CategoryId, CustomerId, LevelId, ProductId, PromotionId, VariantId};
use crate::money::{Money, Rate};
use crate::quantity::Quantity;
use crate::text::LocalText;

/// A promotion as the supplier keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Promotion {
    /// Its id. It also breaks ties: of two that are worth the same the lower id counts.
    pub id: PromotionId,
    /// What customers read, in both languages.
    pub name: LocalText,
    /// Whether it may hold at all; off, it holds for nobody.
    pub is_on: bool,
    /// From this moment on.
    pub from: DateTime<Utc>,
    /// Until before this moment; absent: until it is switched off.
    pub until: Option<DateTime<Utc>>,
    /// For whom.
    pub audience: Audience,
    /// What it promises.
    pub rule: PromotionRule,
}

/// For whom a promotion is. Nobody named means everybody; otherwise who is in one of the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Audience {
    /// Customers of these levels.
    pub levels: Vec<LevelId>,
    /// These customers.
    pub customers: Vec<CustomerId>,
}

/// A promotion as one customer has it: what [`price_cart`] needs, and all a customer's device ever sees of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerPromotion {
    /// Its id.
    pub id: PromotionId,
    /// Its name.
    pub name: LocalText,
    /// From this moment on.
    pub from: DateTime<Utc>,
    /// Until before this moment.
    pub until: Option<DateTime<Utc>>,
    /// What it promises. Categories in it stand for themselves alone: those below them are listed as well.
    pub rule: PromotionRule,
}

/// What a promotion promises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PromotionRule {
    /// Another price for some goods.
    Line {
        /// Which.
        goods: Goods,
        /// What it does to the price.
        effect: LineEffect,
        /// Whether it is taken off the price of a quantity break, too; otherwise the better of the two counts.
        stacks_with_breaks: bool,
    },
    /// Buy so many, get something with it.
    BuyGet {
        /// Variants that count together, in their ordering units.
        buy: Vec<VariantId>,
        /// So many of them.
        quantity: Quantity,
        /// What comes with it.
        gift: VariantId,
        /// How many of that, in its ordering unit.
        gives: Quantity,
        /// Whether it is given for every `quantity` or only once.
        repeats: bool,
        /// Never more gifts than this in one order.
        most: Option<Quantity>,
    },
    /// Goods that cost less together, as often as they are ordered in these quantities.
    Bundle {
        /// What one bundle is of.
        components: Vec<BundlePart>,
        /// What one costs, where that is less than its parts cost otherwise.
        price: Money,
    },
    /// Something for an order from some amount on: the highest step the order reaches holds, and only that one.
    Order {
        /// The steps, by rising amount.
        steps: Vec<OrderStep>,
    },
}

/// Some goods of the catalog: what is in one of the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Goods {
    /// These variants.
    pub variants: Vec<VariantId>,
    /// Every variant of these products.
    pub products: Vec<ProductId>,
    /// Every product of these categories.
    pub categories: Vec<CategoryId>,
}

/// What a line promotion does to the price of an ordering unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum LineEffect {
    /// This price, where it is below the price without it.
    Price {
        /// Per ordering unit.
        price: Money,
    },
    /// This share off.
    Off {
        /// The share taken off.
        share: Rate,
    },
    /// So much less; never below nothing.
    Cut {
        /// Per ordering unit.
        amount: Money,
    },
}

/// A step of an order promotion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderStep {
    /// The amount of the goods, after line promotions, from which it holds.
    pub from: Money,
    /// What it gives.
    #[serde(flatten)]
    pub effect: OrderEffect,
}

/// What an order promotion gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum OrderEffect {
    /// So much less; never below nothing.
    Minus {
        /// Off the order.
        amount: Money,
    },
    /// This share off the goods.
    Off {
        /// The share taken off.
        share: Rate,
    },
    /// Something comes with it.
    Gift {
        /// What.
        variant_id: VariantId,
        /// How many, in its ordering unit.
        quantity: Quantity,
    },
    /// No freight.
    FreeFreight,
}

impl Audience {
    /// Whether it is for this customer.
    pub fn includes(&self, customer: CustomerId, level: LevelId) -> bool {
        let everybody = self.levels.is_empty() && self.customers.is_empty();
        everybody || self.levels.contains(&level) || self.customers.contains(&customer)
    }
}

impl Promotion {
    /// The promotion as a customer of `level` has it at `now`, if it holds for that customer then.
    pub fn for_customer(
        &self,
        customer: CustomerId,
        level: LevelId,
        now: DateTime<Utc>,
    ) -> Option<CustomerPromotion> {
        let holds =
            self.is_on && is_running(self.from, self.until, now) && self.audience.includes(customer, level);
        holds.then(|| CustomerPromotion {
            id: self.id,
            name: self.name.clone(),
            from: self.from,
            until: self.until,
            rule: self.rule.clone(),
        })
    }
}

impl CustomerPromotion {
    /// Whether it holds at `now`.
    pub fn holds_at(&self, now: DateTime<Utc>) -> bool {
        is_running(self.from, self.until, now)
    }
}

impl Goods {
    /// Whether nothing is named.
    pub fn is_empty(&self) -> bool {
        self.variants.is_empty() && self.products.is_empty() && self.categories.is_empty()
    }

    /// Whether a variant is among them.
    pub fn include(&self, variant: VariantId, product: ProductId, category: CategoryId) -> bool {
        self.variants.contains(&variant)
            || self.products.contains(&product)
            || self.categories.contains(&category)
    }
}

impl PromotionRule {
    /// What it may give away.
    pub fn gifts(&self) -> Vec<VariantId> {
        match self {
            Self::Line { .. } | Self::Bundle { .. } => Vec::new(),
            Self::BuyGet { gift, .. } => vec![*gift],
            Self::Order { steps } => steps
                .iter()
                .filter_map(|step| match step.effect {
                    OrderEffect::Gift { variant_id, .. } => Some(variant_id),
                    _ => None,
                })
                .collect(),
        }
    }

    /// What has to be to be had for it to hold: what it may give away, and what its bundles are of.
    pub fn offered(&self) -> Vec<VariantId> {
        match self {
            Self::Bundle { components, .. } => components.iter().map(|part| part.variant_id).collect(),
            _ => self.gifts(),
        }
    }

    /// The same rule without what is not to be had: `None` where nothing is left of it, as of a bundle that is not whole. A
    /// step that gave one of them is as if it had not been written, so that the step below it holds.
    #[must_use]
    pub fn as_offered(&self, is_to_be_had: impl Fn(VariantId) -> bool) -> Option<Self> {
        match self {
            Self::Line { .. } => Some(self.clone()),
            Self::Bundle { components, .. } => {
                let is_whole = components.iter().all(|part| is_to_be_had(part.variant_id));
                is_whole.then(|| self.clone())
            }
            Self::BuyGet { gift, .. } => is_to_be_had(*gift).then(|| self.clone()),
            Self::Order { steps } => {
                let is_whole = |step: &&OrderStep| match step.effect {
                    OrderEffect::Gift { variant_id, .. } => is_to_be_had(variant_id),
                    _ => true,
                };
                let steps: Vec<_> = steps.iter().filter(is_whole).copied().collect();
                (!steps.is_empty()).then_some(Self::Order { steps })
            }
        }
    }
}

fn is_running(from: DateTime<Utc>, until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    from <= now && until.is_none_or(|until| now < until)
}
