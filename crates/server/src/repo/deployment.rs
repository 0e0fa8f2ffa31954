//! The beginning of a deployment: whether there is anything yet, and what is added only where it is missing.

use countersign_domain::id::{AccountId, CustomerId, OrderId};
use countersign_domain::money::{Currency, Money};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::accounts::Role;
use super::orders::minor_units;
use crate::clock::stamp;
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

/// A payment that was confirmed before the deployment began to be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastPayment {
    /// Its id.
    pub id: Uuid,
    /// The order it is for.
    pub order_id: OrderId,
    /// Whose order that is.
    pub customer_id: CustomerId,
    /// How much.
    pub amount: Money,
    /// What the bank wrote beside it.
    pub reference: String,
    /// Who confirmed it.
    pub confirmed_by: AccountId,
    /// When.
    pub confirmed_at: chrono::DateTime<chrono::Utc>,
}

/// Stores a past payment and counts it to what its order has been paid.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn add_past_payment(
    connection: &mut SqliteConnection,
    payment: &PastPayment,
    currency: &Currency,
) -> Result<(), DbError> {
    let minor = minor_units(payment.amount, currency);
    sqlx::query(
        "INSERT INTO payments (id, order_id, customer_id, amount, amount_minor, reference, confirmed_by, confirmed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(payment.id.to_string())
    .bind(payment.order_id.to_string())
    .bind(payment.customer_id.to_string())
    .bind(payment.amount.to_string())
    .bind(minor)
    .bind(&payment.reference)
    .bind(payment.confirmed_by.to_string())
    .bind(stamp(payment.confirmed_at))
    .execute(&mut *connection)
    .await?;
    sqlx::query("UPDATE orders SET paid_minor = paid_minor + $2 WHERE id = $1")
        .bind(payment.order_id.to_string())
        .bind(minor)
        .execute(connection)
        .await?;
    Ok(())
}
