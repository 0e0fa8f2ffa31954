//! Where alerts may be: few orders of many, and stock below its reorder level. Whether they are alerts, and whose, the domain says.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use countersign_contract::account::CustomerRef;
use countersign_contract::alert::LowStock;
use countersign_domain::actor::Actor;
use countersign_domain::alert::{is_low, payment_due};
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::id::{CustomerId, OrderId, VariantId};
use countersign_domain::money::{Currency, Money};
use countersign_domain::order::{Order, OrderStatus};
use countersign_domain::product::Product;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::orders::from_minor_units;
use super::stock::from_units;
use super::{sight, summaries};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::RowExt;
use crate::submission::full_name;

/// Orders looked at for each kind of alert, those longest due first: beyond that it is only many.
const MOST: usize = 200;
/// Ids in one `IN` list.
const AT_ONCE: usize = 500;

/// An order that may be an alert, with what the rules need to know beside it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The order.
    pub order: Order,
    /// Whose it is.
    pub customer: CustomerRef,
    /// How that customer pays.
    pub policy: PaymentPolicy,
    /// Confirmed payments.
    pub paid: Money,
}

/// The orders `actor` sees that may be alerts at `now`, on the day `today` where the company is, by id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn orders(
    connection: &mut SqliteConnection,
    actor: &Actor,
    now: DateTime<Utc>,
    today: NaiveDate,
    currency: &Currency,
) -> Result<Vec<Candidate>, DbError> {
    let mut ids = late_reviews(connection, actor, now).await?;
    ids.extend(promised(connection, actor, today).await?);
    ids.extend(on_their_way(connection, actor).await?);
    ids.extend(unpaid(connection, actor, now).await?);
    ids.extend(over_limit(connection, actor).await?);
    ids.sort_unstable();
    ids.dedup();
    these(connection, &ids, currency).await
}

async fn late_reviews(
    connection: &mut SqliteConnection,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Vec<OrderId>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new("SELECT o.id FROM orders o WHERE o.due_at < ");
    query.push_bind(stamp(now));
    query.push(" AND o.status IN");
    let reviews = OrderStatus::ALL.into_iter().filter(|status| status.is_review());
    summaries::push_statuses(&mut query, reviews)?;
    found(connection, query, actor, "o.due_at").await
}

/// Promised for tomorrow or earlier, and still open. The condition on the status is that of an index.
async fn promised(
    connection: &mut SqliteConnection,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<OrderId>, DbError> {
    let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT o.id FROM orders o WHERE o.status NOT IN ('completed', 'voided') AND o.promised_date <= ",
    );
    query.push_bind(tomorrow.to_string());
    query.push(" AND o.status <> 'pending_receipt'");
    found(connection, query, actor, "o.promised_date").await
}

/// With a shipment that nobody has received.
async fn on_their_way(connection: &mut SqliteConnection, actor: &Actor) -> Result<Vec<OrderId>, DbError> {
    let mut query: QueryBuilder<Sqlite> =
        QueryBuilder::new("SELECT o.id FROM orders o WHERE o.to_receive = 1 AND o.status IN");
    let open = OrderStatus::ALL
        .into_iter()
        .filter(|status| status.stage().is_some());
    summaries::push_statuses(&mut query, open)?;
    found(connection, query, actor, "o.entered_at").await
}

/// Completed, not paid in full, and overdue by what each customer's policy gives. The conditions on status and amounts are those
/// of an index.
async fn unpaid(
    connection: &mut SqliteConnection,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Vec<OrderId>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT o.id, o.entered_at, o.customer_id FROM orders o \
         WHERE o.status = 'completed' AND o.total_minor > o.paid_minor AND o.entered_at < ",
    );
    query.push_bind(stamp(now));
    sight::push(&mut query, actor, "o.customer_id", "o.region_id");
    query.push(" ORDER BY o.entered_at, o.id");
    let rows = query.build().fetch_all(&mut *connection).await?;
    let policies = policies(connection, actor).await?;
    let mut overdue = Vec::new();
    for row in &rows {
        let customer: CustomerId = row.parsed("customer_id")?;
        let due = match policies.get(&customer) {
            Some(policy) => payment_due(row.time("entered_at")?, policy),
            None => None,
        };
        if due.is_some_and(|due| due < now) {
            overdue.push(row.parsed("id")?);
        }
        if overdue.len() == MOST {
            break;
        }
    }
    Ok(overdue)
}

