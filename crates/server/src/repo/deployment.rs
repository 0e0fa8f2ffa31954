//! The beginning of a deployment: whether there is anything yet, and what is added only where it is missing.

use sqlx::SqliteConnection;

use super::accounts::Role;
use crate::db::DbError;
use crate::db::row::to_json;

/// Whether nobody has put anything in yet: no account, customer or product.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn is_empty(connection: &mut SqliteConnection) -> Result<bool, DbError> {
    let row = sqlx::query(
        "SELECT 1 FROM accounts UNION ALL SELECT 1 FROM customers UNION ALL SELECT 1 FROM products LIMIT 1",
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.is_none())
}

/// Whether anybody can sign in at all.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn has_accounts(connection: &mut SqliteConnection) -> Result<bool, DbError> {
    let row = sqlx::query("SELECT 1 FROM accounts LIMIT 1")
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// Stores a role unless one with its id or code is there.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn add_role(connection: &mut SqliteConnection, role: &Role) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO roles (id, code, name_zh, name_en, permissions) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    )
    .bind(role.id.to_string())
    .bind(&role.code)
    .bind(&role.name.zh)
    .bind(&role.name.en)
    .bind(to_json(&role.permissions)?)
    .execute(connection)
    .await?;
    Ok(())
}
