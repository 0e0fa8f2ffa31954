//! What is written to the database stays readable: the JSON of an order, a return and one of each fact.
//!
//! A difference here is a change of the stored format. Old rows must still be read: give new fields a default, keep old
//! names, and only then accept the new snapshot.

use chrono::{DateTime, Utc};
use countersign_domain::id::{AccountId, ChangeRequestId, DraftId, FileId, OrderId, ReturnId, ShipmentId};
use countersign_domain::money::Currency;
use countersign_domain::order::{
    Change, ChangeRequest, ClosedLine, Command, Event, Fact, Impact, LinePhotos, LineReview, LineSplit,
    Order, OrderStatus, OrderSubmitted, Parcel, PassOrderReview, Priority, ProducedLine, Proposal,
    ProposedQuantity, Receipt, ReceiptLine, ReturnedLine, Shipment, ShipmentLine, ShortageChoice, TakenStock,
    replay,
};
use countersign_domain::returns::{
    self, CutLine, RefundTarget, Return, ReturnEvent, ReturnFact, ReturnStage, ReturnStatus, ReturnedGoods,
};
use countersign_domain::text::LocalText;
use countersign_domain::workflow::{Stage, Workflow};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::returns::{Counter, arrive, asked, goods, pass};
use crate::world::*;

/// `value` as it is stored, after making sure that it is read back as what it was.
fn stored<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) -> serde_json::Value {
    let json = serde_json::to_value(value).expect("it is plain data");
    let read: T = serde_json::from_value(json.clone()).expect("what was written can be read");
    assert_eq!(&read, value);
    json
}

fn at() -> DateTime<Utc> {
    start()
}

fn why() -> String {
    "because".to_owned()
}

fn shipment(receipt: Option<Receipt>) -> Shipment {
    Shipment {
        id: ShipmentId(id(0x600)),
        position: 1,
        shipped_at: at(),
        deemed_received_at: at(),
        carrier: "顺丰".to_owned(),
        parcels: vec![Parcel {
            tracking: "SF1001".to_owned(),
        }],
        lines: vec![ShipmentLine {
            line_id: LINE_A,
            quantity: quantity("2.5"),
        }],
        receipt,
    }
}

fn received() -> ReceiptLine {
    ReceiptLine {
        line_id: LINE_A,
        received: quantity("1"),
        short: quantity("1"),
        damaged: quantity("0.5"),
    }
}

fn receipt() -> Receipt {
    Receipt {
        at: at(),
        deemed: false,
        lines: vec![received()],
        note: "the box was open".to_owned(),
    }
}

/// One of each kind of change.
fn changes() -> Vec<Change> {
    vec![
        Change::Quantity {
            line_id: LINE_A,
            from: quantity("10"),
            to: quantity("9.5"),
            reason: why(),
        },
        Change::Price {
            line_id: LINE_A,
            from: money("3.50"),
            to: money("3.40"),
            discount_from: rate("0"),
            discount_to: rate("0.15"),
            reason: why(),
        },
        Change::Held {
            line_id: LINE_A,
            held: true,
            reason: why(),
        },
        Change::Split {
            line_id: LINE_A,
            new_line_id: LINE_C,
            quantity: quantity("4"),
            reason: why(),
        },
        Change::Added {
            line_id: LINE_C,
            quantity: quantity("1"),
        },
        Change::Removed {
            line_id: LINE_B,
            sku: "SKU-b".to_owned(),
            quantity: quantity("5"),
        },
        Change::Freight {
            from: money("10.00"),
            to: money("12.00"),
            reason: why(),
        },
        Change::FreightWaived {
            name: LocalText::new("满额包邮", "Free delivery"),
            from: money("0.00"),
            to: money("12.00"),
            reason: why(),
        },
        Change::PromisedDate {
            from: None,
            to: Some(date("2026-11-26")),
        },
        Change::WantedDate {
            from: Some(date("2026-11-26")),
            to: None,
        },
        Change::Address {
            from: "杭州".to_owned(),
            to: "宁波".to_owned(),
        },
        Change::DeliveryMethod {
            from: None,
            to: Some(LocalText::new("客户自提", "Self pick-up")),
        },
        Change::Note {
            from: String::new(),
            to: "ring twice".to_owned(),
        },
        Change::Priority {
            from: Priority::Normal,
            to: Priority::Urgent,
        },
    ]
}

