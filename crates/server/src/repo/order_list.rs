//! Pages of orders: filtered, sorted, from a cursor on.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use countersign_contract::order::{OrderSort, OrderSummary};
use countersign_domain::actor::Actor;
use countersign_domain::id::{CustomerId, OrderId, RegionId};
use countersign_domain::order::{OrderStatus, Priority};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::{like, sight, summaries};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, name_of};

/// Which orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In one of these statuses; empty means in any.
    pub statuses: Vec<OrderStatus>,
    /// With each of these words, in lower case, in number, customer or products.
    pub words: Vec<String>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Submitted then or later.
    pub from: Option<DateTime<Utc>>,
    /// Submitted before then.
    pub before: Option<DateTime<Utc>>,
    /// Of customers in this region.
    pub region: Option<RegionId>,
    /// With this priority.
    pub priority: Option<Priority>,
    /// Of this amount or more, in minor units.
    pub least: Option<i64>,
    /// Of this amount or less, in minor units.
    pub most: Option<i64>,
}

/// The place of an order in a sorted list: the page after it begins behind it.
///
/// As text it has the parts of the sort, joined by `_`, so that a cursor of one sort is none of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// Newest first.
    Newest(DateTime<Utc>, OrderId),
    /// Nearest deadline first; those without one come last.
    Deadline(Option<DateTime<Utc>>, DateTime<Utc>, OrderId),
    /// Largest amount first, in minor units.
    Amount(i64, OrderId),
}

/// A text that is no [`Cursor`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoCursor;

impl Cursor {
    /// The sort it belongs to.
    pub fn sort(self) -> OrderSort {
        match self {
            Self::Newest(..) => OrderSort::Newest,
            Self::Deadline(..) => OrderSort::Deadline,
            Self::Amount(..) => OrderSort::Amount,
        }
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Newest(submitted, id) => write!(f, "newest_{}_{id}", stamp(*submitted)),
            Self::Deadline(due, submitted, id) => {
                let due = due.map(stamp).unwrap_or_default();
                write!(f, "deadline_{due}_{}_{id}", stamp(*submitted))
            }
            Self::Amount(minor, id) => write!(f, "amount_{minor}_{id}"),
        }
    }
}

impl FromStr for Cursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let parts: Vec<&str> = text.split('_').collect();
        match parts.as_slice() {
            ["newest", submitted, id] => Ok(Self::Newest(part(submitted)?, part(id)?)),
            ["deadline", due, submitted, id] => {
                let due = Some(*due).filter(|due| !due.is_empty()).map(part).transpose()?;
                Ok(Self::Deadline(due, part(submitted)?, part(id)?))
            }
            ["amount", minor, id] => Ok(Self::Amount(part(minor)?, part(id)?)),
            _ => Err(NoCursor),
        }
    }
}

fn part<T: FromStr>(text: &str) -> Result<T, NoCursor> {
    text.parse().map_err(|_| NoCursor)
}

/// At most `limit` orders that `actor` sees, behind `after`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(
    connection: &mut SqliteConnection,
    actor: &Actor,
    filter: &Filter,
    sort: OrderSort,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Vec<OrderSummary>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(summaries::SELECT);
    push_filter(&mut query, actor, filter)?;
    if let Some(after) = after {
        push_after(&mut query, after);
    }
    query.push(match sort {
        OrderSort::Newest => " ORDER BY o.submitted_at DESC, o.id DESC",
        OrderSort::Deadline => " ORDER BY o.due_at IS NULL, o.due_at, o.submitted_at, o.id",
        OrderSort::Amount => " ORDER BY o.total_minor DESC, o.id DESC",
    });
    query.push(" LIMIT ");
    query.push_bind(i64::from(limit));
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(summaries::read).collect()
}

/// How many orders there are that `actor` sees.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count(
    connection: &mut SqliteConnection,
    actor: &Actor,
    filter: &Filter,
) -> Result<u64, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new("SELECT COUNT(*) AS orders FROM orders o");
    push_filter(&mut query, actor, filter)?;
    query.build().fetch_one(connection).await?.count("orders")
}

