//! Promotions as the supplier keeps them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use countersign_contract::promotion::KeptPromotion;
use countersign_domain::id::{AccountId, CategoryId, PromotionId};
use countersign_domain::promotion::Promotion;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use uuid::Uuid;

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, sql_int, to_json};

/// Ids in one `IN` list: below the number of parameters every database takes.
const AT_ONCE: usize = 500;

/// What a promotion may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Variants of products.
    Variants,
    /// Products.
    Products,
    /// Categories.
    Categories,
    /// Levels of customers.
    Levels,
    /// Customers.
    Customers,
}

/// Every promotion, the newest beginning first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<KeptPromotion>, DbError> {
    let rows = sqlx::query("SELECT doc, version FROM promotions ORDER BY from_at DESC, id")
        .fetch_all(connection)
        .await?;
    rows.iter().map(kept).collect()
}

/// The promotion with this id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn find(
    connection: &mut SqliteConnection,
    id: PromotionId,
) -> Result<Option<KeptPromotion>, DbError> {
    let row = sqlx::query("SELECT doc, version FROM promotions WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(kept).transpose()
}

/// The promotions that are on and whose time it is, for whomever they are, by id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn running(
    connection: &mut SqliteConnection,
    now: DateTime<Utc>,
) -> Result<Vec<Promotion>, DbError> {
    let rows = sqlx::query(
        "SELECT doc FROM promotions \
         WHERE is_on = 1 AND from_at <= $1 AND (until_at IS NULL OR until_at > $1) ORDER BY id",
    )
    .bind(stamp(now))
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| row.doc("doc")).collect()
}

/// Stores a promotion in place of the one with the same id, remembers who did it, and gives its new version.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put(
    connection: &mut SqliteConnection,
    promotion: &Promotion,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<u64, DbError> {
    let doc = to_json(promotion)?;
    let row = sqlx::query(
        "INSERT INTO promotions (id, is_on, from_at, until_at, doc, version, updated_at) \
         VALUES ($1, $2, $3, $4, $5, 1, $6) \
         ON CONFLICT (id) DO UPDATE SET is_on = excluded.is_on, from_at = excluded.from_at, \
         until_at = excluded.until_at, doc = excluded.doc, version = promotions.version + 1, \
         updated_at = excluded.updated_at RETURNING version",
    )
    .bind(promotion.id.to_string())
    .bind(i64::from(promotion.is_on))
    .bind(stamp(promotion.from))
    .bind(promotion.until.map(stamp))
    .bind(&doc)
    .bind(stamp(now))
    .fetch_one(&mut *connection)
    .await?;
    let version = row.count("version")?;
    sqlx::query(
        "INSERT INTO promotion_changes (promotion_id, version, doc, changed_by, changed_at) \
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(promotion.id.to_string())
    .bind(sql_int(version))
    .bind(doc)
    .bind(by.to_string())
    .bind(stamp(now))
    .execute(connection)
    .await?;
    Ok(version)
}

/// Whether each of `ids` is there.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn all_there(
    connection: &mut SqliteConnection,
    named: Named,
    ids: &[Uuid],
) -> Result<bool, DbError> {
    let select = match named {
        Named::Variants => "SELECT COUNT(*) AS found FROM variants WHERE id IN (",
        Named::Products => "SELECT COUNT(*) AS found FROM products WHERE id IN (",
        Named::Categories => "SELECT COUNT(*) AS found FROM categories WHERE id IN (",
        Named::Levels => "SELECT COUNT(*) AS found FROM levels WHERE id IN (",
        Named::Customers => "SELECT COUNT(*) AS found FROM customers WHERE id IN (",
    };
    let distinct: Vec<Uuid> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    for part in distinct.chunks(AT_ONCE) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(select);
        let mut list = query.separated(", ");
        for id in part {
            list.push_bind(id.to_string());
        }
        query.push(")");
        let found = query.build().fetch_one(&mut *connection).await?.count("found")?;
        if usize::try_from(found).unwrap_or_default() < part.len() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `categories` with everything below them.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn with_those_below(
    connection: &mut SqliteConnection,
    categories: &[CategoryId],
) -> Result<Vec<CategoryId>, DbError> {
    let mut found: BTreeSet<CategoryId> = categories.iter().copied().collect();
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query("SELECT id, parent_id FROM categories WHERE parent_id IS NOT NULL")
        .fetch_all(connection)
        .await?;
    let mut tree: Vec<(CategoryId, CategoryId)> = Vec::with_capacity(rows.len());
    for row in &rows {
        tree.push((row.parsed("id")?, row.parsed("parent_id")?));
    }
    // A round for each floor of the tree; one that adds nothing is the last.
    loop {
        let before = found.len();
        for (id, parent) in &tree {
            if found.contains(parent) {
                found.insert(*id);
            }
        }
        if found.len() == before {
            return Ok(found.into_iter().collect());
        }
    }
}

fn kept(row: &SqliteRow) -> Result<KeptPromotion, DbError> {
    Ok(KeptPromotion {
        version: row.count("version")?,
        promotion: row.doc("doc")?,
    })
}
