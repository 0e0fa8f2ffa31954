//! Orders on which the desk's own timers may have to act.

use chrono::{DateTime, Utc};
use countersign_domain::id::OrderId;
use countersign_domain::order::OrderStatus;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::summaries;
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, name_of};

/// The orders that may have something due at `now`: a confirmation that nobody gave (rule 5) or a shipment that counts
/// as received (rule 11). The rules decide whether there is.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn due(connection: &mut SqliteConnection, now: DateTime<Utc>) -> Result<Vec<OrderId>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new("SELECT o.id FROM orders o WHERE o.status IN");
    let clocked = [
        OrderStatus::PendingCustomerConfirmation,
        OrderStatus::PendingReceipt,
    ];
    summaries::push_statuses(&mut query, clocked.into_iter())?;
    query.push(" AND o.due_at <= ");
    query.push_bind(stamp(now));
    // What left of an order whose rest is still on its way through the stages has no deadline in the list's columns.
    query.push(" UNION SELECT o.id FROM orders o WHERE o.to_receive = 1 AND o.status <> ");
    query.push_bind(name_of(&OrderStatus::PendingReceipt)?);
    query.push(" AND o.status IN");
    let open = OrderStatus::ALL
        .into_iter()
        .filter(|status| status.stage().is_some());
    summaries::push_statuses(&mut query, open)?;
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}
