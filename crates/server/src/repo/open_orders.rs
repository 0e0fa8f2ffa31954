//! The orders that wait at a stage, as a whole, and the stock behind them: what boards and plans add up.
//!
//! A fixed number of statements whatever there is: the documents of the open orders are read once, by the index of the
//! status, and what is done with them is the domain's.

use std::collections::BTreeMap;

use countersign_contract::account::CustomerRef;
use countersign_domain::id::{CategoryId, VariantId, WarehouseId};
use countersign_domain::order::{Order, OrderStatus};
use countersign_domain::quantity::Quantity;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::stock::from_units;
use super::summaries;
use crate::db::DbError;
use crate::db::row::RowExt;

/// Ids in one `IN` list.
const AT_ONCE: usize = 500;

/// An open order and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenOrder {
    /// The order.
    pub order: Order,
    /// Its customer.
    pub customer: CustomerRef,
}

/// What lies in a warehouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// Where.
    pub warehouse_id: WarehouseId,
    /// On hand, what is set aside included.
    pub on_hand: Quantity,
    /// Not set aside for anybody.
    pub free: Quantity,
}

/// Every order in one of these statuses, whoever sees it: who comes first is a question among all of them.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn all(
    connection: &mut SqliteConnection,
    statuses: impl Iterator<Item = OrderStatus>,
) -> Result<Vec<OpenOrder>, DbError> {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "SELECT o.doc, o.customer_id, c.code AS customer_code, c.name_zh AS customer_zh, \
         c.name_en AS customer_en FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.status IN",
    );
    summaries::push_statuses(&mut query, statuses)?;
    let rows = query.build().fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(OpenOrder {
                order: row.doc("doc")?,
                customer: CustomerRef {
                    id: row.parsed("customer_id")?,
                    code: row.text("customer_code")?,
                    name: row.local("customer")?,
                },
            })
        })
        .collect()
}

/// What lies of these variants, by variant: the default warehouse first, as stock is taken.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn shelves(
    connection: &mut SqliteConnection,
    variants: &[VariantId],
) -> Result<BTreeMap<VariantId, Vec<Shelf>>, DbError> {
    let mut found: BTreeMap<VariantId, Vec<Shelf>> = BTreeMap::new();
    for part in variants.chunks(AT_ONCE) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "SELECT s.variant_id, s.warehouse_id, s.on_hand, s.on_hand - s.reserved AS free \
             FROM stock s JOIN warehouses w ON w.id = s.warehouse_id WHERE s.variant_id IN (",
        );
        push_ids(&mut query, part);
        query.push(") ORDER BY w.is_default DESC, w.code");
        for row in query.build().fetch_all(&mut *connection).await? {
            let shelf = Shelf {
                warehouse_id: row.parsed("warehouse_id")?,
                on_hand: from_units(row.int("on_hand")?),
                free: from_units(row.int("free")?),
            };
            found.entry(row.parsed("variant_id")?).or_default().push(shelf);
        }
    }
    Ok(found)
}

/// The categories of these variants.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn categories(
    connection: &mut SqliteConnection,
    variants: &[VariantId],
) -> Result<BTreeMap<VariantId, CategoryId>, DbError> {
    let mut found = BTreeMap::new();
    for part in variants.chunks(AT_ONCE) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "SELECT v.id, p.category_id FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id IN (",
        );
        push_ids(&mut query, part);
        query.push(")");
        for row in query.build().fetch_all(&mut *connection).await? {
            found.insert(row.parsed("id")?, row.parsed("category_id")?);
        }
    }
    Ok(found)
}

fn push_ids(query: &mut QueryBuilder<Sqlite>, variants: &[VariantId]) {
    let mut list = query.separated(", ");
    for id in variants {
        list.push_bind(id.to_string());
    }
}
