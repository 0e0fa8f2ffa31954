//! Favourites of customers.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use countersign_contract::list::Favourite;
use countersign_domain::id::{CustomerId, VariantId};
use sqlx::SqliteConnection;

use super::lists;
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::RowExt;

/// The favourites of `customer`, the newest first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(
    connection: &mut SqliteConnection,
    customer: CustomerId,
) -> Result<Vec<Favourite>, DbError> {
    let rows = sqlx::query(
        "SELECT variant_id, added_at FROM favourites WHERE customer_id = $1 ORDER BY added_at DESC, variant_id",
    )
    .bind(customer.to_string())
    .fetch_all(&mut *connection)
    .await?;
    let kept = rows
        .iter()
        .map(|row| Ok((row.parsed("variant_id")?, row.time("added_at")?)))
        .collect::<Result<Vec<(VariantId, DateTime<Utc>)>, DbError>>()?;
    let ids: Vec<VariantId> = kept.iter().map(|(id, _)| *id).collect();
    let mut named = lists::goods(connection, &ids).await?;
    kept.into_iter()
        .map(|(id, added_at)| {
            Ok(Favourite {
                goods: named.remove(&id).ok_or_else(|| lists::missing(id))?,
                added_at,
            })
        })
        .collect()
}

/// The variants that are favourites of `customer`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn variants(
    connection: &mut SqliteConnection,
    customer: CustomerId,
) -> Result<BTreeSet<VariantId>, DbError> {
    let rows = sqlx::query("SELECT variant_id FROM favourites WHERE customer_id = $1")
        .bind(customer.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| row.parsed("variant_id")).collect()
}

/// Since when a variant is a favourite of `customer`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn since(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    variant: VariantId,
) -> Result<Option<DateTime<Utc>>, DbError> {
    let row = sqlx::query("SELECT added_at FROM favourites WHERE customer_id = $1 AND variant_id = $2")
        .bind(customer.to_string())
        .bind(variant.to_string())
        .fetch_optional(connection)
        .await?;
    row.map(|row| row.time("added_at")).transpose()
}

/// How many favourites `customer` has.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count(connection: &mut SqliteConnection, customer: CustomerId) -> Result<u64, DbError> {
    sqlx::query("SELECT COUNT(*) AS favourites FROM favourites WHERE customer_id = $1")
        .bind(customer.to_string())
        .fetch_one(connection)
        .await?
        .count("favourites")
}

/// Makes a variant a favourite; one that is a favourite already stays it since then. Announcing that is up to the caller.
///
/// # Errors
/// A [`DbError`] when the database refuses or has no such variant.
pub async fn put(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    variant: VariantId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO favourites (customer_id, variant_id, added_at) VALUES ($1, $2, $3) \
         ON CONFLICT (customer_id, variant_id) DO NOTHING",
    )
    .bind(customer.to_string())
    .bind(variant.to_string())
    .bind(stamp(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes a variant a favourite no longer, and tells whether it was one.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn remove(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    variant: VariantId,
) -> Result<bool, DbError> {
    let done = sqlx::query("DELETE FROM favourites WHERE customer_id = $1 AND variant_id = $2")
        .bind(customer.to_string())
        .bind(variant.to_string())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}
