//! What customers of a level don't see of the catalog.

use chrono::{DateTime, Utc};
use countersign_domain::assortment::Assortment;
use countersign_domain::id::LevelId;
use sqlx::SqliteConnection;

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, to_json};

/// The rule of a level as it is kept; everything is visible where there is none.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, level: LevelId) -> Result<Assortment, DbError> {
    let row = sqlx::query("SELECT doc FROM assortments WHERE level_id = $1")
        .bind(level.to_string())
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| row.doc("doc")).transpose()?.unwrap_or_default())
}

/// Stores the rule of a level in place of the former one. Announcing that is up to the caller.
///
/// # Errors
/// A [`DbError`] when the database refuses: there is no such level.
pub async fn put(
    connection: &mut SqliteConnection,
    level: LevelId,
    assortment: &Assortment,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO assortments (level_id, doc, updated_at) VALUES ($1, $2, $3) \
         ON CONFLICT (level_id) DO UPDATE SET doc = excluded.doc, updated_at = excluded.updated_at",
    )
    .bind(level.to_string())
    .bind(to_json(assortment)?)
    .bind(stamp(now))
    .execute(connection)
    .await?;
    Ok(())
}
