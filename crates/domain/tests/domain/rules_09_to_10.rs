//! Rules 9 and 10 of domain.md section 3: outbound and shipping.

use countersign_domain::id::{LineId, ShipmentId};
use countersign_domain::order::{
    Command, Fact, OrderStatus as S, OutboundLine, Parcel, PassOutboundReview, Rejection, Reservation,
    ShipGoods, ShortageChoice,
};
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;
use countersign_domain::quantity::Quantity;
use countersign_domain::workflow::{Stage, Workflow};

use crate::world::*;

pub(super) fn reserve(line_id: LineId, count: &str, shortage: Option<ShortageChoice>) -> OutboundLine {
    OutboundLine {
        line_id,
        warehouse_id: WAREHOUSE,
        quantity: quantity(count),
        elsewhere: Vec::new(),
        shortage,
        substitute: None,
        keeps_price: false,
    }
}

pub(super) fn outbound_of(lines: Vec<OutboundLine>) -> Command {
    Command::PassOutboundReview(PassOutboundReview {
        lines,
        note: String::new(),
    })
}

/// At the outbound review, with only 6 of the 10 of line A in stock.
pub(super) fn short() -> Desk {
    let mut desk = Desk::new().reach(S::PendingOutboundReview);
    desk.stock(LINE_A, "6");
    desk
}

#[test]
fn rule_09_stock_is_reserved_line_by_line_and_the_warehouse_is_picked() {
    let mut desk = Desk::new().reach(S::PendingOutboundReview);
    let line = OutboundLine {
        warehouse_id: OTHER_WAREHOUSE,
        ..reserve(LINE_A, "10", None)
    };
    desk.must(&warehouse(), outbound_of(vec![line]));
    assert_eq!(desk.status(), S::PendingShipment);
    assert_eq!(desk.line(LINE_A).reserved[0].warehouse_id, OTHER_WAREHOUSE);
    assert_eq!(desk.line(LINE_B).reserved[0].warehouse_id, WAREHOUSE);
}

#[test]
fn rule_09_a_line_comes_from_several_warehouses_no_more_from_each_than_lies_there() {
    let mut desk = Desk::new().reach(S::PendingOutboundReview);
    desk.facts.stock = vec![
        free(LINE_A, WAREHOUSE, "6"),
        free(LINE_A, OTHER_WAREHOUSE, "5"),
        free(LINE_B, WAREHOUSE, "1000"),
    ];
    let from = |warehouse_id, count| Reservation {
        warehouse_id,
        quantity: quantity(count),
    };
    let split = |first, others: &[Reservation]| OutboundLine {
        elsewhere: others.to_vec(),
        ..reserve(LINE_A, first, None)
    };
    let refusals = [
        (
            split("6", &[from(OTHER_WAREHOUSE, "5")]),
            Rejection::QuantityTooLarge {
                line_id: LINE_A,
                maximum: quantity("10"),
            },
        ),
        (
            split("4", &[from(OTHER_WAREHOUSE, "6")]),
            Rejection::StockShort {
                line_id: LINE_A,
                warehouse_id: Some(OTHER_WAREHOUSE),
                available: quantity("5"),
            },
        ),
        (
            // The same shelf twice is one shelf.
            split("4", &[from(WAREHOUSE, "3")]),
            Rejection::StockShort {
                line_id: LINE_A,
                warehouse_id: Some(WAREHOUSE),
                available: quantity("2"),
            },
        ),
        (
            split("5", &[from(OTHER_WAREHOUSE, "4")]),
            Rejection::ShortageUndecided { line_id: LINE_A },
        ),
    ];
    for (line, why) in refusals {
        assert_eq!(desk.refused(&warehouse(), outbound_of(vec![line])), why);
    }
    let whole = split("6", &[from(OTHER_WAREHOUSE, "4")]);
    desk.must(&warehouse(), outbound_of(vec![whole]));
    assert_eq!(
        desk.line(LINE_A).reserved,
        [from(WAREHOUSE, "6"), from(OTHER_WAREHOUSE, "4")]
    );
    assert_eq!(desk.status(), S::PendingShipment);
    // What leaves takes from both shelves.
    let shipped = desk.must(&shipper(), ship(ShipmentId(id(0x600))));
    let taken = shipped.iter().find_map(|fact| match fact {
        Fact::Shipped { taken, .. } => Some(taken.iter().filter(|taken| taken.line_id == LINE_A).count()),
        _ => None,
    });
    assert_eq!(taken, Some(2));
    assert!(desk.line(LINE_A).reserved.is_empty());
}

