//! The plan of production: what is to be made, by when, and what is late.

use countersign_domain::order::OrderStatus as S;
use countersign_domain::order::{Command, PassStage, ProducedLine, Rejection, ReportProduction};
use countersign_domain::plan::{Span, Standing, planned, standing, unfinished};
use countersign_domain::workflow::Workflow;

use crate::world::*;

#[test]
fn a_plan_is_divided_into_days_weeks_from_monday_and_quarters() {
    let sunday = date("2026-11-29");
    assert_eq!(Span::Day.beginning(sunday), sunday);
    assert_eq!(Span::Week.beginning(sunday), date("2026-11-23"));
    assert_eq!(Span::Week.beginning(date("2026-11-23")), date("2026-11-23"));
    assert_eq!(Span::Quarter.beginning(sunday), date("2026-10-01"));
    assert_eq!(Span::Quarter.beginning(date("2026-03-31")), date("2026-01-01"));
    assert_eq!(
        Span::Week.beginning(date("2026-01-01")),
        date("2025-12-29"),
        "a week may begin in another year"
    );
}

#[test]
fn what_is_promised_for_tomorrow_and_not_started_is_at_risk_and_then_late() {
    let mut line = Desk::new().line(LINE_A).clone();
    let today = date("2026-11-23");
    let on = |line: &_, day: &str| standing(line, Some(date(day)), today);
    assert_eq!(on(&line, "2026-11-25"), Standing::OnTime);
    assert_eq!(on(&line, "2026-11-24"), Standing::AtRisk);
    assert_eq!(on(&line, "2026-11-23"), Standing::AtRisk);
    assert_eq!(on(&line, "2026-11-22"), Standing::Late);
    assert_eq!(standing(&line, None, today), Standing::OnTime);
    line.produced = quantity("1");
    assert_eq!(on(&line, "2026-11-24"), Standing::OnTime, "it was started");
    assert_eq!(on(&line, "2026-11-22"), Standing::Late);
    line.produced = quantity("10");
    assert_eq!(on(&line, "2026-11-22"), Standing::Done);
}

#[test]
fn what_is_made_to_order_is_planned_and_else_what_stock_is_short_of() {
    let mut order = Desk::new().order;
    let ids = |order: &_| -> Vec<_> { planned(order).iter().map(|line| line.id).collect() };
    assert_eq!(ids(&order), [], "nothing of an order that waits elsewhere");
    order.status = S::InProduction;
    assert_eq!(ids(&order), [LINE_A, LINE_B]);
    order.lines[1].made_to_order = true;
    assert_eq!(ids(&order), [LINE_B]);
    order.lines[1].held = true;
    assert_eq!(ids(&order), [LINE_A]);
}

#[test]
fn nothing_takes_the_place_of_what_was_closed_though_it_is_made_to_order() {
    let mut order = Desk::new().order;
    order.status = S::InProduction;
    order.lines[0].made_to_order = true;
    order.lines[0].closed = order.lines[0].approved;
    assert!(planned(&order).is_empty() && unfinished(&order).is_empty());
}

#[test]
fn an_order_short_of_stock_leaves_production_once_everything_in_the_plan_is_finished() {
    let mut workflow = Workflow::default();
    workflow.stages.production = true;
    let mut desk = Desk::with(usual_content(), workflow).reach(S::PendingFinanceReview);
    desk.facts.stock = vec![free(LINE_A, WAREHOUSE, "1000"), free(LINE_B, WAREHOUSE, "2")];
    desk.step();
    assert_eq!(desk.status(), S::InProduction);
    let report = |line_id, count: &str| {
        Command::ReportProduction(ReportProduction {
            lines: vec![ProducedLine {
                line_id,
                produced: quantity(count),
            }],
        })
    };
    let pass = || Command::PassProduction(PassStage::default());
    let first_missing = |desk: &Desk| unfinished(&desk.order).first().map(|line| line.id);
    for (line_id, half, whole) in [(LINE_A, "4", "10"), (LINE_B, "2", "5")] {
        for produced in [half, whole] {
            assert_eq!(first_missing(&desk), Some(line_id));
            let refusal = desk.refused(&warehouse(), pass());
            assert_eq!(refusal, Rejection::ProductionUnfinished { line_id });
            desk.must(&warehouse(), report(line_id, produced));
        }
    }
    assert_eq!(
        planned(&desk.order).len(),
        2,
        "the plan keeps what is finished until it is passed on"
    );
    assert_eq!(first_missing(&desk), None);
    desk.must(&warehouse(), pass());
    assert_eq!(desk.status(), S::PendingOutboundReview);
}
