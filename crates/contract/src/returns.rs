//! Returns and claims: lists, one return with everything about it, and what can be done to it (domain.md section 4).

use chrono::{DateTime, NaiveDate, Utc};
use countersign_domain::id::{CustomerId, LineId, OrderId, ReturnId};
use countersign_domain::money::Money;
use countersign_domain::quantity::Quantity;
use countersign_domain::returns::{
    ConfirmRefund, NewReturnLine, PassReturnReview, ReceiveReturnedGoods, RefundTarget, RefuseReturn, Return,
    ReturnStage, ReturnStatus, VoidReturn,
};
use serde::{Deserialize, Serialize};

use crate::account::CustomerRef;
use crate::endpoint::{NoContent, NoQuery, Pairs, QueryParams, endpoints};
use crate::order::HistoryActor;
use crate::page::Page;

endpoints! {
    /// Returns and claims this account may see, searched and filtered
    ListReturns = Get "/returns" "list_returns" None true 200 ((), ReturnQuery, NoContent) -> Page<ReturnSummary>;
    /// How many returns wait at each stage, within this account's regions
    ListReturnQueues = Get "/return-queues" "list_return_queues" None true 200
        ((), NoQuery, NoContent) -> Vec<ReturnQueueCount>;
    /// The returns of an order, and what of it can still be returned
    ListOrderReturns = Get "/orders/{order_id}/returns" "list_order_returns" None true 200
        (OrderId, NoQuery, NoContent) -> OrderReturns;
    /// Returns received goods of an order
    SubmitReturn = Post "/orders/{order_id}/returns" "submit_return" Key true 201
        (OrderId, NoQuery, NewReturnRequest) -> ReturnDetail;
    /// One return with its history
    GetReturn = Get "/returns/{return_id}" "get_return" None true 200 (ReturnId, NoQuery, NoContent) -> ReturnDetail;
    /// Passes the return review, perhaps with less
    PassReturnReviewEndpoint = Post "/returns/{return_id}/review" "pass_return_review" KeyAndVersion true 200
        (ReturnId, NoQuery, PassReturnReview) -> ReturnDetail;
    /// Refuses a return
    RefuseReturnEndpoint = Post "/returns/{return_id}/refusal" "refuse_return" KeyAndVersion true 200
        (ReturnId, NoQuery, RefuseReturn) -> ReturnDetail;
    /// Confirms that returned goods arrived, and puts into stock what can be sold again
    ReceiveReturnEndpoint = Post "/returns/{return_id}/goods-receipt" "receive_returned_goods" KeyAndVersion true 200
        (ReturnId, NoQuery, ReceiveReturnedGoods) -> ReturnDetail;
    /// Confirms the refund of a return
    ConfirmRefundEndpoint = Post "/returns/{return_id}/refund" "confirm_refund" KeyAndVersion true 200
        (ReturnId, NoQuery, ConfirmRefund) -> ReturnDetail;
    /// Voids a return
    VoidReturnEndpoint = Post "/returns/{return_id}/void" "void_return" KeyAndVersion true 200
        (ReturnId, NoQuery, VoidReturn) -> ReturnDetail;
}

/// Which returns, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct ReturnQuery {
    /// Statuses, comma separated.
    pub status: Option<String>,
    /// Part of the return's or the order's number, the customer's name, a product's name or code.
    pub q: Option<String>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Submitted on or after this day.
    pub from: Option<NaiveDate>,
    /// Submitted on or before this day.
    pub to: Option<NaiveDate>,
    /// The order of the list.
    pub sort: Option<ReturnSort>,
    /// Cursor of the page before.
    pub after: Option<String>,
    /// Items on the page.
    pub limit: Option<u32>,
    /// Whether to count them all.
    pub total: Option<bool>,
}

