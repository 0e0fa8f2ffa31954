//! Some months of orders, ready to be replayed.
//!
//! [`plan`] says who ordered what and when, and every step that brought the order to where it stands. It knows nothing
//! of the order machine: a seeding replays [`timeline`] through the real one, in the order of time, so that payments,
//! credit and stock are what they would have been. A step whose stage is switched off in the deployment, or which the
//! order does not pass, is left out by the seeding: executive approval and production are off by default.

mod clock;
mod goods;
mod plan;
mod way;
mod words;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::{Decimal, RoundingStrategy};

use super::Text;
use super::catalog::{Unit, catalog};
use super::customers;

pub use clock::{CHINA_SECONDS_EAST, local};

/// The amount in CNY from which [`Target::PendingExecutiveApproval`] orders are: a threshold for demos that switch the
/// executive approval on.
pub const EXECUTIVE_THRESHOLD: Decimal = Decimal::from_parts(50_000, 0, 0, false, 0);

/// How many days before the given moment the first orders were placed.
pub const DAYS: u16 = 100;

/// How soon an order must pass the reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Priority {
    /// 普通.
    Normal,
    /// 特殊.
    Special,
    /// 紧急.
    Urgent,
}

/// Where an order's steps bring it, with every stage switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// 待订单审核.
    PendingOrderReview,
    /// 待客户确认: the review cut a quantity.
    PendingCustomerConfirmation,
    /// 待大额审批; with that stage off, it waits for the finance review.
    PendingExecutiveApproval,
    /// 待财务审核.
    PendingFinanceReview,
    /// 生产中; with that stage off, it waits for the outbound review.
    InProduction,
    /// 待出库审核.
    PendingOutboundReview,
    /// 待发货确认, nothing shipped yet.
    PendingShipment,
    /// 待发货确认, part of it shipped.
    PartiallyShipped,
    /// 待收货确认.
    PendingReceipt,
    /// Received with something short or damaged: a claim is open.
    ReceivedWithShortage,
    /// 已完成.
    Completed,
    /// 已退回.
    SentBack,
    /// 已作废.
    Voided,
}

impl Target {
    /// Every target.
    pub const ALL: [Self; 13] = [
        Self::PendingOrderReview,
        Self::PendingCustomerConfirmation,
        Self::PendingExecutiveApproval,
        Self::PendingFinanceReview,
        Self::InProduction,
        Self::PendingOutboundReview,
        Self::PendingShipment,
        Self::PartiallyShipped,
        Self::PendingReceipt,
        Self::ReceivedWithShortage,
        Self::Completed,
        Self::SentBack,
        Self::Voided,
    ];
}

/// Who takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hand {
    /// The customer's ordering account.
    Customer,
    /// The staff account with this login.
    Staff(&'static str),
}

/// An order and its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedOrder {
    /// From 1, in the order of submission.
    pub number: u32,
    /// The customer's code.
    pub customer: &'static str,
    /// Which of the customer's addresses it goes to, from 0.
    pub address: usize,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// Who submitted it: the customer, or staff on its behalf.
    pub submitted_by: Hand,
    /// How soon it must pass the reviews.
    pub priority: Priority,
    /// When the customer wishes it.
    pub wanted_date: Option<NaiveDate>,
    /// The customer's note.
    pub note: Option<Text>,
    /// At least one.
    pub lines: Vec<PlannedLine>,
    /// Where the steps bring it.
    pub target: Target,
    /// What happened to it since, in the order of time, up to the given moment.
    pub steps: Vec<PlannedStep>,
}

/// A line of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedLine {
    /// The SKU code.
    pub sku: &'static str,
    /// The unit it is ordered in: the variant's largest pack, else its base unit.
    pub unit: Unit,
    /// How many base units are in one of them.
    pub size: Decimal,
    /// How many of them.
    pub quantity: Decimal,
}

impl PlannedLine {
    /// The quantity in base units.
    pub fn in_base_units(&self) -> Decimal {
        self.quantity * self.size
    }
}

/// A step of an order's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStep {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub hand: Hand,
    /// What.
    pub step: Step,
}

