//! Stock: what is there, and correcting it.

use countersign_domain::id::{VariantId, WarehouseId};
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::endpoint::{NoContent, NoQuery, endpoints};

endpoints! {
    /// The warehouses
    ListWarehouses = Get "/warehouses" "list_warehouses" None true 200 ((), NoQuery, NoContent) -> Vec<Warehouse>;
    /// Sets the counted stock of variants
    CountStock = Post "/stock/counts" "count_stock" Key true 200 ((), NoQuery, StockCount) -> StockCounted;
}

/// A warehouse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Warehouse {
    /// Its id.
    pub id: WarehouseId,
    /// Its name.
    pub name: LocalText,
    /// Where stock is taken from when nobody says otherwise.
    pub is_default: bool,
}

/// What was counted in a warehouse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockCount {
    /// Where.
    pub warehouse_id: WarehouseId,
    /// What.
    pub counts: Vec<CountedVariant>,
    /// Why it was counted.
    pub reason: String,
}

/// The counted stock of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CountedVariant {
    /// The variant.
    pub variant_id: VariantId,
    /// On hand in base units, what is reserved included.
    pub on_hand: Quantity,
}

/// The answer to a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StockCounted {
    /// How many variants were set.
    pub variants: u32,
}
