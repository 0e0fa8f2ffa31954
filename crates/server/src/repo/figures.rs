//! Counts and sums for the supplier's home page, of what one account sees.

use chrono::{DateTime, NaiveDate, Utc};
use countersign_contract::home::{DayFigure, QueueCount};
use countersign_domain::actor::Actor;
use countersign_domain::money::Currency;
use countersign_domain::order::OrderStatus;
use countersign_domain::workflow::Workflow;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{sight, summaries, sums};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, from_name};

/// The queues: every stage that is on, and those that are off and still have somebody waiting (domain.md section 3,
/// rule 2).
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn queues(
    connection: &mut SqliteConnection,
    actor: &Actor,
    workflow: &Workflow,
    now: DateTime<Utc>,
) -> Result<Vec<QueueCount>, DbError> {
    let mut query: QueryBuilder<Sqlite> =
        QueryBuilder::new("SELECT o.status, COUNT(*) AS waiting, SUM(CASE WHEN o.due_at < ");
    query.push_bind(stamp(now));
    query.push(" THEN 1 ELSE 0 END) AS late, MIN(o.due_at) AS nearest FROM orders o WHERE o.status IN");
    let waiting = OrderStatus::ALL
        .into_iter()
        .filter(|status| status.stage().is_some());
    summaries::push_statuses(&mut query, waiting)?;
    sight::push(&mut query, actor, "o.customer_id", "o.region_id");
    query.push(" GROUP BY o.status");
    let mut queues: Vec<QueueCount> = OrderStatus::ALL
        .into_iter()
        .filter(|status| status.stage().is_some_and(|stage| workflow.stages.is_on(stage)))
        .map(|status| QueueCount {
            status,
            count: 0,
            late: 0,
            nearest_due_at: None,
        })
        .collect();
    for row in query.build().fetch_all(connection).await? {
        let queue = QueueCount {
            status: from_name(&row.text("status")?)?,
            count: sums::small(&row, "waiting")?,
            late: sums::small(&row, "late")?,
            nearest_due_at: row.opt_parsed("nearest")?,
        };
        match queues.iter_mut().find(|one| one.status == queue.status) {
            Some(empty) => *empty = queue,
            None => queues.push(queue),
        }
    }
    queues.sort_by_key(|queue| queue.status);
    Ok(queues)
}

/// The orders submitted from `start` to before `end`, which is the day `date` where the company is.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn day(
    connection: &mut SqliteConnection,
    actor: &Actor,
    date: NaiveDate,
    (start, end): (DateTime<Utc>, DateTime<Utc>),
    currency: &Currency,
) -> Result<DayFigure, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT COUNT(*) AS orders, SUM(total_minor / 1000000) AS amount_high, \
         SUM(total_minor % 1000000) AS amount_low FROM orders WHERE submitted_at >= ",
    );
    query.push_bind(stamp(start));
    query.push(" AND submitted_at < ");
    query.push_bind(stamp(end));
    sight::push(&mut query, actor, "customer_id", "region_id");
    let row = query.build().fetch_one(connection).await?;
    Ok(DayFigure {
        date,
        orders: sums::small(&row, "orders")?,
        amount: sums::read(&row, "amount", currency)?,
    })
}

/// How many shipments left from `start` to before `end`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn shipped(
    connection: &mut SqliteConnection,
    actor: &Actor,
    (start, end): (DateTime<Utc>, DateTime<Utc>),
) -> Result<u32, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT COUNT(*) AS shipments FROM order_events e JOIN orders o ON o.id = e.order_id \
         WHERE e.kind = 'shipped' AND e.at >= ",
    );
    query.push_bind(stamp(start));
    query.push(" AND e.at < ");
    query.push_bind(stamp(end));
    sight::push(&mut query, actor, "o.customer_id", "o.region_id");
    let row = query.build().fetch_one(connection).await?;
    sums::small(&row, "shipments")
}
