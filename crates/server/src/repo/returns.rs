//! Returns: the document, the columns lists need, the history.

use countersign_contract::ProblemKind;
use countersign_contract::event::LiveEvent;
use countersign_domain::id::{OrderId, ReturnId};
use countersign_domain::returns::{Return, ReturnEvent, ReturnKind};
use sqlx::SqliteConnection;

use super::customers::Customer;
use super::settings;
use crate::clock::stamp;
use crate::db::row::{RowExt, name_of, sql_int, to_json};
use crate::db::{DbError, Tx};
use crate::error::ApiError;
use crate::events::{Audience, Notice};

/// The next number of a return on this day, such as `DH-R-20261122-0001`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn next_number(
    connection: &mut SqliteConnection,
    day: chrono::NaiveDate,
) -> Result<String, DbError> {
    let day = day.format("%Y%m%d").to_string();
    let position = settings::count(connection, &format!("return-{day}")).await?;
    Ok(format!("DH-R-{day}-{position:04}"))
}

/// Stores a new return with its first events, and announces it.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn insert(
    tx: &mut Tx,
    subject: &Return,
    events: &[ReturnEvent],
    customer: &Customer,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO returns (id, number, order_id, order_number, customer_id, region_id, is_claim, status, total, \
         line_count, submitted_at, entered_at, version, search, doc) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(subject.id.to_string())
    .bind(&subject.number)
    .bind(subject.order_id.to_string())
    .bind(&subject.order_number)
    .bind(subject.customer_id.to_string())
    .bind(subject.region_id.to_string())
    .bind(i64::from(subject.kind != ReturnKind::Goods))
    .bind(name_of(&subject.status)?)
    .bind(subject.total.to_string())
    .bind(sql_int(u64::try_from(subject.lines.len()).unwrap_or(u64::MAX)))
    .bind(stamp(subject.submitted_at))
    .bind(stamp(subject.entered_at))
    .bind(sql_int(subject.version))
    .bind(search_text(subject, customer))
    .bind(to_json(subject)?)
    .execute(&mut **tx)
    .await?;
    append(tx, subject, events).await?;
    announce(tx, subject);
    Ok(())
}

/// Stores what `events` made of a return, and announces it. `subject` is the return after them.
///
/// # Errors
/// 412 when the stored return is not the one the events were decided on.
pub async fn save(tx: &mut Tx, subject: &Return, events: &[ReturnEvent]) -> Result<(), ApiError> {
    let before = subject
        .version
        .saturating_sub(u64::try_from(events.len()).unwrap_or(u64::MAX));
    let done = sqlx::query(
        "UPDATE returns SET status = $2, total = $3, entered_at = $4, version = $5, doc = $6 \
         WHERE id = $1 AND version = $7",
    )
    .bind(subject.id.to_string())
    .bind(name_of(&subject.status)?)
    .bind(subject.total.to_string())
    .bind(stamp(subject.entered_at))
    .bind(sql_int(subject.version))
    .bind(to_json(subject)?)
    .bind(sql_int(before))
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        let stored = find(tx, subject.id).await?.ok_or(ProblemKind::NotFound)?;
        return Err(ProblemKind::Stale {
            version: stored.version,
        }
        .into());
    }
    append(tx, subject, events).await?;
    announce(tx, subject);
    Ok(())
}

/// The return with this id, whoever may see it.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, id: ReturnId) -> Result<Option<Return>, DbError> {
    let row = sqlx::query("SELECT doc FROM returns WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.map(|row| row.doc("doc")).transpose()
}

/// The returns and claims of an order, newest first, whoever may see them.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn of_order(connection: &mut SqliteConnection, order: OrderId) -> Result<Vec<Return>, DbError> {
    let rows = sqlx::query("SELECT doc FROM returns WHERE order_id = $1 ORDER BY submitted_at DESC, id DESC")
        .bind(order.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| row.doc("doc")).collect()
}

/// What happened to a return, oldest first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn events(connection: &mut SqliteConnection, id: ReturnId) -> Result<Vec<ReturnEvent>, DbError> {
    let rows = sqlx::query("SELECT doc FROM return_events WHERE return_id = $1 ORDER BY seq")
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| row.doc("doc")).collect()
}

/// Adds `events`, the last of which made the return's present version.
async fn append(
    connection: &mut SqliteConnection,
    subject: &Return,
    events: &[ReturnEvent],
) -> Result<(), DbError> {
    let first = sql_int(subject.version) + 1 - sql_int(u64::try_from(events.len()).unwrap_or(0));
    for (seq, event) in (first..).zip(events) {
        let kind = serde_json::to_value(&event.fact)
            .ok()
            .and_then(|fact| Some(fact.get("kind")?.as_str()?.to_owned()))
            .ok_or_else(|| DbError::Corrupt("an event without a kind".to_owned()))?;
        sqlx::query(
            "INSERT INTO return_events (return_id, seq, at, account_id, kind, doc) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(subject.id.to_string())
        .bind(seq)
        .bind(stamp(event.at))
        .bind(event.by.to_string())
        .bind(kind)
        .bind(to_json(event)?)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Tells whoever may see a return that it changed.
fn announce(tx: &mut Tx, subject: &Return) {
    tx.announce(Notice::Changed {
        audience: Audience::Returns {
            customer_id: subject.customer_id,
            region_id: subject.region_id,
        },
        event: LiveEvent::ReturnChanged {
            return_id: subject.id,
            order_id: subject.order_id,
            version: subject.version,
            status: subject.status,
        },
    });
}

/// What a search looks through, in lower case: both numbers, customer, products.
fn search_text(subject: &Return, customer: &Customer) -> String {
    let mut text = format!(
        "{}\n{}\n{}",
        subject.number.to_lowercase(),
        subject.order_number.to_lowercase(),
        customer.search_text()
    );
    for line in &subject.lines {
        for word in [&line.sku, &line.name.zh, &line.name.en] {
            text.push('\n');
            text.push_str(&word.to_lowercase());
        }
    }
    text
}
