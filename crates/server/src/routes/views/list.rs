use countersign_contract::view::ListViews;

use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::views;
use crate::state::AppState;

/// `GET /views`: the views of the caller.
pub(super) async fn list(state: AppState, call: Call<ListViews>) -> Reply<ListViews> {
    let account = call.caller()?.actor.account_id;
    let mut connection = state.db.read().await?;
    Ok(Answer::new(views::list(&mut connection, account).await?))
}
