//! Doing a change once, however often it is asked for (protocol.md, Conventions).

use chrono::{DateTime, Utc};
use countersign_contract::ProblemKind;
use countersign_domain::id::AccountId;
use serde::Serialize;

use super::answer::{Answer, Kept};
use crate::db::row::{from_json, to_json};
use crate::db::{BoxFuture, Tx};
use crate::error::ApiError;
use crate::repo::keys;
use crate::state::AppState;

/// What names a change: whose it is, its key, what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The account; keys of different accounts have nothing to do with each other.
    pub account_id: AccountId,
    /// The `Idempotency-Key`.
    pub key: String,
    /// Operation and path.
    pub operation: String,
    /// SHA-256 of the bytes of the body.
    pub fingerprint: String,
    /// The endpoint's status of success.
    pub usual: u16,
}

/// What a change came to; either way it is remembered under its key. An `Err` of the change is not: asking again tries
/// again.
#[derive(Clone, Debug)]
pub enum Settled<R> {
    /// It was done.
    Done(Answer<R>),
    /// It was refused for good.
    Refused(ProblemKind),
}

impl<R> From<Answer<R>> for Settled<R> {
    fn from(answer: Answer<R>) -> Self {
        Self::Done(answer)
    }
}

impl<R> Settled<R> {
    /// What the caller is answered.
    ///
    /// # Errors
    /// The refusal.
    pub fn into_reply(self) -> Result<Answer<R>, ApiError> {
        match self {
            Self::Done(answer) => Ok(answer),
            Self::Refused(kind) => Err(kind.into()),
        }
    }
}

/// Runs `change` in a transaction of its own: see [`settle`].
///
/// # Errors
/// What the change answers, 422 when the key was used for something else.
pub async fn once<R, F>(state: &AppState, key: Key, change: F) -> Result<Answer<R>, ApiError>
where
    R: Serialize + Send + 'static,
    F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<Settled<R>, ApiError>> + Send + 'static,
{
    let now = state.clock.now();
    state
        .db
        .write(move |tx| Box::pin(async move { settle(tx, &key, now, change).await }))
        .await
        .and_then(Settled::into_reply)
}

/// Runs `change` unless its key is known, and remembers what came of it in the same transaction. A known key gets its
/// first answer again, before anything else (`If-Match` among it) is looked at.
///
/// # Errors
/// What the change answers, 422 when the key was used for something else.
pub async fn settle<R, F>(
    tx: &mut Tx,
    key: &Key,
    now: DateTime<Utc>,
    change: F,
) -> Result<Settled<R>, ApiError>
where
    R: Serialize,
    F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, Result<Settled<R>, ApiError>>,
{
    if let Some(kept) = keys::find(tx, key).await? {
        return repeat(kept).map(Settled::Done);
    }
    let settled = change(tx).await?;
    let kept = match &settled {
        Settled::Done(answer) => answer.keep(key.usual)?,
        Settled::Refused(kind) => Kept {
            status: kind.status(),
            version: None,
            location: None,
            body: to_json(kind)?,
        },
    };
    keys::insert(tx, key, &kept, now).await?;
    Ok(settled)
}

/// The first answer again.
fn repeat<R>(kept: Kept) -> Result<Answer<R>, ApiError> {
    if kept.status < 400 {
        Ok(kept.into())
    } else {
        Err(ApiError::Replayed(from_json(&kept.body, "a stored refusal")?))
    }
}