fn request() -> ChangeRequest {
    ChangeRequest {
        id: ChangeRequestId(id(0x700)),
        by: AccountId(id(0x1)),
        from_customer: true,
        at: at(),
        reason: why(),
        proposal: Proposal {
            quantities: vec![ProposedQuantity {
                line_id: LINE_A,
                quantity: quantity("12"),
            }],
            wanted_date: Some(date("2026-12-01")),
            address: Some(address()),
            note: Some("ring twice".to_owned()),
        },
        changes: Vec::new(),
        impact: Impact::Substantive,
    }
}

/// One of each kind of fact.
fn facts() -> Vec<Fact> {
    let submitted = OrderSubmitted {
        id: OrderId(id(0x500)),
        draft_id: DraftId(id(0x501)),
        number: "DH-O-20261123-0001".to_owned(),
        customer_id: CUSTOMER,
        region_id: REGION,
        on_behalf: false,
        content: content(vec![new_line(LINE_A, "10", "3.50")]),
        currency: Currency::default(),
        review_due_at: at(),
    };
    let line_id = LINE_A;
    let warehouse_id = WAREHOUSE;
    vec![
        Fact::Submitted(Box::new(submitted)),
        Fact::Resubmitted {
            content: Box::new(content(vec![new_line(LINE_B, "1", "20")])),
            changes: changes(),
            review_due_at: at(),
        },
        Fact::StatusChanged {
            from: OrderStatus::PendingOrderReview,
            to: OrderStatus::PendingFinanceReview,
        },
        Fact::StagePassed {
            stage: Stage::OrderReview,
            note: "fine".to_owned(),
        },
        Fact::Reviewed {
            promised_date: date("2026-11-26"),
            changes: Vec::new(),
        },
        Fact::ConfirmationRequested {
            until: at(),
            changes: Vec::new(),
        },
        Fact::ChangesConfirmed,
        Fact::ChangesDeclined { reason: why() },
        Fact::ConfirmationExpired,
        Fact::CreditOverridden {
            over_by: money("45.00"),
            reason: why(),
        },
        Fact::ProductionReported {
            lines: vec![ProducedLine {
                line_id,
                produced: quantity("3"),
            }],
        },
        Fact::FirstCheckDone,
        Fact::StockReserved {
            line_id,
            warehouse_id,
            quantity: quantity("6"),
        },
        Fact::ReservationReleased {
            line_id,
            warehouse_id,
            quantity: quantity("6"),
        },
        Fact::ShortageDecided {
            line_id,
            choice: ShortageChoice::Wait,
        },
        Fact::ShortageDecided {
            line_id,
            choice: ShortageChoice::ShipShort { consent: why() },
        },
        Fact::ShortageDecided {
            line_id,
            choice: ShortageChoice::Substitute {
                line_id: LINE_C,
                reason: String::new(),
            },
        },
        Fact::ShortageDecided {
            line_id,
            choice: ShortageChoice::Close { reason: why() },
        },
        Fact::SubstituteAdded {
            for_line_id: line_id,
            line: Box::new(new_line(LINE_C, "4", "3.20")),
        },
        Fact::Shipped {
            shipment: shipment(None),
            taken: vec![TakenStock {
                line_id,
                warehouse_id,
                quantity: quantity("2.5"),
            }],
        },
        Fact::Received {
            shipment_id: ShipmentId(id(0x600)),
            receipt: receipt(),
        },
        Fact::ClaimOpened {
            return_id: ReturnId(id(0x900)),
            shipment_id: ShipmentId(id(0x600)),
            lines: vec![received()],
            photos: vec![LinePhotos {
                line_id,
                photos: vec![FileId(id(0xb00))],
            }],
        },
        Fact::GoodsReturned {
            return_id: ReturnId(id(0x900)),
            lines: vec![ReturnedLine {
                line_id,
                quantity: quantity("1"),
            }],
        },
        Fact::LinesClosed {
            lines: vec![ClosedLine {
                line_id,
                quantity: quantity("4"),
            }],
            reason: why(),
        },
        Fact::LineReleased {
            line_id,
            reason: why(),
        },
        Fact::SentBack { reason: why() },
        Fact::Withdrawn { reason: why() },
        Fact::Voided { reason: why() },
        Fact::RefundDue {
            amount: money("60.00"),
        },
        Fact::ChangeRequested {
            request: Box::new(request()),
        },
        Fact::ChangeAnswered {
            id: ChangeRequestId(id(0x700)),
            accepted: true,
            reason: String::new(),
        },
        Fact::ChangeApplied {
            request: Box::new(request()),
            promised_date: Some(date("2026-12-02")),
            review_due_at: Some(at()),
        },
        Fact::PassedOutOfTurn {
            stage: Stage::OrderReview,
            waiting_before: 2,
        },
    ]
}

