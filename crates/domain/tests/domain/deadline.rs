//! Priority and deadlines (domain.md section 3).

use chrono::TimeDelta;
use countersign_domain::order::{OrderStatus as S, Priority, Urgency, review_due, urgency};
use countersign_domain::workflow::Workflow;

use crate::world::*;

#[test]
fn the_reviews_together_have_24_12_or_2_hours() {
    let workflow = Workflow::default();
    for (priority, hours) in [
        (Priority::Normal, 24),
        (Priority::Special, 12),
        (Priority::Urgent, 2),
    ] {
        let due = review_due(start(), priority, &workflow);
        assert_eq!(due - start(), TimeDelta::hours(hours), "{priority:?}");
    }
}

#[test]
fn a_due_time_turns_amber_at_three_quarters_and_red_when_past() {
    let due = start() + TimeDelta::hours(24);
    let at = |minutes: i64| urgency(start(), due, start() + TimeDelta::minutes(minutes));
    assert_eq!(at(18 * 60 - 1), Urgency::Calm);
    assert_eq!(at(18 * 60), Urgency::Soon);
    assert_eq!(at(24 * 60), Urgency::Soon);
    assert_eq!(at(24 * 60 + 1), Urgency::Late);
}

#[test]
fn a_late_review_escalates_until_it_is_passed_and_the_clock_runs_through_the_reviews() {
    let mut desk = Desk::new();
    desk.wait_hours(20);
    assert_eq!(desk.order.urgency(desk.now), Urgency::Soon);
    desk.step();
    assert_eq!(
        desk.order.urgency(desk.now),
        Urgency::Soon,
        "one clock for all reviews together"
    );
    desk.wait_hours(5);
    assert!(desk.order.is_escalated(desk.now));
    let desk = desk.reach(S::PendingShipment);
    assert!(!desk.order.is_escalated(desk.now));
    assert_eq!(
        desk.order.due_at(),
        None,
        "no clock runs while goods wait to be shipped"
    );
}
