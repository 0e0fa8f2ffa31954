//! What customers say of completed orders.

use countersign_domain::id::OrderId;
use countersign_domain::rating::Rating;
use sqlx::SqliteConnection;

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::RowExt;

/// What was said of an order.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, order: OrderId) -> Result<Option<Rating>, DbError> {
    let row = sqlx::query("SELECT account_id, at, stars, comment FROM order_ratings WHERE order_id = $1")
        .bind(order.to_string())
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(Rating {
            stars: u8::try_from(row.int("stars")?)
                .map_err(|_| DbError::Corrupt("there are not that many stars".to_owned()))?,
            comment: row.text("comment")?,
            by: row.parsed("account_id")?,
            at: row.time("at")?,
        })
    })
    .transpose()
}

/// Stores what is said of an order.
///
/// # Errors
/// A [`DbError`] when the database refuses: something was said before.
pub async fn insert(
    connection: &mut SqliteConnection,
    order: OrderId,
    rating: &Rating,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO order_ratings (order_id, account_id, at, stars, comment) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(order.to_string())
    .bind(rating.by.to_string())
    .bind(stamp(rating.at))
    .bind(i64::from(rating.stars))
    .bind(&rating.comment)
    .execute(connection)
    .await?;
    Ok(())
}