/// On their way and let pass beyond the credit limit at some time; whether they still are, the order knows. Only its customer is
/// told, who has few orders on their way.
async fn over_limit(connection: &mut SqliteConnection, actor: &Actor) -> Result<Vec<OrderId>, DbError> {
    if actor.customer_id().is_none() {
        return Ok(Vec::new());
    }
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT o.id FROM orders o WHERE o.total_minor > o.paid_minor AND EXISTS (\
             SELECT 1 FROM order_events e WHERE e.order_id = o.id AND e.kind = 'credit_overridden') \
         AND o.status IN",
    );
    let open = OrderStatus::ALL
        .into_iter()
        .filter(|status| status.stage().is_some());
    summaries::push_statuses(&mut query, open)?;
    found(connection, query, actor, "o.entered_at").await
}

/// How the customers pay that `actor` sees: far fewer than orders.
async fn policies(
    connection: &mut SqliteConnection,
    actor: &Actor,
) -> Result<BTreeMap<CustomerId, PaymentPolicy>, DbError> {
    let mut query: QueryBuilder<Sqlite> =
        QueryBuilder::new("SELECT c.id, c.policy FROM customers c WHERE 1 = 1");
    sight::push(&mut query, actor, "c.id", "c.region_id");
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((row.parsed("id")?, row.doc("policy")?)))
        .collect()
}

/// Those of a query that `actor` sees, the first by `order`.
async fn found(
    connection: &mut SqliteConnection,
    mut query: QueryBuilder<Sqlite>,
    actor: &Actor,
    order: &str,
) -> Result<Vec<OrderId>, DbError> {
    sight::push(&mut query, actor, "o.customer_id", "o.region_id");
    query.push(" ORDER BY ").push(order).push(", o.id LIMIT ");
    query.push_bind(i64::try_from(MOST).unwrap_or(i64::MAX));
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

async fn these(
    connection: &mut SqliteConnection,
    ids: &[OrderId],
    currency: &Currency,
) -> Result<Vec<Candidate>, DbError> {
    let mut all = Vec::with_capacity(ids.len());
    for part in ids.chunks(AT_ONCE) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "SELECT o.doc, o.paid_minor, o.customer_id, c.policy, c.code, c.name_zh, c.name_en \
             FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id IN (",
        );
        let mut list = query.separated(", ");
        for id in part {
            list.push_bind(id.to_string());
        }
        query.push(") ORDER BY o.id");
        for row in query.build().fetch_all(&mut *connection).await? {
            all.push(Candidate {
                order: row.doc("doc")?,
                customer: CustomerRef {
                    id: row.parsed("customer_id")?,
                    code: row.text("code")?,
                    name: row.local("name")?,
                },
                policy: row.doc("policy")?,
                paid: from_minor_units(row.int("paid_minor")?, currency),
            });
        }
    }
    Ok(all)
}

/// At most `limit` variants on sale of which less is free than their reorder level says, the emptiest first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn low_stock(connection: &mut SqliteConnection, limit: usize) -> Result<Vec<LowStock>, DbError> {
    // A variant without a shelf anywhere has nothing. Documents are long: only those of the few that are low are read.
    let rows = sqlx::query(
        "SELECT low.id, low.reorder_level, low.free, p.doc FROM (\
             SELECT v.id, v.product_id, v.sku, v.reorder_level, COALESCE((\
                 SELECT SUM(s.on_hand - s.reserved) FROM stock s WHERE s.variant_id = v.id), 0) AS free \
             FROM variants v WHERE v.reorder_level > 0) AS low \
         JOIN products p ON p.id = low.product_id \
         WHERE low.free < low.reorder_level AND p.on_sale = 1 \
         ORDER BY low.free * 1000 / low.reorder_level, low.sku LIMIT $1",
    )
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let id: VariantId = row.parsed("id")?;
        let product: Product = row.doc("doc")?;
        let (free, level) = (
            from_units(row.int("free")?),
            from_units(row.int("reorder_level")?),
        );
        let variant = product.variants.iter().find(|variant| variant.id == id);
        if let Some(variant) = variant.filter(|_| is_low(free, level)) {
            all.push(LowStock {
                product_id: product.id,
                variant_id: id,
                sku: variant.sku.clone(),
                name: full_name(&product.name, &variant.name),
                unit: variant.base_unit.clone(),
                free,
                reorder_level: level,
            });
        }
    }
    Ok(all)
}
