//! The return life cycle (domain.md section 4).

use countersign_domain::actor::Actor;
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::id::{CustomerId, FileId, LineId, RegionId, ReturnId};
use countersign_domain::order::{
    Command, Fact, LinePhotos, LineReview, OrderStatus, ReceiptLine, ReceiveShipment, apply as apply_to_order,
};
use countersign_domain::permission::{BuiltInRole, Permission as P};
use countersign_domain::returns::*;
use countersign_domain::workflow::Workflow;

use crate::world::*;

pub const RETURN: ReturnId = ReturnId(uuid::Uuid::from_u128(0x900));

/// A completed order, and one return of it.
pub struct Counter {
    pub desk: Desk,
    pub subject: Return,
    pub events: Vec<ReturnEvent>,
}

pub fn asked(line_id: LineId, count: &str) -> NewReturnLine {
    NewReturnLine {
        line_id,
        quantity: quantity(count),
        reason: ReturnReason::Quality,
        note: String::new(),
        photos: vec![FileId(id(0x901))],
    }
}

pub fn goods(lines: Vec<NewReturnLine>) -> NewReturn {
    NewReturn {
        id: RETURN,
        number: "DH-R-20261123-0001".to_owned(),
        kind: ReturnKind::Goods,
        lines,
        note: "two bottles leak".to_owned(),
    }
}

pub fn try_submit(
    desk: &Desk,
    actor: &Actor,
    new: NewReturn,
    others: &[Return],
) -> Result<Vec<ReturnEvent>, ReturnRejection> {
    let context = ReturnContext {
        actor,
        now: desk.now,
        workflow: &desk.workflow,
        policy: &desk.facts.policy,
    };
    submit(new, &desk.order, others, &context)
}

impl Counter {
    pub fn new(desk: Desk, new: NewReturn) -> Self {
        Self::by(desk, &customer(), new)
    }

    fn by(desk: Desk, actor: &Actor, new: NewReturn) -> Self {
        let events = try_submit(&desk, actor, new, &[]).expect("this can be returned");
        let subject = replay(&events).expect("a submission is the birth of a return");
        Self {
            desk,
            subject,
            events,
        }
    }

    pub fn act(&mut self, actor: &Actor, command: ReturnCommand) -> Result<Vec<ReturnFact>, ReturnRejection> {
        let context = ReturnContext {
            actor,
            now: self.desk.now,
            workflow: &self.desk.workflow,
            policy: &self.desk.facts.policy,
        };
        let events = decide(&self.subject, command, &context)?;
        for event in &events {
            apply(&mut self.subject, event);
            if let Some(on_order) = goods_returned(self.subject.id, event) {
                apply_to_order(&mut self.desk.order, &on_order);
            }
        }
        self.events.extend(events.iter().cloned());
        assert_eq!(replay(&self.events).as_ref(), Some(&self.subject));
        Ok(events.into_iter().map(|event| event.fact).collect())
    }

    pub fn must(&mut self, actor: &Actor, command: ReturnCommand) -> Vec<ReturnFact> {
        self.act(actor, command).expect("this must be accepted")
    }

    fn refused(&mut self, actor: &Actor, command: ReturnCommand) -> ReturnRejection {
        self.act(actor, command).expect_err("this must be rejected")
    }
}

fn completed() -> Desk {
    Desk::new().reach(OrderStatus::Completed)
}

fn usual() -> Counter {
    Counter::new(completed(), goods(vec![asked(LINE_A, "2"), asked(LINE_B, "1")]))
}

pub fn pass() -> ReturnCommand {
    ReturnCommand::PassReview(PassReturnReview::default())
}

pub fn arrive() -> ReturnCommand {
    ReturnCommand::ReceiveGoods(ReceiveReturnedGoods {
        warehouse_id: Some(WAREHOUSE),
        ..ReceiveReturnedGoods::default()
    })
}

pub fn refund() -> ReturnCommand {
    ReturnCommand::ConfirmRefund(ConfirmRefund::default())
}

fn denied(reason: ReturnDenyReason) -> ReturnRejection {
    ReturnRejection::Denied { reason }
}

fn needs(permission: P) -> ReturnRejection {
    denied(ReturnDenyReason::NeedsPermission { permission })
}

