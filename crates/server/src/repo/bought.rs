//! Which variants a customer has ordered before, whatever became of the order.

use std::collections::BTreeSet;

use countersign_domain::id::{CustomerId, OrderId, VariantId};
use countersign_domain::order::Order;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::db::DbError;
use crate::db::row::RowExt;

/// Rows added at a time: below the number of parameters every database takes.
const AT_ONCE: usize = 400;

/// What `customer` has ordered before.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(
    connection: &mut SqliteConnection,
    customer: CustomerId,
) -> Result<BTreeSet<VariantId>, DbError> {
    let rows = sqlx::query("SELECT variant_id FROM bought_goods WHERE customer_id = $1")
        .bind(customer.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| row.parsed("variant_id")).collect()
}

/// Remembers what `order` is about.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn add(connection: &mut SqliteConnection, order: &Order) -> Result<(), DbError> {
    let variants: BTreeSet<VariantId> = order.lines.iter().map(|line| line.variant_id).collect();
    let variants: Vec<VariantId> = variants.into_iter().collect();
    for part in variants.chunks(AT_ONCE) {
        let mut query: QueryBuilder<Sqlite> =
            QueryBuilder::new("INSERT INTO bought_goods (customer_id, variant_id) ");
        query.push_values(part, |mut row, variant| {
            row.push_bind(order.customer_id.to_string())
                .push_bind(variant.to_string());
        });
        query.push(" ON CONFLICT (customer_id, variant_id) DO NOTHING");
        query.build().execute(&mut *connection).await?;
    }
    Ok(())
}

/// Remembers what the orders are about that were there before this was kept: at most `limit` of them behind the order
/// `after`, in the order of their ids. Gives the last of them. Nothing is done where something is remembered already.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn add_former(
    connection: &mut SqliteConnection,
    after: Option<OrderId>,
    limit: u32,
) -> Result<Option<OrderId>, DbError> {
    let any = sqlx::query("SELECT variant_id FROM bought_goods LIMIT 1")
        .fetch_optional(&mut *connection)
        .await?;
    if after.is_none() && any.is_some() {
        return Ok(None);
    }
    let rows = sqlx::query("SELECT id, doc FROM orders WHERE id > $1 ORDER BY id LIMIT $2")
        .bind(after.map(|id| id.to_string()).unwrap_or_default())
        .bind(i64::from(limit))
        .fetch_all(&mut *connection)
        .await?;
    let mut last = None;
    for row in &rows {
        let order: Order = row.doc("doc")?;
        add(connection, &order).await?;
        last = Some(order.id);
    }
    Ok(last)
}
