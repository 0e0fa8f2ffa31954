//! Promotions: what a customer has of them, and how the supplier keeps them.

use chrono::{DateTime, Utc};
use countersign_domain::id::{ProductId, PromotionId, VariantId};
use countersign_domain::promotion::{Audience, CustomerPromotion, Promotion, PromotionRule};
use countersign_domain::quantity::Unit;
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::buying::ForCustomer;
use crate::endpoint::{NoContent, NoQuery, endpoints};

endpoints! {
    /// The promotions that hold for this customer now
    ListPromotions = Get "/promotions" "list_promotions" None true 200 ((), ForCustomer, NoContent) -> CustomerPromotions;
    /// Every promotion the supplier keeps, the newest beginning first
    ListManagedPromotions = Get "/managed-promotions" "list_managed_promotions" None true 200
        ((), NoQuery, NoContent) -> Vec<KeptPromotion>;
    /// One promotion the supplier keeps
    GetManagedPromotion = Get "/managed-promotions/{promotion_id}" "get_managed_promotion" None true 200
        (PromotionId, NoQuery, NoContent) -> KeptPromotion;
    /// Makes a promotion (version 0) or replaces it; with `is_on` or `until` it is ended
    PutManagedPromotion = Put "/managed-promotions/{promotion_id}" "put_managed_promotion" Version true 200
        (PromotionId, NoQuery, PromotionBody) -> KeptPromotion;
}

/// What a customer's device needs to price a cart like the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerPromotions {
    /// When the server says so. A device whose clock is wrong prices by this.
    pub at: DateTime<Utc>,
    /// The promotions, by id.
    pub promotions: Vec<CustomerPromotion>,
    /// What they may give away, and what their bundles are of.
    pub gifts: Vec<GiftGoods>,
}

/// Something a promotion gives away or makes a bundle of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GiftGoods {
    /// What.
    pub variant_id: VariantId,
    /// The product of that.
    pub product_id: ProductId,
    /// Its SKU code.
    pub sku: String,
    /// Name of the product, and of the variant where it has siblings.
    pub name: LocalText,
    /// The unit it is given or ordered in.
    pub unit: Unit,
}

/// A promotion with its version, which is its ETag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptPromotion {
    /// Rises with every change.
    pub version: u64,
    /// The promotion.
    pub promotion: Promotion,
}

/// A promotion as it is put in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromotionBody {
    /// What customers read.
    pub name: LocalText,
    /// Whether it may hold at all.
    pub is_on: bool,
    /// From this moment on.
    pub from: DateTime<Utc>,
    /// Until before this moment; absent: until it is switched off.
    pub until: Option<DateTime<Utc>>,
    /// For whom.
    #[serde(default)]
    pub audience: Audience,
    /// What it promises.
    pub rule: PromotionRule,
}

impl PromotionBody {
    /// The promotion with this id.
    pub fn with_id(self, id: PromotionId) -> Promotion {
        let Self {
            name,
            is_on,
            from,
            until,
            audience,
            rule,
        } = self;
        Promotion {
            id,
            name,
            is_on,
            from,
            until,
            audience,
            rule,
        }
    }
}

impl From<Promotion> for PromotionBody {
    fn from(promotion: Promotion) -> Self {
        let Promotion {
            name,
            is_on,
            from,
            until,
            audience,
            rule,
            ..
        } = promotion;
        Self {
            name,
            is_on,
            from,
            until,
            audience,
            rule,
        }
    }
}
