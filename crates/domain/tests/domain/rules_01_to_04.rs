//! Rules 1 to 4 of domain.md section 3: the way, switches, send back and void, withdrawing and change requests.

use countersign_domain::customer::Address;
use countersign_domain::delivery::DeliveryMethod;
use countersign_domain::id::{ChangeRequestId, DeliveryMethodId};
use countersign_domain::order::{
    AnswerChange, Change, Command, Fact, Impact, LineReview, LineSplit, OrderContent, OrderStatus as S,
    Proposal, ProposedQuantity, RequestChange, ResubmitOrder, SendBackOrder, ShipGoods, ShipmentLine,
    VoidOrder, WithdrawOrder, proposed_changes,
};
use countersign_domain::order::{OrderStatus, Rejection};
use countersign_domain::policy::DenyReason;
use countersign_domain::text::LocalText;
use countersign_domain::workflow::{Stage, Workflow};

use crate::world::*;

/// Every switch by its place in the mask.
pub const SWITCHES: [Stage; 7] = [
    Stage::CustomerConfirmation,
    Stage::ExecutiveApproval,
    Stage::FinanceReview,
    Stage::Production,
    Stage::OutboundReview,
    Stage::Ship,
    Stage::Receive,
];

pub fn workflow_of(mask: usize) -> Workflow {
    let mut workflow = Workflow::default();
    for (place, stage) in SWITCHES.into_iter().enumerate() {
        workflow.stages.set(stage, mask >> place & 1 == 1);
    }
    workflow
}

#[test]
fn rule_01_passing_leads_to_the_next_stage_that_is_on_and_whose_condition_holds() {
    // Every combination of switches, with every combination of the three entry conditions.
    for mask in 0..128 {
        for case in 0..8 {
            let (changed, large, made) = (case & 1 == 1, case & 2 == 2, case & 4 == 4);
            let mut workflow = workflow_of(mask);
            workflow.executive_threshold = Some(money(if large { "145" } else { "145.01" }));
            let mut content = usual_content();
            content.lines[0].made_to_order = made;
            if changed {
                content.wanted_date = Some(date("2026-11-24"));
            }
            let on = workflow.stages;
            let expected: Vec<OrderStatus> = [
                (
                    on.customer_confirmation && changed,
                    S::PendingCustomerConfirmation,
                ),
                (on.executive_approval && large, S::PendingExecutiveApproval),
                (on.finance_review, S::PendingFinanceReview),
                (on.production && made, S::InProduction),
                (on.outbound_review, S::PendingOutboundReview),
                (on.ship, S::PendingShipment),
                (on.receive, S::PendingReceipt),
                (true, S::Completed),
            ]
            .into_iter()
            .filter_map(|(enters, status)| enters.then_some(status))
            .collect();

            let desk = Desk::with(content, workflow).reach(S::Completed);

            assert_eq!(
                way(&desk.events),
                expected,
                "switches {mask:07b}, case {case:03b}"
            );
            assert!(
                desk.order
                    .shipments
                    .iter()
                    .all(|shipment| shipment.receipt.is_some())
            );
            assert_eq!(desk.line(LINE_A).received, quantity("10"));
        }
    }
}

#[test]
fn rule_01_production_is_entered_when_the_lines_of_a_variant_together_are_short_of_stock() {
    let mut workflow = Workflow::default();
    workflow.stages.production = true;
    let mut content = usual_content();
    content.lines[1].variant_id = content.lines[0].variant_id;
    let mut desk = Desk::with(content, workflow).reach(S::PendingFinanceReview);
    desk.facts.stock = vec![free(LINE_A, WAREHOUSE, "7"), free(LINE_A, OTHER_WAREHOUSE, "7")];
    desk.step();
    assert_eq!(desk.status(), S::InProduction);
}

#[test]
fn rule_02_switching_a_stage_off_never_passes_a_waiting_order() {
    let on = || {
        let mut workflow = workflow_of(0b111_1111);
        workflow.executive_threshold = Some(money("1"));
        let mut content = usual_content();
        content.lines[0].made_to_order = true;
        content.wanted_date = Some(date("2026-11-24"));
        Desk::with(content, workflow)
    };
    for stage in SWITCHES {
        let waiting_at = OrderStatus::waiting_at(stage).expect("every switchable stage has a queue");
        let mut desk = on().reach(waiting_at);
        let before = desk.order.clone();
        desk.workflow.stages.set(stage, false);
        assert_eq!(desk.order, before, "{stage:?}");
        // A person acts: the order moves on, and goes on to the end.
        let desk = desk.reach(S::Completed);
        assert!(way(&desk.events).contains(&waiting_at));
        // Orders that come later skip it.
        let mut later = on();
        later.workflow.stages.set(stage, false);
        assert!(
            !way(&later.reach(S::Completed).events).contains(&waiting_at),
            "{stage:?}"
        );
    }
}

