//! The two home pages.

use chrono::{DateTime, NaiveDate, Utc};
use countersign_domain::money::Money;
use countersign_domain::order::OrderStatus;
use serde::{Deserialize, Serialize};

use crate::account::Standing;
use crate::endpoint::{NoContent, NoQuery, endpoints};
use crate::order::OrderSummary;

endpoints! {
    /// What a customer needs to see first
    GetDistributorHome = Get "/home/distributor" "get_distributor_home" None true 200
        ((), NoQuery, NoContent) -> DistributorHome;
    /// What staff need to see first
    GetSupplierHome = Get "/home/supplier" "get_supplier_home" None true 200 ((), NoQuery, NoContent) -> SupplierHome;
    /// How many orders wait at each stage, within this account's regions
    ListQueues = Get "/queues" "list_queues" None true 200 ((), NoQuery, NoContent) -> Vec<QueueCount>;
}

/// What a customer needs to see first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DistributorHome {
    /// Orders that wait for the customer: to confirm, to answer, to receive, to mend.
    pub needs_me: Vec<OrderSummary>,
    /// Open orders, newest first.
    pub open: Vec<OrderSummary>,
    /// How many open orders there are.
    pub open_count: u32,
    /// The last order, to be used again.
    pub last: Option<OrderSummary>,
    /// Credit or balance.
    pub standing: Standing,
}

/// What staff need to see first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupplierHome {
    /// Every queue.
    pub queues: Vec<QueueCount>,
    /// Orders submitted today.
    pub today: DayFigure,
    /// Shipments that left today.
    pub shipped_today: u32,
    /// Orders past their deadline, the latest first.
    pub escalated: Vec<OrderSummary>,
    /// How often a review was passed out of turn in the last 30 days.
    pub out_of_turn_30_days: u32,
    /// The last 30 days, oldest first, without gaps.
    pub days: Vec<DayFigure>,
}

/// How many orders wait at a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueCount {
    /// The status they wait in.
    pub status: OrderStatus,
    /// How many.
    pub count: u32,
    /// How many of them are past their deadline.
    pub late: u32,
    /// The nearest deadline.
    pub nearest_due_at: Option<DateTime<Utc>>,
}

/// Orders of one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayFigure {
    /// The day.
    pub date: NaiveDate,
    /// Orders submitted.
    pub orders: u32,
    /// Their amount.
    pub amount: Money,
}
