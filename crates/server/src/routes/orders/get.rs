use countersign_contract::ProblemKind;
use countersign_contract::order::GetOrder;

use super::detail;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::orders;
use crate::state::AppState;

/// `GET /orders/{order_id}`: an order with its history; one that this account does not see looks unknown.
pub(super) async fn get(state: AppState, call: Call<GetOrder>) -> Reply<GetOrder> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let order = orders::find(&mut connection, call.path)
        .await?
        .filter(|order| actor.sees(order.customer_id, order.region_id))
        .ok_or(ProblemKind::NotFound)?;
    let version = order.version;
    let now = state.clock.now();
    let shown = detail::of(&mut connection, order, actor, (now, state.local_date(now))).await?;
    Ok(Answer::versioned(shown, version))
}