#[test]
fn rule_03_send_back_and_void_need_a_reason() {
    let desk = Desk::new();
    let reason = String::from("  ");
    let send_back = Command::SendBack(SendBackOrder {
        reason: reason.clone(),
    });
    assert_eq!(desk.refused(&boss(), send_back), Rejection::ReasonMissing);
    assert_eq!(
        desk.refused(&boss(), Command::Void(VoidOrder { reason })),
        Rejection::ReasonMissing
    );
}

fn send_back() -> Command {
    Command::SendBack(SendBackOrder {
        reason: "the address is incomplete".to_owned(),
    })
}

fn void() -> Command {
    Command::Void(VoidOrder {
        reason: "ordered twice".to_owned(),
    })
}

#[test]
fn rule_03_void_gives_back_reserved_stock_and_money() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.facts.paid = money("60.00");
    let facts = desk.must(&boss(), void());
    assert_eq!(desk.status(), S::Voided);
    assert!(desk.order.lines.iter().all(|line| line.reserved.is_empty()));
    let released = |fact: &&Fact| matches!(fact, Fact::ReservationReleased { .. });
    assert_eq!(facts.iter().filter(released).count(), 2);
    assert!(facts.contains(&Fact::RefundDue {
        amount: money("60.00")
    }));
    assert_eq!(desk.order.reason.as_deref(), Some("ordered twice"));
}

#[test]
fn rule_03_sent_back_orders_are_edited_and_resubmitted_or_voided_by_the_customer() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.must(&boss(), send_back());
    assert_eq!(desk.status(), S::SentBack);
    assert!(desk.order.lines.iter().all(|line| line.reserved.is_empty()));

    let mut other = Desk::new();
    other.must(&boss(), send_back());
    other.must(&customer(), void());
    assert_eq!(other.status(), S::Voided);

    desk.wait_hours(30);
    let mut content = usual_content();
    content.lines[0].quantity = quantity("8");
    content.note = "ring twice".to_owned();
    let facts = desk.must(&customer(), Command::Resubmit(ResubmitOrder { content }));
    assert_eq!(desk.status(), S::PendingOrderReview);
    assert_eq!(desk.order.total, money("138.00"));
    assert!(desk.order.passed.is_empty());
    assert_eq!(desk.order.reason, None);
    assert_eq!(desk.order.submitted_at, desk.now);
    assert!(
        desk.order.review_due_at > desk.now,
        "the clock of the reviews starts anew"
    );
    let Some(Fact::Resubmitted { changes, .. }) = facts.first() else {
        panic!("a resubmission, not {facts:?}");
    };
    assert_eq!(
        changes,
        &[
            Change::Quantity {
                line_id: LINE_A,
                from: quantity("10"),
                to: quantity("8"),
                reason: String::new()
            },
            Change::Note {
                from: String::new(),
                to: "ring twice".to_owned()
            },
        ]
    );
}

/// What a customer chose stays with the order, and choosing otherwise when it is mended is part of the diff.
#[test]
fn rule_03_the_delivery_method_is_kept_by_its_name_and_changed_by_a_resubmission() {
    let method = |number, zh: &str, en: &str| DeliveryMethod {
        id: DeliveryMethodId(id(number)),
        name: LocalText::new(zh, en),
    };
    let (truck, pick_up) = (
        method(1, "供货方送货", "Supplier’s truck"),
        method(2, "客户自提", "Self pick-up"),
    );
    let of = |method: &DeliveryMethod| OrderContent {
        delivery_method: Some(method.clone()),
        ..usual_content()
    };
    let mut desk = Desk::with(of(&truck), Workflow::default());
    assert_eq!(desk.order.delivery_method, Some(truck.clone()));
    desk.must(&boss(), send_back());
    let content = of(&pick_up);
    let facts = desk.must(&customer(), Command::Resubmit(ResubmitOrder { content }));
    assert_eq!(desk.order.delivery_method, Some(pick_up.clone()));
    let Some(Fact::Resubmitted { changes, .. }) = facts.first() else {
        panic!("a resubmission, not {facts:?}");
    };
    let change = Change::DeliveryMethod {
        from: Some(truck.name),
        to: Some(pick_up.name),
    };
    assert_eq!(changes, &[change]);
}

