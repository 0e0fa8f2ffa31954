//! What left, and how it arrived (rules 10 and 11).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{LineId, ShipmentId};
use crate::quantity::Quantity;

/// Part or all of an order that left together (rule 10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shipment {
    /// Its id.
    pub id: ShipmentId,
    /// Position within the order, from 1.
    pub position: u32,
    /// When it left.
    pub shipped_at: DateTime<Utc>,
    /// Silence until then counts as receipt (rule 11).
    pub deemed_received_at: DateTime<Utc>,
    /// Who carries it.
    pub carrier: String,
    /// Its parcels; at least one.
    pub parcels: Vec<Parcel>,
    /// What is in it.
    pub lines: Vec<ShipmentLine>,
    /// When and how it was received, once it was.
    pub receipt: Option<Receipt>,
}

/// A parcel of a shipment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Parcel {
    /// The carrier's tracking number; empty where there is none.
    pub tracking: String,
}

/// What of a line is in a shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShipmentLine {
    /// The order's line.
    pub line_id: LineId,
    /// In the line's unit.
    pub quantity: Quantity,
}

/// How a shipment was received (rule 11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// When.
    pub at: DateTime<Utc>,
    /// Taken as received because the customer said nothing.
    pub deemed: bool,
    /// Line by line.
    pub lines: Vec<ReceiptLine>,
    /// The customer's note.
    pub note: String,
}

/// What of a shipment's line arrived, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptLine {
    /// The order's line.
    pub line_id: LineId,
    /// Arrived whole.
    pub received: Quantity,
    /// Did not arrive.
    pub short: Quantity,
    /// Arrived damaged.
    pub damaged: Quantity,
}
