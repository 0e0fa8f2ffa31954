//! Orders: lists, one order with everything about it, and what can be done to it.

use chrono::{DateTime, NaiveDate, Utc};
use countersign_domain::id::{CustomerId, LineId, OrderId, RegionId};
use countersign_domain::money::Money;
use countersign_domain::order::{
    AnswerChange, Change, CloseRemaining, DeclineChanges, Order, OrderStatus, PassFinanceReview,
    PassOrderReview, PassOutboundReview, PassStage, Priority, ReceiveShipment, ReleaseLine, ReportProduction,
    RequestChange, SendBackOrder, ShipGoods, UsualPromise, VoidOrder, WithdrawOrder,
};
use countersign_domain::quantity::Quantity;
use countersign_domain::rating::Rating;
use countersign_domain::text::LocalText;
use countersign_domain::workflow::Stage;
use serde::{Deserialize, Serialize};

use crate::account::{CustomerCard, CustomerRef};
use crate::endpoint::{NoContent, NoQuery, Pairs, QueryParams, endpoints};
use crate::file::StoredFile;
use crate::page::Page;
use crate::submission::Submission;

endpoints! {
    /// Orders this account may see, searched, filtered and sorted
    ListOrders = Get "/orders" "list_orders" None true 200 ((), OrderQuery, NoContent) -> Page<OrderSummary>;
    /// One order with its history
    GetOrder = Get "/orders/{order_id}" "get_order" None true 200 (OrderId, NoQuery, NoContent) -> OrderDetail;
    /// The customer submits a sent-back order again, as edited
    ResubmitOrder = Post "/orders/{order_id}/resubmission" "resubmit_order" KeyAndVersion true 200
        (OrderId, NoQuery, Submission) -> OrderDetail;
    /// The customer takes the order back before the review has passed
    WithdrawOrderEndpoint = Post "/orders/{order_id}/withdrawal" "withdraw_order" KeyAndVersion true 200
        (OrderId, NoQuery, WithdrawOrder) -> OrderDetail;
    /// Passes the order review
    PassOrderReviewEndpoint = Post "/orders/{order_id}/order-review" "pass_order_review" KeyAndVersion true 200
        (OrderId, NoQuery, PassOrderReview) -> OrderDetail;
    /// The customer agrees to the review's changes
    ConfirmChanges = Post "/orders/{order_id}/confirmation" "confirm_changes" KeyAndVersion true 200
        (OrderId, NoQuery, NoContent) -> OrderDetail;
    /// The customer does not agree; the order is sent back
    DeclineChangesEndpoint = Post "/orders/{order_id}/confirmation-refusal" "decline_changes" KeyAndVersion true 200
        (OrderId, NoQuery, DeclineChanges) -> OrderDetail;
    /// Passes the executive approval
    PassExecutiveApproval = Post "/orders/{order_id}/executive-approval" "pass_executive_approval" KeyAndVersion true 200
        (OrderId, NoQuery, PassStage) -> OrderDetail;
    /// Passes the finance review
    PassFinanceReviewEndpoint = Post "/orders/{order_id}/finance-review" "pass_finance_review" KeyAndVersion true 200
        (OrderId, NoQuery, PassFinanceReview) -> OrderDetail;
    /// Reports what production has finished
    ReportProductionEndpoint = Post "/orders/{order_id}/production-report" "report_production" KeyAndVersion true 200
        (OrderId, NoQuery, ReportProduction) -> OrderDetail;
    /// Finishes production
    PassProduction = Post "/orders/{order_id}/production" "pass_production" KeyAndVersion true 200
        (OrderId, NoQuery, PassStage) -> OrderDetail;
    /// Reserves stock and passes the outbound review
    PassOutboundReviewEndpoint = Post "/orders/{order_id}/outbound-review" "pass_outbound_review" KeyAndVersion true 200
        (OrderId, NoQuery, PassOutboundReview) -> OrderDetail;
    /// Ships part or all of the order
    ShipGoodsEndpoint = Post "/orders/{order_id}/shipments" "ship_goods" KeyAndVersion true 200
        (OrderId, NoQuery, ShipGoods) -> OrderDetail;
    /// Confirms the receipt of a shipment
    ReceiveShipmentEndpoint = Post "/orders/{order_id}/receipts" "receive_shipment" KeyAndVersion true 200
        (OrderId, NoQuery, ReceiveShipment) -> OrderDetail;
    /// Closes what has not been shipped
    CloseRemainingEndpoint = Post "/orders/{order_id}/closure" "close_remaining" KeyAndVersion true 200
        (OrderId, NoQuery, CloseRemaining) -> OrderDetail;
    /// Releases a held line
    ReleaseLineEndpoint = Post "/orders/{order_id}/line-release" "release_line" KeyAndVersion true 200
        (OrderId, NoQuery, ReleaseLine) -> OrderDetail;
    /// Sends the order back to its customer
    SendBackOrderEndpoint = Post "/orders/{order_id}/send-back" "send_back_order" KeyAndVersion true 200
        (OrderId, NoQuery, SendBackOrder) -> OrderDetail;
    /// Voids the order
    VoidOrderEndpoint = Post "/orders/{order_id}/void" "void_order" KeyAndVersion true 200
        (OrderId, NoQuery, VoidOrder) -> OrderDetail;
    /// Proposes a new version of a reviewed order
    RequestChangeEndpoint = Post "/orders/{order_id}/change-requests" "request_change" KeyAndVersion true 200
        (OrderId, NoQuery, RequestChange) -> OrderDetail;
    /// Answers a proposed new version
    AnswerChangeEndpoint = Post "/orders/{order_id}/change-answer" "answer_change" KeyAndVersion true 200
        (OrderId, NoQuery, AnswerChange) -> OrderDetail;
}

