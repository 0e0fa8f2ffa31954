//! Confirmed payments of orders. Only ever added: money that goes back is an entry of its own, with the opposite sign.

use chrono::{DateTime, Utc};
use countersign_domain::id::{AccountId, CustomerId, OrderId};
use countersign_domain::money::{Currency, Money};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::orders::{from_minor_units, minor_units};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::RowExt;

/// A payment, or (negative) a repayment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Its id.
    pub id: Uuid,
    /// The order it is for.
    pub order_id: OrderId,
    /// Whose order that is.
    pub customer_id: CustomerId,
    /// How much.
    pub amount: Money,
    /// Reference on the bank statement.
    pub reference: String,
    /// Who confirmed it.
    pub confirmed_by: AccountId,
    /// When.
    pub confirmed_at: DateTime<Utc>,
}

/// What is confirmed for an order in all.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn paid(
    connection: &mut SqliteConnection,
    order: OrderId,
    currency: &Currency,
) -> Result<Money, DbError> {
    let row = sqlx::query("SELECT paid_minor FROM orders WHERE id = $1")
        .bind(order.to_string())
        .fetch_one(connection)
        .await?;
    Ok(from_minor_units(row.int("paid_minor")?, currency))
}

/// Adds a payment and counts it to what its order has been paid.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn add(
    connection: &mut SqliteConnection,
    payment: &Payment,
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

/// The payments of an order, oldest first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn of_order(connection: &mut SqliteConnection, order: OrderId) -> Result<Vec<Payment>, DbError> {
    let rows = sqlx::query(
        "SELECT id, order_id, customer_id, amount, reference, confirmed_by, confirmed_at \
         FROM payments WHERE order_id = $1 ORDER BY confirmed_at, id",
    )
    .bind(order.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Payment {
                id: row.parsed("id")?,
                order_id: row.parsed("order_id")?,
                customer_id: row.parsed("customer_id")?,
                amount: row.parsed("amount")?,
                reference: row.text("reference")?,
                confirmed_by: row.parsed("confirmed_by")?,
                confirmed_at: row.time("confirmed_at")?,
            })
        })
        .collect()
}
