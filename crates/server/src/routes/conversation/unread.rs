use chrono::TimeDelta;
use countersign_contract::conversation::{ListUnread, MAX_UNREAD, UNREAD_DAYS};

use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::messages;
use crate::state::AppState;

/// `GET /unread-messages`: where others have written what this account has not read.
pub(super) async fn unread(state: AppState, call: Call<ListUnread>) -> Reply<ListUnread> {
    let actor = &call.caller()?.actor;
    let since = state.clock.now() - TimeDelta::days(UNREAD_DAYS);
    let mut connection = state.db.read().await?;
    Ok(Answer::new(
        messages::unread(&mut connection, actor, since, MAX_UNREAD).await?,
    ))
}
