//! Whose turn it is: the order of a queue (domain.md section 3, Priority and deadlines).

use chrono::{DateTime, Utc};
use countersign_domain::actor::Actor;
use countersign_domain::order::Order;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{sight, sums};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::name_of;

/// Most orders that are counted: beyond that it is only many.
const MOST: i64 = 1_000;

/// How many orders that `actor` sees stand before `order` in the queue of the review it waits at: with a nearer deadline, or
/// with the same one and submitted earlier. None where it waits at no review.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn waiting_before(
    connection: &mut SqliteConnection,
    order: &Order,
    actor: &Actor,
) -> Result<u32, DbError> {
    let Some(due) = order.due_at().filter(|_| order.status.is_review()) else {
        return Ok(0);
    };
    let mut query: QueryBuilder<Sqlite> =
        QueryBuilder::new("SELECT COUNT(*) AS waiting FROM (SELECT 1 AS one FROM orders o WHERE o.status = ");
    query.push_bind(name_of(&order.status)?);
    query.push(" AND (o.due_at, o.submitted_at, o.id) < (");
    query.push_bind(stamp(due));
    query.push(", ").push_bind(stamp(order.submitted_at));
    query.push(", ").push_bind(order.id.to_string());
    query.push(")");
    sight::push(&mut query, actor, "o.customer_id", "o.region_id");
    query.push(" LIMIT ").push_bind(MOST);
    query.push(") AS ahead");
    let row = query.build().fetch_one(connection).await?;
    sums::small(&row, "waiting")
}

/// How often a review was passed out of turn since `since`, of orders that `actor` sees.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn out_of_turn(
    connection: &mut SqliteConnection,
    actor: &Actor,
    since: DateTime<Utc>,
) -> Result<u32, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT COUNT(*) AS jumps FROM order_events e JOIN orders o ON o.id = e.order_id \
         WHERE e.kind = 'passed_out_of_turn' AND e.at >= ",
    );
    query.push_bind(stamp(since));
    sight::push(&mut query, actor, "o.customer_id", "o.region_id");
    let row = query.build().fetch_one(connection).await?;
    sums::small(&row, "jumps")
}
