//! Drafts kept for the other devices of their account.

use chrono::{DateTime, Utc};
use countersign_contract::draft::{DraftBody, DraftVersion, KeptDraft};
use countersign_contract::event::LiveEvent;
use countersign_domain::id::{AccountId, DraftId};
use futures_util::TryStreamExt;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::settings;
use crate::clock::stamp;
use crate::db::row::{RowExt, sql_int};
use crate::db::{DbError, Tx};
use crate::events::{Audience, Notice};

/// Most bytes of content on a page; one draft is always on it.
const MAX_PAGE: usize = 2 * 1024 * 1024;

/// What a change to a draft has to know of the one there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Which version it is, and since when.
    pub version: DraftVersion,
    /// SHA-256 of the body it came in.
    pub fingerprint: String,
}

/// At most `limit` drafts of `account` behind `after`, by id, and whether there are more. Large drafts make the page shorter.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(
    connection: &mut SqliteConnection,
    account: AccountId,
    after: Option<DraftId>,
    limit: usize,
) -> Result<(Vec<KeptDraft>, bool), DbError> {
    let mut rows = sqlx::query(
        "SELECT id, name, version, updated_at, content FROM drafts \
         WHERE account_id = $1 AND id > $2 ORDER BY id",
    )
    .bind(account.to_string())
    .bind(after.map_or_else(String::new, |id| id.to_string()))
    .fetch(connection);
    let mut found: Vec<KeptDraft> = Vec::new();
    let mut bytes = 0;
    while let Some(row) = rows.try_next().await? {
        let draft = kept(&row)?;
        bytes += draft.content.json().len();
        if found.len() == limit || (bytes > MAX_PAGE && !found.is_empty()) {
            return Ok((found, true));
        }
        found.push(draft);
    }
    Ok((found, false))
}

/// The draft of `account` with this id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(
    connection: &mut SqliteConnection,
    account: AccountId,
    id: DraftId,
) -> Result<Option<KeptDraft>, DbError> {
    let row = sqlx::query(
        "SELECT id, name, version, updated_at, content FROM drafts WHERE account_id = $1 AND id = $2",
    )
    .bind(account.to_string())
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(kept).transpose()
}

fn kept(row: &SqliteRow) -> Result<KeptDraft, DbError> {
    Ok(KeptDraft {
        id: row.parsed("id")?,
        name: row.text("name")?,
        version: row.count("version")?,
        updated_at: row.time("updated_at")?,
        content: row.doc("content")?,
    })
}

/// What is stored of a draft of `account`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn stored(
    connection: &mut SqliteConnection,
    account: AccountId,
    id: DraftId,
) -> Result<Option<Stored>, DbError> {
    let row =
        sqlx::query("SELECT version, updated_at, fingerprint FROM drafts WHERE account_id = $1 AND id = $2")
            .bind(account.to_string())
            .bind(id.to_string())
            .fetch_optional(connection)
            .await?;
    row.map(|row| {
        Ok(Stored {
            version: DraftVersion {
                id,
                version: row.count("version")?,
                updated_at: row.time("updated_at")?,
            },
            fingerprint: row.text("fingerprint")?,
        })
    })
    .transpose()
}

/// How many drafts `account` keeps.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count(connection: &mut SqliteConnection, account: AccountId) -> Result<u64, DbError> {
    sqlx::query("SELECT COUNT(*) AS drafts FROM drafts WHERE account_id = $1")
        .bind(account.to_string())
        .fetch_one(connection)
        .await?
        .count("drafts")
}

/// Keeps a draft in place of the one with the same id, and tells the account's devices. `fingerprint` is that of `body`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put(
    tx: &mut Tx,
    account: AccountId,
    id: DraftId,
    body: &DraftBody,
    fingerprint: &str,
    now: DateTime<Utc>,
) -> Result<DraftVersion, DbError> {
    let version = settings::count(tx, &format!("draft-{account}")).await?;
    let version = u64::try_from(version).map_err(|_| DbError::Corrupt("a negative version".to_owned()))?;
    sqlx::query(
        "INSERT INTO drafts (account_id, id, name, content, fingerprint, version, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (account_id, id) DO UPDATE SET name = excluded.name, content = excluded.content, \
         fingerprint = excluded.fingerprint, version = excluded.version, updated_at = excluded.updated_at",
    )
    .bind(account.to_string())
    .bind(id.to_string())
    .bind(&body.name)
    .bind(body.content.json())
    .bind(fingerprint)
    .bind(sql_int(version))
    .bind(stamp(now))
    .execute(&mut **tx)
    .await?;
    announce(tx, account, id, version);
    Ok(DraftVersion {
        id,
        version,
        updated_at: now,
    })
}

/// Keeps a draft no longer, and tells the account's devices. Nothing happens where it is not kept.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn remove(tx: &mut Tx, account: AccountId, id: DraftId) -> Result<(), DbError> {
    let done = sqlx::query("DELETE FROM drafts WHERE account_id = $1 AND id = $2")
        .bind(account.to_string())
        .bind(id.to_string())
        .execute(&mut **tx)
        .await?;
    if done.rows_affected() > 0 {
        announce(tx, account, id, 0);
    }
    Ok(())
}

fn announce(tx: &mut Tx, account: AccountId, draft_id: DraftId, version: u64) {
    tx.announce(Notice::Changed {
        audience: Audience::Account(account),
        event: LiveEvent::DraftChanged { draft_id, version },
    });
}
