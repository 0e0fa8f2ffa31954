//! Rules 11 to 14 of domain.md section 3: receiving, completion, history, two people at once.

use countersign_domain::id::{FileId, ReturnId};
use countersign_domain::order::{
    CloseRemaining, Command, DeemReceived, Event, Fact, LinePhotos, OrderStatus as S, ReceiptLine,
    ReceiveShipment, Rejection, replay,
};
use countersign_domain::policy::DenyReason;
use countersign_domain::workflow::Stage;

use crate::world::*;

fn receive_with(shipment: &countersign_domain::order::Shipment, parts: [&str; 3], claim: bool) -> Command {
    let [received, short, damaged] = parts.map(quantity);
    Command::Receive(ReceiveShipment {
        shipment_id: shipment.id,
        lines: vec![ReceiptLine {
            line_id: LINE_A,
            received,
            short,
            damaged,
        }],
        note: String::new(),
        claim_id: claim.then_some(ReturnId(id(0x800))),
        photos: Vec::new(),
    })
}

#[test]
fn rule_11_received_short_and_damaged_add_up_to_the_shipment() {
    let mut desk = Desk::new().reach(S::PendingReceipt);
    let shipment = desk.order.shipments[0].clone();
    let mismatch = Rejection::ReceiptMismatch {
        line_id: LINE_A,
        shipped: quantity("10"),
    };
    for parts in [["9", "0", "0"], ["10", "1", "0"]] {
        assert_eq!(
            desk.refused(&customer(), receive_with(&shipment, parts, true)),
            mismatch
        );
    }
    let bad = ["7", "1", "2"];
    assert_eq!(
        desk.refused(&customer(), receive_with(&shipment, bad, false)),
        Rejection::ClaimIdMissing
    );
    let facts = desk.must(&customer(), receive_with(&shipment, bad, true));
    let claimed = facts.iter().find_map(|fact| match fact {
        Fact::ClaimOpened { lines, .. } => Some(lines.clone()),
        _ => None,
    });
    let [received, short, damaged] = bad.map(quantity);
    assert_eq!(
        claimed,
        Some(vec![ReceiptLine {
            line_id: LINE_A,
            received,
            short,
            damaged
        }])
    );
    assert_eq!(
        (desk.line(LINE_A).short, desk.line(LINE_A).damaged),
        (short, damaged)
    );
    assert_eq!(desk.status(), S::Completed);
    assert_eq!(
        desk.line(LINE_B).received,
        quantity("5"),
        "a line not named arrived whole"
    );
}

#[test]
fn rule_11_photos_show_what_is_claimed_and_nothing_else() {
    let mut desk = Desk::new().reach(S::PendingReceipt);
    let shipment = desk.order.shipments[0].clone();
    let of = |line_id| LinePhotos {
        line_id,
        photos: vec![FileId(id(0xf1))],
    };
    let with = |photos| match receive_with(&shipment, ["7", "1", "2"], true) {
        Command::Receive(body) => Command::Receive(ReceiveShipment { photos, ..body }),
        other => other,
    };
    assert_eq!(
        desk.refused(&customer(), with(vec![of(LINE_A), of(LINE_B)])),
        Rejection::NothingToClaim { line_id: LINE_B }
    );
    assert_eq!(
        desk.refused(&customer(), with(vec![of(LINE_A), of(LINE_A)])),
        Rejection::DuplicateLine { line_id: LINE_A }
    );
    let facts = desk.must(&customer(), with(vec![of(LINE_A)]));
    let shown = facts.iter().find_map(|fact| match fact {
        Fact::ClaimOpened { photos, .. } => Some(photos.clone()),
        _ => None,
    });
    assert_eq!(shown, Some(vec![of(LINE_A)]));
}

#[test]
fn rule_11_silence_counts_as_receipt_after_the_days_set() {
    let mut desk = Desk::new().reach(S::PendingReceipt);
    let shipment = desk.order.shipments[0].clone();
    assert_eq!(
        desk.order.due_at(),
        Some(shipment.deemed_received_at),
        "the countdown shows from the first day"
    );
    let deem = || {
        Command::DeemReceived(DeemReceived {
            shipment_id: shipment.id,
        })
    };
    desk.wait_hours(15 * 24 - 1);
    assert_eq!(desk.refused(&timer(), deem()), Rejection::NotDue);
    assert_eq!(desk.denied(&customer(), deem()), DenyReason::OnlySystem);
    desk.wait_hours(1);
    desk.must(&timer(), deem());
    assert_eq!(desk.status(), S::Completed);
    let receipt = desk.order.shipments[0]
        .receipt
        .clone()
        .expect("it counts as received");
    assert!(receipt.deemed);
    assert_eq!(
        desk.events.last().and_then(|event| event.by),
        None,
        "the desk's own timer did it"
    );
}

