//! Drafts kept for the other devices of their account, staff's for each customer apart.

use chrono::{DateTime, Utc};
use countersign_contract::draft::{DraftBody, DraftVersion, KeptDraft};
use countersign_contract::event::LiveEvent;
use countersign_domain::actor::Actor;
use countersign_domain::id::{AccountId, CustomerId, DraftId};
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

/// Whose drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The account that writes them.
    account: AccountId,
    /// The customer staff write them for; none of a customer's own account.
    customer: Option<CustomerId>,
}

impl Owner {
    /// Whose the drafts are that `actor` writes for `customer`.
    pub fn of(actor: &Actor, customer: CustomerId) -> Self {
        Self {
            account: actor.account_id,
            customer: actor.customer_id().is_none().then_some(customer),
        }
    }

    fn customer(self) -> Option<String> {
        self.customer.map(|id| id.to_string())
    }
}

/// What a change to a draft has to know of the one there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Which version it is, and since when.
    pub version: DraftVersion,
    /// SHA-256 of the body it came in.
    pub fingerprint: String,
}

/// At most `limit` drafts of `owner` behind `after`, by id, and whether there are more. Large drafts make the page shorter.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(
    connection: &mut SqliteConnection,
    owner: Owner,
    after: Option<DraftId>,
    limit: usize,
) -> Result<(Vec<KeptDraft>, bool), DbError> {
    let mut rows = sqlx::query(
        "SELECT id, name, version, updated_at, content FROM drafts \
         WHERE account_id = $1 AND customer_id IS $2 AND id > $3 ORDER BY id",
    )
    .bind(owner.account.to_string())
    .bind(owner.customer())
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

/// The draft of `owner` with this id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(
    connection: &mut SqliteConnection,
    owner: Owner,
    id: DraftId,
) -> Result<Option<KeptDraft>, DbError> {
    let row = sqlx::query(
        "SELECT id, name, version, updated_at, content FROM drafts \
         WHERE account_id = $1 AND customer_id IS $2 AND id = $3",
    )
    .bind(owner.account.to_string())
    .bind(owner.customer())
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

/// What is stored of a draft of `owner`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn stored(
    connection: &mut SqliteConnection,
    owner: Owner,
    id: DraftId,
) -> Result<Option<Stored>, DbError> {
    let row = sqlx::query(
        "SELECT version, updated_at, fingerprint FROM drafts \
         WHERE account_id = $1 AND customer_id IS $2 AND id = $3",
    )
    .bind(owner.account.to_string())
    .bind(owner.customer())
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

/// How many drafts `owner` keeps.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count(connection: &mut SqliteConnection, owner: Owner) -> Result<u64, DbError> {
    sqlx::query("SELECT COUNT(*) AS drafts FROM drafts WHERE account_id = $1 AND customer_id IS $2")
        .bind(owner.account.to_string())
        .bind(owner.customer())
        .fetch_one(connection)
        .await?
        .count("drafts")
}

/// Keeps a draft in place of the one with the same id, and tells the account's devices. `fingerprint` is that of `body`.
/// `None`, and nothing happens, where the account keeps one with that id for another customer.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put(
    tx: &mut Tx,
    owner: Owner,
    id: DraftId,
    body: &DraftBody,
    fingerprint: &str,
    now: DateTime<Utc>,
) -> Result<Option<DraftVersion>, DbError> {
    let version = settings::count(tx, &format!("draft-{}", owner.account)).await?;
    let version = u64::try_from(version).map_err(|_| DbError::Corrupt("a negative version".to_owned()))?;
    let done = sqlx::query(
        "INSERT INTO drafts (account_id, customer_id, id, name, content, fingerprint, version, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (account_id, id) DO UPDATE SET name = excluded.name, content = excluded.content, \
         fingerprint = excluded.fingerprint, version = excluded.version, updated_at = excluded.updated_at \
         WHERE drafts.customer_id IS excluded.customer_id",
    )
    .bind(owner.account.to_string())
    .bind(owner.customer())
    .bind(id.to_string())
    .bind(&body.name)
    .bind(body.content.json())
    .bind(fingerprint)
    .bind(sql_int(version))
    .bind(stamp(now))
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(None);
    }
    announce(tx, owner.account, id, version);
    Ok(Some(DraftVersion {
        id,
        version,
        updated_at: now,
    }))
}

/// Keeps a draft no longer, and tells the account's devices. Nothing happens where it is not kept.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn remove(tx: &mut Tx, owner: Owner, id: DraftId) -> Result<(), DbError> {
    let done = sqlx::query("DELETE FROM drafts WHERE account_id = $1 AND customer_id IS $2 AND id = $3")
        .bind(owner.account.to_string())
        .bind(owner.customer())
        .bind(id.to_string())
        .execute(&mut **tx)
        .await?;
    if done.rows_affected() > 0 {
        announce(tx, owner.account, id, 0);
    }
    Ok(())
}

fn announce(tx: &mut Tx, account: AccountId, draft_id: DraftId, version: u64) {
    tx.announce(Notice::Changed {
        audience: Audience::Account(account),
        event: LiveEvent::DraftChanged { draft_id, version },
    });
}
