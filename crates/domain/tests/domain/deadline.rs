//! Priority and deadlines (domain.md section 3).

use chrono::TimeDelta;
use countersign_domain::order::{Fact, OrderStatus as S, Priority, Urgency, review_due, urgency};
use countersign_domain::workflow::{Stage, Workflow};

use crate::world::*;

/// Priority.
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

/// Priority.
#[test]
fn a_due_time_turns_amber_at_three_quarters_and_red_when_past() {
    let due = start() + TimeDelta::hours(24);
    let at = |minutes: i64| urgency(start(), due, start() + TimeDelta::minutes(minutes));
    assert_eq!(at(18 * 60 - 1), Urgency::Calm);
    assert_eq!(at(18 * 60), Urgency::Soon);
    assert_eq!(at(24 * 60), Urgency::Soon);
    assert_eq!(at(24 * 60 + 1), Urgency::Late);
}

/// Priority.
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

/// Priority.
#[test]
fn passing_a_review_out_of_turn_is_allowed_and_told_and_only_then() {
    let out_of_turn = |facts: &[Fact]| {
        let told = facts.iter().filter_map(|fact| match fact {
            Fact::PassedOutOfTurn {
                stage,
                waiting_before,
            } => Some((*stage, *waiting_before)),
            _ => None,
        });
        told.collect::<Vec<_>>()
    };
    let mut desk = Desk::new();
    assert_eq!(
        out_of_turn(&desk.must(&reviewer(), review())),
        [],
        "nobody stood before it"
    );

    let mut desk = Desk::new();
    desk.facts.waiting_before = 3;
    let facts = desk.must(&reviewer(), review());
    assert_eq!(out_of_turn(&facts), [(Stage::OrderReview, 3)]);
    assert_eq!(desk.status(), S::PendingFinanceReview);
    let facts = desk.must(&finance(), pay());
    assert_eq!(out_of_turn(&facts), [(Stage::FinanceReview, 3)]);
    // Sending it back passes nothing, and where no review waits there is no queue to jump.
    let mut back = Desk::new();
    back.facts.waiting_before = 3;
    assert_eq!(out_of_turn(&back.must(&boss(), send_back())), []);
    let mut desk = desk.reach(S::PendingShipment);
    let goods = ship(desk.next_shipment());
    assert_eq!(out_of_turn(&desk.must(&shipper(), goods)), []);
}

fn send_back() -> countersign_domain::order::Command {
    countersign_domain::order::Command::SendBack(countersign_domain::order::SendBackOrder {
        reason: "no pallets".to_owned(),
    })
}
