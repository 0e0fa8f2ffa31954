use countersign_contract::ProblemKind;
use countersign_contract::promotion::ListPromotions;
use countersign_domain::policy::DenyReason;

use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::promotions;
use crate::repo::customers;
use crate::state::AppState;

/// `GET /promotions`: what holds for the caller's customer now, and for nobody else.
pub async fn list(state: AppState, call: Call<ListPromotions>) -> Reply<ListPromotions> {
    let customer = call
        .caller()?
        .actor
        .customer_id()
        .ok_or(DenyReason::OnlyCustomer)?;
    let mut connection = state.db.read().await?;
    let customer = customers::find(&mut connection, customer)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    let offered = promotions::of_customer(&mut connection, &customer, state.clock.now()).await?;
    Ok(Answer::new(offered.into_reply()))
}