/// Which orders, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct OrderQuery {
    /// Statuses, comma separated.
    pub status: Option<String>,
    /// Part of the number, the customer's name, a product's name or code.
    pub q: Option<String>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Submitted on or after this day.
    pub from: Option<NaiveDate>,
    /// Submitted on or before this day.
    pub to: Option<NaiveDate>,
    /// Of customers in this region.
    pub region: Option<RegionId>,
    /// With this priority: `normal`, `special` or `urgent`.
    pub priority: Option<String>,
    /// That come to this much or more.
    pub amount_from: Option<Money>,
    /// That come to this much or less.
    pub amount_to: Option<Money>,
    /// The order of the list.
    pub sort: Option<OrderSort>,
    /// Cursor of the page before.
    pub after: Option<String>,
    /// Items on the page.
    pub limit: Option<u32>,
    /// Whether to count them all.
    pub total: Option<bool>,
}

impl QueryParams for OrderQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Pairs::default()
            .opt("status", self.status.as_deref())
            .opt("q", self.q.as_deref())
            .opt("customer", self.customer)
            .opt("from", self.from)
            .opt("to", self.to)
            .opt("region", self.region)
            .opt("priority", self.priority.as_deref())
            .opt("amount_from", self.amount_from)
            .opt("amount_to", self.amount_to)
            .opt("sort", self.sort.map(OrderSort::as_str))
            .opt("after", self.after.as_deref())
            .opt("limit", self.limit)
            .opt("total", self.total)
            .done()
    }
}

/// The order of a list of orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderSort {
    /// Newest first.
    #[default]
    Newest,
    /// Nearest deadline first, first-come within it: the order of a queue.
    Deadline,
    /// Largest amount first.
    Amount,
}

impl OrderSort {
    /// The name on the wire and in the app's URLs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Deadline => "deadline",
            Self::Amount => "amount",
        }
    }
}

/// An order in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderSummary {
    /// Its id.
    pub id: OrderId,
    /// Its number.
    pub number: String,
    /// Whose it is.
    pub customer: CustomerRef,
    /// Where it stands.
    pub status: OrderStatus,
    /// Its version.
    pub version: u64,
    /// How soon it must pass the reviews.
    pub priority: Priority,
    /// What it costs.
    pub total: Money,
    /// How many lines it has.
    pub line_count: u32,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// When it entered its status.
    pub entered_at: DateTime<Utc>,
    /// When something must have happened; absent where no clock runs.
    pub due_at: Option<DateTime<Utc>>,
    /// The delivery date that was promised.
    pub promised_date: Option<NaiveDate>,
    /// Whether something has shipped that waits for its receipt.
    pub to_receive: bool,
    /// Whether the supplier proposed a change that waits for the customer's answer.
    pub to_answer: bool,
}

