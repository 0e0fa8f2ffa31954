use countersign_contract::account::{Account, GetAccount};

use crate::buying::buyer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::customers;
use crate::state::AppState;

/// `GET /account`: the customer's name, addresses and standing.
pub async fn get(state: AppState, call: Call<GetAccount>) -> Reply<GetAccount> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let customer = buyer(&mut connection, actor, call.query.customer).await?;
    Ok(Answer::new(Account {
        customer: customer.named(),
        addresses: customers::addresses(&mut connection, customer.id).await?,
        standing: customers::standing(&mut connection, &customer).await?,
    }))
}
