use countersign_contract::session::{CurrentSession, GetSession};

use super::describe;
use crate::auth::session;
use crate::digest::sha256_hex;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::state::AppState;

/// `GET /session`: who is signed in, if anybody.
pub async fn get(state: AppState, call: Call<GetSession>) -> Reply<GetSession> {
    let caller = match &call.cookie {
        Some(id) => session::find(&state, &sha256_hex(id.as_bytes())).await?,
        None => None,
    };
    let Some(caller) = caller else {
        return Ok(Answer::new(CurrentSession(None)));
    };
    let mut connection = state.db.read().await?;
    let session = describe(&mut connection, caller).await?;
    Ok(Answer::new(CurrentSession(Some(session))))
}
