//! What the supplier's page of promotions needs beside the promotions: the calendar they are planned by, the levels they
//! may be for, the names of what they name, and what one does to a sample cart.

use chrono::{DateTime, Utc};
use countersign_domain::id::{CustomerId, LevelId, ProductId, PromotionId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::promotion::{PricedCart, Promotion};
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::account::CustomerRef;
use crate::endpoint::{NoContent, NoQuery, endpoints};
use crate::list::Goods;
use crate::promotion::GiftGoods;

endpoints! {
    /// What promotions are planned with: the company's calendar and the levels of customers
    GetPromotionDesk = Get "/promotion-desk" "get_promotion_desk" None true 200
        ((), NoQuery, NoContent) -> PromotionDesk;
    /// The names of everything a promotion names
    GetPromotionNames = Get "/managed-promotions/{promotion_id}/names" "get_promotion_names" None true 200
        (PromotionId, NoQuery, NoContent) -> PromotionNames;
    /// Prices a sample cart of a customer, with a promotion that is not kept yet and without it
    PreviewPromotion = Post "/promotion-previews" "preview_promotion" Key true 200
        ((), NoQuery, SampleCart) -> PromotionPreview;
}

/// What promotions are planned with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromotionDesk {
    /// How far the company's clock is ahead of UTC, in minutes: times are typed and shown by it.
    pub offset_minutes: i32,
    /// Every level of customers, by code.
    pub levels: Vec<PromotionLevel>,
}

/// A level of customers that a promotion may be for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromotionLevel {
    /// Its id.
    pub id: LevelId,
    /// Its name.
    pub name: LocalText,
}

/// The names of what a promotion names. What is not there any more, and customers the caller does not see, are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromotionNames {
    /// The variants it is about, bundles or gives away.
    pub variants: Vec<Goods>,
    /// The products it is about.
    pub products: Vec<NamedProduct>,
    /// The customers it is for.
    pub customers: Vec<CustomerRef>,
}

/// A product, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedProduct {
    /// Its id.
    pub id: ProductId,
    /// Its name.
    pub name: LocalText,
}

/// A cart to try promotions on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SampleCart {
    /// Whose prices and promotions.
    pub customer_id: CustomerId,
    /// What is in it; at least one line.
    pub lines: Vec<SampleLine>,
    /// What its delivery would cost.
    #[serde(default)]
    pub freight: Money,
    /// When it would be ordered; absent: now.
    #[serde(default)]
    pub at: Option<DateTime<Utc>>,
    /// A promotion that is not kept yet, in the place of the kept one with its id.
    #[serde(default)]
    pub promotion: Option<Promotion>,
}

/// A line of a sample cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SampleLine {
    /// What.
    pub variant_id: VariantId,
    /// How many, in the ordering unit.
    pub quantity: Quantity,
}

/// What a sample cart comes to. Other promotions count on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromotionPreview {
    /// With the promotion.
    pub with: PricedCart,
    /// Without it.
    pub without: PricedCart,
    /// Whether the promotion holds for this customer at that moment at all.
    pub holds: bool,
    /// The names of what is given away, and of what bundles are of.
    pub gifts: Vec<GiftGoods>,
}
