//! Reading the catalog: what is on sale, found, paged and brought up to date.

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::id::{CategoryId, ProductId, VariantId};
use countersign_domain::product::Product;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::products::Category;
use super::sums;
use crate::db::DbError;
use crate::db::row::{RowExt, sql_int};

/// Ids in one `IN` list: below the number of parameters every database takes.
const AT_ONCE: usize = 500;

/// A product that is on sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnSale {
    /// Its place in the order of the catalog.
    pub position: u32,
    /// The product.
    pub product: Product,
    /// The readings of its Chinese texts.
    pub pinyin: String,
}

impl OnSale {
    pub(super) fn of(row: &SqliteRow) -> Result<Self, DbError> {
        Ok(Self {
            position: sums::small(row, "position")?,
            product: row.doc("doc")?,
            pinyin: row.opt_text("pinyin")?.unwrap_or_default(),
        })
    }
}

/// Those of these products that are on sale, in this order. There are never more than a page of them.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn these(connection: &mut SqliteConnection, ids: &[ProductId]) -> Result<Vec<OnSale>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut query: QueryBuilder<Sqlite> =
        QueryBuilder::new("SELECT position, doc, pinyin FROM products WHERE on_sale = 1 AND id IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id.to_string());
    }
    query.push(")");
    let rows = query.build().fetch_all(connection).await?;
    let found = rows
        .iter()
        .map(|row| OnSale::of(row).map(|one| (one.product.id, one)));
    let mut found = found.collect::<Result<BTreeMap<_, _>, DbError>>()?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Where the products of these variants stand, as far as they are on sale. There are never more than those of a long cart.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn places(
    connection: &mut SqliteConnection,
    variants: &BTreeSet<VariantId>,
) -> Result<BTreeSet<(u32, ProductId)>, DbError> {
    if variants.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT p.position, p.id FROM variants v JOIN products p ON p.id = v.product_id \
         WHERE p.on_sale = 1 AND v.id IN (",
    );
    let mut list = query.separated(", ");
    for variant in variants {
        list.push_bind(variant.to_string());
    }
    query.push(")");
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((sums::small(row, "position")?, row.parsed("id")?)))
        .collect()
}

/// What a change of the catalog means for finding products.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// Its place among the changes.
    pub change: u64,
    /// Which product.
    pub id: ProductId,
    /// The product, if it is on sale, and whether something of it is free.
    pub product: Option<(OnSale, bool)>,
}

/// At most `limit` changes after `since`, oldest first, with the stock: whatever changes it is a change of the catalog.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn shelved(
    connection: &mut SqliteConnection,
    since: u64,
    limit: u32,
) -> Result<Vec<Shelved>, DbError> {
    let rows = sqlx::query(
        "SELECT p.id, p.change, p.position, p.pinyin, CASE WHEN p.on_sale = 1 THEN p.doc END AS doc, \
         (SELECT COUNT(*) FROM variants v JOIN stock s ON s.variant_id = v.id \
          WHERE v.product_id = p.id AND s.on_hand > s.reserved) AS filled \
         FROM products p WHERE p.change > $1 ORDER BY p.change LIMIT $2",
    )
    .bind(sql_int(since))
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    let read = |row: &SqliteRow| {
        let product = match row.opt_text("doc")? {
            Some(_) => Some((OnSale::of(row)?, row.count("filled")? > 0)),
            None => None,
        };
        Ok(Shelved {
            change: row.count("change")?,
            id: row.parsed("id")?,
            product,
        })
    };
    rows.iter().map(read).collect()
}

/// The category each category hangs from.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn parents(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<CategoryId, Option<CategoryId>>, DbError> {
    let rows = sqlx::query("SELECT id, parent_id FROM categories")
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| Ok((row.parsed("id")?, row.opt_parsed("parent_id")?)))
        .collect()
}

/// The product with this id, if it is on sale.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, id: ProductId) -> Result<Option<OnSale>, DbError> {
    let row = sqlx::query("SELECT position, doc, pinyin FROM products WHERE id = $1 AND on_sale = 1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(OnSale::of).transpose()
}

/// A change of the catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its place among the changes.
    pub change: u64,
    /// Which product.
    pub id: ProductId,
    /// The product, if it is on sale.
    pub product: Option<OnSale>,
}

/// At most `limit` changes after `since`, oldest first. A product is among them once, with its last change.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn changes(
    connection: &mut SqliteConnection,
    since: u64,
    limit: u32,
) -> Result<Vec<Changed>, DbError> {
    let rows = sqlx::query(
        "SELECT id, change, position, pinyin, CASE WHEN on_sale = 1 THEN doc END AS doc FROM products \
         WHERE change > $1 ORDER BY change LIMIT $2",
    )
    .bind(sql_int(since))
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Changed {
                change: row.count("change")?,
                id: row.parsed("id")?,
                product: row.opt_text("doc")?.map(|_| OnSale::of(row)).transpose()?,
            })
        })
        .collect()
}

/// The newest change of the catalog.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn newest(connection: &mut SqliteConnection) -> Result<u64, DbError> {
    sqlx::query("SELECT COALESCE(MAX(change), 0) AS newest FROM products")
        .fetch_one(connection)
        .await?
        .count("newest")
}

/// Every category with the number of products on sale in it, without those below it and without `hidden` ones, in the
/// order of the catalog.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn categories(
    connection: &mut SqliteConnection,
    hidden: &BTreeSet<ProductId>,
) -> Result<Vec<(Category, u32)>, DbError> {
    let counted = sqlx::query(
        "SELECT category_id, COUNT(*) AS products FROM products WHERE on_sale = 1 GROUP BY category_id",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut counts: BTreeMap<CategoryId, u32> = BTreeMap::new();
    for row in &counted {
        counts.insert(row.parsed("category_id")?, sums::small(row, "products")?);
    }
    let hidden: Vec<ProductId> = hidden.iter().copied().collect();
    for part in hidden.chunks(AT_ONCE) {
        for one in these(connection, part).await? {
            if let Some(count) = counts.get_mut(&one.product.category_id) {
                *count = count.saturating_sub(1);
            }
        }
    }
    let rows = sqlx::query(
        "SELECT id, parent_id, code, name_zh, name_en, position FROM categories ORDER BY position, code",
    )
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let category = Category {
                id: row.parsed("id")?,
                parent_id: row.opt_parsed("parent_id")?,
                code: row.text("code")?,
                name: row.local("name")?,
                position: sums::small(row, "position")?,
            };
            let products = counts.get(&category.id).copied().unwrap_or(0);
            Ok((category, products))
        })
        .collect()
}
