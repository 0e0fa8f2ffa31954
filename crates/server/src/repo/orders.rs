//! Orders: the document, the columns lists need, the history.

use chrono::{DateTime, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::event::LiveEvent;
use countersign_domain::id::{AccountId, DraftId, OrderId};
use countersign_domain::money::{Currency, Money};
use countersign_domain::order::{Event, Order};
use rust_decimal::prelude::ToPrimitive;
use sqlx::SqliteConnection;

use super::customers::Customer;
use super::{bought, settings};
use crate::clock::stamp;
use crate::db::row::{RowExt, name_of, sql_int, to_json};
use crate::db::{DbError, Tx};
use crate::error::ApiError;
use crate::events::{Audience, Notice};

/// An order of a draft, as a repeated submission needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FromDraft {
    /// The order as it is now.
    pub order: Order,
    /// SHA-256 of the submission it came from.
    pub fingerprint: String,
}

/// The next number of an order on this day, such as `DH-O-20261122-0001`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn next_number(
    connection: &mut SqliteConnection,
    day: chrono::NaiveDate,
) -> Result<String, DbError> {
    let day = day.format("%Y%m%d").to_string();
    let position = settings::count(connection, &format!("order-{day}")).await?;
    Ok(format!("DH-O-{day}-{position:04}"))
}

/// `amount` in minor units of `currency`, to sort and add by. Beyond 64 bits it stays at the bound.
pub fn minor_units(amount: Money, currency: &Currency) -> i64 {
    let mut rounded = currency.round(amount.0).0;
    rounded.rescale(currency.minor_digits);
    let bound = if amount.is_negative() { i64::MIN } else { i64::MAX };
    rounded.mantissa().to_i64().unwrap_or(bound)
}

/// An amount from its minor units.
pub fn from_minor_units(units: i64, currency: &Currency) -> Money {
    Money::new(units, currency.minor_digits)
}

/// Stores a new order with its first events, and announces it.
///
/// # Errors
/// A [`DbError`] when the database refuses: there is an order of this draft.
pub async fn insert(
    tx: &mut Tx,
    order: &Order,
    events: &[Event],
    customer: &Customer,
    fingerprint: &str,
) -> Result<(), DbError> {
    let columns = Columns::of(order, customer)?;
    sqlx::query(
        "INSERT INTO orders (id, draft_id, fingerprint, number, customer_id, region_id, status, priority, total, \
         total_minor, paid_minor, line_count, submitted_at, entered_at, due_at, promised_date, to_receive, version, \
         search, updated_at, doc, to_answer) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
    )
    .bind(order.id.to_string())
    .bind(order.draft_id.to_string())
    .bind(fingerprint)
    .bind(&order.number)
    .bind(order.customer_id.to_string())
    .bind(columns.region_id)
    .bind(columns.status)
    .bind(columns.priority)
    .bind(columns.total)
    .bind(columns.total_minor)
    .bind(columns.line_count)
    .bind(columns.submitted_at)
    .bind(columns.entered_at)
    .bind(columns.due_at)
    .bind(columns.promised_date)
    .bind(columns.to_receive)
    .bind(columns.version)
    .bind(columns.search)
    .bind(updated_at(order, events))
    .bind(columns.doc)
    .bind(columns.to_answer)
    .execute(&mut **tx)
    .await?;
    append(tx, order, events).await?;
    bought::add(tx, order).await?;
    announce(tx, order);
    Ok(())
}

/// Stores what `events` made of an order, and announces it. `order` is the order after them.
///
/// # Errors
/// 412 when the stored order is not the one the events were decided on.
pub async fn save(tx: &mut Tx, order: &Order, events: &[Event], customer: &Customer) -> Result<(), ApiError> {
    let before = order
        .version
        .saturating_sub(u64::try_from(events.len()).unwrap_or(u64::MAX));
    let columns = Columns::of(order, customer)?;
    let done = sqlx::query(
        "UPDATE orders SET region_id = $2, status = $3, priority = $4, total = $5, total_minor = $6, line_count = $7, \
         submitted_at = $8, entered_at = $9, due_at = $10, promised_date = $11, to_receive = $12, version = $13, \
         search = $14, updated_at = $15, doc = $16, to_answer = $17 \
         WHERE id = $1 AND version = $18",
    )
    .bind(order.id.to_string())
    .bind(columns.region_id)
    .bind(columns.status)
    .bind(columns.priority)
    .bind(columns.total)
    .bind(columns.total_minor)
    .bind(columns.line_count)
    .bind(columns.submitted_at)
    .bind(columns.entered_at)
    .bind(columns.due_at)
    .bind(columns.promised_date)
    .bind(columns.to_receive)
    .bind(columns.version)
    .bind(columns.search)
    .bind(updated_at(order, events))
    .bind(columns.doc)
    .bind(columns.to_answer)
    .bind(sql_int(before))
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        let stored = find(tx, order.id).await?.ok_or(ProblemKind::NotFound)?;
        return Err(ProblemKind::Stale {
            version: stored.version,
        }
        .into());
    }
    append(tx, order, events).await?;
    announce(tx, order);
    Ok(())
}

