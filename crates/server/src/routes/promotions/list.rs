use countersign_contract::promotion::ListPromotions;

use crate::buying::buyer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::promotions;
use crate::state::AppState;

/// `GET /promotions`: what holds for the customer who is bought for now, and for nobody else.
pub async fn list(state: AppState, call: Call<ListPromotions>) -> Reply<ListPromotions> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let customer = buyer(&mut connection, actor, call.query.customer).await?;
    let offered = promotions::of_customer(&mut connection, &customer, state.clock.now()).await?;
    Ok(Answer::new(offered.into_reply()))
}
