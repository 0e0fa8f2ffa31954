use countersign_contract::ProblemKind;
use countersign_contract::returns::{NewReturnRequest, ReturnDetail, SubmitReturn};
use countersign_domain::id::{OrderId, ReturnId};
use countersign_domain::returns::{NewReturn, ReturnKind, ReturnRejection, can_submit_return};

use super::{detail, input, location};
use crate::db::Tx;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::once::{Settled, once};
use crate::ordering::{Deed, customer_of};
use crate::repo::{orders, returns};
use crate::returning;
use crate::state::AppState;

/// `POST /orders/{order_id}/returns`: received goods of an order go back. What can be returned is looked up in the
/// transaction that stores the return, so that nothing is returned twice.
pub(super) async fn submit(state: AppState, call: Call<SubmitReturn>) -> Reply<SubmitReturn> {
    let deed = Deed::now(&state, call.caller()?.actor.clone());
    let key = call.key()?;
    input::check_new(&call.body)?;
    let (order_id, body) = (call.path, call.body);
    once(&state, key, move |tx| {
        Box::pin(async move { place(tx, order_id, body, &deed).await })
    })
    .await
}

async fn place(
    tx: &mut Tx,
    order_id: OrderId,
    body: NewReturnRequest,
    deed: &Deed,
) -> Result<Settled<ReturnDetail>, ApiError> {
    let order = orders::find(tx, order_id).await?.ok_or(ProblemKind::NotFound)?;
    // Before anything is counted up: a refusal by the policy takes no number.
    can_submit_return(&deed.actor, order.customer_id, order.region_id)?;
    let customer = customer_of(tx, &order).await?;
    let new = NewReturn {
        id: ReturnId(deed.new_id),
        number: returns::next_number(tx, deed.today).await?,
        kind: ReturnKind::Goods,
        lines: body.lines,
        note: body.note.trim().to_owned(),
    };
    match returning::submit(tx, &order, new, &customer, deed).await? {
        Ok(subject) => {
            let photos = subject.lines.iter().map(|line| line.photos.as_slice());
            returning::give_photos(tx, subject.id, deed, photos, "lines").await?;
            let (id, version) = (subject.id, subject.version);
            let shown = detail::of(tx, subject).await?;
            Ok(Answer::versioned(shown, version).at(location(id)).into())
        }
        Err(ReturnRejection::Denied { reason }) => Err(reason.into()),
        Err(rejection) => Ok(Settled::Refused(ProblemKind::ReturnRejected { rejection })),
    }
}
