//! Saved lists of customers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use countersign_contract::list::{Goods, ItemBody, ListBody, ListSummary, SavedItem, SavedList};
use countersign_domain::id::{CustomerId, ListId, VariantId};
use countersign_domain::product::Product;
use sqlx::SqliteConnection;

use super::{products, settings, sums};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, sql_int, to_json};
use crate::submission::full_name;

/// What a change to a list has to know of the one there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its version.
    pub version: u64,
    /// SHA-256 of the body it came in.
    pub fingerprint: String,
}

/// The lists of `customer`, by name.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(
    connection: &mut SqliteConnection,
    customer: CustomerId,
) -> Result<Vec<ListSummary>, DbError> {
    let rows = sqlx::query(
        "SELECT id, name, item_count, version, updated_at FROM saved_lists WHERE customer_id = $1 \
         ORDER BY name, id",
    )
    .bind(customer.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ListSummary {
                id: row.parsed("id")?,
                name: row.text("name")?,
                items: sums::small(row, "item_count")?,
                version: row.count("version")?,
                updated_at: row.time("updated_at")?,
            })
        })
        .collect()
}

/// The list of `customer` with this id, its items named as the catalog names them now.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    id: ListId,
) -> Result<Option<SavedList>, DbError> {
    let row = sqlx::query(
        "SELECT name, items, version, updated_at FROM saved_lists WHERE customer_id = $1 AND id = $2",
    )
    .bind(customer.to_string())
    .bind(id.to_string())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let (name, version, updated_at) = (row.text("name")?, row.count("version")?, row.time("updated_at")?);
    let items: Vec<ItemBody> = row.doc("items")?;
    let ids: Vec<VariantId> = items.iter().map(|item| item.variant_id).collect();
    let mut named = goods(connection, &ids).await?;
    let items = items.into_iter().map(|item| {
        Ok(SavedItem {
            goods: named
                .remove(&item.variant_id)
                .ok_or_else(|| missing(item.variant_id))?,
            quantity: item.quantity,
            note: item.note,
        })
    });
    Ok(Some(SavedList {
        id,
        name,
        version,
        updated_at,
        items: items.collect::<Result<_, DbError>>()?,
    }))
}

/// What is stored of a list of `customer`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn stored(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    id: ListId,
) -> Result<Option<Stored>, DbError> {
    let row = sqlx::query("SELECT version, fingerprint FROM saved_lists WHERE customer_id = $1 AND id = $2")
        .bind(customer.to_string())
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(Stored {
            version: row.count("version")?,
            fingerprint: row.text("fingerprint")?,
        })
    })
    .transpose()
}

/// How many lists `customer` has.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count(connection: &mut SqliteConnection, customer: CustomerId) -> Result<u64, DbError> {
    sqlx::query("SELECT COUNT(*) AS lists FROM saved_lists WHERE customer_id = $1")
        .bind(customer.to_string())
        .fetch_one(connection)
        .await?
        .count("lists")
}

/// Saves a list in place of the one with the same id. `fingerprint` is that of `body`. Announcing that is up to the caller.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    id: ListId,
    body: &ListBody,
    fingerprint: &str,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let version = settings::count(connection, &format!("list-{customer}")).await?;
    sqlx::query(
        "INSERT INTO saved_lists (customer_id, id, name, items, item_count, fingerprint, version, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (customer_id, id) DO UPDATE SET name = excluded.name, items = excluded.items, \
         item_count = excluded.item_count, fingerprint = excluded.fingerprint, version = excluded.version, \
         updated_at = excluded.updated_at",
    )
    .bind(customer.to_string())
    .bind(id.to_string())
    .bind(body.name.trim())
    .bind(to_json(&body.items)?)
    .bind(sql_int(u64::try_from(body.items.len()).unwrap_or(u64::MAX)))
    .bind(fingerprint)
    .bind(version)
    .bind(stamp(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes a list. Nothing happens where there is none.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn remove(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    id: ListId,
) -> Result<(), DbError> {
    sqlx::query("DELETE FROM saved_lists WHERE customer_id = $1 AND id = $2")
        .bind(customer.to_string())
        .bind(id.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// What these variants are called now, whether on sale or not. Unknown variants are left out.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn goods(
    connection: &mut SqliteConnection,
    variants: &[VariantId],
) -> Result<BTreeMap<VariantId, Goods>, DbError> {
    let products = products::by_variant(connection, variants).await?;
    let named = products
        .into_iter()
        .filter_map(|(id, product)| Some((id, goods_of(&product, id)?)));
    Ok(named.collect())
}

/// What a variant of `product` is called.
pub fn goods_of(product: &Product, id: VariantId) -> Option<Goods> {
    let variant = product.variants.iter().find(|variant| variant.id == id)?;
    Some(Goods {
        product_id: product.id,
        variant_id: id,
        sku: variant.sku.clone(),
        name: full_name(&product.name, &variant.name),
        unit: variant.ordering_unit().clone(),
    })
}

/// No variant that was ever in the catalog is deleted.
pub(super) fn missing(variant: VariantId) -> DbError {
    DbError::Corrupt(format!("the variant {variant} is kept and not there"))
}
