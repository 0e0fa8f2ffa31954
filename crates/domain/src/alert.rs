//! Alerts: what somebody should look at before it becomes worse (domain.md section 3, Alerts).
//!
//! An alert is computed from how things are, never stored: it goes away by itself once what it is about is done. What the
//! rules need to know beside the order is handed in as [`AlertFacts`].

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Side};
use crate::customer::PaymentPolicy;
use crate::money::Money;
use crate::order::{Order, OrderStatus};
use crate::permission::Permission;
use crate::policy::permission_at;
use crate::product::Variant;
use crate::quantity::Quantity;
use crate::workflow::{Stage, Workflow};

/// What the rules have to know beside the order.
#[derive(Clone, Copy, Debug)]
pub struct AlertFacts<'a> {
    /// Now.
    pub now: DateTime<Utc>,
    /// Today where the company is.
    pub today: NaiveDate,
    /// The settings.
    pub workflow: &'a Workflow,
    /// How the order's customer pays.
    pub policy: &'a PaymentPolicy,
    /// Confirmed payments for the order.
    pub paid: Money,
}

/// What is the matter with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "alert", rename_all = "snake_case")]
pub enum OrderAlert {
    /// The reviews together should have been done by now.
    ReviewOverdue {
        /// The review it waits at.
        stage: Stage,
        /// When they should have been done.
        due_at: DateTime<Utc>,
    },
    /// It is promised for tomorrow or earlier, and what must happen first has not begun.
    PromiseAtRisk {
        /// What has not begun.
        work: Work,
        /// The day it is promised for.
        promised_date: NaiveDate,
    },
    /// A shipment left so many days ago, and nobody has confirmed it since. Of several the one that left first.
    ShipmentSilent {
        /// Its position within the order, from 1.
        position: u32,
        /// When it left.
        shipped_at: DateTime<Utc>,
    },
    /// It is not paid in full, although it should be.
    PaymentOverdue {
        /// When it should have been paid.
        due_at: DateTime<Utc>,
        /// How much is missing.
        owed: Money,
    },
    /// It was let pass beyond the customer's credit limit, and is still on its way and not paid in full.
    CreditOverridden {
        /// When the finance review let it pass.
        passed_at: DateTime<Utc>,
    },
}

/// What has to begin for a promised date to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Making it: nothing of it is reported as produced.
    Production,
    /// Sending it: nothing of it has left.
    Shipment,
}

