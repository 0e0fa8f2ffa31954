use countersign_contract::ProblemKind;
use countersign_contract::list::GetList;

use crate::buying::buyer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::lists;
use crate::state::AppState;

/// `GET /lists/{list_id}`: a saved list; another customer's looks unknown.
pub async fn get(state: AppState, call: Call<GetList>) -> Reply<GetList> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let customer = buyer(&mut connection, actor, call.query.customer).await?.id;
    let found = lists::find(&mut connection, customer, call.path)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    let version = found.version;
    Ok(Answer::versioned(found, version))
}
