//! Why a command was not accepted.

use serde::{Deserialize, Serialize};

use crate::id::{LineId, ShipmentId, WarehouseId};
use crate::money::Money;
use crate::order::OrderStatus;
use crate::policy::DenyReason;
use crate::quantity::{Quantity, QuantityBreach};

/// Why a command was not accepted. Nothing has happened to the order then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Rejection {
    /// The policy refuses: who, or in which status.
    Denied {
        /// Why.
        reason: DenyReason,
    },
    /// An order without lines.
    NoLines,
    /// A reason is needed.
    ReasonMissing,
    /// No such line on this order.
    UnknownLine {
        /// The id given.
        line_id: LineId,
    },
    /// The same line is named twice, or a new line's id is taken.
    DuplicateLine {
        /// The id given.
        line_id: LineId,
    },
    /// A quantity breaks its rule or its bound.
    QuantityInvalid {
        /// The line.
        line_id: LineId,
        /// How.
        breach: QuantityBreach,
    },
    /// More than there is of it.
    QuantityTooLarge {
        /// The line.
        line_id: LineId,
        /// The most it can be.
        maximum: Quantity,
    },
    /// An amount is negative or beyond what can be held.
    AmountInvalid,
    /// A date lies in the past.
    DateInPast,
    /// Confirmed payments do not cover what is due (prepaid, deposit).
    PaymentMissing {
        /// What must be paid before.
        due: Money,
        /// What is confirmed.
        paid: Money,
    },
    /// This customer has no credit limit, so credit is not allowed.
    CreditNotAllowed,
    /// Over the credit limit; somebody with `credit_override` may let it pass with a reason.
    CreditExceeded {
        /// The limit.
        limit: Money,
        /// Exposure with this order.
        exposure: Money,
        /// By how much.
        over_by: Money,
    },
    /// Not that much free stock there.
    StockShort {
        /// The line.
        line_id: LineId,
        /// Where.
        warehouse_id: Option<WarehouseId>,
        /// What is free, in the line's unit.
        available: Quantity,
    },
    /// Less is reserved than remains, and nothing says what happens to the rest.
    ShortageUndecided {
        /// The line.
        line_id: LineId,
    },
    /// Production is not finished.
    ProductionUnfinished {
        /// The line.
        line_id: LineId,
    },
    /// There is nothing to ship, reserve or close.
    NothingToDo,
    /// No such shipment on this order.
    UnknownShipment {
        /// The id given.
        shipment_id: ShipmentId,
    },
    /// The id of a new shipment is taken.
    DuplicateShipment {
        /// The id given.
        shipment_id: ShipmentId,
    },
    /// The shipment was received before.
    AlreadyReceived {
        /// The shipment.
        shipment_id: ShipmentId,
    },
    /// Received, short and damaged do not add up to what was shipped.
    ReceiptMismatch {
        /// The line.
        line_id: LineId,
        /// What was shipped.
        shipped: Quantity,
    },
    /// Something is short or damaged, and no id for the claim was given.
    ClaimIdMissing,
    /// Photos of a line of which nothing is short or damaged: there is nothing to claim that they could show.
    NothingToClaim {
        /// The line.
        line_id: LineId,
    },
    /// The carrier is not named.
    CarrierMissing,
    /// The time for that has not come.
    NotDue,
    /// No change request with that id waits.
    NoChangeRequest,
    /// A change request waits already.
    ChangeRequestWaiting,
    /// The change asks for nothing.
    NothingChanged,
    /// The promised date must be set again.
    PromisedDateMissing,
    /// The status does not allow it at all.
    WrongStatus {
        /// The status.
        status: OrderStatus,
    },
}

impl From<DenyReason> for Rejection {
    fn from(reason: DenyReason) -> Self {
        Self::Denied { reason }
    }
}
