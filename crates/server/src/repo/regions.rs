//! The regions of the sales organisation.

use countersign_domain::id::RegionId;
use sqlx::SqliteConnection;

use super::accounts::Named;
use crate::db::DbError;
use crate::db::row::RowExt;

/// All of them, by code.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn all(connection: &mut SqliteConnection) -> Result<Vec<Named<RegionId>>, DbError> {
    let rows = sqlx::query("SELECT id, code, name_zh, name_en FROM regions ORDER BY code")
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Named {
                id: row.parsed("id")?,
                code: row.text("code")?,
                name: row.local("name")?,
            })
        })
        .collect()
}
