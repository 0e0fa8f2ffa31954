use countersign_contract::ProblemKind;
use countersign_contract::account::{Account, GetAccount};
use countersign_domain::policy::DenyReason;

use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::customers;
use crate::state::AppState;

/// `GET /account`: the customer's own name, addresses and standing.
pub async fn get(state: AppState, call: Call<GetAccount>) -> Reply<GetAccount> {
    let id = call
        .caller()?
        .actor
        .customer_id()
        .ok_or(DenyReason::OnlyCustomer)?;
    let mut connection = state.db.read().await?;
    let customer = customers::find(&mut connection, id)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    Ok(Answer::new(Account {
        customer: customer.named(),
        addresses: customers::addresses(&mut connection, id).await?,
        standing: customers::standing(&mut connection, &customer).await?,
    }))
}
