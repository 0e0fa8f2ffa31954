//! The sample's returns: the claims that its receipts opened, and a return in every state.
//!
//! They go through the same rules as any other, after the orders are stored: what comes back is recorded on the order and
//! lies in stock again.

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use countersign_domain::actor::{Actor, Side};
use countersign_domain::id::ReturnId;
use countersign_domain::order::{Fact, OrderStatus};
use countersign_domain::quantity::Quantity;
use countersign_domain::returns::{
    ConfirmRefund, NewReturn, NewReturnLine, PassReturnReview, ReceiveReturnedGoods, RefuseReturn, Return,
    ReturnCommand, ReturnKind, ReturnReason, ReturnRejection, VoidReturn,
};
use countersign_testkit::sample::staff;
use countersign_testkit::sample::warehouses::MAIN;
use uuid::Uuid;

use super::SeedError;
use super::ids::id;
use super::people;
use super::play::Played;
use super::shelves::warehouse_id;
use crate::db::Tx;
use crate::ordering::Deed;
use crate::repo::{orders, returns};
use crate::returning;

/// How far each return goes: the logins of those who act, and what they do.
type Way = &'static [(&'static str, Step)];

#[derive(Clone, Copy)]
enum Step {
    Pass,
    Refuse,
    Receive,
    Refund,
    Void,
}

const WAYS: [Way; 6] = [
    &[],
    &[(staff::REVIEW, Step::Pass)],
    &[(staff::REVIEW, Step::Pass), (staff::WAREHOUSE, Step::Receive)],
    &[
        (staff::REVIEW, Step::Pass),
        (staff::WAREHOUSE, Step::Receive),
        (staff::FINANCE, Step::Refund),
    ],
    &[(staff::REVIEW, Step::Refuse)],
    &[(staff::REVIEW, Step::Void)],
];

/// Opens the claims and walks a few returns of completed orders, each a different way.
pub(super) async fn returns(
    tx: &mut Tx,
    played: &[Played],
    offset: FixedOffset,
    now: DateTime<Utc>,
) -> Result<(), SeedError> {
    for one in played {
        for event in &one.events {
            if let (Fact::ClaimOpened { .. }, Some(by)) = (&event.fact, event.by) {
                let actor = Actor {
                    account_id: by,
                    side: Side::Distributor {
                        customer_id: one.customer.id,
                    },
                    stands_in_for: Vec::new(),
                };
                let deed = deed(actor, event.at, offset);
                let events = std::slice::from_ref(event);
                returning::open_claims(tx, &one.order, events, &one.customer, &deed)
                    .await
                    .map_err(|error| SeedError::Sample(format!("{}: {error:?}", one.order.number)))?;
            }
        }
    }
    let whole = |one: &&Played| {
        one.order.status == OrderStatus::Completed
            && !one.order.on_behalf
            && one.order.lines.iter().any(|line| line.received >= Quantity::ONE)
            && !one
                .events
                .iter()
                .any(|event| matches!(event.fact, Fact::ClaimOpened { .. }))
    };
    // The newest, so that they are seen; the oldest of them has come furthest.
    for (one, way) in played.iter().rev().filter(whole).zip(WAYS) {
        walk(tx, one, way, offset, now).await?;
    }
    Ok(())
}

async fn walk(
    tx: &mut Tx,
    one: &Played,
    way: Way,
    offset: FixedOffset,
    now: DateTime<Utc>,
) -> Result<(), SeedError> {
    let refused = |error: &dyn std::fmt::Debug| SeedError::Sample(format!("{}: {error:?}", one.order.number));
    let Some(line) = one.order.lines.iter().find(|line| line.received >= Quantity::ONE) else {
        return Ok(());
    };
    let mut at = later(one.order.entered_at, now);
    let customer = Actor {
        account_id: one.order.submitted_by,
        side: Side::Distributor {
            customer_id: one.customer.id,
        },
        stands_in_for: Vec::new(),
    };
    let submitting = deed(customer, at, offset);
    let new = NewReturn {
        id: ReturnId(id("return", &one.order.number)),
        number: returns::next_number(tx, submitting.today).await?,
        kind: ReturnKind::Goods,
        lines: vec![NewReturnLine {
            line_id: line.id,
            quantity: Quantity::ONE,
            reason: ReturnReason::Quality,
            note: "外箱受潮".to_owned(),
            photos: Vec::new(),
        }],
        note: String::new(),
    };
    let submitted = returning::submit(tx, &one.order, new, &one.customer, &submitting).await;
    let mut subject: Return = accepted(submitted).map_err(|error| refused(&error))?;
    for (login, step) in way {
        at = later(at, now);
        let staff = staff::find(login).ok_or_else(|| refused(login))?;
        let deed = deed(people::staff_actor(staff), at, offset);
        let order = orders::find(tx, one.order.id)
            .await?
            .ok_or_else(|| refused(&"no order"))?;
        let command = command(*step);
        let done = returning::perform(tx, &subject, &order, command, &one.customer, &deed).await;
        subject = accepted(done).map_err(|error| refused(&error))?;
    }
    Ok(())
}

/// What came of a step, or why nothing did.
fn accepted(done: Result<Result<Return, ReturnRejection>, crate::error::ApiError>) -> Result<Return, String> {
    match done {
        Ok(Ok(subject)) => Ok(subject),
        Ok(Err(rejection)) => Err(format!("{rejection:?}")),
        Err(error) => Err(format!("{error:?}")),
    }
}

fn command(step: Step) -> ReturnCommand {
    match step {
        Step::Pass => ReturnCommand::PassReview(PassReturnReview::default()),
        Step::Receive => ReturnCommand::ReceiveGoods(ReceiveReturnedGoods {
            warehouse_id: Some(warehouse_id(MAIN.code)),
            ..ReceiveReturnedGoods::default()
        }),
        Step::Refund => ReturnCommand::ConfirmRefund(ConfirmRefund::default()),
        Step::Refuse => ReturnCommand::Refuse(RefuseReturn {
            reason: "已超过退货期限".to_owned(),
        }),
        Step::Void => ReturnCommand::Void(VoidReturn {
            reason: "客户决定留下".to_owned(),
        }),
    }
}

/// A while after something, but not ahead of the clock.
fn later(at: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    (at + TimeDelta::minutes(50)).min(now)
}

fn deed(actor: Actor, at: DateTime<Utc>, offset: FixedOffset) -> Deed {
    Deed {
        actor,
        now: at,
        today: at.with_timezone(&offset).date_naive(),
        new_id: Uuid::nil(),
    }
}
