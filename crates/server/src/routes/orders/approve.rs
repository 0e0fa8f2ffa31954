use std::collections::BTreeSet;

use countersign_contract::approval::{
    Approval, ApprovalOutcome, Approvals, ApproveOrders, MAX_APPROVALS, OrderVersion,
};
use countersign_contract::problem::FieldCode;
use countersign_contract::{Endpoint, ProblemKind};
use countersign_domain::order::{Command, OrderStatus, Rejection, pass_as_is};
use countersign_domain::workflow::{Stage, Workflow};
use serde::{Deserialize, Serialize};

use super::act::stored;
use super::location;
use crate::auth::require_staff;
use crate::db::{DbError, Tx};
use crate::digest::sha256_hex;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::{Call, IfMatch};
use crate::http::input::Check;
use crate::http::once::{Key, Settled, once};
use crate::ordering::{Deed, perform};
use crate::repo::settings;
use crate::state::AppState;

/// What is remembered of an approval that passed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Passed {
    status: OrderStatus,
    version: u64,
}

/// `POST /approvals`: passes a stage for each of the orders, one after the other as they are named, so that who came first
/// goes first. Each is a change of its own under a key of its own, made of the request's.
pub(super) async fn approve(state: AppState, call: Call<ApproveOrders>) -> Reply<ApproveOrders> {
    let caller = call.caller()?;
    require_staff(caller)?;
    let actor = caller.actor.clone();
    let workflow = {
        let mut connection = state.db.read().await?;
        settings::workflow(&mut connection).await?.value
    };
    let key = call.key()?;
    let command = check(&call.body, &workflow)?;
    let stage = call.body.stage;
    let mut approvals = Vec::with_capacity(call.body.orders.len());
    for order in call.body.orders {
        let key = own_key(&key, stage, order);
        let deed = Deed::now(&state, actor.clone());
        let command = command.clone();
        let done = once(&state, key, move |tx| {
            Box::pin(async move { pass(tx, order, command, &deed).await })
        })
        .await
        .and_then(Answer::into_reply);
        approvals.push(Approval {
            order_id: order.order_id,
            outcome: outcome(done),
        });
    }
    Ok(Answer::new(approvals))
}

/// The command that passes the stage, where the request is one that can be followed.
fn check(body: &Approvals, workflow: &Workflow) -> Result<Command, ApiError> {
    let mut check = Check::default();
    let count = body.orders.len();
    check.that(count > 0, "/orders", FieldCode::Required);
    check.that(count <= MAX_APPROVALS, "/orders", FieldCode::TooLarge);
    let mut seen = BTreeSet::new();
    for (index, order) in body.orders.iter().enumerate() {
        let is_new = seen.insert(order.order_id);
        check.that(is_new, format!("/orders/{index}/order_id"), FieldCode::Duplicate);
    }
    let command = pass_as_is(body.stage, workflow);
    check.that(command.is_ok(), "/stage", FieldCode::Invalid);
    check.done()?;
    command.map_err(|reason| ApiError::Internal(format!("a stage that was checked: {reason:?}")))
}

/// The key of one of the approvals: repeated, it gets its first answer, whatever the others came to.
fn own_key(request: &Key, stage: Stage, order: OrderVersion) -> Key {
    let OrderVersion { order_id, version } = order;
    Key {
        key: format!("{}.{order_id}", request.key),
        operation: format!("{} {}", ApproveOrders::OPERATION, location(order_id)),
        fingerprint: sha256_hex(format!("{version} {stage:?}").as_bytes()),
        ..request.clone()
    }
}

async fn pass(
    tx: &mut Tx,
    order: OrderVersion,
    command: Command,
    deed: &Deed,
) -> Result<Settled<Passed>, ApiError> {
    let expected = IfMatch::Version(order.version);
    let order = stored(tx, order.order_id, &deed.actor, expected).await?;
    match perform(tx, &order, command, deed).await? {
        Ok(after) => {
            let passed = Passed {
                status: after.status,
                version: after.version,
            };
            Ok(Answer::new(passed).into())
        }
        Err(Rejection::Denied { reason }) => Err(reason.into()),
        Err(rejection) => Ok(Settled::Refused(ProblemKind::Rejected { rejection })),
    }
}

/// What an approval came to, in the words of the contract. One that the database did not do is no reason to leave out the
/// others, and is done when it is asked for again.
fn outcome(done: Result<Passed, ApiError>) -> ApprovalOutcome {
    let problem = match done {
        Ok(Passed { status, version }) => return ApprovalOutcome::Passed { status, version },
        Err(ApiError::Problem(problem) | ApiError::Replayed(problem)) => problem,
        Err(ApiError::Db(DbError::Closed)) => ProblemKind::Unavailable,
        Err(ApiError::Db(error)) => {
            tracing::error!(%error, "the database failed");
            ProblemKind::Internal
        }
        Err(ApiError::Internal(error)) => {
            tracing::error!(%error, "internal error");
            ProblemKind::Internal
        }
    };
    ApprovalOutcome::Refused { problem }
}
