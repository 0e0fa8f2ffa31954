//! Products, their variants and the prices agreed with single customers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use countersign_domain::alert::kept_in_stock;
use countersign_domain::id::{CategoryId, CustomerId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::product::Product;
use countersign_domain::text::LocalText;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, to_json};
use crate::search::readings;

/// Ids in one `IN` list: below the number of parameters every database takes.
const AT_ONCE: usize = 500;

/// A category of the catalog tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// The category it belongs to.
    pub parent_id: Option<CategoryId>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: LocalText,
    /// Its place among its siblings.
    pub position: u32,
}

/// Stores a category, in place of the one with the same id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put_category(connection: &mut SqliteConnection, category: &Category) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO categories (id, parent_id, code, name_zh, name_en, position) \
         VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, code = excluded.code, \
         name_zh = excluded.name_zh, name_en = excluded.name_en, position = excluded.position",
    )
    .bind(category.id.to_string())
    .bind(category.parent_id.map(|id| id.to_string()))
    .bind(&category.code)
    .bind(&category.name.zh)
    .bind(&category.name.en)
    .bind(i64::from(category.position))
    .execute(connection)
    .await?;
    Ok(())
}

/// Stores a product with its variants at this place of the catalog, in place of the one with the same id. It becomes
/// the newest change of the catalog. Announcing that is up to the caller.
///
/// # Errors
/// A [`DbError`] when the database refuses: a SKU is taken, the category does not exist.
pub async fn put(
    connection: &mut SqliteConnection,
    product: &Product,
    position: u32,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let change = super::settings::count(connection, "catalog-change").await?;
    sqlx::query(
        "INSERT INTO products (id, category_id, on_sale, position, pinyin, doc, change, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (id) DO UPDATE SET category_id = excluded.category_id, on_sale = excluded.on_sale, \
         position = excluded.position, pinyin = excluded.pinyin, doc = excluded.doc, \
         change = excluded.change, updated_at = excluded.updated_at",
    )
    .bind(product.id.to_string())
    .bind(product.category_id.to_string())
    .bind(i64::from(product.on_sale))
    .bind(i64::from(position))
    .bind(readings::of(product))
    .bind(to_json(product)?)
    .bind(change)
    .bind(stamp(now))
    .execute(&mut *connection)
    .await?;
    for variant in &product.variants {
        sqlx::query(
            "INSERT INTO variants (id, product_id, sku, barcode, reorder_level) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (id) DO UPDATE SET sku = excluded.sku, barcode = excluded.barcode, \
             reorder_level = excluded.reorder_level",
        )
        .bind(variant.id.to_string())
        .bind(product.id.to_string())
        .bind(&variant.sku)
        .bind(&variant.barcode)
        .bind(super::stock::to_units(kept_in_stock(variant)))
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Computes the readings of at most so many products that have none yet: those from before they were kept. Gives how many
/// there were. It is no change of the catalog: whoever keeps a copy gets them with the next one of the whole.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn add_readings(connection: &mut SqliteConnection, limit: u32) -> Result<usize, DbError> {
    let rows = sqlx::query("SELECT id, doc FROM products WHERE pinyin IS NULL LIMIT $1")
        .bind(i64::from(limit))
        .fetch_all(&mut *connection)
        .await?;
    for row in &rows {
        sqlx::query("UPDATE products SET pinyin = $2 WHERE id = $1")
            .bind(row.text("id")?)
            .bind(readings::of(&row.doc("doc")?))
            .execute(&mut *connection)
            .await?;
    }
    Ok(rows.len())
}

/// Makes the products of these variants the newest changes of the catalog: something about them changed that their
/// documents don't hold. Announcing that is up to the caller.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn touch(connection: &mut SqliteConnection, variants: &[VariantId]) -> Result<(), DbError> {
    let mut products: BTreeSet<String> = BTreeSet::new();
    for row in rows_of(
        connection,
        "SELECT id, product_id FROM variants WHERE id IN (",
        variants,
    )
    .await?
    {
        products.insert(row.text("product_id")?);
    }
    for product in products {
        let change = super::settings::count(connection, "catalog-change").await?;
        sqlx::query("UPDATE products SET change = $2 WHERE id = $1")
            .bind(product)
            .bind(change)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Those of these variants that exist.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn known(
    connection: &mut SqliteConnection,
    variants: &[VariantId],
) -> Result<BTreeSet<VariantId>, DbError> {
    let rows = rows_of(connection, "SELECT id FROM variants WHERE id IN (", variants).await?;
    rows.iter().map(|row| row.parsed("id")).collect()
}

/// The rows of a query that ends in a list of ids, asked for in parts.
async fn rows_of(
    connection: &mut SqliteConnection,
    select: &str,
    variants: &[VariantId],
) -> Result<Vec<SqliteRow>, DbError> {
    let mut rows = Vec::new();
    for part in variants.chunks(AT_ONCE) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(select);
        let mut list = query.separated(", ");
        for id in part {
            list.push_bind(id.to_string());
        }
        query.push(")");
        rows.extend(query.build().fetch_all(&mut *connection).await?);
    }
    Ok(rows)
}

/// The products these variants belong to, by variant. Unknown variants are left out.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn by_variant(
    connection: &mut SqliteConnection,
    variants: &[VariantId],
) -> Result<BTreeMap<VariantId, Product>, DbError> {
    let select = "SELECT v.id AS variant_id, p.doc FROM variants v JOIN products p ON p.id = v.product_id \
                  WHERE v.id IN (";
    let mut found = BTreeMap::new();
    for row in rows_of(connection, select, variants).await? {
        found.insert(row.parsed("variant_id")?, row.doc("doc")?);
    }
    Ok(found)
}