/// Returns.
#[test]
fn a_return_goes_from_review_to_goods_receipt_to_refund() {
    let mut counter = usual();
    assert_eq!(counter.subject.status, ReturnStatus::PendingReturnReview);
    assert_eq!(counter.subject.total, money("27.00"), "2 at 3.50 and 1 at 20");
    counter.must(&reviewer(), pass());
    assert_eq!(counter.subject.status, ReturnStatus::PendingGoodsReceipt);
    counter.must(&warehouse(), arrive());
    assert_eq!(counter.subject.status, ReturnStatus::PendingRefund);
    assert_eq!(
        counter.desk.line(LINE_A).returned,
        quantity("2"),
        "the order knows what came back"
    );
    let facts = counter.must(&finance(), refund());
    assert_eq!(counter.subject.status, ReturnStatus::Completed);
    assert_eq!(
        facts.first(),
        Some(&ReturnFact::Refunded {
            target: RefundTarget::Receivable,
            amount: money("27.00")
        })
    );
}

/// Returns.
#[test]
fn the_refund_goes_where_the_customer_pays_from_unless_finance_says_otherwise() {
    let prepaid = |command| {
        let mut counter = usual();
        counter.must(&reviewer(), pass());
        counter.must(&warehouse(), arrive());
        counter.desk.facts.policy = PaymentPolicy::Prepaid;
        counter.must(&finance(), command);
        counter.subject.refunded_to
    };
    assert_eq!(prepaid(refund()), Some(RefundTarget::PrepayAccount));
    let elsewhere = ReturnCommand::ConfirmRefund(ConfirmRefund {
        target: Some(RefundTarget::Receivable),
        note: String::new(),
    });
    assert_eq!(prepaid(elsewhere), Some(RefundTarget::Receivable));
}

/// Returns.
#[test]
fn goods_receipt_and_refund_can_be_switched_off() {
    for (receipt, refunds) in [(true, true), (true, false), (false, true), (false, false)] {
        let mut counter = usual();
        counter.desk.workflow.return_goods_receipt = receipt;
        counter.desk.workflow.return_refund = refunds;
        counter.must(&reviewer(), pass());
        if receipt {
            assert_eq!(counter.subject.status, ReturnStatus::PendingGoodsReceipt);
            counter.must(&warehouse(), arrive());
        }
        if refunds {
            assert_eq!(counter.subject.status, ReturnStatus::PendingRefund);
            counter.must(&finance(), refund());
        }
        assert_eq!(counter.subject.status, ReturnStatus::Completed);
        assert_eq!(counter.subject.refunded_to, Some(RefundTarget::Receivable));
        assert_eq!(counter.desk.line(LINE_A).returned, quantity("2"));
        let refunded = |event: &&ReturnEvent| matches!(event.fact, ReturnFact::Refunded { .. });
        assert_eq!(counter.events.iter().filter(refunded).count(), 1);
    }
}

/// Returns.
#[test]
fn no_more_comes_back_than_was_received_and_not_yet_returned() {
    let desk = completed();
    let too_much = |desk: &Desk, count: &str, others: &[Return]| {
        try_submit(desk, &customer(), goods(vec![asked(LINE_A, count)]), others).map(|_| ())
    };
    let bound = |maximum: &str| {
        Err(ReturnRejection::QuantityTooLarge {
            line_id: LINE_A,
            maximum: quantity(maximum),
        })
    };
    assert_eq!(too_much(&desk, "10.5", &[]), bound("10"));
    let first = Counter::new(completed(), goods(vec![asked(LINE_A, "4")])).subject;
    assert_eq!(too_much(&desk, "7", std::slice::from_ref(&first)), bound("6"));
    assert_eq!(too_much(&desk, "6", std::slice::from_ref(&first)), Ok(()));
    let mut off = first;
    off.status = ReturnStatus::Refused;
    assert_eq!(
        too_much(&desk, "10", &[off]),
        Ok(()),
        "what was refused can be returned after all"
    );
    let unreceived = Desk::new().reach(OrderStatus::PendingReceipt);
    assert_eq!(too_much(&unreceived, "1", &[]), bound("0"));
}

