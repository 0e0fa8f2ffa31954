//! Properties of the return machine: random commands by random people under every switch.

use countersign_domain::money::Money;
use countersign_domain::order::OrderStatus;
use countersign_domain::returns::*;
use proptest::prelude::*;

use crate::returns::{Counter, arrive, asked, goods, pass, refund};
use crate::world::*;

/// Every way a return may go, written down independently of the code.
fn allowed(from: ReturnStatus, to: ReturnStatus) -> bool {
    use ReturnStatus::{Completed, PendingGoodsReceipt, PendingRefund, PendingReturnReview, Refused, Voided};
    matches!(
        (from, to),
        (
            PendingReturnReview,
            PendingGoodsReceipt | PendingRefund | Completed | Refused | Voided
        ) | (PendingGoodsReceipt, PendingRefund | Completed | Voided)
            | (PendingRefund, Completed)
    )
}

fn command(kind: u8, count: u32) -> ReturnCommand {
    let count = quantity(&count.to_string());
    let reason = || "because".to_owned();
    match kind {
        0 => pass(),
        1 => ReturnCommand::PassReview(PassReturnReview {
            lines: vec![ReturnLineReview {
                line_id: LINE_A,
                quantity: count,
                reason: reason(),
            }],
            note: String::new(),
        }),
        2 => arrive(),
        3 => ReturnCommand::ReceiveGoods(ReceiveReturnedGoods {
            warehouse_id: None,
            lines: vec![ReturnedGoods {
                line_id: LINE_A,
                arrived: count,
                sellable: count,
            }],
            note: String::new(),
        }),
        4 => refund(),
        5 => ReturnCommand::Refuse(RefuseReturn { reason: reason() }),
        _ => ReturnCommand::Void(VoidReturn { reason: reason() }),
    }
}

fn action(command: &ReturnCommand) -> ReturnAction {
    match command {
        ReturnCommand::PassReview(_) => ReturnAction::PassReview,
        ReturnCommand::Refuse(_) => ReturnAction::Refuse,
        ReturnCommand::ReceiveGoods(_) => ReturnAction::ReceiveGoods,
        ReturnCommand::ConfirmRefund(_) => ReturnAction::Refund,
        ReturnCommand::Void(_) => ReturnAction::Void,
    }
}

proptest! {
    #[test]
    fn a_return_never_leaves_its_graph_and_its_total_is_its_lines(
        receipt: bool,
        refunds: bool,
        steps in proptest::collection::vec((0usize..6, 0u8..7, 0u32..5), 1..12),
    ) {
        let people = [boss(), reviewer(), warehouse(), finance(), customer(), timer()];
        let desk = Desk::new().reach(OrderStatus::Completed);
        let mut counter = Counter::new(desk, goods(vec![asked(LINE_A, "3"), asked(LINE_B, "1")]));
        counter.desk.workflow.return_goods_receipt = receipt;
        counter.desk.workflow.return_refund = refunds;
        for (who, kind, count) in steps {
            let (actor, command) = (&people[who], command(kind, count));
            let before = counter.subject.clone();
            let permitted = can_return(actor, action(&command), &before, &counter.desk.workflow);
            let outcome = counter.act(actor, command);
            if outcome.is_err() {
                prop_assert_eq!(&counter.subject, &before);
                continue;
            }
            prop_assert_eq!(permitted, Ok(()));
            let subject = &counter.subject;
            prop_assert!(allowed(before.status, subject.status), "{:?} to {:?}", before.status, subject.status);
            let sum: Money = subject.lines.iter().map(|line| line.amount).sum();
            prop_assert_eq!(subject.total, sum);
            for line in &subject.lines {
                prop_assert!(line.counted() <= line.approved && line.approved <= line.requested);
                let order = counter.desk.line(line.line_id);
                prop_assert!(order.returned <= order.received);
                prop_assert!(line.amount <= order.amount);
            }
            prop_assert_eq!(subject.version, counter.events.len() as u64);
            let json = serde_json::to_string(&counter.events).expect("events are plain data");
            let events: Vec<ReturnEvent> = serde_json::from_str(&json).expect("what was written can be read");
            let replayed = replay(&events);
            prop_assert_eq!(replayed.as_ref(), Some(subject));
            let refunded = counter.events.iter().filter(|event| matches!(event.fact, ReturnFact::Refunded { .. }));
            prop_assert_eq!(refunded.count(), usize::from(subject.status == ReturnStatus::Completed));
        }
    }
}

#[test]
fn goods_that_nobody_has_seen_are_sold_again_only_where_nothing_is_wrong_with_them() {
    let sellable = |reason: ReturnReason| {
        let line = NewReturnLine {
            reason,
            ..asked(LINE_A, "3")
        };
        let mut counter = Counter::new(Desk::new().reach(OrderStatus::Completed), goods(vec![line]));
        counter.desk.workflow.return_goods_receipt = false;
        counter.must(&reviewer(), pass());
        let arrived = counter.events.iter().find_map(|event| match &event.fact {
            ReturnFact::GoodsArrived { lines, .. } => lines.first().map(|line| line.sellable),
            _ => None,
        });
        arrived.expect("they came back")
    };
    assert_eq!(sellable(ReturnReason::Unsold), quantity("3"));
    for reason in [
        ReturnReason::Damaged,
        ReturnReason::Expired,
        ReturnReason::Quality,
    ] {
        assert_eq!(sellable(reason), quantity("0"), "{reason:?}");
    }
}