/// The order with this id, whoever may see it.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, id: OrderId) -> Result<Option<Order>, DbError> {
    let row = sqlx::query("SELECT doc FROM orders WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.map(|row| row.doc("doc")).transpose()
}

/// The order that came from a draft, whoever may see it.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn from_draft(
    connection: &mut SqliteConnection,
    draft: DraftId,
) -> Result<Option<FromDraft>, DbError> {
    let row = sqlx::query("SELECT doc, fingerprint FROM orders WHERE draft_id = $1")
        .bind(draft.to_string())
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(FromDraft {
            order: row.doc("doc")?,
            fingerprint: row.text("fingerprint")?,
        })
    })
    .transpose()
}

/// What happened to an order, oldest first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn events(connection: &mut SqliteConnection, id: OrderId) -> Result<Vec<Event>, DbError> {
    let rows = sqlx::query("SELECT doc FROM order_events WHERE order_id = $1 ORDER BY seq")
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| row.doc("doc")).collect()
}

/// Whether a draft was taken back.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn is_withdrawn(connection: &mut SqliteConnection, draft: DraftId) -> Result<bool, DbError> {
    let row = sqlx::query("SELECT 1 FROM withdrawn_drafts WHERE draft_id = $1")
        .bind(draft.to_string())
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// Takes a draft back for ever. Doing it again changes nothing.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn withdraw_draft(
    connection: &mut SqliteConnection,
    draft: DraftId,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO withdrawn_drafts (draft_id, account_id, withdrawn_at) VALUES ($1, $2, $3) \
         ON CONFLICT (draft_id) DO NOTHING",
    )
    .bind(draft.to_string())
    .bind(account.to_string())
    .bind(stamp(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds `events`, the last of which made the order's present version.
async fn append(connection: &mut SqliteConnection, order: &Order, events: &[Event]) -> Result<(), DbError> {
    let first = sql_int(order.version) + 1 - sql_int(u64::try_from(events.len()).unwrap_or(0));
    for (seq, event) in (first..).zip(events) {
        let kind = serde_json::to_value(&event.fact)
            .ok()
            .and_then(|fact| Some(fact.get("kind")?.as_str()?.to_owned()))
            .ok_or_else(|| DbError::Corrupt("an event without a kind".to_owned()))?;
        sqlx::query(
            "INSERT INTO order_events (order_id, seq, at, account_id, kind, doc) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(order.id.to_string())
        .bind(seq)
        .bind(stamp(event.at))
        .bind(event.by.map(|account| account.to_string()))
        .bind(kind)
        .bind(to_json(event)?)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Tells whoever may see an order that it changed.
pub fn announce(tx: &mut Tx, order: &Order) {
    tx.announce(Notice::Changed {
        audience: Audience::Customer {
            customer_id: order.customer_id,
            region_id: order.region_id,
        },
        event: LiveEvent::OrderChanged {
            order_id: order.id,
            version: order.version,
            status: order.status,
        },
    });
}

/// An order as lists and queues need it.
struct Columns {
    region_id: String,
    status: String,
    priority: String,
    total: String,
    total_minor: i64,
    line_count: i64,
    submitted_at: String,
    entered_at: String,
    due_at: Option<String>,
    promised_date: Option<String>,
    to_receive: i64,
    to_answer: i64,
    version: i64,
    search: String,
    doc: String,
}

impl Columns {
    fn of(order: &Order, customer: &Customer) -> Result<Self, DbError> {
        Ok(Self {
            region_id: order.region_id.to_string(),
            status: name_of(&order.status)?,
            priority: name_of(&order.priority)?,
            total: order.total.to_string(),
            total_minor: minor_units(order.total, &order.currency),
            line_count: sql_int(u64::try_from(order.lines.len()).unwrap_or(u64::MAX)),
            submitted_at: stamp(order.submitted_at),
            entered_at: stamp(order.entered_at),
            due_at: order.due_at().map(stamp),
            promised_date: order.promised_date.map(|date| date.to_string()),
            to_receive: i64::from(order.unreceived().next().is_some()),
            to_answer: i64::from(
                order
                    .change_request
                    .as_ref()
                    .is_some_and(|request| !request.from_customer),
            ),
            version: sql_int(order.version),
            search: search_text(order, customer),
            doc: to_json(order)?,
        })
    }
}

/// When something last happened to an order.
fn updated_at(order: &Order, events: &[Event]) -> String {
    stamp(events.last().map_or(order.entered_at, |event| event.at))
}

/// What a search looks through, in lower case: number, customer, products.
fn search_text(order: &Order, customer: &Customer) -> String {
    let mut text = format!("{}\n{}", order.number.to_lowercase(), customer.search_text());
    for line in &order.lines {
        for word in [&line.sku, &line.name.zh, &line.name.en] {
            text.push('\n');
            text.push_str(&word.to_lowercase());
        }
    }
    text
}
