//! What a reviewer sees of a customer's past: what is overdue, and what was ordered last.

use chrono::{DateTime, Utc};
use countersign_contract::account::Overdue;
use countersign_contract::order::OrderSummary;
use countersign_domain::alert::payment_due;
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::id::CustomerId;
use countersign_domain::money::Currency;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::orders::from_minor_units;
use super::summaries;
use crate::db::DbError;
use crate::db::row::RowExt;

/// Orders shown of a customer's last.
const LAST: i64 = 6;

/// The completed order of a customer whose payment is overdue for the longest time at `now`, by the days its policy gives.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn overdue(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    policy: &PaymentPolicy,
    currency: &Currency,
    now: DateTime<Utc>,
) -> Result<Option<Overdue>, DbError> {
    let row = sqlx::query(
        "SELECT id, number, entered_at, total_minor - paid_minor AS owed FROM orders \
         WHERE customer_id = $1 AND status = 'completed' AND total_minor > paid_minor \
         ORDER BY entered_at, id LIMIT 1",
    )
    .bind(customer.to_string())
    .fetch_optional(connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let due_at = payment_due(row.time("entered_at")?, policy).filter(|due| *due < now);
    let Some(due_at) = due_at else { return Ok(None) };
    Ok(Some(Overdue {
        order_id: row.parsed("id")?,
        number: row.text("number")?,
        due_at,
        amount: from_minor_units(row.int("owed")?, currency),
    }))
}

/// The last orders of a customer, newest first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn last_orders(
    connection: &mut SqliteConnection,
    customer: CustomerId,
) -> Result<Vec<OrderSummary>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(summaries::SELECT);
    query.push(" WHERE o.customer_id = ");
    query.push_bind(customer.to_string());
    query.push(" ORDER BY o.submitted_at DESC, o.id DESC LIMIT ");
    query.push_bind(LAST);
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(summaries::read).collect()
}