#[test]
fn what_is_submitted_must_be_a_return() {
    let desk = completed();
    let rejected = |lines| try_submit(&desk, &customer(), goods(lines), &[]).expect_err("no return");
    let nowhere = LineId(id(0xdead));
    let other = NewReturnLine {
        reason: ReturnReason::Other,
        ..asked(LINE_A, "1")
    };
    let line_id = LINE_A;
    for (lines, expected) in [
        (vec![], ReturnRejection::NoLines),
        (
            vec![asked(nowhere, "1")],
            ReturnRejection::UnknownLine { line_id: nowhere },
        ),
        (
            vec![asked(LINE_A, "1"), asked(LINE_A, "1")],
            ReturnRejection::DuplicateLine { line_id },
        ),
        (
            vec![asked(LINE_A, "0")],
            ReturnRejection::QuantityZero { line_id },
        ),
        (vec![other], ReturnRejection::NoteMissing { line_id }),
    ] {
        assert_eq!(rejected(lines), expected);
    }
}

/// Returns.
#[test]
fn the_review_takes_back_less_with_a_reason_or_refuses() {
    let review = |quantities: [&str; 2], reason: &str| {
        let lines = [LINE_A, LINE_B].into_iter().zip(quantities);
        ReturnCommand::PassReview(PassReturnReview {
            lines: lines
                .map(|(line_id, count)| ReturnLineReview {
                    line_id,
                    quantity: quantity(count),
                    reason: reason.to_owned(),
                })
                .collect(),
            note: String::new(),
        })
    };
    let mut counter = usual();
    assert_eq!(
        counter.refused(&reviewer(), review(["1", "1"], "")),
        ReturnRejection::ReasonMissing
    );
    assert_eq!(
        counter.refused(&reviewer(), review(["0", "0"], "no")),
        ReturnRejection::NoLines
    );
    let more = counter.refused(&reviewer(), review(["3", "1"], "more"));
    assert!(matches!(
        more,
        ReturnRejection::QuantityTooLarge { line_id: LINE_A, .. }
    ));
    counter.must(&reviewer(), review(["1", "1"], "one is fine on the photo"));
    assert_eq!(counter.subject.total, money("23.50"));

    let mut counter = usual();
    let refuse = |reason: &str| {
        ReturnCommand::Refuse(RefuseReturn {
            reason: reason.to_owned(),
        })
    };
    assert_eq!(
        counter.refused(&reviewer(), refuse(" ")),
        ReturnRejection::ReasonMissing
    );
    counter.must(&reviewer(), refuse("past the return period"));
    assert_eq!(counter.subject.status, ReturnStatus::Refused);
    assert_eq!(counter.subject.reason.as_deref(), Some("past the return period"));
}

/// Returns.
#[test]
fn what_arrived_is_what_is_refunded() {
    let goods_in = |arrived: &str, sellable: &str| {
        ReturnCommand::ReceiveGoods(ReceiveReturnedGoods {
            warehouse_id: Some(WAREHOUSE),
            lines: vec![ReturnedGoods {
                line_id: LINE_A,
                arrived: quantity(arrived),
                sellable: quantity(sellable),
            }],
            note: String::new(),
        })
    };
    let mut counter = Counter::new(completed(), goods(vec![asked(LINE_A, "2")]));
    counter.must(&reviewer(), pass());
    let maximum = |text: &str| ReturnRejection::QuantityTooLarge {
        line_id: LINE_A,
        maximum: quantity(text),
    };
    assert_eq!(counter.refused(&warehouse(), goods_in("3", "0")), maximum("2"));
    assert_eq!(counter.refused(&warehouse(), goods_in("1", "2")), maximum("1"));
    assert_eq!(
        counter.refused(&warehouse(), goods_in("0", "0")),
        ReturnRejection::NothingArrived
    );
    counter.must(&warehouse(), goods_in("1", "0"));
    assert_eq!(counter.subject.total, money("3.50"));
    assert_eq!(counter.desk.line(LINE_A).returned, quantity("1"));
}

#[test]
fn returning_a_line_in_parts_refunds_what_it_cost() {
    // 3 at 0.335 cost 1.01; three single refunds of 0.335 would make 1.02.
    let mut desk = Desk::new();
    let line = LineReview {
        quantity: Some(quantity("3")),
        price: Some(money("0.335")),
        ..line_review(LINE_A)
    };
    desk.must(&boss(), review_line(line));
    let desk = desk.reach(OrderStatus::Completed);
    let mut parts: Vec<Return> = Vec::new();
    for part in 0..3 {
        let new = NewReturn {
            id: ReturnId(id(0x900 + part)),
            ..goods(vec![asked(LINE_A, "1")])
        };
        let events = try_submit(&desk, &customer(), new, &parts).expect("one more can be returned");
        parts.extend(replay(&events));
    }
    let amounts: Vec<_> = parts.iter().map(|part| part.total.to_string()).collect();
    assert_eq!(amounts, ["0.34", "0.33", "0.34"]);
    assert_eq!(
        desk.line(LINE_A).amount,
        parts.iter().map(|part| part.total).sum()
    );
}

