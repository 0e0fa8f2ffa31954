use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, Duration, Timelike, Weekday};

use super::*;
use crate::sample::customers::{PaymentPolicy, customers};
use crate::sample::staff;

fn as_of() -> DateTime<Utc> {
    "2026-11-20T03:30:00Z".parse().expect("a moment")
}

#[test]
fn the_plan_is_the_same_for_the_same_moment() {
    assert_eq!(plan(as_of()), plan(as_of()));
}

#[test]
fn a_later_plan_tells_the_same_past() {
    let later = plan(as_of() + Duration::days(1));
    let past = plan(as_of());
    let settled = past
        .iter()
        .filter(|order| order.submitted_at < as_of() - Duration::days(60));
    for order in settled.filter(|order| order.submitted_at > as_of() - Duration::days(98)) {
        let same = later
            .iter()
            .find(|other| other.customer == order.customer && other.submitted_at == order.submitted_at);
        assert_eq!(
            same.map(|other| &other.lines),
            Some(&order.lines),
            "{} {}",
            order.customer,
            order.submitted_at
        );
    }
}

#[test]
fn about_three_hundred_and_twenty_orders_reach_every_target() {
    let orders = plan(as_of());
    assert!((290..=350).contains(&orders.len()), "{} orders", orders.len());
    for target in Target::ALL {
        let count = orders.iter().filter(|order| order.target == target).count();
        assert!(count >= 3, "{count} orders {target:?}");
    }
    assert!(
        orders
            .windows(2)
            .all(|pair| pair[0].submitted_at <= pair[1].submitted_at)
    );
    assert!(
        orders
            .iter()
            .zip(1..)
            .all(|(order, number)| order.number == number)
    );
}

#[test]
fn every_demo_distributor_has_orders_under_way() {
    let orders = plan(as_of());
    for customer in customers().iter().filter(|customer| customer.is_demo()) {
        let targets: HashSet<_> = orders
            .iter()
            .filter(|order| order.customer == customer.code)
            .map(|order| order.target)
            .collect();
        assert!(targets.len() >= 5, "{}: {targets:?}", customer.login);
    }
}

#[test]
fn waiting_orders_are_calm_amber_and_overdue() {
    let orders = plan(as_of());
    let mut colours = HashSet::new();
    for order in orders
        .iter()
        .filter(|order| order.target == Target::PendingOrderReview)
    {
        let allowed = match order.priority {
            Priority::Normal => 24 * 60,
            Priority::Special => 12 * 60,
            Priority::Urgent => 2 * 60,
        };
        let waited = (as_of() - order.submitted_at).num_minutes();
        colours.insert((order.priority, waited * 4 >= allowed * 3, waited >= allowed));
    }
    for priority in [Priority::Normal, Priority::Special, Priority::Urgent] {
        for (amber, overdue) in [(false, false), (true, true)] {
            assert!(
                colours.contains(&(priority, amber, overdue)),
                "{priority:?} amber {amber} overdue {overdue}"
            );
        }
    }
    assert!(colours.contains(&(Priority::Normal, true, false)));
}

#[test]
fn lines_obey_minimum_multiple_and_maximum_and_name_each_good_once() {
    for order in plan(as_of()) {
        assert!(!order.lines.is_empty(), "{}", order.number);
        let skus: HashSet<_> = order.lines.iter().map(|line| line.sku).collect();
        assert_eq!(skus.len(), order.lines.len());
        for line in order.lines.iter().chain(&approved(&order)) {
            let (product, variant) = catalog().find(line.sku).expect("in the catalog");
            let quantity = line.in_base_units();
            assert!(quantity >= variant.minimum, "{} of {}", quantity, line.sku);
            assert!(
                (quantity % variant.multiple).is_zero(),
                "{} of {}",
                quantity,
                line.sku
            );
            assert!(
                variant.maximum.is_none_or(|maximum| quantity <= maximum),
                "{} of {}",
                quantity,
                line.sku
            );
            let pack = variant
                .packs
                .iter()
                .any(|pack| pack.unit == line.unit && pack.size == line.size);
            assert!(
                pack || (line.unit == product.unit && line.size == Decimal::ONE),
                "unit of {}",
                line.sku
            );
        }
    }
}