/// An order and everything a page about it shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderDetail {
    /// The order itself. Its version is the ETag.
    pub order: Order,
    /// Whose it is.
    pub customer: CustomerRef,
    /// What a reviewer needs to know of the customer; staff only.
    pub card: Option<CustomerCard>,
    /// Free stock for each line; staff only.
    pub stock: Vec<LineStock>,
    /// What is promised when the review says nothing else; staff only, and only while the order review has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_promise: Option<UsualPromise>,
    /// Confirmed payments for this order.
    pub paid: Money,
    /// What happened, oldest first.
    pub history: Vec<HistoryEntry>,
    /// What the customer said of it in the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// Files that went along with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<StoredFile>,
}

/// Free stock for a line of an order, in the line's unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineStock {
    /// The line.
    pub line_id: LineId,
    /// Warehouse it lies in.
    pub warehouse_id: countersign_domain::id::WarehouseId,
    /// Name of that warehouse.
    pub warehouse: LocalText,
    /// Not reserved for anybody.
    pub free: Quantity,
}

/// Something that happened to an order, as it is read (rule 13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom; absent for the desk's own timers.
    pub by: Option<HistoryActor>,
    /// What.
    pub kind: HistoryKind,
    /// The stage it is about.
    pub stage: Option<Stage>,
    /// The status before, where it changed.
    pub from: Option<OrderStatus>,
    /// The status after, where it changed.
    pub to: Option<OrderStatus>,
    /// Why, in that person's words; empty where nothing was said.
    pub reason: String,
    /// What it changed about the order.
    pub changes: Vec<Change>,
    /// Orders that stood before this one in the queue, where it was passed out of turn; staff only.
    #[serde(default)]
    pub waiting_before: u32,
    /// How many stars of five, where the customer rated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryActor {
    /// Name of the person.
    pub name: String,
    /// Their roles, or their customer.
    pub role: LocalText,
    /// Name of the colleague in whose place they did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_in_for: Option<String>,
    /// Whether it is whoever reads the history of an order. Left out where it is not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_you: bool,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HistoryKind {
    /// Submitted by the customer.
    Submitted,
    /// Submitted by staff on behalf of the customer.
    SubmittedFor,
    /// Submitted again.
    Resubmitted,
    /// Taken back by the customer.
    Withdrawn,
    /// Passed a stage.
    StagePassed,
    /// Passed a review out of turn; staff only.
    PassedOutOfTurn,
    /// The customer is asked to confirm changes.
    ConfirmationRequested,
    /// The customer agreed.
    ChangesConfirmed,
    /// The customer did not agree.
    ChangesDeclined,
    /// The customer did not answer in time.
    ConfirmationExpired,
    /// Passed beyond the credit limit.
    CreditOverridden,
    /// Production reported.
    ProductionReported,
    /// The first outbound check is done.
    FirstCheckDone,
    /// Stock was set aside or given back.
    StockChanged,
    /// A shortage was decided.
    ShortageDecided,
    /// Goods left.
    Shipped,
    /// A shipment was received.
    Received,
    /// A shipment counts as received.
    DeemedReceived,
    /// A claim was opened.
    ClaimOpened,
    /// Received goods came back with a return.
    GoodsReturned,
    /// Part of it was closed.
    LinesClosed,
    /// A held line was released.
    LineReleased,
    /// Sent back.
    SentBack,
    /// Voided.
    Voided,
    /// Money is to be given back.
    RefundDue,
    /// A payment was confirmed.
    PaymentConfirmed,
    /// A new version was proposed.
    ChangeRequested,
    /// It was agreed to.
    ChangeAccepted,
    /// It was refused.
    ChangeRefused,
    /// Completed.
    Completed,
    /// Rated by the customer.
    Rated,
}