#[test]
fn a_voided_part_that_is_returned_again_does_not_refund_more_than_the_line_cost() {
    // 3 at 0.025 cost 0.08; the parts 0.03, 0.02 and 0.03. The second is voided, and would come back as another third.
    let line = new_line(LINE_A, "3", "0.025");
    let desk = Desk::with(content(vec![line]), Workflow::default()).reach(OrderStatus::Completed);
    let part = |number: u128, others: &[Return]| {
        let new = NewReturn {
            id: ReturnId(id(number)),
            ..goods(vec![asked(LINE_A, "1")])
        };
        let events = try_submit(&desk, &customer(), new, others).expect("one more can be returned");
        Counter {
            desk: Desk::new(),
            subject: replay(&events).expect("a submission is the birth of a return"),
            events,
        }
    };
    let first = part(0x901, &[]).subject;
    let mut second = part(0x902, std::slice::from_ref(&first));
    let third = part(0x903, &[first.clone(), second.subject.clone()]).subject;
    let reason = "it still sells".to_owned();
    second.must(&customer(), ReturnCommand::Void(VoidReturn { reason }));
    let again = part(0x904, &[first.clone(), second.subject, third.clone()]).subject;
    assert_eq!(again.total, money("0.02"));
    assert_eq!(first.total + third.total + again.total, desk.line(LINE_A).amount);
}

/// A completed order of which 1 of line A was short and 2 were damaged.
fn with_claim() -> Desk {
    let mut desk = Desk::new().reach(OrderStatus::PendingReceipt);
    let shipment_id = desk.order.shipments[0].id;
    let command = Command::Receive(ReceiveShipment {
        shipment_id,
        lines: vec![ReceiptLine {
            line_id: LINE_A,
            received: quantity("7"),
            short: quantity("1"),
            damaged: quantity("2"),
        }],
        note: "the box was open".to_owned(),
        claim_id: Some(RETURN),
        photos: Vec::new(),
    });
    let facts = desk.must(&customer(), command);
    assert!(facts.iter().any(|fact| matches!(
        fact,
        Fact::ClaimOpened {
            return_id: RETURN,
            ..
        }
    )));
    desk
}

/// Returns.
#[test]
fn a_claim_is_filled_in_from_the_receipt_and_skips_the_goods_receipt() {
    let desk = with_claim();
    let shipment_id = desk.order.shipments[0].id;
    let photos = [LinePhotos {
        line_id: LINE_A,
        photos: vec![FileId(id(0xf1)), FileId(id(0xf2))],
    }];
    let claim = NewReturn::claim(RETURN, "DH-R-1".to_owned(), &desk.order, shipment_id, &photos)
        .expect("something to claim");
    assert_eq!(claim.lines.len(), 1);
    assert_eq!(claim.lines[0].quantity, quantity("3"));
    assert_eq!(claim.lines[0].reason, ReturnReason::ShortAndDamaged);
    assert_eq!(claim.lines[0].photos, photos[0].photos);
    let mut counter = Counter::new(desk, claim.clone());
    counter.must(&reviewer(), pass());
    assert_eq!(counter.subject.status, ReturnStatus::PendingRefund);
    counter.must(&finance(), refund());
    assert_eq!(counter.subject.total, money("10.50"));
    assert!(counter.desk.line(LINE_A).returned.is_zero(), "nothing came back");

    let again = try_submit(
        &counter.desk,
        &customer(),
        claim,
        std::slice::from_ref(&counter.subject),
    );
    assert!(
        matches!(again, Err(ReturnRejection::QuantityTooLarge { .. })),
        "claimed once"
    );
    // A claim takes nothing from what was received, but goods and claims together never refund more than the line cost.
    let rest = try_submit(
        &counter.desk,
        &customer(),
        goods(vec![asked(LINE_A, "7")]),
        &[counter.subject],
    );
    let rest = replay(&rest.expect("what arrived whole can be returned")).expect("a return");
    assert_eq!(rest.total, money("24.50"));
}

