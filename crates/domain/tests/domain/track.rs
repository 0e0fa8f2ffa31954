//! The stage track of an order and the preview of the settings screen.

use countersign_domain::order::{OrderStatus as S, PreviewCase, TrackState, preview, track};
use countersign_domain::workflow::{Stage, Workflow};

use crate::world::*;

fn shown(desk: &Desk) -> Vec<(Stage, &'static str)> {
    track(&desk.order, &desk.workflow)
        .into_iter()
        .map(|step| {
            let state = match step.state {
                TrackState::Done { .. } => "done",
                TrackState::Now { .. } => "now",
                TrackState::Later => "later",
            };
            (step.stage, state)
        })
        .collect()
}

#[test]
fn the_track_shows_what_was_passed_where_it_waits_and_what_is_to_come() {
    use Stage::{FinanceReview, OrderReview, OutboundReview, Receive, Ship, Submit};
    let desk = Desk::new().reach(S::PendingFinanceReview);
    assert_eq!(
        shown(&desk),
        [
            (Submit, "done"),
            (OrderReview, "done"),
            (FinanceReview, "now"),
            (OutboundReview, "later"),
            (Ship, "later"),
            (Receive, "later"),
        ]
    );
    let desk = desk.reach(S::Completed);
    assert!(shown(&desk).iter().all(|(_, state)| *state == "done"));
    assert_eq!(shown(&desk).len(), 6);
}

#[test]
fn a_stage_that_is_off_shows_only_on_orders_that_wait_there() {
    let mut desk = Desk::new().reach(S::PendingFinanceReview);
    desk.workflow.stages.finance_review = false;
    assert!(shown(&desk).contains(&(Stage::FinanceReview, "now")));
    let mut later = Desk::new();
    later.workflow.stages.finance_review = false;
    assert!(
        !shown(&later)
            .iter()
            .any(|(stage, _)| *stage == Stage::FinanceReview)
    );
}

#[test]
fn the_preview_is_the_way_such_an_order_goes() {
    let mut workflow = Workflow::default();
    workflow.stages.executive_approval = true;
    workflow.stages.production = true;
    workflow.executive_threshold = Some(money("1000"));
    let small = preview(&workflow, PreviewCase::default());
    assert_eq!(small.len(), 6);
    let all = PreviewCase {
        total: money("1000"),
        changed_by_review: true,
        needs_production: true,
    };
    assert_eq!(preview(&workflow, all), Stage::ALL);
}
