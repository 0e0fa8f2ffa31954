//! Files that people send, and what each belongs to.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::file::StoredFile;
use countersign_domain::file::FileKind;
use countersign_domain::id::{AccountId, FileId, MessageId, OrderId, ReturnId};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, from_name, name_of, sql_int};
use crate::events::Audience;

/// How long a file may belong to nothing.
pub const WAITING: TimeDelta = TimeDelta::days(1);

/// How long a file of a draft may belong to no order.
pub const WAITING_IN_DRAFT: TimeDelta = TimeDelta::days(30);

/// Files that belong to nothing.
pub(super) const UNUSED: &str = "message_id IS NULL AND return_id IS NULL \
     AND NOT EXISTS (SELECT 1 FROM order_files a WHERE a.file_id = files.id)";

pub(super) const SELECT: &str = "SELECT f.id, f.name, f.message_id, f.account_id, f.digest, c.kind, c.size FROM files f \
     JOIN file_contents c ON c.digest = f.digest";

/// A file that comes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its id, name, kind and size.
    pub file: StoredFile,
    /// SHA-256 of the bytes in lower-case hex.
    pub digest: String,
    /// The bytes.
    pub body: Vec<u8>,
    /// Who sends it.
    pub account: AccountId,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it is for a draft.
    pub in_draft: bool,
}

/// What a file belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A message.
    Message(MessageId),
    /// A return.
    Return(ReturnId),
}

/// A file as it is handed out, and to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// SHA-256 of its bytes in lower-case hex.
    pub digest: String,
    /// Whoever may read it.
    pub readers: Vec<Audience>,
}

pub(super) fn read(row: &SqliteRow) -> Result<StoredFile, DbError> {
    Ok(StoredFile {
        id: row.parsed("id")?,
        name: row.text("name")?,
        kind: from_name(&row.text("kind")?)?,
        size: row.count("size")?,
    })
}

/// Keeps a file that belongs to nothing yet.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn insert(connection: &mut SqliteConnection, new: &NewFile) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO file_contents (digest, kind, size, body) VALUES ($1, $2, $3, $4) ON CONFLICT (digest) DO NOTHING",
    )
    .bind(&new.digest)
    .bind(name_of(&new.file.kind)?)
    .bind(sql_int(new.file.size))
    .bind(&new.body)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO files (id, digest, name, account_id, uploaded_at, in_draft, position) \
         VALUES ($1, $2, $3, $4, $5, $6, 0)",
    )
    .bind(new.file.id.to_string())
    .bind(&new.digest)
    .bind(&new.file.name)
    .bind(new.account.to_string())
    .bind(stamp(new.at))
    .bind(i64::from(new.in_draft))
    .execute(connection)
    .await?;
    Ok(())
}

/// How many files of `account` belong to nothing. Those of drafts are not counted.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count_waiting(connection: &mut SqliteConnection, account: AccountId) -> Result<u64, DbError> {
    sqlx::query(
        "SELECT COUNT(*) AS waiting FROM files \
         WHERE account_id = $1 AND in_draft = 0 AND message_id IS NULL AND return_id IS NULL",
    )
    .bind(account.to_string())
    .fetch_one(connection)
    .await?
    .count("waiting")
}

/// The file of `account` with this id, if it belongs to nothing yet.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn waiting(
    connection: &mut SqliteConnection,
    account: AccountId,
    id: FileId,
) -> Result<Option<StoredFile>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(SELECT);
    query.push(" WHERE f.in_draft = 0 AND f.message_id IS NULL AND f.return_id IS NULL AND f.id = ");
    query.push_bind(id.to_string());
    query.push(" AND f.account_id = ").push_bind(account.to_string());
    let row = query.build().fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Lets a file belong to something, as the one at `position` of it.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn give(
    connection: &mut SqliteConnection,
    id: FileId,
    place: Place,
    position: usize,
) -> Result<(), DbError> {
    let (message, subject) = match place {
        Place::Message(message) => (Some(message.to_string()), None),
        Place::Return(subject) => (None, Some(subject.to_string())),
    };
    sqlx::query("UPDATE files SET message_id = $2, return_id = $3, position = $4 WHERE id = $1")
        .bind(id.to_string())
        .bind(message)
        .bind(subject)
        .bind(sql_int(u64::try_from(position).unwrap_or(u64::MAX)))
        .execute(connection)
        .await?;
    Ok(())
}

