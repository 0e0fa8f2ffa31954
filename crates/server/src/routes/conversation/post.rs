use countersign_contract::ProblemKind;
use countersign_contract::conversation::{Message, NewMessage, PostMessage};
use countersign_contract::problem::FieldCode;
use countersign_domain::conversation::{MAX_MESSAGE, MAX_MESSAGE_FILES, MAX_MESSAGES, can_write};
use countersign_domain::id::OrderId;
use http::StatusCode;

use super::{announce, order, shown};
use crate::db::Tx;
use crate::error::ApiError;
use crate::events::Audience;
use crate::giving::give;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::http::once::{Settled, once};
use crate::ordering::Deed;
use crate::repo::files::{self, Place};
use crate::repo::messages::{self, Written};
use crate::state::AppState;

/// `POST /orders/{order_id}/messages`: writes a message, once for each id.
pub(super) async fn post(state: AppState, call: Call<PostMessage>) -> Reply<PostMessage> {
    let deed = Deed::now(&state, call.caller()?.actor.clone());
    let key = call.key()?;
    let (order_id, new) = (call.path, call.body);
    once(&state, key, move |tx| {
        Box::pin(async move { write(tx, order_id, new, &deed).await })
    })
    .await
}

async fn write(
    tx: &mut Tx,
    order_id: OrderId,
    new: NewMessage,
    deed: &Deed,
) -> Result<Settled<Message>, ApiError> {
    let actor = &deed.actor;
    let order = order(tx, order_id, actor).await?;
    can_write(actor, order.customer_id, order.region_id, new.is_internal)?;
    check(&new)?;
    let message = Written {
        id: new.id,
        order_id,
        account_id: actor.account_id,
        at: deed.now,
        is_from_customer: actor.customer_id().is_some(),
        is_internal: new.is_internal,
        text: new.text.trim().to_owned(),
    };
    if let Some(before) = messages::find(tx, new.id).await? {
        return repeat(tx, before, &message, &new, deed).await;
    }
    let count = messages::count(tx, order_id).await?;
    if count >= MAX_MESSAGES {
        return Ok(Settled::Refused(ProblemKind::ConversationFull {
            most: MAX_MESSAGES,
        }));
    }
    messages::insert(tx, &message, count).await?;
    let place = Place::Message(message.id);
    let files = give(tx, actor.account_id, &new.files, place, 0, false, "/files").await?;
    let (customer_id, region_id) = (order.customer_id, order.region_id);
    let audience = if message.is_internal {
        Audience::Staff {
            customer_id,
            region_id,
        }
    } else {
        Audience::Customer {
            customer_id,
            region_id,
        }
    };
    announce(tx, order_id, audience);
    let by = shown::writer(tx, message.account_id).await?;
    Ok(Answer::new(shown::of(message, by, files, actor)).into())
}

fn check(new: &NewMessage) -> Result<(), ApiError> {
    let mut check = Check::default();
    if new.files.is_empty() {
        check.required_text(&new.text, MAX_MESSAGE, "/text");
    } else {
        check.text(&new.text, MAX_MESSAGE, "/text");
    }
    check.that(new.files.len() <= MAX_MESSAGE_FILES, "/files", FieldCode::TooLong);
    check.done()
}

/// The message with this id is there already. Where it is the same, its writer lost the answer; another one is a mistake, and
/// whose message it is, is nobody's business.
async fn repeat(
    tx: &mut Tx,
    before: Written,
    message: &Written,
    new: &NewMessage,
    deed: &Deed,
) -> Result<Settled<Message>, ApiError> {
    let same = Written {
        at: before.at,
        ..message.clone()
    };
    let mut files = files::of_messages(tx, before.order_id).await?;
    let files = files.remove(&before.id).unwrap_or_default();
    if before != same || !files.iter().map(|file| file.id).eq(new.files.iter().copied()) {
        return Err(ProblemKind::KeyReused.into());
    }
    let by = shown::writer(tx, before.account_id).await?;
    let answer = Answer::new(shown::of(before, by, files, &deed.actor));
    Ok(answer.status(StatusCode::OK).replayed().into())
}