#[test]
fn rule_03_neither_is_possible_once_something_has_shipped() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.must(&shipper(), part(&desk, LINE_A, "1"));
    for command in [send_back(), void()] {
        assert_eq!(desk.denied(&boss(), command), DenyReason::AlreadyShipped);
    }
}

fn part(desk: &Desk, line_id: countersign_domain::id::LineId, count: &str) -> Command {
    Command::Ship(ShipGoods {
        shipment_id: desk.next_shipment(),
        lines: vec![ShipmentLine {
            line_id,
            quantity: quantity(count),
        }],
        carrier: "德邦".to_owned(),
        parcels: Vec::new(),
    })
}

#[test]
fn rule_04_the_customer_withdraws_until_the_order_review_has_passed() {
    let withdraw = || Command::Withdraw(WithdrawOrder::default());
    let mut desk = Desk::new();
    assert_eq!(desk.denied(&boss(), withdraw()), DenyReason::OnlyCustomer);
    desk.must(&customer(), withdraw());
    assert_eq!(desk.status(), S::Voided);

    let desk = Desk::new().reach(S::PendingFinanceReview);
    assert_eq!(desk.denied(&customer(), withdraw()), DenyReason::AlreadyReviewed);
}

const REQUEST: ChangeRequestId = ChangeRequestId(uuid::Uuid::from_u128(0x700));

fn propose(proposal: Proposal) -> Command {
    Command::RequestChange(RequestChange {
        id: REQUEST,
        proposal,
        reason: "our shop moved".to_owned(),
    })
}

fn accept() -> AnswerChange {
    AnswerChange {
        id: REQUEST,
        accept: true,
        promised_date: None,
        reason: String::new(),
    }
}

fn note() -> Proposal {
    Proposal {
        note: Some("ring twice".to_owned()),
        ..Proposal::default()
    }
}

fn wanted() -> Proposal {
    Proposal {
        wanted_date: Some(date("2026-12-01")),
        ..Proposal::default()
    }
}

fn quantities(count: &str) -> Proposal {
    Proposal {
        quantities: vec![ProposedQuantity {
            line_id: LINE_A,
            quantity: quantity(count),
        }],
        ..Proposal::default()
    }
}

#[test]
fn rule_04_before_the_review_there_is_nothing_to_request() {
    let desk = Desk::new();
    assert_eq!(
        desk.denied(&customer(), propose(note())),
        DenyReason::NotReviewedYet
    );
}

#[test]
fn rule_04_a_minor_change_is_applied_when_the_other_side_agrees() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.must(&customer(), propose(note()));
    let request = desk.order.change_request.clone().expect("a request waits");
    assert_eq!(request.impact, Impact::Minor);
    assert_eq!(
        desk.denied(&customer(), Command::AnswerChange(accept())),
        DenyReason::OwnChangeRequest
    );
    assert_eq!(
        desk.denied(&boss(), propose(note())),
        DenyReason::ChangeRequestWaiting
    );
    assert!(matches!(
        desk.denied(&shipper(), Command::AnswerChange(accept())),
        DenyReason::NeedsPermission { .. }
    ));
    let facts = desk.must(&reviewer(), Command::AnswerChange(accept()));
    assert!(matches!(
        facts.first(),
        Some(Fact::ChangeAnswered { accepted: true, .. })
    ));
    assert_eq!(desk.order.note, "ring twice");
    assert_eq!(desk.status(), S::PendingShipment);
    assert_eq!(desk.order.change_request, None);
}

