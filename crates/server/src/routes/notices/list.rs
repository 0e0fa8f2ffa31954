use countersign_contract::notice::{ListNotices, MAX_SHOWN, NoticeBoard};

use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::notices::reader;
use crate::repo::notices;
use crate::state::AppState;

/// `GET /notices`: what is meant for the caller now.
pub async fn list(state: AppState, call: Call<ListNotices>) -> Reply<ListNotices> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let reader = reader(&mut connection, actor).await?;
    let mut shown = notices::shown(&mut connection, actor.account_id, reader, state.clock.now()).await?;
    shown.truncate(MAX_SHOWN);
    let unread = shown.iter().filter(|notice| !notice.is_read).count();
    Ok(Answer::new(NoticeBoard {
        unread: u32::try_from(unread).unwrap_or(u32::MAX),
        notices: shown,
    }))
}
