//! The open-quantity board: what is ordered and has not left, by SKU, over all open orders (domain.md section 7).

use chrono::NaiveDate;
use countersign_domain::id::{CategoryId, LineId, OrderId, ProductId, VariantId, WarehouseId};
use countersign_domain::order::OrderStatus;
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::account::CustomerRef;
use crate::endpoint::{NoContent, Pairs, QueryParams, endpoints};
use crate::page::Page;

endpoints! {
    /// What is ordered and has not left, by SKU, of the orders these staff see
    ListOpenQuantities = Get "/open-quantities" "list_open_quantities" None true 200
        ((), OpenQuery, NoContent) -> Page<OpenQuantity>;
}

/// Which SKUs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct OpenQuery {
    /// Part of the SKU code or of the name in either language; every word has to fit.
    pub q: Option<String>,
    /// In this category or below it.
    pub category: Option<CategoryId>,
    /// Counts what lies in this warehouse only; absent means in all.
    pub warehouse: Option<WarehouseId>,
    /// Cursor of the page before.
    pub after: Option<String>,
    /// Items on the page.
    pub limit: Option<u32>,
    /// Whether to count them all.
    pub total: Option<bool>,
}

impl QueryParams for OpenQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Pairs::default()
            .opt("q", self.q.as_deref())
            .opt("category", self.category)
            .opt("warehouse", self.warehouse)
            .opt("after", self.after.as_deref())
            .opt("limit", self.limit)
            .opt("total", self.total)
            .done()
    }
}

/// A SKU of which something is open. Quantities are in its base unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenQuantity {
    /// The product.
    pub product_id: ProductId,
    /// The variant.
    pub variant_id: VariantId,
    /// Its SKU code.
    pub sku: String,
    /// Product and variant name.
    pub name: LocalText,
    /// Its base unit.
    pub unit: LocalText,
    /// Ordered, or what the reviews agreed to, of the lines of which something is open.
    pub ordered: Quantity,
    /// What has left of them.
    pub shipped: Quantity,
    /// What of them will not be delivered any more.
    pub closed: Quantity,
    /// What is still to leave: ordered - shipped - closed.
    pub open: Quantity,
    /// What of that is set aside.
    pub reserved: Quantity,
    /// On hand, what is set aside for anybody included.
    pub in_stock: Quantity,
    /// What of the open quantity can leave today: set aside, or free when its turn by deadline comes.
    pub fillable: Quantity,
    /// The lines behind it, in their turn.
    pub lines: Vec<OpenOrderLine>,
}

/// An open line of an order. Quantities are in the base unit of the SKU.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenOrderLine {
    /// The order.
    pub order_id: OrderId,
    /// The line.
    pub line_id: LineId,
    /// The order's number.
    pub number: String,
    /// Whose it is.
    pub customer: CustomerRef,
    /// Where the order stands.
    pub status: OrderStatus,
    /// The day it is due: promised or, before that, wished for.
    pub due: Option<NaiveDate>,
    /// Held by the review: not delivered until released.
    pub held: bool,
    /// What is still to leave.
    pub open: Quantity,
    /// What of that is set aside.
    pub reserved: Quantity,
    /// What of it can leave today.
    pub fillable: Quantity,
}
