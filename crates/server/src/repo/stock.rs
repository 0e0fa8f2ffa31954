//! What lies where. Quantities in the table are ten-thousandths of the base unit: see migration 2.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use countersign_contract::stock::StockCount;
use countersign_domain::id::{AccountId, VariantId, WarehouseId};
use countersign_domain::order::FreeStock;
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};
use uuid::Uuid;

use crate::clock::stamp;
use crate::db::DbError;
use crate::db::row::{RowExt, to_json};

/// Ids in one `IN` list.
const AT_ONCE: usize = 500;

/// A warehouse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warehouse {
    /// Its id.
    pub id: WarehouseId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: LocalText,
    /// Where stock is taken from when nobody says otherwise.
    pub is_default: bool,
}

/// A quantity as the table holds it.
pub fn to_units(quantity: Quantity) -> i64 {
    let mut value = quantity.get();
    value.rescale(Quantity::MAX_SCALE);
    value.mantissa().to_i64().unwrap_or(i64::MAX)
}

/// A quantity from the table; less than nothing is nothing.
pub fn from_units(units: i64) -> Quantity {
    Quantity::new(Decimal::new(units.max(0), Quantity::MAX_SCALE)).unwrap_or(Quantity::ZERO)
}

/// Stores a warehouse, in place of the one with the same id.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put_warehouse(connection: &mut SqliteConnection, warehouse: &Warehouse) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO warehouses (id, code, name_zh, name_en, is_default) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET code = excluded.code, name_zh = excluded.name_zh, \
         name_en = excluded.name_en, is_default = excluded.is_default",
    )
    .bind(warehouse.id.to_string())
    .bind(&warehouse.code)
    .bind(&warehouse.name.zh)
    .bind(&warehouse.name.en)
    .bind(i64::from(warehouse.is_default))
    .execute(connection)
    .await?;
    Ok(())
}

/// The warehouses, the default first.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn warehouses(connection: &mut SqliteConnection) -> Result<Vec<Warehouse>, DbError> {
    let rows = sqlx::query(
        "SELECT id, code, name_zh, name_en, is_default FROM warehouses ORDER BY is_default DESC, code",
    )
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Warehouse {
                id: row.parsed("id")?,
                code: row.text("code")?,
                name: row.local("name")?,
                is_default: row.flag("is_default")?,
            })
        })
        .collect()
}

/// Sets what was counted of a variant, reserved stock included.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn set_on_hand(
    connection: &mut SqliteConnection,
    variant: VariantId,
    warehouse: WarehouseId,
    on_hand: Quantity,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO stock (variant_id, warehouse_id, on_hand, reserved) VALUES ($1, $2, $3, 0) \
         ON CONFLICT (variant_id, warehouse_id) DO UPDATE SET on_hand = excluded.on_hand",
    )
    .bind(variant.to_string())
    .bind(warehouse.to_string())
    .bind(to_units(on_hand))
    .execute(connection)
    .await?;
    Ok(())
}

/// Sets what was counted in a warehouse, and keeps who counted it and why.
///
/// # Errors
/// A [`DbError`] when the database refuses: the warehouse or a variant does not exist.
pub async fn record_count(
    connection: &mut SqliteConnection,
    id: Uuid,
    count: &StockCount,
    counted_by: AccountId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    for counted in &count.counts {
        set_on_hand(
            connection,
            counted.variant_id,
            count.warehouse_id,
            counted.on_hand,
        )
        .await?;
    }
    sqlx::query(
        "INSERT INTO stock_counts (id, warehouse_id, counted_by, counted_at, reason, doc) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.to_string())
    .bind(count.warehouse_id.to_string())
    .bind(counted_by.to_string())
    .bind(stamp(now))
    .bind(count.reason.trim())
    .bind(to_json(&count.counts)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// What is free of these variants, by warehouse.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn free(
    connection: &mut SqliteConnection,
    variants: &[VariantId],
) -> Result<Vec<FreeStock>, DbError> {
    let mut found = Vec::new();
    for part in variants.chunks(AT_ONCE) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "SELECT variant_id, warehouse_id, on_hand - reserved AS free FROM stock WHERE variant_id IN (",
        );
        let mut list = query.separated(", ");
        for id in part {
            list.push_bind(id.to_string());
        }
        query.push(") ORDER BY variant_id, warehouse_id");
        for row in query.build().fetch_all(&mut *connection).await? {
            found.push(FreeStock {
                variant_id: row.parsed("variant_id")?,
                warehouse_id: row.parsed("warehouse_id")?,
                free: from_units(row.int("free")?),
            });
        }
    }
    Ok(found)
}

/// What is free of these variants in all warehouses together.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn free_in_all(
    connection: &mut SqliteConnection,
    variants: &[VariantId],
) -> Result<BTreeMap<VariantId, Quantity>, DbError> {
    let mut sums: BTreeMap<VariantId, Quantity> = BTreeMap::new();
    for stock in free(connection, variants).await? {
        *sums.entry(stock.variant_id).or_default() += stock.free;
    }
    Ok(sums)
}

/// Sets stock aside, or (with a negative amount) gives it back.
///
/// # Errors
/// A [`DbError`] when the database refuses: more would be given back than was set aside.
pub async fn reserve(
    connection: &mut SqliteConnection,
    variant: VariantId,
    warehouse: WarehouseId,
    units: i64,
) -> Result<(), DbError> {
    sqlx::query("UPDATE stock SET reserved = reserved + $3 WHERE variant_id = $1 AND warehouse_id = $2")
        .bind(variant.to_string())
        .bind(warehouse.to_string())
        .bind(units)
        .execute(connection)
        .await?;
    Ok(())
}

/// Puts goods that came back into a warehouse.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put_back(
    connection: &mut SqliteConnection,
    variant: VariantId,
    warehouse: WarehouseId,
    units: i64,
) -> Result<(), DbError> {
    sqlx::query(
        "INSERT INTO stock (variant_id, warehouse_id, on_hand, reserved) VALUES ($1, $2, $3, 0) \
         ON CONFLICT (variant_id, warehouse_id) DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand",
    )
    .bind(variant.to_string())
    .bind(warehouse.to_string())
    .bind(units)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes reserved stock out of the warehouse: it leaves.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn take(
    connection: &mut SqliteConnection,
    variant: VariantId,
    warehouse: WarehouseId,
    units: i64,
) -> Result<(), DbError> {
    sqlx::query(
        "UPDATE stock SET reserved = reserved - $3, on_hand = on_hand - $3 \
         WHERE variant_id = $1 AND warehouse_id = $2",
    )
    .bind(variant.to_string())
    .bind(warehouse.to_string())
    .bind(units)
    .execute(connection)
    .await?;
    Ok(())
}
