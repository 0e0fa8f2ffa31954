use countersign_contract::order::OrderDetail;
use countersign_contract::{Endpoint, ProblemKind};
use countersign_domain::actor::Actor;
use countersign_domain::id::OrderId;
use countersign_domain::order::{Command, Order, Rejection};

use super::complete::complete;
use super::{detail, input};
use crate::db::Tx;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::{Call, IfMatch};
use crate::http::once::{Settled, once};
use crate::ordering::{Deed, perform};
use crate::repo::orders;
use crate::state::AppState;

/// A command on an order, done once: the key, then whether the order is there for this account, then its version, then the
/// rules. A refusal by the rules is remembered under the key; one by the policy is not, since permissions can be given.
pub(super) async fn act<E>(
    state: AppState,
    call: Call<E>,
    command: impl FnOnce(E::Body) -> Command + Send,
) -> Reply<E>
where
    E: Endpoint<Path = OrderId, Reply = OrderDetail>,
{
    let deed = Deed::now(&state, call.caller()?.actor.clone());
    let key = call.key()?;
    let (id, expected) = (call.path, call.expected()?);
    let command = command(call.body);
    input::check(&command)?;
    once(&state, key, move |tx| {
        Box::pin(async move {
            let order = stored(tx, id, &deed.actor, expected).await?;
            let command = complete(tx, &order, command).await?;
            settle(tx, &order, command, &deed).await
        })
    })
    .await
}

/// The order as it is now, if this account sees it and means this version.
///
/// # Errors
/// 404 and 412.
pub(super) async fn stored(
    tx: &mut Tx,
    id: OrderId,
    actor: &Actor,
    expected: IfMatch,
) -> Result<Order, ApiError> {
    let order = orders::find(tx, id)
        .await?
        .filter(|order| actor.sees(order.customer_id, order.region_id))
        .ok_or(ProblemKind::NotFound)?;
    expected.check(order.version)?;
    Ok(order)
}

/// Does the command and shows the order after it.
///
/// # Errors
/// 403 when the policy refuses.
pub(super) async fn settle(
    tx: &mut Tx,
    order: &Order,
    command: Command,
    deed: &Deed,
) -> Result<Settled<OrderDetail>, ApiError> {
    match perform(tx, order, command, deed).await? {
        Ok(after) => {
            let version = after.version;
            let shown = detail::of(tx, after, &deed.actor, (deed.now, deed.today)).await?;
            Ok(Answer::versioned(shown, version).into())
        }
        Err(Rejection::Denied { reason }) => Err(reason.into()),
        Err(rejection) => Ok(Settled::Refused(ProblemKind::Rejected { rejection })),
    }
}