#[test]
fn rule_09_nobody_approves_a_shortage_unknowingly() {
    let desk = short();
    assert_eq!(
        desk.refused(&warehouse(), outbound()),
        Rejection::ShortageUndecided { line_id: LINE_A }
    );
    let undecided = outbound_of(vec![reserve(LINE_A, "6", None)]);
    assert_eq!(
        desk.refused(&warehouse(), undecided),
        Rejection::ShortageUndecided { line_id: LINE_A }
    );
    let more = outbound_of(vec![reserve(LINE_A, "7", Some(ShortageChoice::Wait))]);
    assert_eq!(
        desk.refused(&warehouse(), more),
        Rejection::StockShort {
            line_id: LINE_A,
            warehouse_id: Some(WAREHOUSE),
            available: quantity("6")
        }
    );
}

#[test]
fn rule_09_two_lines_of_one_variant_share_its_stock() {
    let mut content = usual_content();
    content.lines[1].variant_id = content.lines[0].variant_id;
    let mut desk = Desk::with(content, Workflow::default()).reach(S::PendingOutboundReview);
    desk.stock(LINE_A, "14");
    assert_eq!(
        desk.refused(&warehouse(), outbound()),
        Rejection::ShortageUndecided { line_id: LINE_B }
    );
}

#[test]
fn rule_09_a_pack_takes_its_base_units_from_the_stock() {
    let mut content = usual_content();
    content.lines[0].unit.factor = quantity("12");
    let mut desk = Desk::with(content, Workflow::default()).reach(S::PendingOutboundReview);
    desk.stock(LINE_A, "119");
    let all = outbound_of(vec![reserve(LINE_A, "10", None)]);
    assert_eq!(
        desk.refused(&warehouse(), all),
        Rejection::StockShort {
            line_id: LINE_A,
            warehouse_id: Some(WAREHOUSE),
            available: quantity("9")
        }
    );
    desk.stock(LINE_A, "120");
    desk.must(&warehouse(), outbound());
}

#[test]
fn rule_09_the_rest_waits_and_ships_when_there_is_stock() {
    let mut desk = short();
    desk.must(
        &warehouse(),
        outbound_of(vec![reserve(LINE_A, "6", Some(ShortageChoice::Wait))]),
    );
    desk.step();
    assert_eq!(desk.status(), S::PendingShipment, "4 of line A are still open");
    assert_eq!(desk.line(LINE_A).shipped, quantity("6"));
    assert_eq!(
        desk.refused(&shipper(), ship(desk.next_shipment())),
        Rejection::NothingToDo
    );
    desk.stock(LINE_A, "100");
    desk.must(&warehouse(), outbound());
    assert_eq!(desk.status(), S::PendingShipment);
    let desk = desk.reach(S::Completed);
    assert_eq!(desk.line(LINE_A).received, quantity("10"));
}

#[test]
fn rule_09_what_waited_may_be_closed_after_all_which_completes_the_order() {
    let mut desk = short();
    let wait = reserve(LINE_A, "6", Some(ShortageChoice::Wait));
    desk.must(&warehouse(), outbound_of(vec![wait]));
    desk.step();
    desk.must(&customer(), receive(desk.order.shipments[0].id));
    assert_eq!(desk.status(), S::PendingShipment);
    let reason = "out of season".to_owned();
    let close = reserve(LINE_A, "0", Some(ShortageChoice::Close { reason }));
    desk.must(&warehouse(), outbound_of(vec![close]));
    assert_eq!(desk.status(), S::Completed);
}

