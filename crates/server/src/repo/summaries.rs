//! Orders as lists show them, without their documents.

use chrono::{DateTime, Utc};
use countersign_contract::account::CustomerRef;
use countersign_contract::order::OrderSummary;
use countersign_domain::actor::Actor;
use countersign_domain::id::CustomerId;
use countersign_domain::order::OrderStatus;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{sight, sums};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, from_name, name_of};

/// The columns [`read`] needs, of `o` and its customer `c`.
pub const SELECT: &str = "SELECT o.id, o.number, o.customer_id, c.code AS customer_code, c.name_zh AS customer_zh, \
     c.name_en AS customer_en, o.status, o.version, o.priority, o.total, o.line_count, o.submitted_at, o.entered_at, \
     o.due_at, o.promised_date, o.to_receive, o.to_answer FROM orders o JOIN customers c ON c.id = o.customer_id";

/// A row of [`SELECT`] as it is shown.
///
/// # Errors
/// [`DbError::Corrupt`] when it is none.
pub fn read(row: &SqliteRow) -> Result<OrderSummary, DbError> {
    Ok(OrderSummary {
        id: row.parsed("id")?,
        number: row.text("number")?,
        customer: CustomerRef {
            id: row.parsed("customer_id")?,
            code: row.text("customer_code")?,
            name: row.local("customer")?,
        },
        status: from_name(&row.text("status")?)?,
        version: row.count("version")?,
        priority: from_name(&row.text("priority")?)?,
        total: row.parsed("total")?,
        line_count: sums::small(row, "line_count")?,
        submitted_at: row.time("submitted_at")?,
        entered_at: row.time("entered_at")?,
        due_at: row.opt_parsed("due_at")?,
        promised_date: row.opt_parsed("promised_date")?,
        to_receive: row.flag("to_receive")?,
        to_answer: row.flag("to_answer")?,
    })
}

/// Adds a list of statuses in brackets.
pub(super) fn push_statuses(
    query: &mut QueryBuilder<Sqlite>,
    statuses: impl Iterator<Item = OrderStatus>,
) -> Result<(), DbError> {
    query.push(" (");
    let mut list = query.separated(", ");
    for status in statuses {
        list.push_bind(name_of(&status)?);
    }
    query.push(")");
    Ok(())
}

/// The statuses in which something is still to happen.
fn open_statuses() -> impl Iterator<Item = OrderStatus> {
    OrderStatus::ALL.into_iter().filter(|status| !status.is_final())
}

fn open_of(customer: CustomerId, select: &str) -> Result<QueryBuilder<Sqlite>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(select);
    query.push(" WHERE o.customer_id = ");
    query.push_bind(customer.to_string());
    query.push(" AND o.status IN");
    push_statuses(&mut query, open_statuses())?;
    Ok(query)
}

async fn all(
    connection: &mut SqliteConnection,
    mut query: QueryBuilder<Sqlite>,
) -> Result<Vec<OrderSummary>, DbError> {
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// At most `limit` orders that wait for this customer (to confirm, to answer, to mend, to receive), the nearest deadline first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn waiting_for(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    limit: u32,
) -> Result<Vec<OrderSummary>, DbError> {
    let mut query = open_of(customer, SELECT)?;
    query.push(" AND (o.to_receive = 1 OR o.to_answer = 1 OR o.status IN");
    let theirs = [OrderStatus::PendingCustomerConfirmation, OrderStatus::SentBack];
    push_statuses(&mut query, theirs.into_iter())?;
    query.push(") ORDER BY o.due_at IS NULL, o.due_at, o.submitted_at, o.id LIMIT ");
    query.push_bind(i64::from(limit));
    all(connection, query).await
}

/// At most `limit` open orders of a customer, newest first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn open(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    limit: u32,
) -> Result<Vec<OrderSummary>, DbError> {
    let mut query = open_of(customer, SELECT)?;
    query.push(" ORDER BY o.submitted_at DESC, o.id DESC LIMIT ");
    query.push_bind(i64::from(limit));
    all(connection, query).await
}

/// How many open orders a customer has.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn open_count(connection: &mut SqliteConnection, customer: CustomerId) -> Result<u32, DbError> {
    let mut query = open_of(customer, "SELECT COUNT(*) AS orders FROM orders o")?;
    let row = query.build().fetch_one(connection).await?;
    sums::small(&row, "orders")
}

/// The last order of a customer.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn last(
    connection: &mut SqliteConnection,
    customer: CustomerId,
) -> Result<Option<OrderSummary>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(SELECT);
    query.push(" WHERE o.customer_id = ");
    query.push_bind(customer.to_string());
    query.push(" ORDER BY o.submitted_at DESC, o.id DESC LIMIT 1");
    Ok(all(connection, query).await?.pop())
}

/// At most `limit` orders `actor` sees whose reviews are late at `now` (`Order::is_escalated` of the domain), the latest
/// first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn escalated(
    connection: &mut SqliteConnection,
    actor: &Actor,
    now: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<OrderSummary>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(SELECT);
    query.push(" WHERE o.due_at < ");
    query.push_bind(stamp(now));
    query.push(" AND o.status IN");
    let reviews = OrderStatus::ALL.into_iter().filter(|status| status.is_review());
    push_statuses(&mut query, reviews)?;
    sight::push(&mut query, actor, "o.customer_id", "o.region_id");
    query.push(" ORDER BY o.due_at, o.id LIMIT ");
    query.push_bind(i64::from(limit));
    all(connection, query).await
}
