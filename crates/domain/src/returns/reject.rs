//! Why a command to a return was not accepted.

use serde::{Deserialize, Serialize};

use crate::id::{LineId, ShipmentId};
use crate::quantity::Quantity;
use crate::returns::ReturnDenyReason;

/// Why a command to a return was not accepted. Nothing has happened to it then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ReturnRejection {
    /// The policy refuses: who, or in which status.
    Denied {
        /// Why.
        reason: ReturnDenyReason,
    },
    /// A return of nothing.
    NoLines,
    /// A reason is needed.
    ReasonMissing,
    /// A line returned for another reason than the named ones needs a note that says it.
    NoteMissing {
        /// The order's line.
        line_id: LineId,
    },
    /// No such line on the order or return.
    UnknownLine {
        /// The id given.
        line_id: LineId,
    },
    /// The same line is named twice.
    DuplicateLine {
        /// The id given.
        line_id: LineId,
    },
    /// Nothing of a line.
    QuantityZero {
        /// The order's line.
        line_id: LineId,
    },
    /// More than can be returned, approved or sold again.
    QuantityTooLarge {
        /// The order's line.
        line_id: LineId,
        /// The most it can be.
        maximum: Quantity,
    },
    /// The claimed shipment is not on the order, or nobody has said yet what arrived of it.
    UnknownShipment {
        /// The id given.
        shipment_id: ShipmentId,
    },
    /// Nothing came back: a return of nothing is void.
    NothingArrived,
}

impl From<ReturnDenyReason> for ReturnRejection {
    fn from(reason: ReturnDenyReason) -> Self {
        Self::Denied { reason }
    }
}