#[test]
fn rule_04_what_a_proposal_would_do_is_known_before_it_is_made() {
    let desk = Desk::new().reach(S::PendingOutboundReview);
    let order = &desk.order;
    let impact = |proposal: &Proposal| proposed_changes(order, proposal, "").1;
    assert_eq!(proposed_changes(order, &Proposal::default(), "").0, Vec::new());
    let mut moved = Proposal {
        address: Some(Address {
            phone: "13900000000".to_owned(),
            ..order.address.clone()
        }),
        ..Proposal::default()
    };
    // Somebody else receives at the same place: the diff has to show a difference.
    let (changes, of_address) = proposed_changes(order, &moved, "");
    assert_eq!(of_address, Impact::Minor);
    assert!(
        matches!(&changes[..], [Change::Address { from, to }] if from != to && to.ends_with("13900000000"))
    );
    moved.wanted_date = Some(date("2026-12-24"));
    assert_eq!(impact(&moved), Impact::Schedule);
    moved.quantities = vec![ProposedQuantity {
        line_id: LINE_A,
        quantity: quantity("11"),
    }];
    assert_eq!(impact(&moved), Impact::Substantive, "the gravest counts");
}

#[test]
fn rule_04_a_schedule_change_sets_the_promised_date_which_the_customer_confirms() {
    let mut desk = Desk::new().reach(S::PendingOutboundReview);
    desk.must(&customer(), propose(wanted()));
    assert_eq!(
        desk.order.change_request.as_ref().map(|request| request.impact),
        Some(Impact::Schedule)
    );
    let refusal = desk.refused(&reviewer(), Command::AnswerChange(accept()));
    assert_eq!(refusal, Rejection::PromisedDateMissing);
    let promised_date = Some(date("2026-12-02"));
    desk.must(
        &reviewer(),
        Command::AnswerChange(AnswerChange {
            promised_date,
            ..accept()
        }),
    );
    assert_eq!(desk.order.promised_date, promised_date);
    assert_eq!(desk.status(), S::PendingCustomerConfirmation);
    desk.must(&customer(), Command::ConfirmChanges);
    assert_eq!(
        desk.status(),
        S::PendingOutboundReview,
        "stages passed before are not passed again"
    );
}

#[test]
fn rule_04_without_an_answer_to_a_new_date_what_remains_is_reviewed_again() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.must(&shipper(), part(&desk, LINE_A, "4"));
    desk.must(&customer(), propose(wanted()));
    let promise = AnswerChange {
        promised_date: Some(date("2026-12-24")),
        ..accept()
    };
    desk.must(&reviewer(), Command::AnswerChange(promise));
    desk.wait_hours(48);
    desk.must(&timer(), Command::ExpireConfirmation);
    assert_eq!(
        desk.status(),
        S::PendingOrderReview,
        "what has left can't be sent back"
    );
    assert!(desk.order.passed.is_empty());
    assert!(desk.order.lines.iter().all(|line| line.reserved.is_empty()));
    let desk = desk.reach(S::Completed);
    assert_eq!(desk.line(LINE_A).received, quantity("10"));
}

#[test]
fn rule_04_a_date_staff_propose_is_promised_once_the_customer_agrees() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.must(&reviewer(), propose(wanted()));
    let own = AnswerChange {
        promised_date: Some(date("2026-11-24")),
        ..accept()
    };
    desk.must(&customer(), Command::AnswerChange(own));
    assert_eq!(
        desk.order.promised_date,
        Some(date("2026-12-01")),
        "the customer promises nothing"
    );
    assert_eq!(desk.status(), S::PendingShipment);
}

#[test]
fn rule_04_a_substantive_change_goes_through_the_stages_again() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.must(&customer(), propose(quantities("12")));
    let request = desk.order.change_request.clone().expect("a request waits");
    assert_eq!(request.impact, Impact::Substantive);
    assert_eq!(
        request.changes,
        [Change::Quantity {
            line_id: LINE_A,
            from: quantity("10"),
            to: quantity("12"),
            reason: "our shop moved".to_owned()
        }]
    );
    desk.must(&reviewer(), Command::AnswerChange(accept()));
    assert_eq!(desk.status(), S::PendingOrderReview);
    assert!(desk.order.passed.is_empty());
    assert!(desk.order.lines.iter().all(|line| line.reserved.is_empty()));
    assert_eq!(desk.order.total, money("152.00"));
    let desk = desk.reach(S::Completed);
    assert_eq!(desk.line(LINE_A).received, quantity("12"));
}

