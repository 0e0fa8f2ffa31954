//! What an order's events do to stock and money, and what the rules have to know of both.

use std::collections::BTreeSet;

use countersign_domain::customer::PaymentPolicy;
use countersign_domain::id::{LineId, VariantId, WarehouseId};
use countersign_domain::order::{Event, Fact, Facts, FreeStock, Order, TakenStock};
use countersign_domain::quantity::Quantity;
use countersign_domain::returns::ReturnedGoods;
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::customers::{self, Customer};
use super::payments::{self, Payment};
use super::{products, stock};
use crate::db::DbError;

/// The facts around `order`; `more` are variants that a command brings in beside those of its lines.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn facts(
    connection: &mut SqliteConnection,
    order: &Order,
    customer: &Customer,
    more: &[VariantId],
) -> Result<Facts, DbError> {
    let mut variants: BTreeSet<VariantId> = order.lines.iter().map(|line| line.variant_id).collect();
    variants.extend(more);
    let variants: Vec<VariantId> = variants.into_iter().collect();
    let exposure = match customer.policy {
        PaymentPolicy::Credit { .. } => {
            customers::exposure(connection, customer.id, Some(order.id), &order.currency).await?
        }
        // Nobody asks for it, and adding it up takes a while.
        PaymentPolicy::Prepaid | PaymentPolicy::Deposit { .. } => Default::default(),
    };
    Ok(Facts {
        policy: customer.policy.clone(),
        paid: payments::paid(connection, order.id, &order.currency).await?,
        exposure,
        stock: stock::free(connection, &variants).await?,
        default_warehouse: default_warehouse(connection).await?,
        lead_days: longest_lead(connection, &variants).await?,
        // Who acts is not known here.
        waiting_before: 0,
    })
}

/// The longest lead time of what is ordered, in days.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn lead_days(connection: &mut SqliteConnection, order: &Order) -> Result<u32, DbError> {
    let variants: BTreeSet<VariantId> = order.lines.iter().map(|line| line.variant_id).collect();
    longest_lead(connection, &Vec::from_iter(variants)).await
}

async fn longest_lead(connection: &mut SqliteConnection, variants: &[VariantId]) -> Result<u32, DbError> {
    let products = products::by_variant(connection, variants).await?;
    let longest = products
        .iter()
        .filter_map(|(id, product)| product.variants.iter().find(|variant| variant.id == *id))
        .map(|variant| variant.lead_days)
        .max();
    Ok(longest.unwrap_or(0))
}

async fn default_warehouse(connection: &mut SqliteConnection) -> Result<Option<WarehouseId>, DbError> {
    let warehouses = stock::warehouses(connection).await?;
    Ok(warehouses
        .into_iter()
        .find(|warehouse| warehouse.is_default)
        .map(|warehouse| warehouse.id))
}

/// Free stock for the lines of an order, each in the line's unit; what does not fill a pack is none.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn free_for_lines(
    connection: &mut SqliteConnection,
    order: &Order,
) -> Result<Vec<(LineId, FreeStock)>, DbError> {
    let variants: BTreeSet<VariantId> = order.lines.iter().map(|line| line.variant_id).collect();
    let variants: Vec<VariantId> = variants.into_iter().collect();
    let free = stock::free(connection, &variants).await?;
    let mut found = Vec::new();
    for line in &order.lines {
        for there in free.iter().filter(|there| there.variant_id == line.variant_id) {
            let there = FreeStock {
                free: in_units(there.free, line.unit.factor),
                ..*there
            };
            found.push((line.id, there));
        }
    }
    Ok(found)
}

/// How many whole units of `factor` base units there are; the base unit itself may be broken.
fn in_units(free: Quantity, factor: Quantity) -> Quantity {
    if factor.is_zero() || factor == Quantity::ONE {
        return free;
    }
    let units = free.get().checked_div(factor.get()).unwrap_or_default().trunc();
    Quantity::new(units).unwrap_or_default()
}

/// Books what an event says of stock and money; `order` is the order after it. Tells the variants whose stock changed.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn book(
    connection: &mut SqliteConnection,
    order: &Order,
    event: &Event,
    new_id: Uuid,
) -> Result<Vec<VariantId>, DbError> {
    match &event.fact {
        Fact::StockReserved {
            line_id,
            warehouse_id,
            quantity,
        } => {
            let Some((variant, units)) = in_stock(order, *line_id, *quantity) else {
                return Ok(Vec::new());
            };
            stock::reserve(connection, variant, *warehouse_id, units).await?;
            Ok(vec![variant])
        }
        Fact::ReservationReleased {
            line_id,
            warehouse_id,
            quantity,
        } => {
            let Some((variant, units)) = in_stock(order, *line_id, *quantity) else {
                return Ok(Vec::new());
            };
            stock::reserve(connection, variant, *warehouse_id, units.saturating_neg()).await?;
            Ok(vec![variant])
        }
        Fact::Shipped { taken, .. } => ship(connection, order, taken).await,
        Fact::RefundDue { amount } => {
            // Only people take back or void an order, so there is somebody to book it to.
            let Some(by) = event.by else {
                return Ok(Vec::new());
            };
            let repayment = Payment {
                id: new_id,
                order_id: order.id,
                customer_id: order.customer_id,
                amount: -*amount,
                reference: order.number.clone(),
                confirmed_by: by,
                confirmed_at: event.at,
            };
            payments::add(connection, &repayment, &order.currency).await?;
            Ok(Vec::new())
        }
        _ => Ok(Vec::new()),
    }
}

/// The variant of a line, and a quantity of it as the stock table counts.
fn in_stock(order: &Order, line: LineId, quantity: Quantity) -> Option<(VariantId, i64)> {
    let line = order.line(line)?;
    Some((line.variant_id, stock::to_units(quantity.times(line.unit.factor))))
}

/// What leaves was set aside before, at the outbound review or by the shipment itself.
async fn ship(
    connection: &mut SqliteConnection,
    order: &Order,
    taken: &[TakenStock],
) -> Result<Vec<VariantId>, DbError> {
    let mut changed = Vec::new();
    for part in taken {
        if let Some((variant, units)) = in_stock(order, part.line_id, part.quantity) {
            stock::take(connection, variant, part.warehouse_id, units).await?;
            changed.push(variant);
        }
    }
    Ok(changed)
}

/// Puts into stock what of returned goods can be sold again, in the default warehouse where none is named. Tells the
/// variants whose stock changed.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn put_back(
    connection: &mut SqliteConnection,
    order: &Order,
    warehouse: Option<WarehouseId>,
    lines: &[ReturnedGoods],
) -> Result<Vec<VariantId>, DbError> {
    let warehouse = match warehouse {
        Some(warehouse) => Some(warehouse),
        None => default_warehouse(connection).await?,
    };
    let Some(warehouse) = warehouse else {
        return Ok(Vec::new());
    };
    let mut changed = Vec::new();
    for line in lines.iter().filter(|line| !line.sellable.is_zero()) {
        if let Some((variant, units)) = in_stock(order, line.line_id, line.sellable) {
            stock::put_back(connection, variant, warehouse, units).await?;
            changed.push(variant);
        }
    }
    Ok(changed)
}
