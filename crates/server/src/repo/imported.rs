//! Orders that were imported and wait to be replayed, and what an import needs to know of what is there.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use countersign_domain::id::{
    CategoryId, CustomerId, DraftId, LevelId, LineId, RegionId, VariantId, WarehouseId,
};
use countersign_domain::money::{Money, Rate};
use countersign_domain::product::Product;
use countersign_domain::quantity::Quantity;
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

use super::{products, settings, stock};
use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, to_json};

/// What there is, by code.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Categories.
    pub categories: BTreeMap<String, CategoryId>,
    /// Variants, by SKU.
    pub variants: BTreeMap<String, VariantId>,
    /// Customers.
    pub customers: BTreeMap<String, CustomerId>,
    /// Regions.
    pub regions: BTreeMap<String, RegionId>,
    /// Customer levels.
    pub levels: BTreeMap<String, LevelId>,
    /// Imported orders.
    pub orders: BTreeSet<String>,
    /// Logins of both sides.
    pub logins: BTreeSet<String>,
}

/// An order as it was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedOrder {
    /// The draft it is submitted as, which makes it one order however often it is replayed.
    pub draft_id: DraftId,
    /// What its file calls it.
    pub code: String,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// When it was ordered.
    pub ordered_on: Option<NaiveDate>,
    /// Cost of delivery.
    pub freight: Money,
    /// What was ordered.
    pub lines: Vec<ImportedLine>,
}

/// A line of an imported order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedLine {
    /// Its id.
    pub id: LineId,
    /// What.
    pub variant_id: VariantId,
    /// The price it was sold at.
    pub price: Money,
    /// How many, in the ordering unit.
    pub quantity: Quantity,
    /// The share taken off.
    pub discount: Rate,
}

/// How a variant is sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaleOf {
    /// Whether its product is on sale.
    pub on_sale: bool,
    /// Base units in its ordering unit.
    pub factor: Quantity,
}

/// What there is.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn known(connection: &mut SqliteConnection) -> Result<Known, DbError> {
    let mut known = Known {
        categories: by_code(connection, "SELECT code, id FROM categories").await?,
        variants: by_code(connection, "SELECT sku AS code, id FROM variants").await?,
        customers: by_code(connection, "SELECT code, id FROM customers").await?,
        regions: by_code(connection, "SELECT code, id FROM regions").await?,
        levels: by_code(connection, "SELECT code, id FROM levels").await?,
        ..Known::default()
    };
    for row in sqlx::query("SELECT code FROM imported_orders")
        .fetch_all(&mut *connection)
        .await?
    {
        known.orders.insert(row.text("code")?);
    }
    for row in sqlx::query("SELECT login FROM accounts")
        .fetch_all(connection)
        .await?
    {
        known.logins.insert(row.text("login")?);
    }
    Ok(known)
}

async fn by_code<Id: std::str::FromStr>(
    connection: &mut SqliteConnection,
    sql: &'static str,
) -> Result<BTreeMap<String, Id>, DbError> {
    let rows = sqlx::query(sql).fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((row.text("code")?, row.parsed("id")?)))
        .collect()
}

/// Keeps an imported order.
///
/// # Errors
/// A [`DbError`] when the database refuses: it is there already, or its customer is not.
pub async fn insert(
    connection: &mut SqliteConnection,
    order: &ImportedOrder,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO imported_orders (draft_id, code, customer_id, ordered_on, freight, lines, imported_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(order.draft_id.to_string())
    .bind(&order.code)
    .bind(order.customer_id.to_string())
    .bind(order.ordered_on.map(|day| day.to_string()))
    .bind(order.freight.to_string())
    .bind(to_json(&order.lines)?)
    .bind(stamp(now))
    .execute(connection)
    .await?;
    Ok(())
}

/// Every imported order, replayed or not, oldest first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn orders(connection: &mut SqliteConnection) -> Result<Vec<ImportedOrder>, DbError> {
    let rows = sqlx::query(
        "SELECT draft_id, code, customer_id, ordered_on, freight, lines FROM imported_orders \
         ORDER BY COALESCE(ordered_on, ''), code",
    )
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ImportedOrder {
                draft_id: row.parsed("draft_id")?,
                code: row.text("code")?,
                customer_id: row.parsed("customer_id")?,
                ordered_on: row.opt_parsed("ordered_on")?,
                freight: row.parsed("freight")?,
                lines: row.doc("lines")?,
            })
        })
        .collect()
}

