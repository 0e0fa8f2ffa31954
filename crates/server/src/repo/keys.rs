//! Answers kept under their `Idempotency-Key`.

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::draft::PutDraft;
use countersign_contract::submission::SubmitOrder;
use countersign_contract::{Endpoint, ProblemKind};
use sqlx::SqliteConnection;

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, sql_int};
use crate::error::ApiError;
use crate::http::answer::Kept;
use crate::http::once::Key;

/// Days an answer is kept.
const USUAL_DAYS: i64 = 30;
/// Days an answer about a kept draft is: drafts are put every few seconds, and what is there already can be put again
/// without its key.
const DRAFT_DAYS: i64 = 2;

/// How long an answer to `operation` is kept; `None`: for ever.
///
/// That is so for submissions. A refusal has to outlive its draft: its author was told of it and may be about to send
/// another revision, and a late repeat of the refused one must not become an order that nobody agreed to.
fn days(operation: &str) -> Option<i64> {
    match operation.split(' ').next() {
        Some(SubmitOrder::OPERATION) => None,
        Some(PutDraft::OPERATION) => Some(DRAFT_DAYS),
        _ => Some(USUAL_DAYS),
    }
}

/// The answer given under `key` before.
///
/// # Errors
/// 422 when the key was used for something else.
pub async fn find(connection: &mut SqliteConnection, key: &Key) -> Result<Option<Kept>, ApiError> {
    let row = sqlx::query(
        "SELECT operation, fingerprint, status, version, location, body \
         FROM idempotency_keys WHERE account_id = $1 AND key = $2",
    )
    .bind(key.account_id.to_string())
    .bind(&key.key)
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if row.text("operation")? != key.operation || row.text("fingerprint")? != key.fingerprint {
        return Err(ProblemKind::KeyReused.into());
    }
    Ok(Some(Kept {
        status: u16::try_from(row.int("status")?).unwrap_or(500),
        version: row
            .opt_int("version")?
            .and_then(|version| u64::try_from(version).ok()),
        location: row.opt_text("location")?,
        body: row.text("body")?,
    }))
}

/// Keeps an answer under `key`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn insert(
    connection: &mut SqliteConnection,
    key: &Key,
    kept: &Kept,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO idempotency_keys \
         (account_id, key, operation, fingerprint, status, version, location, body, created_at, kept_days) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(key.account_id.to_string())
    .bind(&key.key)
    .bind(&key.operation)
    .bind(&key.fingerprint)
    .bind(i64::from(kept.status))
    .bind(kept.version.map(sql_int))
    .bind(&kept.location)
    .bind(&kept.body)
    .bind(stamp(now))
    .bind(days(&key.operation))
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets the answers that have been kept long enough at `now`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn forget(connection: &mut SqliteConnection, now: DateTime<Utc>) -> Result<(), DbError> {
    for days in [USUAL_DAYS, DRAFT_DAYS] {
        sqlx::query("DELETE FROM idempotency_keys WHERE kept_days = $1 AND created_at < $2")
            .bind(days)
            .bind(stamp(now - TimeDelta::days(days)))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