/// Everything that is the matter with an order.
pub fn of_order(order: &Order, facts: &AlertFacts<'_>) -> Vec<OrderAlert> {
    [
        review_overdue(order, facts),
        promise_at_risk(order, facts),
        shipment_silent(order, facts),
        payment_overdue(order, facts),
        credit_overridden(order, facts),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn review_overdue(order: &Order, facts: &AlertFacts<'_>) -> Option<OrderAlert> {
    let stage = order.status.stage().filter(|_| order.is_escalated(facts.now))?;
    Some(OrderAlert::ReviewOverdue {
        stage,
        due_at: order.review_due_at,
    })
}

/// Production and shipment have no date of their own: both are due by the day that was promised.
fn promise_at_risk(order: &Order, facts: &AlertFacts<'_>) -> Option<OrderAlert> {
    let tomorrow = facts.today.checked_add_days(Days::new(1))?;
    let promised_date = order.promised_date.filter(|date| *date <= tomorrow)?;
    // Where nothing waits - sent back, voided, completed - nothing is to begin.
    if order.status.stage().is_none() || !order.shipments.is_empty() {
        return None;
    }
    let is_made = order.lines.iter().any(|line| !line.produced.is_zero());
    let work = if order.status == OrderStatus::InProduction && !is_made {
        Work::Production
    } else {
        Work::Shipment
    };
    Some(OrderAlert::PromiseAtRisk { work, promised_date })
}

/// Carriers tell the desk nothing: the only news of a shipment is that the customer received it.
fn shipment_silent(order: &Order, facts: &AlertFacts<'_>) -> Option<OrderAlert> {
    let days = i64::from(facts.workflow.shipment_news_days);
    let since = TimeDelta::try_days(days).and_then(|days| facts.now.checked_sub_signed(days))?;
    let silent = order.unreceived().filter(|shipment| shipment.shipped_at <= since);
    let first = silent.min_by_key(|shipment| shipment.shipped_at)?;
    Some(OrderAlert::ShipmentSilent {
        position: first.position,
        shipped_at: first.shipped_at,
    })
}

fn payment_overdue(order: &Order, facts: &AlertFacts<'_>) -> Option<OrderAlert> {
    if order.status != OrderStatus::Completed {
        return None;
    }
    let due_at = payment_due(order.entered_at, facts.policy).filter(|due| *due < facts.now)?;
    let owed = order.total - facts.paid;
    (owed > Money::ZERO).then_some(OrderAlert::PaymentOverdue { due_at, owed })
}

/// Once the goods have come, what is not paid of them has a day of its own to be paid by.
fn credit_overridden(order: &Order, facts: &AlertFacts<'_>) -> Option<OrderAlert> {
    if !order.over_limit || order.status.stage().is_none() || facts.paid >= order.total {
        return None;
    }
    let mut passes = order.passed.iter().rev();
    let pass = passes.find(|pass| pass.stage == Stage::FinanceReview)?;
    Some(OrderAlert::CreditOverridden { passed_at: pass.at })
}

/// When an order that was completed at `completed_at` must be paid in full. `None` where nothing is owed after delivery.
pub fn payment_due(completed_at: DateTime<Utc>, policy: &PaymentPolicy) -> Option<DateTime<Utc>> {
    let days = match policy {
        PaymentPolicy::Prepaid => return None,
        PaymentPolicy::Deposit { days, .. } | PaymentPolicy::Credit { days, .. } => i64::from(*days),
    };
    TimeDelta::try_days(days).and_then(|days| completed_at.checked_add_signed(days))
}

impl OrderAlert {
    /// Whether `actor` is told of it. The customer hears of its own orders, but not of how the supplier's reviews go; staff hear of
    /// what they can do something about, of the orders they see: not of a credit limit that one of them let an order pass (rule 8
    /// wants the customer told). A review that is overdue escalates to whoever may let an
    /// order pass beyond its limits: the Business lead.
    pub fn concerns(&self, actor: &Actor, order: &Order) -> bool {
        if !actor.sees(order.customer_id, order.region_id) {
            return false;
        }
        match actor.side {
            Side::Distributor { .. } => !matches!(self, Self::ReviewOverdue { .. }),
            Side::Supplier { .. } => self.who().iter().any(|permission| actor.holds(*permission)),
            Side::System => false,
        }
    }

    /// Since when, to put what is older first.
    pub fn since(&self) -> DateTime<Utc> {
        match self {
            Self::ReviewOverdue { due_at, .. } | Self::PaymentOverdue { due_at, .. } => *due_at,
            Self::PromiseAtRisk { promised_date, .. } => {
                promised_date.and_time(chrono::NaiveTime::MIN).and_utc()
            }
            Self::ShipmentSilent { shipped_at, .. } => *shipped_at,
            Self::CreditOverridden { passed_at } => *passed_at,
        }
    }

    fn who(&self) -> Vec<Permission> {
        use Permission as P;
        match self {
            Self::ReviewOverdue { stage, .. } => permission_at(*stage)
                .into_iter()
                .chain([P::CreditOverride])
                .collect(),
            Self::PromiseAtRisk {
                work: Work::Production,
                ..
            } => vec![P::OrderReview, P::OrderOutboundReview],
            Self::PromiseAtRisk {
                work: Work::Shipment, ..
            } => vec![P::OrderReview, P::OrderOutboundReview, P::OrderShip],
            Self::ShipmentSilent { .. } => vec![P::OrderReview, P::OrderShip],
            Self::PaymentOverdue { .. } => vec![P::OrderFinanceReview, P::PaymentConfirm, P::LedgerView],
            Self::CreditOverridden { .. } => Vec::new(),
        }
    }
}

/// What stock of a variant is compared with: its reorder level in base units. Nothing is kept of what is made to order.
pub fn kept_in_stock(variant: &Variant) -> Quantity {
    if variant.made_to_order {
        Quantity::ZERO
    } else {
        variant.reorder_level
    }
}

/// Whether `free` base units, in all warehouses together and not reserved for anybody, are below the reorder level.
pub fn is_low(free: Quantity, reorder_level: Quantity) -> bool {
    free < reorder_level
}

/// Whether `actor` is told of stock that is low: whoever counts it, or keeps the products.
pub fn concerns_stock(actor: &Actor) -> bool {
    actor.holds(Permission::StockManage) || actor.holds(Permission::ProductManage)
}
