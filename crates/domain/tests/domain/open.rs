//! Open quantities: what is ordered and has not left, and what stock fills today.

use countersign_domain::id::OrderId;
use countersign_domain::open::{OpenLine, fill};
use countersign_domain::order::{FreeStock, OrderStatus as S};
use countersign_domain::quantity::Quantity;
use proptest::prelude::*;

use crate::world::*;

/// A line of an order of its own that is due on that day of 2026.
fn line(number: u128, open: &str, due: Option<&str>) -> OpenLine {
    let order = Desk::new().order;
    let mut line = OpenLine::of(&order).next().expect("an open line");
    line.order_id = OrderId(id(number));
    line.ordered = quantity(open);
    line.due = due.map(date);
    line
}

fn free(count: &str) -> Vec<FreeStock> {
    vec![FreeStock {
        variant_id: variant(LINE_A),
        warehouse_id: WAREHOUSE,
        free: quantity(count),
    }]
}

fn filled(lines: &[OpenLine], stock: &[FreeStock]) -> Vec<String> {
    fill(lines, stock).iter().map(Quantity::to_string).collect()
}

#[test]
fn what_is_open_is_ordered_less_shipped_less_closed_in_base_units() {
    let mut content = usual_content();
    content.lines[0].unit.factor = quantity("12");
    let mut desk = Desk::with(content, Default::default()).reach(S::PendingShipment);
    desk.must(&shipper(), ship_part(&desk, LINE_A, "4"));
    let open: Vec<OpenLine> = OpenLine::of(&desk.order).collect();
    assert_eq!(open[0].ordered, quantity("120"));
    assert_eq!(open[0].shipped, quantity("48"));
    assert_eq!(open[0].open(), quantity("72"));
    assert_eq!(open[0].reserved_in(None), quantity("72"));
    assert_eq!(open[0].reserved_in(Some(WAREHOUSE)), quantity("72"));
    assert_eq!(open[0].reserved_in(Some(OTHER_WAREHOUSE)), Quantity::ZERO);
}

#[test]
fn nothing_is_open_of_what_has_left_and_of_an_order_that_waits_for_nobody() {
    let done = Desk::new().reach(S::PendingReceipt);
    assert_eq!(OpenLine::of(&done.order).count(), 0);
    let mut back = Desk::new();
    back.order.status = S::SentBack;
    assert_eq!(OpenLine::of(&back.order).count(), 0);
}

#[test]
fn stock_goes_to_the_nearest_deadline_and_then_to_who_came_first() {
    let mut late = line(1, "10", Some("2026-12-09"));
    let soon = line(2, "10", Some("2026-12-01"));
    let never = line(3, "10", None);
    assert_eq!(
        filled(&[never.clone(), late.clone(), soon.clone()], &free("15")),
        ["0", "5", "10"]
    );
    late.due = soon.due;
    late.submitted_at -= chrono::TimeDelta::hours(1);
    assert_eq!(filled(&[soon, late, never], &free("15")), ["5", "10", "0"]);
}

#[test]
fn what_is_set_aside_needs_no_more_stock_and_a_held_line_takes_none() {
    let mut held = line(1, "10", Some("2026-12-01"));
    held.held = true;
    let mut half = line(2, "10", Some("2026-12-02"));
    half.reserved = vec![countersign_domain::order::Reservation {
        warehouse_id: WAREHOUSE,
        quantity: quantity("6"),
    }];
    assert_eq!(filled(&[held, half], &free("100")), ["0", "4"]);
}

#[test]
fn packs_are_filled_whole_and_from_one_warehouse_each() {
    let mut cases = line(1, "36", Some("2026-12-01"));
    cases.factor = quantity("12");
    let mut stock = free("20");
    stock.push(FreeStock {
        warehouse_id: OTHER_WAREHOUSE,
        free: quantity("13"),
        ..stock[0]
    });
    assert_eq!(filled(&[cases.clone()], &stock), ["24"]);
    let bottles = line(2, "9", Some("2026-12-02"));
    assert_eq!(
        filled(&[cases, bottles], &stock),
        ["24", "9"],
        "what fills no case is left for who takes bottles"
    );
}

proptest! {
    #[test]
    fn no_more_is_filled_than_is_free_and_than_is_open(
        wishes in proptest::collection::vec((1_u32..60, 1_u32..4, proptest::option::of(1_u32..28)), 1..8),
        stock in 0_u32..120,
    ) {
        let lines: Vec<OpenLine> = (1_u128..).zip(&wishes).map(|(number, (units, factor, day))| {
            let due = day.map(|day| format!("2026-12-{day:02}"));
            let mut line = line(number, &(units * factor).to_string(), due.as_deref());
            line.factor = Quantity::whole(*factor);
            line
        }).collect();
        let filled = fill(&lines, &free(&stock.to_string()));
        prop_assert!(filled.iter().copied().sum::<Quantity>() <= Quantity::whole(stock));
        for (line, filled) in lines.iter().zip(filled) {
            prop_assert!(filled <= line.open());
            prop_assert!((filled.get() % line.factor.get()).is_zero());
        }
    }
}
