//! Files of drafts, and the orders they go along with.

use chrono::{DateTime, Utc};
use countersign_contract::file::StoredFile;
use countersign_domain::id::{AccountId, FileId, OrderId};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::files::{self, SELECT, UNUSED};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, sql_int};

/// A file that is kept under an id somebody made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Whose it is.
    pub account: AccountId,
    /// SHA-256 of its bytes in lower-case hex.
    pub digest: String,
    /// The file.
    pub file: StoredFile,
}

/// The file with this id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn known(connection: &mut SqliteConnection, id: FileId) -> Result<Option<Known>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(SELECT);
    query.push(" WHERE f.id = ").push_bind(id.to_string());
    let row = query.build().fetch_optional(connection).await?;
    row.map(|row| {
        Ok(Known {
            account: row.parsed("account_id")?,
            digest: row.text("digest")?,
            file: files::read(&row)?,
        })
    })
    .transpose()
}

/// Begins to wait anew for the order of a file that was sent once more.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn touch(connection: &mut SqliteConnection, id: FileId, now: DateTime<Utc>) -> Result<(), DbError> {
    sqlx::query("UPDATE files SET uploaded_at = $2 WHERE id = $1")
        .bind(id.to_string())
        .bind(stamp(now))
        .execute(connection)
        .await?;
    Ok(())
}

/// Throws away the oldest files of the drafts of `account` that went along with no order, but for `most` of them - and for
/// `new`, which somebody is about to be told is kept, whatever the clock says of the others.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn make_room(
    connection: &mut SqliteConnection,
    account: AccountId,
    new: FileId,
    most: usize,
) -> Result<(), DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new("SELECT id FROM files WHERE in_draft = 1 AND ");
    query
        .push(UNUSED)
        .push(" AND account_id = ")
        .push_bind(account.to_string())
        .push(" AND id <> ")
        .push_bind(new.to_string());
    query.push(" ORDER BY uploaded_at DESC, id");
    let rows = query.build().fetch_all(&mut *connection).await?;
    for row in rows.iter().skip(most.saturating_sub(1)) {
        sqlx::query("DELETE FROM files WHERE id = $1")
            .bind(row.text("id")?)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The file of a draft of `account` with this id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn of_draft(
    connection: &mut SqliteConnection,
    account: AccountId,
    id: FileId,
) -> Result<Option<StoredFile>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(SELECT);
    query
        .push(" WHERE f.in_draft = 1 AND f.id = ")
        .push_bind(id.to_string());
    query.push(" AND f.account_id = ").push_bind(account.to_string());
    let row = query.build().fetch_optional(connection).await?;
    row.as_ref().map(files::read).transpose()
}

/// Lets `ids` go along with an order.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn attach(
    connection: &mut SqliteConnection,
    order: OrderId,
    ids: &[FileId],
) -> Result<(), DbError> {
    for (position, id) in ids.iter().enumerate() {
        sqlx::query("INSERT INTO order_files (order_id, position, file_id) VALUES ($1, $2, $3)")
            .bind(order.to_string())
            .bind(sql_int(u64::try_from(position).unwrap_or(u64::MAX)))
            .bind(id.to_string())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The files that went along with an order.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn of_order(connection: &mut SqliteConnection, order: OrderId) -> Result<Vec<StoredFile>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(SELECT);
    query.push(" JOIN order_files a ON a.file_id = f.id WHERE a.order_id = ");
    query.push_bind(order.to_string());
    query.push(" ORDER BY a.position");
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(files::read).collect()
}
