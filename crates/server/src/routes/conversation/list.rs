use countersign_contract::conversation::ListMessages;
use countersign_domain::conversation::reads_internal;

use super::{order, shown};
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::messages;
use crate::state::AppState;

/// `GET /orders/{order_id}/messages`: the conversation, as this account may read it.
pub(super) async fn list(state: AppState, call: Call<ListMessages>) -> Reply<ListMessages> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let order = order(&mut connection, call.path, actor).await?;
    let mut all = messages::of_order(&mut connection, order.id).await?;
    all.retain(|message| !message.is_internal || reads_internal(actor));
    Ok(Answer::new(
        shown::all(&mut connection, order.id, all, actor).await?,
    ))
}
