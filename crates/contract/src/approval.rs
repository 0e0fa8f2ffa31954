//! Passing a stage for several orders with one request, each of them by itself.

use countersign_domain::id::OrderId;
use countersign_domain::order::OrderStatus;
use countersign_domain::workflow::Stage;
use serde::{Deserialize, Serialize};

use crate::endpoint::{NoQuery, endpoints};
use crate::problem::ProblemKind;

endpoints! {
    /// Passes a stage for several orders as they are, in the order given; one that is refused stops none of the others
    ApproveOrders = Post "/approvals" "approve_orders" Key true 200 ((), NoQuery, Approvals) -> Vec<Approval>;
}

/// Most orders of one request.
pub const MAX_APPROVALS: usize = 100;

/// Which orders pass which stage.
///
/// Each is an approval of its own, in a transaction of its own, remembered under the request's `Idempotency-Key`: the
/// same key and bytes again act on none of them twice, wherever the first request was interrupted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Approvals {
    /// The stage: one whose approval asks for nothing.
    pub stage: Stage,
    /// The orders, each once, at most 100. They are approved in this order.
    pub orders: Vec<OrderVersion>,
}

/// An order as the approver saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderVersion {
    /// The order.
    pub order_id: OrderId,
    /// Its version, as `If-Match` would say it.
    pub version: u64,
}

/// What became of one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Approval {
    /// The order.
    pub order_id: OrderId,
    /// What became of it.
    pub outcome: ApprovalOutcome,
}

/// What an approval came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum ApprovalOutcome {
    /// It passed.
    Passed {
        /// Where it waits now.
        status: OrderStatus,
        /// Its version now.
        version: u64,
    },
    /// It did not; nothing has happened to it.
    Refused {
        /// Why, as the answer to a single approval would say it.
        problem: ProblemKind,
    },
}