impl QueryParams for ReturnQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Pairs::default()
            .opt("status", self.status.as_deref())
            .opt("q", self.q.as_deref())
            .opt("customer", self.customer)
            .opt("from", self.from)
            .opt("to", self.to)
            .opt("sort", self.sort.map(ReturnSort::as_str))
            .opt("after", self.after.as_deref())
            .opt("limit", self.limit)
            .opt("total", self.total)
            .done()
    }
}

/// The order of a list of returns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnSort {
    /// Newest first.
    #[default]
    Newest,
    /// First come, first served: the order of a queue.
    Oldest,
}

impl ReturnSort {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }
}

/// What comes back of an order's received goods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewReturnRequest {
    /// The lines; at least one.
    pub lines: Vec<NewReturnLine>,
    /// The customer's note.
    #[serde(default)]
    pub note: String,
}

/// A return in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnSummary {
    /// Its id.
    pub id: ReturnId,
    /// Its number.
    pub number: String,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The number of that order.
    pub order_number: String,
    /// Whose it is.
    pub customer: CustomerRef,
    /// Whether it is a claim: no goods come back.
    pub is_claim: bool,
    /// Where it stands.
    pub status: ReturnStatus,
    /// Its version.
    pub version: u64,
    /// What is to be refunded.
    pub total: Money,
    /// How many lines it has.
    pub line_count: u32,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// When it entered its status.
    pub entered_at: DateTime<Utc>,
}

/// How many returns wait at a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnQueueCount {
    /// The status they wait in.
    pub status: ReturnStatus,
    /// How many.
    pub count: u32,
}

/// The returns of an order, and what of it can still be returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderReturns {
    /// The returns and claims, newest first.
    pub returns: Vec<ReturnSummary>,
    /// The lines of which something was received and not returned yet.
    pub returnable: Vec<ReturnableLine>,
}

/// How much of an order's line can still be returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnableLine {
    /// The line.
    pub line_id: LineId,
    /// At most this, in the line's unit.
    pub quantity: Quantity,
}

/// A return and everything a page about it shows. What may be done with it follows from it, the session and the workflow
/// by the domain's `can_return`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnDetail {
    /// The return itself. Its version is the ETag.
    #[serde(rename = "return")]
    pub subject: Return,
    /// Whose it is.
    pub customer: CustomerRef,
    /// Where a refund goes when nobody says otherwise.
    pub usual_target: RefundTarget,
    /// What happened, oldest first.
    pub history: Vec<ReturnEntry>,
}

/// Something that happened to a return, as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: Option<HistoryActor>,
    /// What.
    pub kind: ReturnEntryKind,
    /// The stage it is about.
    pub stage: Option<ReturnStage>,
    /// The status before, where it changed.
    pub from: Option<ReturnStatus>,
    /// The status after, where it changed.
    pub to: Option<ReturnStatus>,
    /// Why, in that person's words; empty where nothing was said.
    pub reason: String,
    /// What it changed about the return.
    pub changes: Vec<ReturnChange>,
}

/// What happened to a return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnEntryKind {
    /// Submitted, or opened by a receipt.
    Submitted,
    /// Passed a stage.
    StagePassed,
    /// The goods count as come back, since nobody confirms their receipt.
    GoodsArrived,
    /// The refund was booked, since nobody confirms it.
    Refunded,
    /// Refused.
    Refused,
    /// Voided.
    Voided,
}

/// What an entry of the history changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum ReturnChange {
    /// Less of a line was agreed to.
    Cut {
        /// The line.
        line_id: LineId,
        /// What was asked.
        from: Quantity,
        /// What was agreed to.
        to: Quantity,
        /// Why.
        reason: String,
    },
    /// Goods of a line arrived.
    Arrived {
        /// The line.
        line_id: LineId,
        /// How much.
        arrived: Quantity,
        /// What of it can be sold again.
        sellable: Quantity,
    },
    /// Money was refunded.
    Refunded {
        /// Where it went.
        target: RefundTarget,
        /// How much.
        amount: Money,
    },
}