/// Stores the price agreed with a customer, in place of the former one. Its product becomes the newest change of the
/// catalog.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put_agreed_price(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    variant: VariantId,
    price: Money,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO agreed_prices (customer_id, variant_id, price) VALUES ($1, $2, $3) \
         ON CONFLICT (customer_id, variant_id) DO UPDATE SET price = excluded.price",
    )
    .bind(customer.to_string())
    .bind(variant.to_string())
    .bind(price.to_string())
    .execute(&mut *connection)
    .await?;
    touch(connection, &[variant]).await
}

/// Every price agreed with a customer.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn agreed_prices(
    connection: &mut SqliteConnection,
    customer: CustomerId,
) -> Result<BTreeMap<VariantId, Money>, DbError> {
    let rows = sqlx::query("SELECT variant_id, price FROM agreed_prices WHERE customer_id = $1")
        .bind(customer.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| Ok((row.parsed("variant_id")?, row.parsed("price")?)))
        .collect()
}

/// The prices agreed with a customer for these variants.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn agreed_prices_of(
    connection: &mut SqliteConnection,
    customer: CustomerId,
    variants: &[VariantId],
) -> Result<BTreeMap<VariantId, Money>, DbError> {
    let mut found = BTreeMap::new();
    for part in variants.chunks(AT_ONCE) {
        let mut query: QueryBuilder<Sqlite> =
            QueryBuilder::new("SELECT variant_id, price FROM agreed_prices WHERE customer_id = ");
        query.push_bind(customer.to_string());
        query.push(" AND variant_id IN (");
        let mut list = query.separated(", ");
        for id in part {
            list.push_bind(id.to_string());
        }
        query.push(")");
        for row in query.build().fetch_all(&mut *connection).await? {
            found.insert(row.parsed("variant_id")?, row.parsed("price")?);
        }
    }
    Ok(found)
}

/// How many products there are.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count(connection: &mut SqliteConnection) -> Result<i64, DbError> {
    Ok(sqlx::query("SELECT COUNT(*) FROM products")
        .fetch_one(connection)
        .await?
        .try_get(0)?)
}
