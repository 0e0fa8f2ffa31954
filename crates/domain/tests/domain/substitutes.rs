//! Rule 9 of domain.md section 3: another item goes in the place of what is short.

use countersign_domain::customer::PaymentPolicy;
use countersign_domain::order::{Command, Fact, OrderStatus as S, OutboundLine, Rejection, ShortageChoice};
use countersign_domain::permission::Permission;
use countersign_domain::quantity::Unit;
use countersign_domain::workflow::Workflow;

use crate::rules_09_to_10::{outbound_of, reserve, short};
use crate::world::*;

/// Passes the review with `count` of line C for what is short of line A.
fn in_its_place(count: &str, price: &str) -> Command {
    let choice = ShortageChoice::Substitute {
        line_id: LINE_C,
        reason: "李四 takes the other one".to_owned(),
    };
    outbound_of(vec![OutboundLine {
        substitute: Some(new_line(LINE_C, count, price)),
        ..reserve(LINE_A, "6", Some(choice))
    }])
}

#[test]
fn rule_09_a_substitute_goes_in_the_place_of_what_is_missing() {
    let mut desk = short();
    let choice = ShortageChoice::Substitute {
        line_id: LINE_C,
        reason: "李四 takes the other one".to_owned(),
    };
    let line = OutboundLine {
        substitute: Some(new_line(LINE_C, "4", "3.20")),
        ..reserve(LINE_A, "6", Some(choice.clone()))
    };
    let without = reserve(LINE_A, "6", Some(choice));
    assert_eq!(
        desk.refused(&warehouse(), outbound_of(vec![without])),
        Rejection::UnknownLine { line_id: LINE_C }
    );
    desk.must(&warehouse(), outbound_of(vec![line]));
    assert_eq!(desk.line(LINE_A).closed, quantity("4"));
    assert_eq!(desk.line(LINE_C).reserved_total(), quantity("4"));
    assert_eq!(desk.order.total, money("143.80"));
}

#[test]
fn rule_09_nothing_goes_in_the_place_of_something_else_without_a_reason() {
    let desk = short();
    let line = OutboundLine {
        substitute: Some(new_line(LINE_C, "4", "3.20")),
        ..reserve(
            LINE_A,
            "6",
            Some(ShortageChoice::Substitute {
                line_id: LINE_C,
                reason: " ".to_owned(),
            }),
        )
    };
    assert_eq!(
        desk.refused(&warehouse(), outbound_of(vec![line])),
        Rejection::ReasonMissing
    );
}

#[test]
fn rule_09_a_substitute_that_keeps_the_price_costs_as_much_by_base_unit() {
    let mut line = Desk::new().line(LINE_A).clone();
    let case = |factor: &str| Unit {
        factor: quantity(factor),
        ..line.unit.clone()
    };
    let (bottle, dozen, half_dozen) = (case("1"), case("12"), case("6"));
    assert_eq!(line.price_in(&bottle), Some(money("3.50")));
    assert_eq!(line.price_in(&dozen), Some(money("42.00")));
    line.unit = dozen;
    line.price = money("40.00");
    line.discount = rate("0.1");
    assert_eq!(line.price_in(&bottle), Some(money("3.00")));
    assert_eq!(line.price_in(&half_dozen), Some(money("18.00")));
}

#[test]
fn rule_09_a_substitute_is_for_what_is_short_and_no_more() {
    let desk = short();
    assert_eq!(
        desk.refused(&warehouse(), in_its_place("5", "3.20")),
        Rejection::QuantityTooLarge {
            line_id: LINE_A,
            maximum: quantity("4"),
        }
    );
    // Of packs, as many as what is short begins.
    let packs = |count: &str| {
        let Command::PassOutboundReview(mut body) = in_its_place(count, "9.60") else {
            unreachable!("it is one");
        };
        if let Some(new) = &mut body.lines[0].substitute {
            new.unit = Unit {
                factor: quantity("3"),
                ..new.unit.clone()
            };
        }
        Command::PassOutboundReview(body)
    };
    let too_many = desk.refused(&warehouse(), packs("3"));
    assert!(
        matches!(too_many, Rejection::QuantityTooLarge { line_id: LINE_A, .. }),
        "{too_many:?}"
    );
    short().must(&warehouse(), packs("2"));
}

#[test]
fn rule_08_a_dearer_substitute_stays_within_the_limit() {
    let mut desk = short();
    desk.facts.policy = PaymentPolicy::Credit {
        limit: Some(desk.order.total),
        days: 30,
    };
    desk.facts.exposure = money("0");
    let exceeded = desk.refused(&warehouse(), in_its_place("4", "4.00"));
    assert_eq!(
        exceeded,
        Rejection::CreditExceeded {
            limit: desk.order.total,
            exposure: desk.order.total + money("2.00"),
            over_by: money("2.00"),
        }
    );
    desk.must(&warehouse(), in_its_place("4", "3.50"));
}

#[test]
fn rule_09_what_the_second_person_decides_anew_is_looked_at_by_another() {
    let workflow = Workflow {
        second_check: true,
        ..Workflow::default()
    };
    let mut desk = Desk::with(usual_content(), workflow).reach(S::PendingOutboundReview);
    desk.stock(LINE_A, "6");
    let waits = outbound_of(vec![reserve(LINE_A, "6", Some(ShortageChoice::Wait))]);
    desk.must(&warehouse(), waits);
    let second = staff(0x23, &[Permission::OrderOutboundReview]);
    let close = ShortageChoice::Close {
        reason: "out of season".to_owned(),
    };
    let facts = desk.must(&second, outbound_of(vec![reserve(LINE_A, "0", Some(close))]));
    assert_eq!(facts.last(), Some(&Fact::FirstCheckDone));
    assert_eq!(desk.status(), S::PendingOutboundReview);
    desk.must(&warehouse(), outbound());
    assert_eq!(desk.status(), S::PendingShipment);
}
