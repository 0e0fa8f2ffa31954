use countersign_contract::conversation::MarkMessagesRead;
use countersign_contract::problem::FieldCode;
use countersign_contract::{FieldError, NoContent};
use countersign_domain::conversation::reads_internal;

use super::{announce, order};
use crate::error::ApiError;
use crate::events::Audience;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::messages;
use crate::state::AppState;

/// `PUT /orders/{order_id}/messages/read`: this account has read up to a message. Its other devices are told.
pub(super) async fn mark_read(state: AppState, call: Call<MarkMessagesRead>) -> Reply<MarkMessagesRead> {
    let actor = call.caller()?.actor.clone();
    let (order_id, message_id) = (call.path, call.body.message_id);
    state
        .db
        .write(move |tx| {
            Box::pin(async move {
                let order = order(tx, order_id, &actor).await?;
                let found = messages::find(tx, message_id).await?.filter(|message| {
                    message.order_id == order.id && (!message.is_internal || reads_internal(&actor))
                });
                if found.is_none() {
                    return Err(ApiError::invalid(vec![FieldError {
                        pointer: "/message_id".to_owned(),
                        code: FieldCode::Unknown,
                    }]));
                }
                if messages::mark_read(tx, actor.account_id, order.id, message_id).await? {
                    announce(tx, order.id, Audience::Account(actor.account_id));
                }
                Ok(Answer::new(NoContent {}))
            })
        })
        .await
}
