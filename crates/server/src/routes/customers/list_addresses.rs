use countersign_contract::account::ListCustomerAddresses;
use countersign_domain::policy::DenyReason;

use crate::auth::require_staff;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::customers;
use crate::state::AppState;

/// `GET /customers/{customer_id}/addresses`: where staff may propose that an order goes. A customer has its own in its account.
pub async fn list_addresses(
    state: AppState,
    call: Call<ListCustomerAddresses>,
) -> Reply<ListCustomerAddresses> {
    let caller = call.caller()?;
    let mut connection = state.db.read().await?;
    customers::find(&mut connection, call.path)
        .await?
        .filter(|customer| caller.actor.sees(customer.id, customer.region_id))
        .ok_or(DenyReason::Unknown)?;
    require_staff(caller)?;
    let addresses = customers::addresses(&mut connection, call.path).await?;
    Ok(Answer::new(addresses))
}
