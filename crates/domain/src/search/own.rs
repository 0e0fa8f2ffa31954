//! What a customer has to do with products: its favourites, what it has bought, what it is promised something for.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::list::Filter;
use crate::id::{CategoryId, ProductId, VariantId};
use crate::promotion::{CustomerPromotion, PromotionRule};

/// What a customer has to do with a product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// One of its variants is a favourite.
    pub favourite: bool,
    /// One of its variants was bought before.
    pub bought: bool,
    /// A promotion is about one of its variants.
    pub promoted: bool,
}

/// What a customer has to do with any product, as far as it is known: a device may lack some of it, and staff have none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// Its favourites.
    pub favourites: Option<BTreeSet<VariantId>>,
    /// What it has bought before.
    pub bought: Option<BTreeSet<VariantId>>,
    /// What it is promised something for.
    pub promoted: Option<Promoted>,
}

/// The goods that promotions are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promoted {
    variants: BTreeSet<VariantId>,
    products: BTreeSet<ProductId>,
    categories: BTreeSet<CategoryId>,
}

impl Promoted {
    /// The goods that get cheaper or bring something with them at `now`. What an order as a whole is promised is about no
    /// goods in particular.
    pub fn of(promotions: &[CustomerPromotion], now: DateTime<Utc>) -> Self {
        let mut promoted = Self::default();
        for promotion in promotions.iter().filter(|promotion| promotion.holds_at(now)) {
            match &promotion.rule {
                PromotionRule::Line { goods, .. } => {
                    promoted.variants.extend(&goods.variants);
                    promoted.products.extend(&goods.products);
                    promoted.categories.extend(&goods.categories);
                }
                PromotionRule::BuyGet { buy, .. } => promoted.variants.extend(buy),
                PromotionRule::Bundle { components, .. } => {
                    promoted
                        .variants
                        .extend(components.iter().map(|part| part.variant_id));
                }
                PromotionRule::Order { .. } => {}
            }
        }
        promoted
    }

    fn includes(
        &self,
        product: ProductId,
        category: CategoryId,
        mut variants: impl Iterator<Item = VariantId>,
    ) -> bool {
        self.products.contains(&product)
            || self.categories.contains(&category)
            || variants.any(|variant| self.variants.contains(&variant))
    }
}

impl Own {
    /// What the customer has to do with this product; what is not known is not so.
    pub fn ties(
        &self,
        product: ProductId,
        category: CategoryId,
        variants: impl Iterator<Item = VariantId> + Clone,
    ) -> Ties {
        let has = |known: &Option<BTreeSet<VariantId>>| {
            known
                .as_ref()
                .is_some_and(|known| variants.clone().any(|variant| known.contains(&variant)))
        };
        Ties {
            favourite: has(&self.favourites),
            bought: has(&self.bought),
            promoted: self
                .promoted
                .as_ref()
                .is_some_and(|promoted| promoted.includes(product, category, variants.clone())),
        }
    }

    /// Whether all that `filter` asks for is known.
    pub fn answers(&self, filter: &Filter) -> bool {
        (!filter.favourite || self.favourites.is_some())
            && (!filter.bought || self.bought.is_some())
            && (!filter.promoted || self.promoted.is_some())
    }
}