#[test]
fn rule_09_an_order_of_which_everything_waits_stays_in_the_outbound_review() {
    let desk = short();
    let wait = |line| reserve(line, "0", Some(ShortageChoice::Wait));
    let command = outbound_of(vec![wait(LINE_A), wait(LINE_B)]);
    assert_eq!(desk.refused(&warehouse(), command), Rejection::NothingToDo);
}

#[test]
fn rule_09_the_rest_is_closed_or_shipped_short_with_the_customers_consent() {
    let consent = ShortageChoice::ShipShort {
        consent: "李四 agreed on the phone, 10:20".to_owned(),
    };
    let close = ShortageChoice::Close {
        reason: "out of season".to_owned(),
    };
    for choice in [consent, close] {
        let mut desk = short();
        desk.must(
            &warehouse(),
            outbound_of(vec![reserve(LINE_A, "6", Some(choice))]),
        );
        assert_eq!(desk.line(LINE_A).closed, quantity("4"));
        assert_eq!(
            desk.order.total,
            money("131.00"),
            "closed quantity is not charged"
        );
        assert_eq!(desk.reach(S::Completed).line(LINE_A).received, quantity("6"));
    }
    let silent = ShortageChoice::ShipShort {
        consent: String::new(),
    };
    let refusal = short().refused(
        &warehouse(),
        outbound_of(vec![reserve(LINE_A, "6", Some(silent))]),
    );
    assert_eq!(refusal, Rejection::ReasonMissing);
}

#[test]
fn rule_09_the_second_check_needs_another_person() {
    let workflow = Workflow {
        second_check: true,
        ..Workflow::default()
    };
    let mut desk = Desk::with(usual_content(), workflow).reach(S::PendingOutboundReview);
    let facts = desk.must(&warehouse(), outbound());
    assert_eq!(facts.last(), Some(&Fact::FirstCheckDone));
    assert_eq!(desk.status(), S::PendingOutboundReview);
    assert_eq!(
        desk.line(LINE_A).reserved_total(),
        quantity("10"),
        "reserved at the first check"
    );
    assert_eq!(
        desk.denied(&warehouse(), outbound()),
        DenyReason::SecondCheckNeedsAnother
    );
    desk.must(&staff(0x23, &[Permission::OrderOutboundReview]), outbound());
    assert_eq!(desk.status(), S::PendingShipment);
    assert_eq!(desk.order.first_check, None);
}

#[test]
fn rule_10_any_quantity_of_any_line_up_to_what_remains() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    let too_much = ship_part(&desk, LINE_A, "10.0001");
    assert_eq!(
        desk.refused(&shipper(), too_much),
        Rejection::QuantityTooLarge {
            line_id: LINE_A,
            maximum: quantity("10")
        }
    );
    desk.must(&shipper(), ship_part(&desk, LINE_A, "2.5"));
    assert_eq!(desk.status(), S::PendingShipment);
    let too_much = ship_part(&desk, LINE_A, "7.6");
    assert_eq!(
        desk.refused(&shipper(), too_much),
        Rejection::QuantityTooLarge {
            line_id: LINE_A,
            maximum: quantity("7.5")
        }
    );
    // The default is what remains.
    desk.must(&shipper(), ship(desk.next_shipment()));
    assert_eq!(desk.status(), S::PendingReceipt);
    let positions: Vec<_> = desk
        .order
        .shipments
        .iter()
        .map(|shipment| shipment.position)
        .collect();
    assert_eq!(positions, [1, 2]);
    let shipped: Quantity = desk
        .order
        .shipments
        .iter()
        .flat_map(|shipment| &shipment.lines)
        .filter(|line| line.line_id == LINE_A)
        .map(|line| line.quantity)
        .sum();
    assert_eq!(shipped, quantity("10"));
}

