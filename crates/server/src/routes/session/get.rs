use countersign_contract::session::GetSession;

use super::describe;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::state::AppState;

/// `GET /session`: who is signed in.
pub async fn get(state: AppState, call: Call<GetSession>) -> Reply<GetSession> {
    let caller = call.caller()?.clone();
    let mut connection = state.db.read().await?;
    Ok(Answer::new(describe(&mut connection, caller).await?))
}
