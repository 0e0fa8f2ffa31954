//! What happened to a return. Events are only ever appended; the return is what they add up to.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, CustomerId, LineId, OrderId, RegionId, ReturnId, WarehouseId};
use crate::money::{Currency, Money};
use crate::order::{Event, Fact, ReturnedLine};
use crate::quantity::Quantity;
use crate::returns::{RefundTarget, ReturnKind, ReturnLine, ReturnStage, ReturnStatus, ReturnedGoods};

/// Something that happened to a return, when, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: AccountId,
    /// In whose place, where somebody acted for a colleague.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_in_for: Option<AccountId>,
    /// What.
    pub fact: ReturnFact,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReturnFact {
    /// The return was submitted; always the first event and only ever that.
    Submitted(Box<ReturnSubmitted>),
    /// The return now waits elsewhere, or ended.
    StatusChanged {
        /// Before.
        from: ReturnStatus,
        /// After.
        to: ReturnStatus,
    },
    /// Somebody passed a stage.
    StagePassed {
        /// Which.
        stage: ReturnStage,
        /// Their note.
        note: String,
    },
    /// The review agreed to less of some lines.
    QuantitiesCut {
        /// Which.
        lines: Vec<CutLine>,
    },
    /// Goods came back, or count as come back because nobody confirms their receipt.
    GoodsArrived {
        /// Where they were put; absent where nobody confirms receipts.
        warehouse_id: Option<WarehouseId>,
        /// What arrived, every line.
        lines: Vec<ReturnedGoods>,
    },
    /// The money was refunded.
    Refunded {
        /// Where it went.
        target: RefundTarget,
        /// How much.
        amount: Money,
    },
    /// The review refused it.
    Refused {
        /// Why.
        reason: String,
    },
    /// It was voided.
    Voided {
        /// Why.
        reason: String,
    },
}

/// The birth of a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnSubmitted {
    /// Its id.
    pub id: ReturnId,
    /// Its number.
    pub number: String,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The number of that order.
    pub order_number: String,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// The region of that customer.
    pub region_id: RegionId,
    /// Submitted by staff for the customer.
    pub on_behalf: bool,
    /// Whether goods come back.
    pub goods: ReturnKind,
    /// What comes back or is claimed, with the order's prices.
    pub lines: Vec<ReturnLine>,
    /// The currency of every amount of it.
    pub currency: Currency,
    /// The customer's note.
    pub note: String,
}

/// Less of a line than was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CutLine {
    /// The order's line.
    pub line_id: LineId,
    /// What was asked.
    pub from: Quantity,
    /// What was agreed to.
    pub to: Quantity,
    /// Why.
    pub reason: String,
}

/// What an event of the return `id` does to its order: goods that came back are recorded on the order's lines.
pub fn goods_returned(id: ReturnId, event: &ReturnEvent) -> Option<Event> {
    let ReturnFact::GoodsArrived { lines, .. } = &event.fact else {
        return None;
    };
    let lines: Vec<_> = lines
        .iter()
        .filter(|line| !line.arrived.is_zero())
        .map(|line| ReturnedLine {
            line_id: line.line_id,
            quantity: line.arrived,
        })
        .collect();
    Some(Event {
        at: event.at,
        by: Some(event.by),
        stands_in_for: event.stands_in_for,
        fact: Fact::GoodsReturned { return_id: id, lines },
    })
}
