//! What may be ordered in the place of what is no longer on sale.

use countersign_domain::id::{CategoryId, VariantId};
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::catalog::OnSale;
use super::sums;
use crate::db::DbError;

/// Most products of a category that are looked at: those nearest in the order of the catalog.
const MOST: i64 = 200;

/// Ids in one `IN` list.
const AT_ONCE: usize = 500;

/// The products on sale that have one of these variants, and where each of them stands in the catalog.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn on_sale(
    connection: &mut SqliteConnection,
    variants: &[VariantId],
) -> Result<Vec<OnSale>, DbError> {
    let mut found = Vec::new();
    for part in variants.chunks(AT_ONCE) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "SELECT position, doc, pinyin FROM products WHERE on_sale = 1 \
             AND id IN (SELECT product_id FROM variants WHERE id IN (",
        );
        let mut list = query.separated(", ");
        for id in part {
            list.push_bind(id.to_string());
        }
        query.push(")) ORDER BY position, id");
        for row in &query.build().fetch_all(&mut *connection).await? {
            found.push(OnSale::of(row)?);
        }
    }
    Ok(found)
}

/// Where the product of a variant stands in the catalog, on sale or not.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn position(connection: &mut SqliteConnection, variant: VariantId) -> Result<u32, DbError> {
    let row = sqlx::query(
        "SELECT p.position FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id = $1",
    )
    .bind(variant.to_string())
    .fetch_one(connection)
    .await?;
    sums::small(&row, "position")
}

/// The products on sale in a category that stand nearest to `position`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn in_category(
    connection: &mut SqliteConnection,
    category: CategoryId,
    position: u32,
) -> Result<Vec<OnSale>, DbError> {
    let rows = sqlx::query(
        "SELECT position, doc, pinyin FROM products WHERE id IN (SELECT id FROM products \
         WHERE category_id = $1 AND on_sale = 1 ORDER BY ABS(position - $2), id LIMIT $3) ORDER BY position, id",
    )
    .bind(category.to_string())
    .bind(i64::from(position))
    .bind(MOST)
    .fetch_all(connection)
    .await?;
    rows.iter().map(OnSale::of).collect()
}