#[test]
fn steps_follow_one_another_within_the_time_and_by_people_there_are() {
    for order in plan(as_of()) {
        assert!(order.submitted_at < as_of());
        assert!(
            order.address
                < customers::find(order.customer)
                    .expect("a customer")
                    .addresses
                    .len()
        );
        let times: Vec<_> = std::iter::once(order.submitted_at)
            .chain(order.steps.iter().map(|step| step.at))
            .collect();
        assert!(
            times.is_sorted() && times.iter().all(|at| *at <= as_of()),
            "order {}",
            order.number
        );
        for hand in order
            .steps
            .iter()
            .map(|step| step.hand)
            .chain([order.submitted_by])
        {
            if let Hand::Staff(login) = hand {
                let staff = staff::find(login).expect("a staff account");
                let region = customers::find(order.customer).expect("a customer").region;
                assert!(
                    staff.regions.is_empty() || staff.regions.contains(&region),
                    "{login} in {region:?}"
                );
            }
        }
        let reviewed = order
            .steps
            .iter()
            .find(|step| matches!(step.step, Step::PassOrderReview { .. }));
        assert!(
            reviewed.is_none_or(|step| step.hand != order.submitted_by),
            "order {}",
            order.number
        );
    }
}

#[test]
fn the_last_step_is_the_one_the_target_needs() {
    for order in plan(as_of()) {
        let steps: Vec<_> = order.steps.iter().map(|step| &step.step).collect();
        let has = |wanted: fn(&Step) -> bool| steps.iter().any(|step| wanted(step));
        let shipped = has(|step| matches!(step, Step::Ship { .. }));
        let fine = match order.target {
            Target::PendingOrderReview => steps.is_empty(),
            Target::PendingCustomerConfirmation => {
                matches!(steps.as_slice(), [Step::PassOrderReview { changes }] if !changes.is_empty())
            }
            Target::PendingExecutiveApproval => {
                estimate(&order) >= EXECUTIVE_THRESHOLD && !has(|step| *step == Step::PassExecutiveApproval)
            }
            Target::PendingFinanceReview => {
                has(|step| *step == Step::PassExecutiveApproval)
                    && !has(|step| *step == Step::PassFinanceReview)
            }
            Target::InProduction => {
                has(|step| *step == Step::PassFinanceReview) && !has(|step| *step == Step::PassProduction)
            }
            Target::PendingOutboundReview => {
                has(|step| *step == Step::PassFinanceReview) && !has(|step| *step == Step::PassOutboundReview)
            }
            Target::PendingShipment => has(|step| *step == Step::PassOutboundReview) && !shipped,
            Target::PartiallyShipped => shipped && !delivered(&order),
            Target::PendingReceipt => delivered(&order) && !received(&order),
            Target::ReceivedWithShortage => {
                received(&order)
                    && has(|step| matches!(step, Step::Receive { claims, .. } if !claims.is_empty()))
            }
            Target::Completed => received(&order),
            Target::SentBack => matches!(steps.last(), Some(Step::SendBack { .. })),
            Target::Voided => matches!(steps.last(), Some(Step::Void { .. })) && !shipped,
        };
        assert!(fine, "order {} to {:?}: {steps:?}", order.number, order.target);
    }
}

/// Whether everything approved has left, and nothing twice.
fn delivered(order: &PlannedOrder) -> bool {
    let mut left: Vec<_> = approved(order).iter().map(|line| line.quantity).collect();
    for step in &order.steps {
        if let Step::Ship { quantities, .. } = &step.step {
            assert_eq!(quantities.len(), left.len());
            assert!(
                quantities.iter().any(|quantity| *quantity > Decimal::ZERO),
                "an empty shipment"
            );
            for (left, quantity) in left.iter_mut().zip(quantities) {
                *left -= quantity;
            }
        }
    }
    assert!(
        left.iter().all(|left| *left >= Decimal::ZERO),
        "order {} ships too much",
        order.number
    );
    left.iter().all(Decimal::is_zero)
}

/// Whether all of it has left and every shipment was received.
fn received(order: &PlannedOrder) -> bool {
    let count = |wanted: fn(&Step) -> bool| order.steps.iter().filter(|step| wanted(&step.step)).count();
    let shipments = count(|step| matches!(step, Step::Ship { .. }));
    delivered(order) && shipments == count(|step| matches!(step, Step::Receive { .. }))
}