/// The variants of imported orders that have not been submitted.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn waiting_variants(connection: &mut SqliteConnection) -> Result<BTreeSet<VariantId>, DbError> {
    let rows = sqlx::query(
        "SELECT i.lines FROM imported_orders i LEFT JOIN orders o ON o.draft_id = i.draft_id WHERE o.id IS NULL",
    )
    .fetch_all(connection)
    .await?;
    let mut variants = BTreeSet::new();
    for row in &rows {
        let lines: Vec<ImportedLine> = row.doc("lines")?;
        variants.extend(lines.iter().map(|line| line.variant_id));
    }
    Ok(variants)
}

/// The login of a customer's oldest account.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn login_of(
    connection: &mut SqliteConnection,
    customer: CustomerId,
) -> Result<Option<String>, DbError> {
    let row = sqlx::query(
        "SELECT login FROM accounts WHERE customer_id = $1 AND disabled_at IS NULL \
         ORDER BY created_at, id LIMIT 1",
    )
    .bind(customer.to_string())
    .fetch_optional(connection)
    .await?;
    row.map(|row| row.text("login")).transpose()
}

/// Adds to what is on hand of a variant, in base units. Its product becomes the newest change of the catalog.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn add_on_hand(
    connection: &mut SqliteConnection,
    variant: VariantId,
    warehouse: WarehouseId,
    quantity: Quantity,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO stock (variant_id, warehouse_id, on_hand, reserved) VALUES ($1, $2, $3, 0) \
         ON CONFLICT (variant_id, warehouse_id) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand",
    )
    .bind(variant.to_string())
    .bind(warehouse.to_string())
    .bind(stock::to_units(quantity))
    .execute(&mut *connection)
    .await?;
    products::touch(connection, &[variant]).await
}

/// How a variant is sold.
///
/// # Errors
/// A [`DbError`] when the database refuses or has no such variant.
pub async fn sale_of(connection: &mut SqliteConnection, variant: VariantId) -> Result<SaleOf, DbError> {
    let product = product_of(connection, variant).await?;
    let factor = product
        .variants
        .iter()
        .find(|one| one.id == variant)
        .map_or(Quantity::ONE, |one| one.ordering_unit().factor);
    Ok(SaleOf {
        on_sale: product.on_sale,
        factor,
    })
}

/// Puts the product of a variant on sale, or takes it off. It becomes the newest change of the catalog.
///
/// # Errors
/// A [`DbError`] when the database refuses or has no such variant.
pub async fn set_on_sale(
    connection: &mut SqliteConnection,
    variant: VariantId,
    on_sale: bool,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let mut product = product_of(connection, variant).await?;
    product.on_sale = on_sale;
    let change = settings::count(connection, "catalog-change").await?;
    sqlx::query("UPDATE products SET on_sale = $2, doc = $3, change = $4, updated_at = $5 WHERE id = $1")
        .bind(product.id.to_string())
        .bind(i64::from(on_sale))
        .bind(to_json(&product)?)
        .bind(change)
        .bind(stamp(now))
        .execute(connection)
        .await?;
    Ok(())
}

async fn product_of(connection: &mut SqliteConnection, variant: VariantId) -> Result<Product, DbError> {
    let row =
        sqlx::query("SELECT p.doc FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id = $1")
            .bind(variant.to_string())
            .fetch_one(connection)
            .await?;
    row.doc("doc")
}
