//! Pages of returns: filtered, sorted, from a cursor on; and how many wait at each stage.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use countersign_contract::account::CustomerRef;
use countersign_contract::returns::{ReturnQueueCount, ReturnSort, ReturnSummary};
use countersign_domain::actor::Actor;
use countersign_domain::id::{CustomerId, OrderId, ReturnId};
use countersign_domain::returns::ReturnStatus;
use countersign_domain::workflow::Workflow;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::order_list::NoCursor;
use super::{like, sight, sums};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, from_name, name_of};

const SELECT: &str = "SELECT r.id, r.number, r.order_id, r.order_number, r.customer_id, c.code AS customer_code, \
     c.name_zh AS customer_zh, c.name_en AS customer_en, r.is_claim, r.status, r.version, r.total, r.line_count, \
     r.submitted_at, r.entered_at FROM returns r JOIN customers c ON c.id = r.customer_id";

/// Which returns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In one of these statuses; empty means in any.
    pub statuses: Vec<ReturnStatus>,
    /// With each of these words, in lower case, in a number, customer or products.
    pub words: Vec<String>,
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// Submitted then or later.
    pub from: Option<DateTime<Utc>>,
    /// Submitted before then.
    pub before: Option<DateTime<Utc>>,
}

/// The place of a return in a sorted list: the page after it begins behind it. A cursor of one sort is none of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The sort it belongs to.
    pub sort: ReturnSort,
    submitted: DateTime<Utc>,
    id: ReturnId,
}

impl Cursor {
    /// The place of `last` in a list of this sort.
    pub fn behind(sort: ReturnSort, last: &ReturnSummary) -> Self {
        Self {
            sort,
            submitted: last.submitted_at,
            id: last.id,
        }
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}_{}", self.sort.as_str(), stamp(self.submitted), self.id)
    }
}

impl FromStr for Cursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let parts: Vec<&str> = text.split('_').collect();
        let [sort, submitted, id] = parts.as_slice() else {
            return Err(NoCursor);
        };
        Ok(Self {
            sort: from_name(sort).map_err(|_| NoCursor)?,
            submitted: submitted.parse().map_err(|_| NoCursor)?,
            id: id.parse().map_err(|_| NoCursor)?,
        })
    }
}

/// At most `limit` returns that `actor` sees, behind `after`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(
    connection: &mut SqliteConnection,
    actor: &Actor,
    filter: &Filter,
    sort: ReturnSort,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Vec<ReturnSummary>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(SELECT);
    push_filter(&mut query, actor, filter)?;
    if let Some(after) = after {
        query.push(match sort {
            ReturnSort::Newest => " AND (r.submitted_at, r.id) < (",
            ReturnSort::Oldest => " AND (r.submitted_at, r.id) > (",
        });
        query.push_bind(stamp(after.submitted));
        query.push(", ").push_bind(after.id.to_string());
        query.push(")");
    }
    query.push(match sort {
        ReturnSort::Newest => " ORDER BY r.submitted_at DESC, r.id DESC LIMIT ",
        ReturnSort::Oldest => " ORDER BY r.submitted_at, r.id LIMIT ",
    });
    query.push_bind(i64::from(limit));
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// How many returns `actor` sees.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count(
    connection: &mut SqliteConnection,
    actor: &Actor,
    filter: &Filter,
) -> Result<u64, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new("SELECT COUNT(*) AS returns FROM returns r");
    push_filter(&mut query, actor, filter)?;
    query.build().fetch_one(connection).await?.count("returns")
}