#[test]
fn a_shipment_without_complaint_has_nothing_to_claim() {
    let desk = completed();
    let shipment_id = desk.order.shipments[0].id;
    assert_eq!(
        NewReturn::claim(RETURN, String::new(), &desk.order, shipment_id, &[]),
        None
    );
    let unreceived = Desk::new().reach(OrderStatus::PendingReceipt);
    let shipment_id = unreceived.order.shipments[0].id;
    let early = NewReturn {
        kind: ReturnKind::Claim { shipment_id },
        ..goods(vec![asked(LINE_A, "1")])
    };
    assert_eq!(
        try_submit(&unreceived, &customer(), early, &[]),
        Err(ReturnRejection::UnknownShipment { shipment_id })
    );
}

/// Returns.
#[test]
fn voiding_is_the_customers_until_the_review_and_staffs_until_the_goods_are_back() {
    let void = || {
        ReturnCommand::Void(VoidReturn {
            reason: "they sell after all".to_owned(),
        })
    };
    let mut counter = usual();
    counter.must(&customer(), void());
    assert_eq!(counter.subject.status, ReturnStatus::Voided);
    let mut counter = usual();
    counter.must(&reviewer(), pass());
    let stage = ReturnStage::GoodsReceipt;
    assert_eq!(
        counter.refused(&customer(), void()),
        denied(ReturnDenyReason::WaitsAt { stage })
    );
    assert_eq!(counter.refused(&finance(), void()), needs(P::ReturnReview));
    counter.must(&warehouse(), arrive());
    let stage = ReturnStage::Refund;
    assert_eq!(
        counter.refused(&reviewer(), void()),
        denied(ReturnDenyReason::WaitsAt { stage })
    );
}

/// Returns.
#[test]
fn every_stage_asks_for_its_permission() {
    let mut counter = usual();
    for (command, permission, by) in [
        (pass(), P::ReturnReview, reviewer()),
        (arrive(), P::ReturnReceiveGoods, warehouse()),
        (refund(), P::ReturnRefund, finance()),
    ] {
        for role in BuiltInRole::ALL {
            let actor = of_role(0x50, role);
            if !actor.holds(permission) && role != BuiltInRole::Shipper {
                assert_eq!(
                    counter.refused(&actor, command.clone()),
                    needs(permission),
                    "{role:?}"
                );
            }
        }
        let only = denied(ReturnDenyReason::OnlySupplier);
        assert_eq!(counter.refused(&customer(), command.clone()), only);
        assert_eq!(counter.refused(&timer(), command.clone()), only);
        counter.must(&by, command);
    }
    let status = ReturnStatus::Completed;
    assert_eq!(
        counter.refused(&boss(), refund()),
        denied(ReturnDenyReason::WrongStatus { status })
    );
}

#[test]
fn what_is_not_theirs_does_not_exist_for_them() {
    let mut counter = usual();
    for actor in [
        distributor(0x1, CustomerId(id(0x1ff))),
        regional(0x30, &P::ALL, &[RegionId(id(0x2ff))]),
        staff(0x31, &[P::ProductManage]),
    ] {
        assert_eq!(counter.refused(&actor, pass()), denied(ReturnDenyReason::Unknown));
        let new = goods(vec![asked(LINE_A, "1")]);
        let unknown = Err(denied(ReturnDenyReason::Unknown));
        assert_eq!(try_submit(&counter.desk, &actor, new, &[]), unknown);
    }
    let only_returns = staff(0x32, &[P::ReturnReceiveGoods]);
    assert_eq!(
        can_return(
            &only_returns,
            ReturnAction::View,
            &counter.subject,
            &Workflow::default()
        ),
        Ok(())
    );
}

/// Duties.
#[test]
fn duties_stay_separated() {
    let mut counter = Counter::by(completed(), &boss(), goods(vec![asked(LINE_A, "2")]));
    assert!(counter.subject.on_behalf);
    assert_eq!(
        counter.refused(&boss(), pass()),
        denied(ReturnDenyReason::CreatedByYourself)
    );
    counter.desk.workflow.creator_may_not_approve = false;
    counter.desk.workflow.one_stage_per_person = true;
    counter.must(&boss(), pass());
    let stage = ReturnStage::Review;
    assert_eq!(
        counter.refused(&boss(), arrive()),
        denied(ReturnDenyReason::PassedAnotherStage { stage })
    );
    counter.must(&warehouse(), arrive());
    let new = goods(vec![asked(LINE_A, "1")]);
    assert_eq!(
        try_submit(&counter.desk, &finance(), new, &[]),
        Err(needs(P::ReturnCreateOnBehalf))
    );
}
