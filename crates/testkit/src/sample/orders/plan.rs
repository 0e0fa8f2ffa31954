//! Who orders when: the regular orders of the past months, and those under way now.

use chrono::{DateTime, Datelike, Days, Duration, NaiveDate, Utc};

use super::clock::{at_local, local, when_open};
use super::goods::{Good, basket, favourites, line, made_to_order, raise_to};
use super::way::{Pace, way};
use super::words::NOTES;
use super::{
    DAYS, EXECUTIVE_THRESHOLD, Hand, Payment, PlannedLine, PlannedOrder, PlannedStep, Priority, Step, Target,
};
use crate::sample::customers::{Customer, PaymentPolicy, customers};
use crate::sample::rng::Rng;
use crate::sample::staff::REVIEW;

/// The regular orders end this many days back, so that all of them have been received by now.
const SETTLED_DAYS: u64 = 14;

/// Target, priority, and for each order the hours since its submission and in the stage it is in.
type Waiting = (Target, Priority, &'static [(u32, u32)]);

/// Orders under way. The reviews together have 24, 12 or 2 hours by priority and turn amber at three quarters of that.
const UNDER_WAY: [Waiting; 20] = {
    use Priority::{Normal, Special, Urgent};
    use Target as T;
    [
        (
            T::PendingOrderReview,
            Normal,
            &[
                (1, 1),
                (2, 2),
                (4, 4),
                (6, 6),
                (9, 9),
                (15, 15),
                (19, 19),
                (21, 21),
                (27, 27),
            ],
        ),
        (T::PendingOrderReview, Special, &[(3, 3), (10, 10), (13, 13)]),
        (T::PendingOrderReview, Urgent, &[(0, 0), (1, 1), (3, 3)]),
        (
            T::PendingCustomerConfirmation,
            Normal,
            &[(9, 5), (20, 16), (34, 30), (49, 45)],
        ),
        (T::PendingCustomerConfirmation, Special, &[(7, 4)]),
        (T::PendingExecutiveApproval, Normal, &[(6, 3), (14, 8), (20, 15)]),
        (
            T::PendingFinanceReview,
            Normal,
            &[(5, 2), (8, 3), (11, 6), (16, 9), (18, 12), (20, 17), (29, 22)],
        ),
        (T::PendingFinanceReview, Special, &[(4, 2), (10, 7)]),
        (T::PendingFinanceReview, Urgent, &[(1, 0)]),
        (T::InProduction, Normal, &[(52, 40), (75, 60), (120, 101)]),
        (T::InProduction, Special, &[(30, 22)]),
        (
            T::PendingOutboundReview,
            Normal,
            &[(7, 2), (12, 5), (17, 4), (19, 8), (22, 11), (31, 14)],
        ),
        (T::PendingOutboundReview, Special, &[(6, 3), (11, 5)]),
        (T::PendingOutboundReview, Urgent, &[(2, 0)]),
        (
            T::PendingShipment,
            Normal,
            &[(21, 3), (26, 6), (30, 9), (44, 20), (50, 26), (70, 46), (94, 68)],
        ),
        (T::PendingShipment, Urgent, &[(5, 3)]),
        (
            T::PartiallyShipped,
            Normal,
            &[(50, 8), (72, 22), (98, 30), (120, 45), (146, 70)],
        ),
        (
            T::PendingReceipt,
            Normal,
            &[
                (55, 4),
                (60, 10),
                (80, 24),
                (84, 30),
                (110, 50),
                (130, 72),
                (180, 120),
                (250, 190),
                (330, 280),
                (380, 333),
            ],
        ),
        (T::SentBack, Normal, &[(10, 4), (28, 20), (49, 44), (96, 90)]),
        (T::Voided, Normal, &[(40, 30), (90, 72)]),
    ]
};

/// Which customer's order waits for the finance review beyond the credit limit, counted from 0.
const OVER_LIMIT: usize = 29;

/// Recent orders that are through already, by target and hours since submission; the last step is four hours back.
const RECENT: [(Target, &[u32]); 2] = [
    (Target::Completed, &[130, 170, 200, 220, 260, 300]),
    (Target::ReceivedWithShortage, &[150, 210, 280, 320]),
];

pub(super) fn plan(as_of: DateTime<Utc>) -> Vec<PlannedOrder> {
    let shelves: Vec<_> = customers().iter().map(favourites).collect();
    let mut orders = regular(as_of, &shelves);
    orders.extend(under_way(as_of, &shelves));
    orders.sort_by_key(|order| order.submitted_at);
    for (order, number) in orders.iter_mut().zip(1..) {
        order.number = number;
    }
    orders
}

/// Every customer on its days of the week. Each order has its own numbers from customer and date, so that a plan made a
/// day later tells the same story a day longer.
fn regular(as_of: DateTime<Utc>, shelves: &[Vec<Good>]) -> Vec<PlannedOrder> {
    let today = local(as_of).date_naive();
    let days = (SETTLED_DAYS..=u64::from(DAYS))
        .rev()
        .filter_map(|back| today.checked_sub_days(Days::new(back)));
    let mut orders = Vec::new();
    for date in days {
        for (index, customer) in customers().iter().enumerate() {
            if !orders_on(customer, index, date) {
                continue;
            }
            let mut rng = Rng::for_name(&format!("{} {date}", customer.code));
            if rng.chance(15) {
                continue;
            }
            let target = match rng.between(1, 100) {
                1..=4 => Target::Voided,
                5..=7 => Target::ReceivedWithShortage,
                _ => Target::Completed,
            };
            let priority = match rng.between(1, 100) {
                1..=5 => Priority::Urgent,
                6..=16 => Priority::Special,
                _ => Priority::Normal,
            };
            let submitted_at = at_local(date, customer.rhythm.hour, rng.between(0, 59));
            let lines = basket(customer, &shelves[index], &mut rng);
            let mut order = order(customer, submitted_at, priority, target, lines, &mut rng);
            let steps = way(target, customer, order.submitted_by, &order.lines, &mut rng);
            order.steps = by_office_hours(submitted_at, steps, as_of);
            orders.push(order);
        }
    }
    orders
}

fn orders_on(customer: &Customer, index: usize, date: NaiveDate) -> bool {
    let week = u64::try_from(date.num_days_from_ce()).unwrap_or(0) / 7;
    let turn = (week + index as u64).is_multiple_of(u64::from(customer.rhythm.weeks));
    turn && customer.rhythm.days.contains(&date.weekday())
}

/// The orders of [`UNDER_WAY`] and [`RECENT`], dealt to the customers in turn.
fn under_way(as_of: DateTime<Utc>, shelves: &[Vec<Good>]) -> Vec<PlannedOrder> {
    let waiting = UNDER_WAY.iter().flat_map(|(target, priority, hours)| {
        hours
            .iter()
            .map(move |(age, since)| (*target, *priority, *age, *since))
    });
    let recent = RECENT
        .iter()
        .flat_map(|(target, ages)| ages.iter().map(move |age| (*target, Priority::Normal, *age, 4)));
    let mut orders = Vec::new();
    for (slot, (target, priority, age, since)) in waiting.chain(recent).enumerate() {
        let mut rng = Rng::new(slot as u64 + 71);
        let index = whose(slot, target, priority);
        let customer = &customers()[index];
        let mut lines = basket(customer, &shelves[index], &mut rng);
        match target {
            Target::PendingExecutiveApproval => raise_to(EXECUTIVE_THRESHOLD, customer, &mut lines),
            // One waits for the finance review beyond its customer's credit limit.
            Target::PendingFinanceReview if index == OVER_LIMIT => {
                if let PaymentPolicy::Credit { limit, .. } = customer.policy {
                    raise_to(limit, customer, &mut lines);
                }
            }
            Target::InProduction => {
                let made = *rng.pick(&made_to_order());
                lines.truncate(3);
                lines.push(line(made, customer, &mut rng));
            }
            _ => {}
        }
        // A few minutes into the hour, so that they do not all end at once; the age stays what it is called.
        let minutes = rng.between(2, 25);
        let submitted_at = as_of - Duration::minutes(i64::from(age * 60 + minutes));
        let mut order = order(customer, submitted_at, priority, target, lines, &mut rng);
        let steps = way(target, customer, order.submitted_by, &order.lines, &mut rng);
        order.steps = evenly(
            submitted_at,
            as_of - Duration::minutes(i64::from(since * 60 + minutes / 2)),
            steps,
            as_of,
        );
        orders.push(order);
    }
    orders
}

/// Which customer a slot goes to: every fourth to a demo distributor, so that each of them has something to see; the
/// great ones to customers that buy by the truck.
fn whose(slot: usize, target: Target, priority: Priority) -> usize {
    const DEMO: [usize; 3] = [21, 1, 0];
    const GREAT: [usize; 3] = [9, 17, 19];
    match target {
        Target::PendingExecutiveApproval => GREAT[slot % GREAT.len()],
        Target::PendingFinanceReview if priority == Priority::Urgent => OVER_LIMIT,
        _ if slot % 4 == 2 => DEMO[slot / 4 % DEMO.len()],
        _ => slot * 7 % customers().len(),
    }
}

fn order(
    customer: &'static Customer,
    submitted_at: DateTime<Utc>,
    priority: Priority,
    target: Target,
    lines: Vec<PlannedLine>,
    rng: &mut Rng,
) -> PlannedOrder {
    let last = u32::try_from(customer.addresses.len().saturating_sub(1)).unwrap_or(0);
    let wanted = local(submitted_at)
        .date_naive()
        .checked_add_days(Days::new(u64::from(rng.between(4, 9))));
    PlannedOrder {
        number: 0,
        customer: customer.code,
        address: if rng.chance(75) {
            0
        } else {
            rng.between(0, last) as usize
        },
        submitted_at,
        submitted_by: if rng.chance(6) {
            Hand::Staff(REVIEW)
        } else {
            Hand::Customer
        },
        priority,
        wanted_date: wanted.filter(|_| rng.chance(30)),
        note: rng.chance(22).then(|| *rng.pick(&NOTES)),
        lines,
        target,
        steps: Vec::new(),
    }
}

/// Each step so long after the one before, while the desk is open, up to `as_of`: what would come later has not happened.
fn by_office_hours(submitted_at: DateTime<Utc>, steps: Vec<Pace>, as_of: DateTime<Utc>) -> Vec<PlannedStep> {
    let mut at = submitted_at;
    let timed = steps.into_iter().map(|pace| {
        at = when_open(at + Duration::minutes(i64::from(pace.after)));
        PlannedStep {
            at,
            hand: pace.hand,
            step: pace.step,
        }
    });
    timed.take_while(|step| step.at <= as_of).collect()
}

/// The steps evenly over the time until `last`, when the order came to where it stands. A payment after the receipt has
/// not happened yet.
fn evenly(
    submitted_at: DateTime<Utc>,
    last: DateTime<Utc>,
    mut steps: Vec<Pace>,
    as_of: DateTime<Utc>,
) -> Vec<PlannedStep> {
    if let Some(rest) = steps
        .iter()
        .position(|pace| pace.step == Step::ReportPayment(Payment::Rest))
    {
        steps.truncate(rest);
    }
    let count = i32::try_from(steps.len()).unwrap_or(1).max(1);
    let gap = (last.min(as_of) - submitted_at).max(Duration::zero()) / count;
    let timed = steps.into_iter().zip(1_i32..);
    timed
        .map(|(pace, turn)| PlannedStep {
            at: submitted_at + gap * turn,
            hand: pace.hand,
            step: pace.step,
        })
        .collect()
}
