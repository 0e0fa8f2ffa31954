//! Product pictures.

use sqlx::{Row, SqliteConnection};

use crate::db::DbError;
use crate::db::row::RowExt;

/// A small file and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Medium {
    /// Its media type.
    pub content_type: String,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// The file called `name`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn get(connection: &mut SqliteConnection, name: &str) -> Result<Option<Medium>, DbError> {
    let row = sqlx::query("SELECT content_type, body FROM media WHERE name = $1")
        .bind(name)
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(Medium {
            content_type: row.text("content_type")?,
            body: row.try_get("body")?,
        })
    })
    .transpose()
}

/// Stores the file called `name`, in place of one that was.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put(connection: &mut SqliteConnection, name: &str, medium: &Medium) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO media (name, content_type, body) VALUES ($1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET content_type = excluded.content_type, body = excluded.body",
    )
    .bind(name)
    .bind(&medium.content_type)
    .bind(&medium.body)
    .execute(connection)
    .await?;
    Ok(())
}
