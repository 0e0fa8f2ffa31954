//! The names of what promotions name.

use countersign_contract::promotion_desk::{NamedProduct, PromotionLevel};
use countersign_domain::id::{CustomerId, ProductId};
use countersign_domain::product::Product;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::customers::{self, Customer};
use crate::db::DbError;
use crate::db::row::RowExt;

/// Ids in one `IN` list: below the number of parameters every database takes.
const AT_ONCE: usize = 500;

/// Every level of customers, by code.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn levels(connection: &mut SqliteConnection) -> Result<Vec<PromotionLevel>, DbError> {
    let rows = sqlx::query("SELECT id, name_zh, name_en FROM levels ORDER BY code")
        .fetch_all(connection)
        .await?;
    let level = |row: &SqliteRow| {
        Ok(PromotionLevel {
            id: row.parsed("id")?,
            name: row.local("name")?,
        })
    };
    rows.iter().map(level).collect()
}

/// Those of these customers that exist, by code.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn customers(
    connection: &mut SqliteConnection,
    ids: &[CustomerId],
) -> Result<Vec<Customer>, DbError> {
    let select =
        "SELECT id, code, name_zh, name_en, level_id, region_id, policy FROM customers WHERE id IN (";
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows = rows_of(connection, select, &ids).await?;
    let mut found = rows.iter().map(customers::read).collect::<Result<Vec<_>, _>>()?;
    found.sort_by(|one, other| one.code.cmp(&other.code));
    Ok(found)
}

/// Those of these products that exist.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn products(
    connection: &mut SqliteConnection,
    ids: &[ProductId],
) -> Result<Vec<NamedProduct>, DbError> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows = rows_of(connection, "SELECT doc FROM products WHERE id IN (", &ids).await?;
    let product = |row: &SqliteRow| {
        let Product { id, name, .. } = row.doc("doc")?;
        Ok(NamedProduct { id, name })
    };
    rows.iter().map(product).collect()
}

async fn rows_of(
    connection: &mut SqliteConnection,
    select: &str,
    ids: &[String],
) -> Result<Vec<SqliteRow>, DbError> {
    let mut rows = Vec::new();
    for part in ids.chunks(AT_ONCE) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(select);
        let mut list = query.separated(", ");
        for id in part {
            list.push_bind(id.clone());
        }
        query.push(")");
        rows.extend(query.build().fetch_all(&mut *connection).await?);
    }
    Ok(rows)
}