#[test]
fn rule_04_a_refused_change_leaves_the_order_as_it_was() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.must(&customer(), propose(quantities("12")));
    let refuse = |reason: &str| {
        Command::AnswerChange(AnswerChange {
            accept: false,
            reason: reason.to_owned(),
            ..accept()
        })
    };
    assert_eq!(desk.refused(&reviewer(), refuse("")), Rejection::ReasonMissing);
    desk.must(&reviewer(), refuse("out of season"));
    assert_eq!(desk.order.change_request, None);
    assert_eq!(desk.order.total, money("145.00"));
    assert_eq!(desk.status(), S::PendingShipment);
}

#[test]
fn rule_04_after_shipping_only_what_has_not_left_can_change() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.must(&shipper(), part(&desk, LINE_A, "4"));
    let refusal = desk.refused(&customer(), propose(quantities("3")));
    assert!(
        matches!(refusal, Rejection::QuantityInvalid { line_id: LINE_A, breach } if breach.bound == quantity("4"))
    );
    desk.must(&customer(), propose(quantities("4")));
    desk.must(&reviewer(), Command::AnswerChange(accept()));
    assert_eq!(desk.status(), S::PendingOrderReview);
    // Receiving what left before does not carry the order past its new review.
    desk.must(&customer(), receive(desk.order.shipments[0].id));
    assert_eq!(desk.status(), S::PendingOrderReview);
    let desk = desk.reach(S::Completed);
    assert_eq!(desk.line(LINE_A).shipped, quantity("4"));
    assert_eq!(desk.line(LINE_B).shipped, quantity("5"));
}

#[test]
fn rule_04_a_change_that_takes_the_rest_out_is_reviewed_and_completes_without_another_shipment() {
    for early in [true, false] {
        let mut desk = Desk::new().reach(S::PendingShipment);
        desk.must(&shipper(), part(&desk, LINE_A, "4"));
        let shipment = desk.order.shipments[0].id;
        let rest = [(LINE_A, "4"), (LINE_B, "0")];
        let proposal = Proposal {
            quantities: rest
                .map(|(line_id, count)| ProposedQuantity {
                    line_id,
                    quantity: quantity(count),
                })
                .to_vec(),
            ..Proposal::default()
        };
        desk.must(&customer(), propose(proposal));
        desk.must(&reviewer(), Command::AnswerChange(accept()));
        if early {
            desk.must(&customer(), receive(shipment));
        }
        assert_eq!(
            desk.status(),
            S::PendingOrderReview,
            "the new total is still to be reviewed"
        );
        desk.step();
        assert_eq!(desk.status(), S::PendingFinanceReview);
        desk.step();
        let there = if early { S::Completed } else { S::PendingReceipt };
        assert_eq!(desk.status(), there, "nothing is left for the warehouse");
        assert_eq!(desk.order.total, money("24.00"));
    }
}

#[test]
fn rule_04_a_line_that_has_partly_left_is_split_by_what_has_not() {
    let mut desk = Desk::new().reach(S::PendingShipment);
    desk.must(&shipper(), part(&desk, LINE_A, "4"));
    desk.must(&customer(), propose(quantities("12")));
    desk.must(&reviewer(), Command::AnswerChange(accept()));
    let split = |count: &str| {
        review_line(LineReview {
            split: Some(LineSplit {
                new_line_id: LINE_C,
                quantity: quantity(count),
                held: false,
            }),
            ..line_review(LINE_A)
        })
    };
    let maximum = quantity("8");
    assert_eq!(
        desk.refused(&reviewer(), split("9")),
        Rejection::QuantityTooLarge {
            line_id: LINE_A,
            maximum
        }
    );
    let cut = LineReview {
        quantity: Some(quantity("3")),
        ..line_review(LINE_A)
    };
    let refusal = desk.refused(&reviewer(), review_line(cut));
    assert!(
        matches!(refusal, Rejection::QuantityInvalid { line_id: LINE_A, breach } if breach.bound == quantity("4"))
    );
    desk.must(&reviewer(), split("8"));
    assert_eq!(
        (desk.line(LINE_A).approved, desk.line(LINE_A).shipped),
        (quantity("4"), quantity("4"))
    );
    assert!(
        desk.line(LINE_C).shipped.is_zero(),
        "nothing of the new line has left"
    );
    assert_eq!(desk.reach(S::Completed).line(LINE_C).received, quantity("8"));
}

#[test]
fn rule_04_a_change_that_asks_for_nothing_is_none() {
    let desk = Desk::new().reach(S::PendingShipment);
    assert_eq!(
        desk.refused(&customer(), propose(quantities("10"))),
        Rejection::NothingChanged
    );
}
