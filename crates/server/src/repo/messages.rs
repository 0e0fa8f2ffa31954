//! The conversations of orders, and how far each account has read.

use chrono::{DateTime, Utc};
use countersign_contract::conversation::UnreadMessages;
use countersign_domain::actor::Actor;
use countersign_domain::conversation::reads_internal;
use countersign_domain::id::{AccountId, MessageId, OrderId};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{sight, sums};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::RowExt;

/// A message as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its id.
    pub id: MessageId,
    /// Of which order.
    pub order_id: OrderId,
    /// Who wrote it.
    pub account_id: AccountId,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the customer did.
    pub is_from_customer: bool,
    /// Whether only staff see it.
    pub is_internal: bool,
    /// What it says.
    pub text: String,
}

const SELECT: &str = "SELECT id, order_id, account_id, at, is_from_customer, is_internal, body FROM messages";

fn read(row: &SqliteRow) -> Result<Written, DbError> {
    Ok(Written {
        id: row.parsed("id")?,
        order_id: row.parsed("order_id")?,
        account_id: row.parsed("account_id")?,
        at: row.time("at")?,
        is_from_customer: row.flag("is_from_customer")?,
        is_internal: row.flag("is_internal")?,
        text: row.text("body")?,
    })
}

/// The messages of an order, oldest first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn of_order(connection: &mut SqliteConnection, order: OrderId) -> Result<Vec<Written>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(SELECT);
    query.push(" WHERE order_id = ").push_bind(order.to_string());
    query.push(" ORDER BY seq");
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// The message with this id, of whichever order.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, id: MessageId) -> Result<Option<Written>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(SELECT);
    query.push(" WHERE id = ").push_bind(id.to_string());
    let row = query.build().fetch_optional(connection).await?;
    row.as_ref().map(read).transpose()
}

/// Adds a message to the end of its conversation, which has `before` already.
///
/// # Errors
/// A [`DbError`] when the database refuses: there is one with this id.
pub async fn insert(connection: &mut SqliteConnection, new: &Written, before: u32) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO messages (order_id, seq, id, account_id, at, is_from_customer, is_internal, body) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(new.order_id.to_string())
    .bind(i64::from(before) + 1)
    .bind(new.id.to_string())
    .bind(new.account_id.to_string())
    .bind(stamp(new.at))
    .bind(i64::from(new.is_from_customer))
    .bind(i64::from(new.is_internal))
    .bind(&new.text)
    .execute(connection)
    .await?;
    Ok(())
}

/// How many messages an order has.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count(connection: &mut SqliteConnection, order: OrderId) -> Result<u32, DbError> {
    let row = sqlx::query("SELECT COUNT(*) AS messages FROM messages WHERE order_id = $1")
        .bind(order.to_string())
        .fetch_one(connection)
        .await?;
    sums::small(&row, "messages")
}

/// Remembers that `account` has read up to a message of an order. Whoever has read further stays there.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn mark_read(
    connection: &mut SqliteConnection,
    account: AccountId,
    order: OrderId,
    message: MessageId,
) -> Result<bool, DbError> {
    let done = sqlx::query(
        "INSERT INTO message_reads (account_id, order_id, seq) \
         SELECT $1, m.order_id, m.seq FROM messages m WHERE m.order_id = $2 AND m.id = $3 \
         ON CONFLICT (account_id, order_id) DO UPDATE SET seq = excluded.seq \
         WHERE excluded.seq > message_reads.seq",
    )
    .bind(account.to_string())
    .bind(order.to_string())
    .bind(message.to_string())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// At most `limit` orders that `actor` sees with messages of others since `since` it has not read, the newest first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn unread(
    connection: &mut SqliteConnection,
    actor: &Actor,
    since: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<UnreadMessages>, DbError> {
    let account = actor.account_id.to_string();
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT m.order_id, COUNT(*) AS unread FROM messages m JOIN orders o ON o.id = m.order_id \
         LEFT JOIN message_reads r ON r.order_id = m.order_id AND r.account_id = ",
    );
    query.push_bind(account.clone());
    query.push(" WHERE m.at >= ").push_bind(stamp(since));
    query.push(" AND m.account_id <> ").push_bind(account);
    query.push(" AND m.seq > COALESCE(r.seq, 0)");
    if !reads_internal(actor) {
        query.push(" AND m.is_internal = 0");
    }
    sight::push(&mut query, actor, "o.customer_id", "o.region_id");
    query.push(" GROUP BY m.order_id ORDER BY MAX(m.at) DESC, m.order_id LIMIT ");
    query.push_bind(i64::from(limit));
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(UnreadMessages {
                order_id: row.parsed("order_id")?,
                count: sums::small(row, "unread")?,
            })
        })
        .collect()
}
