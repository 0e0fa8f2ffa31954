//! What people may ask of a return.

use serde::{Deserialize, Serialize};

use crate::id::{LineId, WarehouseId};
use crate::quantity::Quantity;
use crate::returns::RefundTarget;

/// Any command to an existing return. Submission makes the return: see [`NewReturn`](crate::returns::NewReturn).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReturnCommand {
    /// The review agrees to it, perhaps to less.
    PassReview(PassReturnReview),
    /// The review refuses it.
    Refuse(RefuseReturn),
    /// The goods arrived.
    ReceiveGoods(ReceiveReturnedGoods),
    /// The money is refunded.
    ConfirmRefund(ConfirmRefund),
    /// For nothing.
    Void(VoidReturn),
}

/// Passes the return review.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct PassReturnReview {
    /// Lines of which less is taken back; those not named are agreed to as they are.
    pub lines: Vec<ReturnLineReview>,
    /// A note for the history.
    pub note: String,
}

/// Less of a line than was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnLineReview {
    /// The order's line.
    pub line_id: LineId,
    /// The approved quantity; zero refuses the line.
    pub quantity: Quantity,
    /// Why; the customer reads it.
    pub reason: String,
}

/// Refuses a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefuseReturn {
    /// Why; the customer reads it.
    pub reason: String,
}

/// Returned goods arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ReceiveReturnedGoods {
    /// Where they are put.
    pub warehouse_id: Option<WarehouseId>,
    /// What arrived. A line that is not named arrived in full and can be sold again.
    pub lines: Vec<ReturnedGoods>,
    /// A note for the history.
    pub note: String,
}

/// What arrived of a line, and how much of it can be sold again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnedGoods {
    /// The order's line.
    pub line_id: LineId,
    /// What arrived, in the line's unit; this is what is refunded.
    pub arrived: Quantity,
    /// What of it goes back into stock.
    pub sellable: Quantity,
}

/// Confirms a refund.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ConfirmRefund {
    /// Where the money goes. Absent: off the receivable of a credit customer, else to the prepay account.
    pub target: Option<RefundTarget>,
    /// A note for the history.
    pub note: String,
}

/// Voids a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VoidReturn {
    /// Why; the other side reads it.
    pub reason: String,
}