/// The files of an order's messages.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn of_messages(
    connection: &mut SqliteConnection,
    order: OrderId,
) -> Result<BTreeMap<MessageId, Vec<StoredFile>>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(SELECT);
    query.push(" JOIN messages m ON m.id = f.message_id WHERE m.order_id = ");
    query.push_bind(order.to_string());
    query.push(" ORDER BY m.seq, f.position");
    let rows = query.build().fetch_all(connection).await?;
    let mut all: BTreeMap<MessageId, Vec<StoredFile>> = BTreeMap::new();
    for row in &rows {
        all.entry(row.parsed("message_id")?).or_default().push(read(row)?);
    }
    Ok(all)
}

/// The file with this id and who may read it.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, id: FileId) -> Result<Option<Handed>, DbError> {
    let row = sqlx::query(
        "SELECT f.name, f.account_id, f.message_id, f.return_id, f.digest, c.kind, m.is_internal, \
         COALESCE(o.customer_id, r.customer_id) AS customer_id, COALESCE(o.region_id, r.region_id) AS region_id \
         FROM files f JOIN file_contents c ON c.digest = f.digest \
         LEFT JOIN messages m ON m.id = f.message_id LEFT JOIN orders o ON o.id = m.order_id \
         LEFT JOIN returns r ON r.id = f.return_id WHERE f.id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let mut readers = readers_of_orders(connection, id).await?;
    if readers.is_empty() {
        readers.push(readers_of(&row)?);
    }
    Ok(Some(Handed {
        name: row.text("name")?,
        kind: from_name(&row.text("kind")?)?,
        digest: row.text("digest")?,
        readers,
    }))
}

/// Whoever sees the orders a file went along with.
async fn readers_of_orders(connection: &mut SqliteConnection, id: FileId) -> Result<Vec<Audience>, DbError> {
    let rows = sqlx::query(
        "SELECT o.customer_id, o.region_id FROM order_files a JOIN orders o ON o.id = a.order_id WHERE a.file_id = $1",
    )
    .bind(id.to_string())
    .fetch_all(connection)
    .await?;
    let of_order = |row: &SqliteRow| -> Result<Audience, DbError> {
        Ok(Audience::Customer {
            customer_id: row.parsed("customer_id")?,
            region_id: row.parsed("region_id")?,
        })
    };
    rows.iter().map(of_order).collect()
}

/// Whoever sees the one thing a file belongs to; who sent it, where it belongs to nothing.
fn readers_of(row: &SqliteRow) -> Result<Audience, DbError> {
    let is_photo = row.opt_text("return_id")?.is_some();
    let is_internal = row.opt_int("is_internal")? == Some(1);
    Ok(
        match (row.opt_parsed("customer_id")?, row.opt_parsed("region_id")?) {
            (Some(customer_id), Some(region_id)) if is_photo => Audience::Returns {
                customer_id,
                region_id,
            },
            (Some(customer_id), Some(region_id)) if is_internal => Audience::Staff {
                customer_id,
                region_id,
            },
            (Some(customer_id), Some(region_id)) => Audience::Customer {
                customer_id,
                region_id,
            },
            _ => Audience::Account(row.parsed("account_id")?),
        },
    )
}

/// The bytes with this digest.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn body(connection: &mut SqliteConnection, digest: &str) -> Result<Vec<u8>, DbError> {
    let row = sqlx::query("SELECT body FROM file_contents WHERE digest = $1")
        .bind(digest)
        .fetch_one(connection)
        .await?;
    Ok(row.try_get("body")?)
}

/// Throws away files that belong to nothing and have waited for that long enough at `now`, and bytes that no file has.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn forget(connection: &mut SqliteConnection, now: DateTime<Utc>) -> Result<(), DbError> {
    for (in_draft, waiting) in [(0_i64, WAITING), (1, WAITING_IN_DRAFT)] {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new("DELETE FROM files WHERE ");
        query.push(UNUSED).push(" AND in_draft = ").push_bind(in_draft);
        query.push(" AND uploaded_at < ").push_bind(stamp(now - waiting));
        query.build().execute(&mut *connection).await?;
    }
    forget_contents(connection).await
}

async fn forget_contents(connection: &mut SqliteConnection) -> Result<(), DbError> {
    sqlx::query(
        "DELETE FROM file_contents WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.digest = file_contents.digest)",
    )
    .execute(connection)
    .await?;
    Ok(())
}