#[test]
fn prepaid_and_deposit_customers_have_paid_when_finance_passes() {
    for order in plan(as_of()) {
        let policy = customers::find(order.customer).expect("a customer").policy;
        let Some(passed) = order
            .steps
            .iter()
            .position(|step| step.step == Step::PassFinanceReview)
        else {
            continue;
        };
        let paid = order.steps[..passed]
            .iter()
            .any(|step| step.step == Step::ConfirmPayment);
        assert_eq!(
            paid,
            !matches!(policy, PaymentPolicy::Credit { .. }),
            "order {}",
            order.number
        );
    }
}

/// The replay needs no override of a credit limit, whenever it is made; but one order that waits is beyond its limit.
#[test]
fn credit_suffices_whenever_finance_passes() {
    for week in 0..26 {
        let orders = plan(as_of() + Duration::days(week * 15));
        let owed = owed_after_replay(&orders);
        let beyond = orders
            .iter()
            .filter(|order| order.target == Target::PendingFinanceReview)
            .filter(|order| limit(order).is_some_and(|limit| owed[order.customer] > limit));
        assert_eq!(beyond.count(), 1);
    }
}

fn limit(order: &PlannedOrder) -> Option<Decimal> {
    match customers::find(order.customer)?.policy {
        PaymentPolicy::Credit { limit, .. } => Some(limit),
        _ => None,
    }
}

/// Replays the money; fails where finance passes an order beyond its customer's limit.
fn owed_after_replay(orders: &[PlannedOrder]) -> BTreeMap<&'static str, Decimal> {
    let mut owed: BTreeMap<&str, Decimal> = customers()
        .iter()
        .map(|customer| (customer.code, customer.opening.owed))
        .collect();
    for moment in timeline(orders) {
        let Moment::Step(order, step) = moment else {
            if let Moment::Submit(order) = moment {
                *owed.entry(order.customer).or_default() += estimate(order);
            }
            continue;
        };
        let rest_reported = || {
            let before = order.steps.iter().filter(|other| other.at <= step.at);
            before
                .into_iter()
                .any(|other| other.step == Step::ReportPayment(Payment::Rest))
        };
        match step.step {
            Step::Void { .. } | Step::SendBack { .. } => {
                *owed.entry(order.customer).or_default() -= estimate(order)
            }
            Step::ConfirmPayment if rest_reported() => {
                *owed.entry(order.customer).or_default() -= estimate(order)
            }
            Step::PassFinanceReview => {
                let owed = owed[order.customer];
                let within = limit(order).is_none_or(|limit| owed <= limit);
                assert!(within, "{} owes {owed} at order {}", order.customer, order.number);
            }
            _ => {}
        }
    }
    owed
}

/// By the built-in permissions a regional manager passes orders, and no more.
#[test]
fn the_regional_manager_only_passes_unchanged_orders() {
    for order in plan(as_of()) {
        for step in order
            .steps
            .iter()
            .filter(|step| step.hand == Hand::Staff(staff::REGION))
        {
            let allowed = matches!(&step.step, Step::PassOrderReview { changes } if changes.is_empty());
            assert!(allowed, "order {}: {:?}", order.number, step.step);
        }
    }
}

#[test]
fn regular_orders_come_in_office_hours() {
    for order in plan(as_of()) {
        if order.submitted_at < as_of() - Duration::days(17) {
            for at in order.steps.iter().map(|step| step.at).chain([order.submitted_at]) {
                let clock = local(at);
                assert!(
                    (8..18).contains(&clock.hour()),
                    "order {} at {clock}",
                    order.number
                );
                assert_ne!(clock.weekday(), Weekday::Sun, "order {} at {clock}", order.number);
            }
        }
    }
}

#[test]
fn the_timeline_is_in_order_and_stock_suffices() {
    let orders = plan(as_of());
    let moments = timeline(&orders);
    assert!(moments.windows(2).all(|pair| pair[0].at() <= pair[1].at()));
    let mut stock = opening_stock(&orders);
    for moment in moments {
        if let Moment::Step(order, step) = moment
            && step.step == Step::PassOutboundReview
        {
            for line in approved(order) {
                *stock.get_mut(line.sku).expect("stocked") -= line.in_base_units();
            }
        }
    }
    for (_, variant) in catalog().variants() {
        assert_eq!(stock[variant.sku.as_str()], variant.stock, "{}", variant.sku);
    }
}

#[test]
fn any_moment_will_do() {
    for hours in 0..48 {
        let at = as_of() + Duration::hours(hours * 7);
        assert!(plan(at).iter().all(|order| order.submitted_at <= at));
    }
}
