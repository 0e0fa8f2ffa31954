//! The plan of production: what is to be made for the orders in production, and by when.

use chrono::NaiveDate;
use countersign_domain::id::{LineId, OrderId};
use countersign_domain::plan::Standing;
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::account::CustomerRef;
use crate::endpoint::{NoContent, NoQuery, endpoints};

endpoints! {
    /// What is to be made of the orders these staff see, the nearest promised day first
    GetProductionPlan = Get "/production-plan" "get_production_plan" None true 200
        ((), NoQuery, NoContent) -> ProductionPlan;
}

/// What is to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductionPlan {
    /// Today, where the company is.
    pub today: NaiveDate,
    /// The orders in production, the nearest promised day first; those promised for no day come last.
    pub orders: Vec<PlannedOrder>,
}

/// An order in production.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedOrder {
    /// Its id.
    pub id: OrderId,
    /// Its number.
    pub number: String,
    /// Its version, for what is reported.
    pub version: u64,
    /// Whose it is.
    pub customer: CustomerRef,
    /// The day it is promised for.
    pub promised: Option<NaiveDate>,
    /// What is to be made.
    pub lines: Vec<PlannedLine>,
}

/// A line that is to be made, in its unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedLine {
    /// Its id.
    pub id: LineId,
    /// Its SKU code.
    pub sku: String,
    /// Product and variant name.
    pub name: LocalText,
    /// The unit.
    pub unit: LocalText,
    /// How much is to be made in all.
    pub quantity: Quantity,
    /// What is finished.
    pub produced: Quantity,
    /// How it stands.
    pub standing: Standing,
}