#[test]
fn the_facts_of_orders_are_stored_as_they_always_were() {
    let events: Vec<Event> = facts()
        .into_iter()
        .zip(1..)
        .map(|(fact, by)| Event {
            at: at(),
            by: (by % 2 == 1).then_some(AccountId(id(by))),
            stands_in_for: None,
            fact,
        })
        .collect();
    insta::assert_json_snapshot!("facts", stored(&events));
    // Whatever a history says, reading it never panics.
    let _: Option<Order> = replay(&events);
}

#[test]
fn an_order_is_stored_as_it_always_was() {
    let mut content = usual_content();
    content.wanted_date = Some(date("2026-12-24"));
    content.lines[1].made_to_order = true;
    let mut desk = Desk::with(content, Workflow::default());
    let line = LineReview {
        price: Some(money("3.40")),
        discount: Some(rate("0.05")),
        held: Some(true),
        ..line_review(LINE_A)
    };
    let split = LineReview {
        split: Some(LineSplit {
            new_line_id: LINE_C,
            quantity: quantity("2"),
            held: false,
        }),
        ..line_review(LINE_B)
    };
    let review = PassOrderReview {
        lines: vec![line, split],
        ..PassOrderReview::default()
    };
    desk.must(&reviewer(), Command::PassOrderReview(review));
    // Every optional part at once, as no single order has them.
    let mut order = desk.order;
    order.shipments = vec![shipment(None), shipment(Some(receipt()))];
    order.change_request = Some(request());
    order.reason = Some(why());
    insta::assert_json_snapshot!("order", stored(&order));
}

#[test]
fn the_facts_of_returns_are_stored_as_they_always_were() {
    let submitted = Counter::new(
        Desk::new().reach(OrderStatus::Completed),
        goods(vec![asked(LINE_A, "2")]),
    );
    let first = submitted.events.into_iter().map(|event| event.fact);
    let facts = first.chain([
        ReturnFact::StatusChanged {
            from: ReturnStatus::PendingReturnReview,
            to: ReturnStatus::PendingGoodsReceipt,
        },
        ReturnFact::StagePassed {
            stage: ReturnStage::GoodsReceipt,
            note: String::new(),
        },
        ReturnFact::QuantitiesCut {
            lines: vec![CutLine {
                line_id: LINE_A,
                from: quantity("2"),
                to: quantity("1"),
                reason: why(),
            }],
        },
        ReturnFact::GoodsArrived {
            warehouse_id: Some(WAREHOUSE),
            lines: vec![ReturnedGoods {
                line_id: LINE_A,
                arrived: quantity("1"),
                sellable: quantity("0"),
            }],
        },
        ReturnFact::Refunded {
            target: RefundTarget::PrepayAccount,
            amount: money("3.50"),
        },
        ReturnFact::Refused { reason: why() },
        ReturnFact::Voided { reason: why() },
    ]);
    let events: Vec<ReturnEvent> = facts
        .map(|fact| ReturnEvent {
            at: at(),
            by: AccountId(id(0x1)),
            stands_in_for: None,
            fact,
        })
        .collect();
    insta::assert_json_snapshot!("return_facts", stored(&events));
    let _: Option<Return> = returns::replay(&events);
}

#[test]
fn a_return_is_stored_as_it_always_was() {
    let mut counter = Counter::new(
        Desk::new().reach(OrderStatus::Completed),
        goods(vec![asked(LINE_A, "2"), asked(LINE_B, "1")]),
    );
    for (actor, command) in [(reviewer(), pass()), (warehouse(), arrive())] {
        counter.act(&actor, command).expect("the plain way");
    }
    insta::assert_json_snapshot!("return", stored(&counter.subject));
}