/// The returns and claims of an order as lists show them, newest first, whoever may see them.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn of_order(
    connection: &mut SqliteConnection,
    order: OrderId,
) -> Result<Vec<ReturnSummary>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(SELECT);
    query.push(" WHERE r.order_id = ");
    query.push_bind(order.to_string());
    query.push(" ORDER BY r.submitted_at DESC, r.id DESC");
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// The queues: every stage that is on, and those that are off and still have somebody waiting (domain.md section 3,
/// rule 2, holds for returns, too).
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn queues(
    connection: &mut SqliteConnection,
    actor: &Actor,
    workflow: &Workflow,
) -> Result<Vec<ReturnQueueCount>, DbError> {
    let mut query: QueryBuilder<Sqlite> =
        QueryBuilder::new("SELECT r.status, COUNT(*) AS waiting FROM returns r WHERE r.status IN");
    let waiting = ReturnStatus::ALL.into_iter().filter(|status| !status.is_final());
    push_statuses(&mut query, waiting)?;
    sight::push_returns(&mut query, actor, "r.customer_id", "r.region_id");
    query.push(" GROUP BY r.status");
    let mut queues = Vec::new();
    for row in query.build().fetch_all(connection).await? {
        queues.push(ReturnQueueCount {
            status: from_name(&row.text("status")?)?,
            count: sums::small(&row, "waiting")?,
        });
    }
    for status in ReturnStatus::ALL {
        let is_on = match status {
            ReturnStatus::PendingReturnReview => true,
            ReturnStatus::PendingGoodsReceipt => workflow.return_goods_receipt,
            ReturnStatus::PendingRefund => workflow.return_refund,
            ReturnStatus::Completed | ReturnStatus::Refused | ReturnStatus::Voided => false,
        };
        if is_on && queues.iter().all(|queue| queue.status != status) {
            queues.push(ReturnQueueCount { status, count: 0 });
        }
    }
    queues.sort_by_key(|queue| queue.status);
    Ok(queues)
}

fn read(row: &SqliteRow) -> Result<ReturnSummary, DbError> {
    Ok(ReturnSummary {
        id: row.parsed("id")?,
        number: row.text("number")?,
        order_id: row.parsed("order_id")?,
        order_number: row.text("order_number")?,
        customer: CustomerRef {
            id: row.parsed("customer_id")?,
            code: row.text("customer_code")?,
            name: row.local("customer")?,
        },
        is_claim: row.flag("is_claim")?,
        status: from_name(&row.text("status")?)?,
        version: row.count("version")?,
        total: row.parsed("total")?,
        line_count: sums::small(row, "line_count")?,
        submitted_at: row.time("submitted_at")?,
        entered_at: row.time("entered_at")?,
    })
}

fn push_filter(query: &mut QueryBuilder<Sqlite>, actor: &Actor, filter: &Filter) -> Result<(), DbError> {
    query.push(" WHERE 1 = 1");
    if !filter.statuses.is_empty() {
        query.push(" AND r.status IN");
        push_statuses(query, filter.statuses.iter().copied())?;
    }
    if let Some(customer) = filter.customer {
        query.push(" AND r.customer_id = ");
        query.push_bind(customer.to_string());
    }
    if let Some(from) = filter.from {
        query.push(" AND r.submitted_at >= ");
        query.push_bind(stamp(from));
    }
    if let Some(before) = filter.before {
        query.push(" AND r.submitted_at < ");
        query.push_bind(stamp(before));
    }
    for word in &filter.words {
        query.push(" AND r.search LIKE ");
        query.push_bind(like::containing(word));
        query.push(" ESCAPE '\\'");
    }
    sight::push_returns(query, actor, "r.customer_id", "r.region_id");
    Ok(())
}

/// Adds a list of statuses in brackets.
fn push_statuses(
    query: &mut QueryBuilder<Sqlite>,
    statuses: impl Iterator<Item = ReturnStatus>,
) -> Result<(), DbError> {
    query.push(" (");
    let mut list = query.separated(", ");
    for status in statuses {
        list.push_bind(name_of(&status)?);
    }
    query.push(")");
    Ok(())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        for sort in [ReturnSort::Newest, ReturnSort::Oldest] {
            let cursor = Cursor {
                sort,
                submitted: DateTime::UNIX_EPOCH,
                id: ReturnId(Uuid::from_u128(7)),
            };
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        for text in ["", "newest", "newest_1_2", "deadline_1_2", "7"] {
            assert_eq!(text.parse::<Cursor>(), Err(NoCursor), "{text}");
        }
    }
}
