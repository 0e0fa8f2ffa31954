//! Server sessions: a random id in the cookie, its hash in the table.

use chrono::TimeDelta;
use countersign_contract::ProblemKind;
use countersign_domain::id::AccountId;
use http::HeaderMap;

use super::Caller;
use crate::db::DbError;
use crate::digest::{hex, sha256_hex};
use crate::error::ApiError;
use crate::repo::sessions;
use crate::state::AppState;

/// A session not used for this long is over.
pub const IDLE: TimeDelta = TimeDelta::days(3);
/// A session is over after this long whatever happens.
pub const ABSOLUTE: TimeDelta = TimeDelta::days(30);
/// How exactly "last used" is known; writing it down at every request would be a commit for every read.
const PRECISION: TimeDelta = TimeDelta::minutes(5);

/// Starts a session for `account_id`, ending the one the browser had, and gives the new id for the cookie.
///
/// # Errors
/// An [`ApiError`] when there is no randomness or the database refuses.
pub async fn start(
    state: &AppState,
    account_id: AccountId,
    former: Option<String>,
) -> Result<(String, Caller), ApiError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| ApiError::internal(&error))?;
    let id = hex(&random);
    let id_hash = sha256_hex(id.as_bytes());
    let now = state.clock.now();
    let today = state.local_date(now);
    let caller = state
        .db
        .write(move |tx| {
            Box::pin(async move {
                if let Some(former) = former {
                    sessions::end(tx, &former).await?;
                }
                sessions::insert(tx, &id_hash, account_id, now, now + ABSOLUTE).await?;
                sessions::find(tx, &id_hash, today).await
            })
        })
        .await?
        .filter(|found: &sessions::Found| !found.disabled)
        .ok_or(DbError::Abandoned)?
        .caller;
    Ok((id, caller))
}

/// Whoever a request with these headers comes from.
///
/// # Errors
/// 401 when nobody is signed in.
pub async fn of_headers(state: &AppState, headers: &HeaderMap) -> Result<Caller, ApiError> {
    let cookies = state.site.cookies();
    let cookie = cookies.read(headers).ok_or(ProblemKind::Unauthenticated)?;
    let found = find(state, &sha256_hex(cookie.as_bytes())).await?;
    found.ok_or(ProblemKind::Unauthenticated.into())
}

/// The account of a session that is not over, by the hash of its id.
///
/// # Errors
/// A [`DbError`] when the database does not answer.
pub async fn find(state: &AppState, id_hash: &str) -> Result<Option<Caller>, DbError> {
    let now = state.clock.now();
    let found = {
        let mut connection = state.db.read().await?;
        sessions::find(&mut connection, id_hash, state.local_date(now)).await?
    };
    let Some(found) = found else { return Ok(None) };
    if found.disabled || now >= found.expires_at || now >= found.last_seen_at + IDLE {
        return Ok(None);
    }
    if now >= found.last_seen_at + PRECISION {
        let (db, id_hash) = (state.db.clone(), id_hash.to_owned());
        // Nobody waits for this commit: losing it only shortens the session.
        tokio::spawn(async move {
            let touched: Result<(), DbError> = db
                .write(move |tx| Box::pin(async move { sessions::touch(tx, &id_hash, now).await }))
                .await;
            if let Err(error) = touched {
                tracing::warn!(%error, "the use of a session was not noted");
            }
        });
    }
    Ok(Some(found.caller))
}
