//! Ordering from an order or a list again: how each line stands now, before anything is put into a cart.

use countersign_domain::id::{ListId, OrderId, ProductId};
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::reorder::Verdict;
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::buying::ForCustomer;
use crate::catalog::CatalogVariant;
use crate::endpoint::{NoContent, endpoints};
use crate::list::Goods;

endpoints! {
    /// How the lines of an order stand when they are ordered again
    GetOrderReorder = Get "/orders/{order_id}/reorder" "get_order_reorder" None true 200
        (OrderId, ForCustomer, NoContent) -> Reorder;
    /// How the items of a saved list stand when they are ordered
    GetListReorder = Get "/lists/{list_id}/reorder" "get_list_reorder" None true 200
        (ListId, ForCustomer, NoContent) -> Reorder;
}

/// Most replacements offered for a line.
pub const MAX_REPLACEMENTS: usize = 5;

/// What can be ordered again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reorder {
    /// Number of the order, or name of the list.
    pub title: String,
    /// Its lines, each variant once.
    pub lines: Vec<ReorderLine>,
}

/// A line that is to be ordered again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReorderLine {
    /// What, as it was called then.
    #[serde(flatten)]
    pub goods: Goods,
    /// How much, in the unit of then.
    pub was: Quantity,
    /// How it stands with it. A list's prices are those the customer paid last.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// What it is now; absent where it is no longer to be had.
    pub offer: Option<ReorderOffer>,
    /// What may be ordered in its place: other variants of the same product first, then the same category by the nearest
    /// price. Only for what is no longer to be had.
    pub replacements: Vec<ReorderOffer>,
}

/// Something that is to be had now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReorderOffer {
    /// The product.
    pub product_id: ProductId,
    /// Name of the product, and of the variant where it has siblings.
    pub name: LocalText,
    /// Path of its picture below the base of the API.
    pub picture: Option<String>,
    /// The quantity that comes nearest to the line's and can be ordered, in the unit of the variant; absent where none can.
    pub quantity: Option<Quantity>,
    /// Price, rule and stock.
    pub variant: CatalogVariant,
}

impl ReorderOffer {
    /// The unit it is ordered in.
    pub fn unit(&self) -> &Unit {
        &self.variant.unit
    }
}