#[test]
fn rule_11_a_shipment_is_received_once() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.must(&shipper(), ship_part(&desk, LINE_A, "1"));
    desk.must(&shipper(), ship_part(&desk, LINE_A, "1"));
    let shipment_id = desk.order.shipments[0].id;
    desk.must(&customer(), receive(shipment_id));
    assert_eq!(
        desk.status(),
        S::PendingShipment,
        "the rest is still to be shipped"
    );
    assert_eq!(
        desk.refused(&customer(), receive(shipment_id)),
        Rejection::AlreadyReceived { shipment_id }
    );
}

#[test]
fn rule_12_an_order_completes_when_every_shipment_is_received_and_nothing_remains() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.must(&shipper(), ship_part(&desk, LINE_A, "10"));
    desk.must(&shipper(), ship(desk.next_shipment()));
    let [first, second] = [0, 1].map(|place: usize| desk.order.shipments[place].id);
    desk.must(&customer(), receive(second));
    assert_eq!(desk.status(), S::PendingReceipt);
    desk.must(&customer(), receive(first));
    assert_eq!(desk.status(), S::Completed);
}

#[test]
fn rule_12_closing_the_rest_completes_it_too_and_gives_the_stock_back() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    let close = || {
        Command::CloseRemaining(CloseRemaining {
            line_ids: Vec::new(),
            reason: "the customer closes for the season".to_owned(),
        })
    };
    assert_eq!(
        desk.denied(&boss(), close()),
        DenyReason::NothingShipped,
        "an order of nothing is voided, which gives money back"
    );
    desk.must(&shipper(), ship_part(&desk, LINE_A, "4"));
    desk.must(&customer(), receive(desk.order.shipments[0].id));
    let facts = desk.must(&reviewer(), close());
    assert_eq!(desk.status(), S::Completed);
    assert_eq!(desk.order.total, money("24.00"), "4 at 3.50 and the freight");
    assert!(
        facts
            .iter()
            .any(|fact| matches!(fact, Fact::ReservationReleased { .. }))
    );
    assert!(desk.order.lines.iter().all(|line| line.reserved.is_empty()));
}

#[test]
fn rule_12_before_the_goods_move_a_cut_is_the_reviews() {
    let close = Command::CloseRemaining(CloseRemaining {
        line_ids: vec![LINE_A],
        reason: "out of season".to_owned(),
    });
    let denied = Desk::new().denied(&boss(), close);
    assert_eq!(
        denied,
        DenyReason::WaitsAt {
            stage: Stage::OrderReview
        }
    );
}

#[test]
fn rule_13_every_action_appends_to_the_history_and_edits_nothing() {
    let mut desk = Desk::new();
    let mut known: Vec<Event> = desk.events.clone();
    while desk.status() != S::Completed {
        let from = desk.status();
        desk.wait_hours(1);
        desk.step();
        assert_eq!(desk.events[..known.len()], known[..], "what was written stays");
        let new = &desk.events[known.len()..];
        assert!(!new.is_empty());
        assert!(new.iter().all(|event| event.at == desk.now && event.by.is_some()));
        let to = desk.status();
        assert!(
            new.iter()
                .any(|event| event.fact == Fact::StatusChanged { from, to })
        );
        known.clone_from(&desk.events);
        assert_eq!(desk.order.version, known.len() as u64);
        assert_eq!(replay(&known).as_ref(), Some(&desk.order));
    }
}

#[test]
fn rule_14_of_two_people_at_once_the_second_is_told_and_nothing_happens_twice() {
    let mut desk = Desk::new().reach(S::PendingFinanceReview);
    let seen = desk.order.version;
    desk.must(&finance(), pay());
    assert!(desk.order.version > seen, "the second's version is stale");
    let before = desk.order.clone();
    assert_eq!(
        desk.denied(&boss(), pay()),
        DenyReason::WaitsAt {
            stage: Stage::OutboundReview
        }
    );
    assert_eq!(desk.order, before);

    let mut desk = Desk::new().reach(S::PendingShipment);
    let everything = ship(desk.next_shipment());
    desk.must(&shipper(), everything.clone());
    assert_eq!(
        desk.denied(&shipper(), everything),
        DenyReason::WaitsAt {
            stage: Stage::Receive
        }
    );
    assert_eq!(desk.order.shipments.len(), 1);
}
