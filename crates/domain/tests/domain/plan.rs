//! The plan of production: what is to be made, by when, and what is late.

use countersign_domain::order::OrderStatus as S;
use countersign_domain::plan::{Span, Standing, planned, standing};

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
