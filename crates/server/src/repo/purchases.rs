//! What a customer has bought of late, line by line.

use chrono::{DateTime, Utc};
use countersign_domain::id::{CustomerId, VariantId};
use countersign_domain::money::{Money, Rate};
use countersign_domain::price::PriceReason;
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::reorder::paid_price;
use serde::Deserialize;
use sqlx::SqliteConnection;

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::RowExt;

/// Most orders that are looked at, the newest: more than one a day for a year.
const MOST_ORDERS: i64 = 400;

/// A variant as an order bought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bought {
    /// What.
    pub variant_id: VariantId,
    /// When the order was submitted.
    pub at: DateTime<Utc>,
    /// How much, in `unit`: what was agreed to, without what was closed.
    pub quantity: Quantity,
    /// The unit it was ordered in.
    pub unit: Unit,
    /// What one unit really cost.
    pub price: Money,
}

/// As much of an order's document as is needed.
#[derive(Deserialize)]
struct Document {
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    variant_id: VariantId,
    unit: Unit,
    approved: Quantity,
    closed: Quantity,
    price: Money,
    discount: Rate,
    #[serde(default)]
    reasons: Vec<PriceReason>,
}

/// What `customer` has bought since `from` by orders that were not voided, the newest first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    from: DateTime<Utc>,
) -> Result<Vec<Bought>, DbError> {
    let rows = sqlx::query(
        "SELECT submitted_at, doc FROM orders WHERE customer_id = $1 AND submitted_at >= $2 AND status <> 'voided' \
         ORDER BY submitted_at DESC, id DESC LIMIT $3",
    )
    .bind(customer.to_string())
    .bind(stamp(from))
    .bind(MOST_ORDERS)
    .fetch_all(connection)
    .await?;
    let mut bought = Vec::new();
    for row in &rows {
        let at = row.time("submitted_at")?;
        let document: Document = row.doc("doc")?;
        // A gift was not bought.
        let is_gift = |reason: &PriceReason| matches!(reason, PriceReason::Gift { .. });
        let paid = document
            .lines
            .into_iter()
            .filter(|line| !line.reasons.iter().any(is_gift));
        let lines = paid.map(|line| Bought {
            variant_id: line.variant_id,
            at,
            quantity: line.approved.minus(line.closed),
            price: paid_price(line.price, line.discount),
            unit: line.unit,
        });
        bought.extend(lines.filter(|line| !line.quantity.is_zero()));
    }
    Ok(bought)
}
