use countersign_contract::ProblemKind;
use countersign_contract::returns::{ListOrderReturns, OrderReturns, ReturnableLine};
use countersign_domain::returns::{ReturnDenyReason, ReturnKind, can_submit_return, returnable};

use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::{orders, return_list, returns};
use crate::state::AppState;

/// `GET /orders/{order_id}/returns`: the returns of an order, and what of it can still be returned. An order whose returns
/// this account does not see looks unknown.
pub(super) async fn list_of_order(state: AppState, call: Call<ListOrderReturns>) -> Reply<ListOrderReturns> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let order = orders::find(&mut connection, call.path)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    if can_submit_return(actor, order.customer_id, order.region_id) == Err(ReturnDenyReason::Unknown) {
        return Err(ProblemKind::NotFound.into());
    }
    let others = returns::of_order(&mut connection, order.id).await?;
    let lines = order.lines.iter().map(|line| ReturnableLine {
        line_id: line.id,
        quantity: returnable(&order, line.id, ReturnKind::Goods, &others),
    });
    Ok(Answer::new(OrderReturns {
        returnable: lines.filter(|line| !line.quantity.is_zero()).collect(),
        returns: return_list::of_order(&mut connection, order.id).await?,
    }))
}
