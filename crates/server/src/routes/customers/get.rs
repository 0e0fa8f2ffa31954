use countersign_contract::ProblemKind;
use countersign_contract::account::GetCustomer;
use countersign_domain::policy::DenyReason;

use crate::auth::require_staff;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::customers;
use crate::state::AppState;

/// `GET /customers/{customer_id}`: what a reviewer needs to know of a customer, which is not for the customer's own eyes.
pub async fn get(state: AppState, call: Call<GetCustomer>) -> Reply<GetCustomer> {
    let caller = call.caller()?;
    let mut connection = state.db.read().await?;
    customers::find(&mut connection, call.path)
        .await?
        .filter(|customer| caller.actor.sees(customer.id, customer.region_id))
        .ok_or(DenyReason::Unknown)?;
    require_staff(caller)?;
    let card = customers::card(&mut connection, call.path, state.clock.now())
        .await?
        .ok_or(ProblemKind::NotFound)?;
    Ok(Answer::new(card))
}
