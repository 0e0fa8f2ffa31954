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

const SELECT: &str = "SELECT f.id, f.name, f.message_id, c.kind, c.size FROM files f \
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
    pub readers: Audience,
}

fn read(row: &SqliteRow) -> Result<StoredFile, DbError> {
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
        "INSERT INTO files (id, digest, name, account_id, uploaded_at, position) VALUES ($1, $2, $3, $4, $5, 0)",
    )
    .bind(new.file.id.to_string())
    .bind(&new.digest)
    .bind(&new.file.name)
    .bind(new.account.to_string())
    .bind(stamp(new.at))
    .execute(connection)
    .await?;
    Ok(())
}

/// How many files of `account` belong to nothing.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count_waiting(connection: &mut SqliteConnection, account: AccountId) -> Result<u64, DbError> {
    sqlx::query(
        "SELECT COUNT(*) AS waiting FROM files \
         WHERE account_id = $1 AND message_id IS NULL AND return_id IS NULL",
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
    query.push(" WHERE f.message_id IS NULL AND f.return_id IS NULL AND f.id = ");
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
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        let is_photo = row.opt_text("return_id")?.is_some();
        let is_internal = row.opt_int("is_internal")? == Some(1);
        let readers = match (row.opt_parsed("customer_id")?, row.opt_parsed("region_id")?) {
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
        };
        Ok(Handed {
            name: row.text("name")?,
            kind: from_name(&row.text("kind")?)?,
            digest: row.text("digest")?,
            readers,
        })
    })
    .transpose()
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

/// Throws away files that were sent before `before` and belong to nothing, and bytes that no file has.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn forget(connection: &mut SqliteConnection, before: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query("DELETE FROM files WHERE message_id IS NULL AND return_id IS NULL AND uploaded_at < $1")
        .bind(stamp(before))
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "DELETE FROM file_contents WHERE NOT EXISTS (SELECT 1 FROM files f WHERE f.digest = file_contents.digest)",
    )
    .execute(connection)
    .await?;
    Ok(())
}
