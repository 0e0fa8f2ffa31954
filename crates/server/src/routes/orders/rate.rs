use countersign_contract::ProblemKind;
use countersign_contract::order::OrderDetail;
use countersign_contract::rating::RateOrder;
use countersign_domain::id::OrderId;
use countersign_domain::rating::{MAX_COMMENT, NewRating, RatingRejection, rate as decide};

use super::detail;
use crate::db::Tx;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::http::once::{Settled, once};
use crate::ordering::Deed;
use crate::repo::{orders, ratings};
use crate::state::AppState;

/// `POST /orders/{order_id}/rating`: what the customer says of a completed order. The order itself does not change by it.
pub(super) async fn rate(state: AppState, call: Call<RateOrder>) -> Reply<RateOrder> {
    let deed = Deed::now(&state, call.caller()?.actor.clone());
    let key = call.key()?;
    let mut check = Check::default();
    check.text(&call.body.comment, MAX_COMMENT, "/comment");
    check.done()?;
    let (id, new) = (call.path, call.body);
    once(&state, key, move |tx| {
        Box::pin(async move { settle(tx, id, new, &deed).await })
    })
    .await
}

async fn settle(
    tx: &mut Tx,
    id: OrderId,
    new: NewRating,
    deed: &Deed,
) -> Result<Settled<OrderDetail>, ApiError> {
    let order = orders::find(tx, id).await?.ok_or(ProblemKind::NotFound)?;
    let before = ratings::find(tx, id).await?;
    match decide(new, &order, before.as_ref(), &deed.actor, deed.now) {
        Ok(rating) => {
            ratings::insert(tx, id, &rating).await?;
            orders::announce(tx, &order);
            let version = order.version;
            let shown = detail::of(tx, order, &deed.actor, (deed.now, deed.today)).await?;
            Ok(Answer::versioned(shown, version).into())
        }
        Err(RatingRejection::Denied { reason }) => Err(reason.into()),
        Err(rejection) => Ok(Settled::Refused(ProblemKind::RatingRejected { rejection })),
    }
}
