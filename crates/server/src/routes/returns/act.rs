use countersign_contract::problem::FieldCode;
use countersign_contract::returns::ReturnDetail;
use countersign_contract::{Endpoint, FieldError, ProblemKind};
use countersign_domain::id::{ReturnId, WarehouseId};
use countersign_domain::returns::{Return, ReturnAction, ReturnCommand, ReturnRejection, can_return};

use super::{detail, input};
use crate::db::Tx;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::{Call, IfMatch};
use crate::http::once::{Settled, once};
use crate::ordering::{Deed, customer_of};
use crate::repo::{orders, returns, settings, stock};
use crate::returning::perform;
use crate::state::AppState;

/// A command on a return, done once: the key, then whether the return is there for this account, then its version, then
/// the rules. What is remembered under the key is as with orders.
pub(super) async fn act<E>(
    state: AppState,
    call: Call<E>,
    command: impl FnOnce(E::Body) -> ReturnCommand + Send,
) -> Reply<E>
where
    E: Endpoint<Path = ReturnId, Reply = ReturnDetail>,
{
    let deed = Deed::now(&state, call.caller()?.actor.clone());
    let key = call.key()?;
    let (id, expected) = (call.path, call.expected()?);
    let command = command(call.body);
    input::check(&command)?;
    once(&state, key, move |tx| {
        Box::pin(async move {
            let subject = stored(tx, id, &deed, expected).await?;
            let command = complete(tx, command).await?;
            settle(tx, &subject, command, &deed).await
        })
    })
    .await
}

/// The return as it is now, if this account sees it and means this version.
async fn stored(tx: &mut Tx, id: ReturnId, deed: &Deed, expected: IfMatch) -> Result<Return, ApiError> {
    let subject = returns::find(tx, id).await?.ok_or(ProblemKind::NotFound)?;
    let workflow = settings::workflow(tx).await?.value;
    can_return(&deed.actor, ReturnAction::View, &subject, &workflow)?;
    expected.check(subject.version)?;
    Ok(subject)
}

/// The command with the warehouse it means: the named one, which has to exist, or the default.
async fn complete(tx: &mut Tx, command: ReturnCommand) -> Result<ReturnCommand, ApiError> {
    let ReturnCommand::ReceiveGoods(mut body) = command else {
        return Ok(command);
    };
    let warehouses = stock::warehouses(tx).await?;
    let found = match body.warehouse_id {
        Some(id) => warehouses.iter().find(|warehouse| warehouse.id == id),
        None => warehouses.iter().find(|warehouse| warehouse.is_default),
    };
    let found: WarehouseId = found.map(|warehouse| warehouse.id).ok_or_else(|| {
        ApiError::invalid(vec![FieldError {
            pointer: "/warehouse_id".to_owned(),
            code: match body.warehouse_id {
                Some(_) => FieldCode::Unknown,
                None => FieldCode::Required,
            },
        }])
    })?;
    body.warehouse_id = Some(found);
    Ok(ReturnCommand::ReceiveGoods(body))
}

/// Does the command and shows the return after it.
async fn settle(
    tx: &mut Tx,
    subject: &Return,
    command: ReturnCommand,
    deed: &Deed,
) -> Result<Settled<ReturnDetail>, ApiError> {
    let order = orders::find(tx, subject.order_id)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    let customer = customer_of(tx, &order).await?;
    match perform(tx, subject, &order, command, &customer, deed).await? {
        Ok(after) => {
            let version = after.version;
            let shown = detail::of(tx, after).await?;
            Ok(Answer::versioned(shown, version).into())
        }
        Err(ReturnRejection::Denied { reason }) => Err(reason.into()),
        Err(rejection) => Ok(Settled::Refused(ProblemKind::ReturnRejected { rejection })),
    }
}