#[test]
fn rule_10_several_parcels_a_carrier_and_tracking_numbers() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    let parcels = ["SF1001", "SF1002"].map(|tracking| Parcel {
        tracking: tracking.to_owned(),
    });
    let goods = |carrier: &str| {
        Command::Ship(ShipGoods {
            shipment_id: desk.next_shipment(),
            lines: Vec::new(),
            carrier: carrier.to_owned(),
            parcels: parcels.to_vec(),
        })
    };
    assert_eq!(desk.refused(&shipper(), goods(" ")), Rejection::CarrierMissing);
    let command = goods("顺丰");
    desk.must(&shipper(), command);
    assert_eq!(desk.order.shipments[0].parcels, parcels);
}

/// A company where nobody reviews what goes out, with 6 of the 10 of line A in stock.
fn unreviewed(ship: bool) -> Desk {
    let mut workflow = Workflow::default();
    workflow.stages.set(Stage::OutboundReview, false);
    workflow.stages.set(Stage::Ship, ship);
    let mut desk = Desk::with(usual_content(), workflow).reach(S::PendingFinanceReview);
    desk.stock(LINE_A, "6");
    desk
}

#[test]
fn rule_10_without_an_outbound_review_no_more_leaves_than_there_is() {
    let mut desk = unreviewed(true).reach(S::PendingShipment);
    let short = Rejection::StockShort {
        line_id: LINE_A,
        warehouse_id: Some(WAREHOUSE),
        available: quantity("6"),
    };
    assert_eq!(desk.refused(&shipper(), ship(desk.next_shipment())), short);
    assert_eq!(desk.refused(&shipper(), ship_part(&desk, LINE_A, "6.5")), short);
    let facts = desk.must(&shipper(), ship_part(&desk, LINE_A, "6"));
    let reserved = Fact::StockReserved {
        line_id: LINE_A,
        warehouse_id: WAREHOUSE,
        quantity: quantity("6"),
    };
    assert_eq!(facts.first(), Some(&reserved), "set aside as it leaves");
    assert!(desk.line(LINE_A).reserved.is_empty());
    assert_eq!(desk.status(), S::PendingShipment, "the rest waits for stock");
    desk.stock(LINE_A, "4");
    desk.must(&shipper(), ship(desk.next_shipment()));
    assert_eq!(desk.status(), S::PendingReceipt);
}

#[test]
fn rule_10_without_a_warehouse_nothing_leaves() {
    let mut desk = unreviewed(true).reach(S::PendingShipment);
    desk.facts.default_warehouse = None;
    assert_eq!(
        desk.refused(&shipper(), ship(desk.next_shipment())),
        Rejection::StockShort {
            line_id: LINE_A,
            warehouse_id: None,
            available: Quantity::ZERO
        }
    );
}

#[test]
fn rule_10_two_lines_of_one_variant_leave_from_the_same_stock() {
    let mut content = usual_content();
    content.lines[1].variant_id = content.lines[0].variant_id;
    let mut workflow = Workflow::default();
    workflow.stages.set(Stage::OutboundReview, false);
    let mut desk = Desk::with(content, workflow).reach(S::PendingShipment);
    desk.stock(LINE_A, "14");
    assert_eq!(
        desk.refused(&shipper(), ship(desk.next_shipment())),
        Rejection::StockShort {
            line_id: LINE_B,
            warehouse_id: Some(WAREHOUSE),
            available: quantity("4")
        }
    );
}

#[test]
fn rule_10_goods_that_are_short_do_not_leave_by_themselves() {
    let mut desk = unreviewed(false);
    desk.step();
    assert_eq!(desk.status(), S::PendingOutboundReview, "a person decides");
    assert!(desk.order.shipments.is_empty());
    assert_eq!(
        desk.refused(&warehouse(), outbound()),
        Rejection::ShortageUndecided { line_id: LINE_A }
    );
    desk.stock(LINE_A, "10");
    desk.step();
    assert_eq!(desk.status(), S::PendingReceipt);
}

#[test]
fn rule_10_a_shipments_id_is_used_once() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.must(&shipper(), ship_part(&desk, LINE_A, "1"));
    let shipment_id = desk.order.shipments[0].id;
    assert_eq!(
        desk.refused(&shipper(), ship(shipment_id)),
        Rejection::DuplicateShipment { shipment_id }
    );
}
