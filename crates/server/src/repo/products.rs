//! Products, their variants and the prices agreed with single customers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use countersign_domain::id::{CategoryId, CustomerId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::product::Product;
use countersign_domain::text::LocalText;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, to_json};

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
        "INSERT INTO products (id, category_id, on_sale, position, search, doc, change, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (id) DO UPDATE SET category_id = excluded.category_id, on_sale = excluded.on_sale, \
         position = excluded.position, search = excluded.search, doc = excluded.doc, \
         change = excluded.change, updated_at = excluded.updated_at",
    )
    .bind(product.id.to_string())
    .bind(product.category_id.to_string())
    .bind(i64::from(product.on_sale))
    .bind(i64::from(position))
    .bind(search_text(product))
    .bind(to_json(product)?)
    .bind(change)
    .bind(stamp(now))
    .execute(&mut *connection)
    .await?;
    for variant in &product.variants {
        sqlx::query(
            "INSERT INTO variants (id, product_id, sku, barcode) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (id) DO UPDATE SET sku = excluded.sku, barcode = excluded.barcode",
        )
        .bind(variant.id.to_string())
        .bind(product.id.to_string())
        .bind(&variant.sku)
        .bind(&variant.barcode)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// What a search looks through, in lower case: names, brand, codes, barcodes.
pub fn search_text(product: &Product) -> String {
    let mut words = vec![
        product.name.zh.as_str(),
        product.name.en.as_str(),
        product.brand.zh.as_str(),
        product.brand.en.as_str(),
    ];
    for variant in &product.variants {
        words.extend([variant.sku.as_str(), variant.name.zh.as_str(), variant.name.en.as_str()]);
        words.extend(variant.barcode.as_deref());
    }
    words.join("\n").to_lowercase()
}

/// The products these variants belong to, by variant. Unknown variants are left out.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn by_variant(
    connection: &mut SqliteConnection,
    variants: &[VariantId],
) -> Result<BTreeMap<VariantId, Product>, DbError> {
    let mut found = BTreeMap::new();
    for part in variants.chunks(AT_ONCE) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "SELECT v.id AS variant_id, p.doc FROM variants v JOIN products p ON p.id = v.product_id \
             WHERE v.id IN (",
        );
        let mut list = query.separated(", ");
        for id in part {
            list.push_bind(id.to_string());
        }
        query.push(")");
        for row in query.build().fetch_all(&mut *connection).await? {
            found.insert(row.parsed("variant_id")?, row.doc("doc")?);
        }
    }
    Ok(found)
}

/// Stores the price agreed with a customer, in place of the former one.
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
    .execute(connection)
    .await?;
    Ok(())
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
    rows.iter().map(|row| Ok((row.parsed("variant_id")?, row.parsed("price")?))).collect()
}

/// How many products there are.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count(connection: &mut SqliteConnection) -> Result<i64, DbError> {
    Ok(sqlx::query("SELECT COUNT(*) FROM products").fetch_one(connection).await?.try_get(0)?)
}
