//! Answers kept under their `Idempotency-Key`.

use chrono::{DateTime, Utc};
use countersign_contract::ProblemKind;
use sqlx::SqliteConnection;

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, sql_int};
use crate::error::ApiError;
use crate::http::answer::Kept;
use crate::http::once::Key;

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
         (account_id, key, operation, fingerprint, status, version, location, body, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
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
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets answers given before `limit`. A submission is still made only once: its draft's order stands in the way.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn forget(connection: &mut SqliteConnection, limit: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query("DELETE FROM idempotency_keys WHERE created_at < $1")
        .bind(stamp(limit))
        .execute(connection)
        .await?;
    Ok(())
}
