//! Reading the catalog: what is on sale, found, paged and brought up to date.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use countersign_domain::id::{CategoryId, ProductId, VariantId};
use countersign_domain::product::Product;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::like;
use super::products::Category;
use super::sums;
use crate::db::DbError;
use crate::db::row::{RowExt, sql_int};

/// Which products of those on sale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Each of these is in a name or the brand, begins a code or is a barcode. In lower case.
    pub words: Vec<String>,
    /// In this category or below it.
    pub category: Option<CategoryId>,
    /// With one of these variants.
    pub variants: Option<Vec<VariantId>>,
    /// With a variant of which something is free.
    pub in_stock: bool,
}

impl Filter {
    fn push(&self, query: &mut QueryBuilder<Sqlite>) {
        query.push(" WHERE p.on_sale = 1");
        for word in &self.words {
            query.push(" AND (p.search LIKE ");
            query.push_bind(like::containing(word));
            query.push(" ESCAPE '\\' OR p.id IN (SELECT product_id FROM variants WHERE LOWER(sku) LIKE ");
            query.push_bind(like::beginning(word));
            query.push(" ESCAPE '\\' OR LOWER(barcode) = ");
            query.push_bind(word.clone());
            query.push("))");
        }
        if let Some(category) = self.category {
            // UNION, not UNION ALL: a tree that bites its tail comes to an end as well.
            query.push(" AND p.category_id IN (WITH RECURSIVE below(id) AS (SELECT ");
            query.push_bind(category.to_string());
            query.push(
                " UNION SELECT c.id FROM categories c JOIN below b ON c.parent_id = b.id) SELECT id FROM below)",
            );
        }
        if let Some(variants) = &self.variants {
            query.push(" AND p.id IN (SELECT product_id FROM variants WHERE id IN (");
            let mut list = query.separated(", ");
            for variant in variants {
                list.push_bind(variant.to_string());
            }
            query.push("))");
        }
        if self.in_stock {
            query.push(
                " AND EXISTS (SELECT 1 FROM variants v JOIN stock s ON s.variant_id = v.id \
                 WHERE v.product_id = p.id AND s.on_hand > s.reserved)",
            );
        }
    }
}

/// A product that is on sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnSale {
    /// Its place in the order of the catalog.
    pub position: u32,
    /// The product.
    pub product: Product,
}

impl OnSale {
    fn of(row: &SqliteRow) -> Result<Self, DbError> {
        Ok(Self {
            position: sums::small(row, "position")?,
            product: row.doc("doc")?,
        })
    }

    /// Where a page that ends with it ends.
    pub fn place(&self) -> Place {
        Place {
            position: self.position,
            id: self.product.id,
        }
    }
}

/// A place in the order of the catalog: the cursor of its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    position: u32,
    id: ProductId,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.position, self.id)
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (position, id) = text.split_once('.').ok_or(())?;
        Ok(Self {
            position: position.parse().map_err(|_| ())?,
            id: id.parse().map_err(|_| ())?,
        })
    }
}

/// At most `limit` products on sale behind `after`, in the order of the catalog.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(
    connection: &mut SqliteConnection,
    filter: &Filter,
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<OnSale>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new("SELECT p.position, p.doc FROM products p");
    filter.push(&mut query);
    if let Some(after) = after {
        query.push(" AND (p.position, p.id) > (");
        query.push_bind(i64::from(after.position)).push(", ");
        query.push_bind(after.id.to_string()).push(")");
    }
    query.push(" ORDER BY p.position, p.id LIMIT ");
    query.push_bind(i64::from(limit));
    let rows = query.build().fetch_all(connection).await?;
    rows.iter().map(OnSale::of).collect()
}

/// How many products there are in all of its pages.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn count(connection: &mut SqliteConnection, filter: &Filter) -> Result<u64, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new("SELECT COUNT(*) AS products FROM products p");
    filter.push(&mut query);
    query.build().fetch_one(connection).await?.count("products")
}

/// The product with this id, if it is on sale.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(connection: &mut SqliteConnection, id: ProductId) -> Result<Option<OnSale>, DbError> {
    let row = sqlx::query("SELECT position, doc FROM products WHERE id = $1 AND on_sale = 1")
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
        "SELECT id, change, position, CASE WHEN on_sale = 1 THEN doc END AS doc FROM products WHERE change > $1 \
         ORDER BY change LIMIT $2",
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

/// Every category with the number of products on sale in it, without those below it, in the order of the catalog.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn categories(connection: &mut SqliteConnection) -> Result<Vec<(Category, u32)>, DbError> {
    let counted = sqlx::query(
        "SELECT category_id, COUNT(*) AS products FROM products WHERE on_sale = 1 GROUP BY category_id",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut counts: BTreeMap<CategoryId, u32> = BTreeMap::new();
    for row in &counted {
        counts.insert(row.parsed("category_id")?, sums::small(row, "products")?);
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