/// The place of an order in a list.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn cursor(
    connection: &mut SqliteConnection,
    sort: OrderSort,
    last: &OrderSummary,
) -> Result<Cursor, DbError> {
    Ok(match sort {
        OrderSort::Newest => Cursor::Newest(last.submitted_at, last.id),
        OrderSort::Deadline => Cursor::Deadline(last.due_at, last.submitted_at, last.id),
        OrderSort::Amount => {
            let row = sqlx::query("SELECT total_minor FROM orders WHERE id = $1")
                .bind(last.id.to_string())
                .fetch_one(connection)
                .await?;
            Cursor::Amount(row.int("total_minor")?, last.id)
        }
    })
}

fn push_filter(query: &mut QueryBuilder<Sqlite>, actor: &Actor, filter: &Filter) -> Result<(), DbError> {
    query.push(" WHERE 1 = 1");
    if !filter.statuses.is_empty() {
        query.push(" AND o.status IN");
        summaries::push_statuses(query, filter.statuses.iter().copied())?;
    }
    if let Some(customer) = filter.customer {
        query.push(" AND o.customer_id = ");
        query.push_bind(customer.to_string());
    }
    if let Some(from) = filter.from {
        query.push(" AND o.submitted_at >= ");
        query.push_bind(stamp(from));
    }
    if let Some(before) = filter.before {
        query.push(" AND o.submitted_at < ");
        query.push_bind(stamp(before));
    }
    if let Some(region) = filter.region {
        query.push(" AND o.region_id = ");
        query.push_bind(region.to_string());
    }
    if let Some(priority) = filter.priority {
        query.push(" AND o.priority = ");
        query.push_bind(name_of(&priority)?);
    }
    if let Some(least) = filter.least {
        query.push(" AND o.total_minor >= ");
        query.push_bind(least);
    }
    if let Some(most) = filter.most {
        query.push(" AND o.total_minor <= ");
        query.push_bind(most);
    }
    for word in &filter.words {
        query.push(" AND o.search LIKE ");
        query.push_bind(like::containing(word));
        query.push(" ESCAPE '\\'");
    }
    sight::push(query, actor, "o.customer_id", "o.region_id");
    Ok(())
}

fn push_after(query: &mut QueryBuilder<Sqlite>, after: Cursor) {
    match after {
        Cursor::Newest(submitted, id) => {
            query.push(" AND (o.submitted_at, o.id) < (");
            query.push_bind(stamp(submitted));
            push_id(query, id);
        }
        Cursor::Deadline(Some(due), submitted, id) => {
            query.push(" AND (o.due_at IS NULL OR (o.due_at, o.submitted_at, o.id) > (");
            query.push_bind(stamp(due));
            query.push(", ").push_bind(stamp(submitted));
            push_id(query, id);
            query.push(")");
        }
        Cursor::Deadline(None, submitted, id) => {
            query.push(" AND o.due_at IS NULL AND (o.submitted_at, o.id) > (");
            query.push_bind(stamp(submitted));
            push_id(query, id);
        }
        Cursor::Amount(minor, id) => {
            query.push(" AND (o.total_minor, o.id) < (");
            query.push_bind(minor);
            push_id(query, id);
        }
    }
}

/// The last part of a row of values.
fn push_id(query: &mut QueryBuilder<Sqlite>, id: OrderId) {
    query.push(", ").push_bind(id.to_string());
    query.push(")");
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        let id = OrderId(Uuid::from_u128(7));
        let time = DateTime::UNIX_EPOCH;
        for cursor in [
            Cursor::Newest(time, id),
            Cursor::Deadline(Some(time), time, id),
            Cursor::Deadline(None, time, id),
            Cursor::Amount(-120, id),
        ] {
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        for text in ["", "newest", "newest_1_2", "amount_x_y", "7"] {
            assert_eq!(text.parse::<Cursor>(), Err(NoCursor), "{text}");
        }
    }
}
