//! Alerts: what somebody should look at, computed anew with every read (domain.md section 3, Alerts).

use countersign_domain::alert::OrderAlert;
use countersign_domain::id::{OrderId, ProductId, VariantId};
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::account::CustomerRef;
use crate::endpoint::{NoContent, NoQuery, endpoints};

endpoints! {
    /// What is the matter with orders and stock that concern this account
    ListAlerts = Get "/alerts" "list_alerts" None true 200 ((), NoQuery, NoContent) -> Alerts;
}

/// Most alerts about orders, and most about stock.
pub const MAX_ALERTS: usize = 100;

/// What is the matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alerts {
    /// With orders, the oldest first; at most 100.
    pub orders: Vec<AlertedOrder>,
    /// With stock, the emptiest first; at most 100.
    pub stock: Vec<LowStock>,
    /// Whether there are more of either.
    pub has_more: bool,
}

/// An order something is the matter with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlertedOrder {
    /// The order.
    pub order_id: OrderId,
    /// Its number.
    pub number: String,
    /// Whose it is.
    pub customer: CustomerRef,
    /// What is the matter.
    #[serde(flatten)]
    pub alert: OrderAlert,
}

/// A variant of which less is free than its reorder level says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LowStock {
    /// Its product.
    pub product_id: ProductId,
    /// The variant.
    pub variant_id: VariantId,
    /// Its SKU code.
    pub sku: String,
    /// Name of the product, and of the variant where it has siblings.
    pub name: LocalText,
    /// The unit stock is counted in.
    pub unit: Unit,
    /// What is free in all warehouses together.
    pub free: Quantity,
    /// What there should be.
    pub reorder_level: Quantity,
}
