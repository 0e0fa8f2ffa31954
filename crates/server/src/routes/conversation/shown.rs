//! Messages as they are read: with the names of people and the files that were sent.

use std::collections::BTreeMap;

use countersign_contract::conversation::Message;
use countersign_contract::file::StoredFile;
use countersign_contract::order::HistoryActor;
use countersign_domain::actor::Actor;
use countersign_domain::id::{AccountId, OrderId};
use sqlx::SqliteConnection;

use crate::db::DbError;
use crate::repo::messages::Written;
use crate::repo::{files, order_people};

/// Messages of an order, as `actor` reads them.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub(super) async fn all(
    connection: &mut SqliteConnection,
    order: OrderId,
    messages: Vec<Written>,
    actor: &Actor,
) -> Result<Vec<Message>, DbError> {
    let mut files = files::of_messages(connection, order).await?;
    let mut people: BTreeMap<AccountId, HistoryActor> = BTreeMap::new();
    let mut shown = Vec::with_capacity(messages.len());
    for message in messages {
        let by = match people.get(&message.account_id) {
            Some(known) => known.clone(),
            None => writer(connection, message.account_id).await?,
        };
        people.insert(message.account_id, by.clone());
        let files = files.remove(&message.id).unwrap_or_default();
        shown.push(of(message, by, files, actor));
    }
    Ok(shown)
}

/// Who wrote something.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub(super) async fn writer(
    connection: &mut SqliteConnection,
    id: AccountId,
) -> Result<HistoryActor, DbError> {
    let found = order_people::find(connection, id).await?;
    found.ok_or_else(|| DbError::Corrupt(format!("nobody has the account {id}")))
}

/// A message with what is known around it.
pub(super) fn of(message: Written, by: HistoryActor, files: Vec<StoredFile>, actor: &Actor) -> Message {
    Message {
        id: message.id,
        at: message.at,
        by,
        is_own: message.account_id == actor.account_id,
        is_from_customer: message.is_from_customer,
        is_internal: message.is_internal,
        text: message.text,
        files,
    }
}
