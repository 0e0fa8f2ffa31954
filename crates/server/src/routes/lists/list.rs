use countersign_contract::list::ListLists;

use crate::buying::buyer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::lists;
use crate::state::AppState;

/// `GET /lists`: the saved lists, by name.
pub async fn list(state: AppState, call: Call<ListLists>) -> Reply<ListLists> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let customer = buyer(&mut connection, actor, call.query.customer).await?.id;
    Ok(Answer::new(lists::list(&mut connection, customer).await?))
}