/// What happens to an order. Lines are counted from 0, quantities are in the line's unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The order review passes it, perhaps changed.
    PassOrderReview {
        /// Changes to lines.
        changes: Vec<LineChange>,
    },
    /// The customer agrees to the changes.
    ConfirmChanges,
    /// The executive approval passes it.
    PassExecutiveApproval,
    /// The customer reports a payment for this order.
    ReportPayment(Payment),
    /// Finance confirms the payment reported last.
    ConfirmPayment,
    /// The finance review passes it.
    PassFinanceReview,
    /// Production is done.
    PassProduction,
    /// The outbound review reserves all of it.
    PassOutboundReview,
    /// Goods leave.
    Ship {
        /// How much of each line, by line; zero where nothing of it leaves.
        quantities: Vec<Decimal>,
        /// Who carries them.
        carrier: Text,
        /// The tracking number.
        tracking: String,
    },
    /// The customer received a shipment.
    Receive {
        /// Which of the order's shipments, from 0.
        shipment: usize,
        /// Lines that did not arrive whole.
        claims: Vec<Claim>,
    },
    /// Back to the customer.
    SendBack {
        /// Why.
        reason: Text,
    },
    /// For nothing.
    Void {
        /// Why.
        reason: Text,
    },
}

/// How much a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payment {
    /// So many percent of the order's total.
    Percent(Decimal),
    /// What has not been paid yet.
    Rest,
}

/// A change the order review makes to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineChange {
    /// The line.
    pub line: usize,
    /// What it becomes.
    pub change: Change,
    /// Why.
    pub reason: Text,
}

/// What the order review does to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// This quantity, less than was ordered.
    Quantity(Decimal),
    /// So many percent off the price.
    PercentOff(Decimal),
}

/// A line of a shipment that did not arrive whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The line.
    pub line: usize,
    /// How much did not arrive.
    pub short: Decimal,
    /// How much arrived damaged.
    pub damaged: Decimal,
    /// What the customer wrote.
    pub note: Text,
}

/// One thing that happens in the replay.
#[derive(Debug, Clone, Copy)]
pub enum Moment<'a> {
    /// An order is submitted.
    Submit(&'a PlannedOrder),
    /// A step is taken.
    Step(&'a PlannedOrder, &'a PlannedStep),
}

impl Moment<'_> {
    /// When it happens.
    pub fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Submit(order) => order.submitted_at,
            Self::Step(_, step) => step.at,
        }
    }
}

/// The orders that lead up to `as_of`: the same for the same moment.
pub fn plan(as_of: DateTime<Utc>) -> Vec<PlannedOrder> {
    plan::plan(as_of)
}

/// Everything that happens to `orders`, in the order of time. The steps of one order keep their order.
pub fn timeline(orders: &[PlannedOrder]) -> Vec<Moment<'_>> {
    let mut moments: Vec<_> = orders
        .iter()
        .flat_map(|order| {
            let steps = order.steps.iter().map(move |step| Moment::Step(order, step));
            std::iter::once(Moment::Submit(order)).chain(steps)
        })
        .collect();
    moments.sort_by_key(Moment::at);
    moments
}

/// What a line comes to in CNY by the customer's agreed price or its level's, and quantity breaks; rounded half up to
/// cents. An estimate: the server's pricing is what counts. Zero for a customer or SKU there is not.
pub fn line_estimate(customer: &str, line: &PlannedLine) -> Decimal {
    let (Some(customer), Some((_, variant))) = (customers::find(customer), catalog().find(line.sku)) else {
        return Decimal::ZERO;
    };
    let quantity = line.in_base_units();
    let agreed = customer.agreed_prices.iter().find(|(sku, _)| *sku == line.sku);
    let price = match agreed {
        Some((_, price)) => variant.broken(*price, quantity),
        None => variant.price_for(customer.level, quantity),
    };
    (price * quantity).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

/// The sum of [`line_estimate`] over the lines as ordered.
pub fn estimate(order: &PlannedOrder) -> Decimal {
    order
        .lines
        .iter()
        .map(|line| line_estimate(order.customer, line))
        .sum()
}

/// What must be in stock of every SKU before the replay, in base units, so that after it
/// [`Variant::stock`](super::catalog::Variant::stock) is left unpromised: that and all the plan takes out.
pub fn opening_stock(orders: &[PlannedOrder]) -> BTreeMap<&'static str, Decimal> {
    let mut stock: BTreeMap<_, _> = catalog()
        .variants()
        .map(|(_, variant)| (variant.sku.as_str(), variant.stock))
        .collect();
    for order in orders {
        if order
            .steps
            .iter()
            .any(|step| step.step == Step::PassOutboundReview)
        {
            for line in approved(order) {
                *stock.entry(line.sku).or_default() += line.in_base_units();
            }
        }
    }
    stock
}

/// The lines with the quantities the order review approved.
pub fn approved(order: &PlannedOrder) -> Vec<PlannedLine> {
    let mut lines = order.lines.clone();
    for step in &order.steps {
        if let Step::PassOrderReview { changes } = &step.step {
            for change in changes {
                if let (Change::Quantity(quantity), Some(line)) = (change.change, lines.get_mut(change.line))
                {
                    line.quantity = quantity;
                }
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests;
