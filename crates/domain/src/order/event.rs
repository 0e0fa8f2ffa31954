//! What happened to an order. Events are only ever appended; the order is what they add up to.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{
    AccountId, ChangeRequestId, CustomerId, DraftId, LineId, OrderId, RegionId, ReturnId, ShipmentId,
    WarehouseId,
};
use crate::money::{Currency, Money};
use crate::order::{
    Change, ChangeRequest, LinePhotos, NewLine, OrderContent, OrderStatus, ProducedLine, Receipt,
    ReceiptLine, Shipment, ShortageChoice,
};
use crate::quantity::Quantity;
use crate::workflow::Stage;

/// Something that happened, when, and by whom (rule 13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom; `None` for the desk's own timers.
    pub by: Option<AccountId>,
    /// In whose place, where somebody acted for a colleague.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_in_for: Option<AccountId>,
    /// What.
    pub fact: Fact,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fact {
    /// The order was submitted; always the first event and only ever that.
    Submitted(Box<OrderSubmitted>),
    /// The customer submitted it again after it was sent back.
    Resubmitted {
        /// The whole new content.
        content: Box<OrderContent>,
        /// The same as a diff.
        changes: Vec<Change>,
        /// The new deadline of the reviews.
        review_due_at: DateTime<Utc>,
    },
    /// The order now waits elsewhere, or ended.
    StatusChanged {
        /// Before.
        from: OrderStatus,
        /// After.
        to: OrderStatus,
    },
    /// Somebody passed a stage.
    StagePassed {
        /// Which.
        stage: Stage,
        /// Their note.
        note: String,
    },
    /// A review was passed out of turn: others stood before the order in the queue. It is allowed, and counted.
    PassedOutOfTurn {
        /// Which.
        stage: Stage,
        /// How many stood before it.
        waiting_before: u32,
    },
    /// The order review set the promised date and perhaps changed the order.
    Reviewed {
        /// The promised date.
        promised_date: NaiveDate,
        /// What it changed; empty when nothing.
        changes: Vec<Change>,
    },
    /// The customer is asked to confirm changes.
    ConfirmationRequested {
        /// No answer until then sends the order back.
        until: DateTime<Utc>,
        /// What changed.
        changes: Vec<Change>,
    },
    /// The customer agreed.
    ChangesConfirmed,
    /// The customer did not agree.
    ChangesDeclined {
        /// Why.
        reason: String,
    },
    /// The customer did not answer in time.
    ConfirmationExpired,
    /// The order passed beyond the credit limit; the customer is told.
    CreditOverridden {
        /// By how much.
        over_by: Money,
        /// Why.
        reason: String,
    },
    /// Production reported.
    ProductionReported {
        /// What is finished in all.
        lines: Vec<ProducedLine>,
    },
    /// The first of two outbound checks is done.
    FirstCheckDone,
    /// Stock was set aside.
    StockReserved {
        /// For this line.
        line_id: LineId,
        /// There.
        warehouse_id: WarehouseId,
        /// In the line's unit.
        quantity: Quantity,
    },
    /// Reserved stock was given back.
    ReservationReleased {
        /// From this line.
        line_id: LineId,
        /// There.
        warehouse_id: WarehouseId,
        /// In the line's unit.
        quantity: Quantity,
    },
    /// What happens to the missing part of a line.
    ShortageDecided {
        /// The line.
        line_id: LineId,
        /// The decision.
        choice: ShortageChoice,
    },
    /// Another variant goes in the place of what is missing.
    SubstituteAdded {
        /// For this line.
        for_line_id: LineId,
        /// The line that replaces it.
        line: Box<NewLine>,
    },
    /// Goods left.
    Shipped {
        /// The shipment.
        shipment: Shipment,
        /// Which reservations it used up.
        taken: Vec<TakenStock>,
    },
    /// A shipment was received, or counts as received.
    Received {
        /// The shipment.
        shipment_id: ShipmentId,
        /// How.
        receipt: Receipt,
    },
    /// Something was short or damaged: a return without goods is to be opened with these quantities (rule 11).
    ClaimOpened {
        /// The claim.
        return_id: ReturnId,
        /// The shipment.
        shipment_id: ShipmentId,
        /// What was short or damaged.
        lines: Vec<ReceiptLine>,
        /// Photos of it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        photos: Vec<LinePhotos>,
    },
    /// Received goods came back with a return (domain.md section 4).
    GoodsReturned {
        /// The return.
        return_id: ReturnId,
        /// What came back, in each line's unit.
        lines: Vec<ReturnedLine>,
    },
    /// Part of some lines will not be delivered.
    LinesClosed {
        /// Which, and how much more of each is closed.
        lines: Vec<ClosedLine>,
        /// Why.
        reason: String,
    },
    /// A held line was released.
    LineReleased {
        /// The line.
        line_id: LineId,
        /// Why.
        reason: String,
    },
    /// Sent back to the customer.
    SentBack {
        /// Why.
        reason: String,
    },
    /// Taken back by the customer before the review.
    Withdrawn {
        /// Why, if they said.
        reason: String,
    },
    /// Voided.
    Voided {
        /// Why.
        reason: String,
    },
    /// Money that was taken is to be given back.
    RefundDue {
        /// How much.
        amount: Money,
    },
    /// A new version was proposed.
    ChangeRequested {
        /// The proposal.
        request: Box<ChangeRequest>,
    },
    /// The other side answered it.
    ChangeAnswered {
        /// The request.
        id: ChangeRequestId,
        /// Agreed, or not.
        accepted: bool,
        /// Why not, or a note.
        reason: String,
    },
    /// An agreed change took effect.
    ChangeApplied {
        /// The request.
        request: Box<ChangeRequest>,
        /// The promised date, where it was set again.
        promised_date: Option<NaiveDate>,
        /// The new deadline of the reviews, where it goes through them again.
        review_due_at: Option<DateTime<Utc>>,
    },
}

/// The birth of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderSubmitted {
    /// Its id.
    pub id: OrderId,
    /// The draft it came from.
    pub draft_id: DraftId,
    /// Its number.
    pub number: String,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// The region of that customer.
    pub region_id: RegionId,
    /// Submitted by staff for the customer.
    pub on_behalf: bool,
    /// What is ordered.
    pub content: OrderContent,
    /// The currency of every amount of it.
    pub currency: Currency,
    /// When the reviews together must be done.
    pub review_due_at: DateTime<Utc>,
}

/// Reserved stock that left with a shipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenStock {
    /// From this line's reservation.
    pub line_id: LineId,
    /// There.
    pub warehouse_id: WarehouseId,
    /// In the line's unit.
    pub quantity: Quantity,
}

/// How much of a line came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedLine {
    /// The line.
    pub line_id: LineId,
    /// In the line's unit.
    pub quantity: Quantity,
}

/// How much more of a line is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedLine {
    /// The line.
    pub line_id: LineId,
    /// In the line's unit.
    pub quantity: Quantity,
}
