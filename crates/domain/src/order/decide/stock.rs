//! Stock while a command is decided: what is free, and setting it aside.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::id::{LineId, VariantId, WarehouseId};
use crate::order::decide::Draft;
use crate::order::{Fact, OrderLine, Rejection, ShipmentLine};
use crate::quantity::Quantity;

/// Sets stock aside for a line.
pub(super) fn reserve(
    draft: &mut Draft<'_>,
    free: &mut FreeStock,
    line: &OrderLine,
    warehouse_id: WarehouseId,
    quantity: Quantity,
) {
    if !quantity.is_zero() {
        free.take(line, warehouse_id, quantity);
        draft.emit(Fact::StockReserved {
            line_id: line.id,
            warehouse_id,
            quantity,
        });
    }
}

/// Free stock while it is handed out: two lines of one variant share it.
pub(super) struct FreeStock(BTreeMap<(VariantId, WarehouseId), Quantity>);

impl FreeStock {
    /// All that is free when a command is decided.
    pub(super) fn new(draft: &Draft<'_>) -> Self {
        let stock = &draft.context.facts.stock;
        Self(
            stock
                .iter()
                .map(|stock| ((stock.variant_id, stock.warehouse_id), stock.free))
                .collect(),
        )
    }

    /// What is free for `line` there, in whole units of the line where that is a pack.
    pub(super) fn of(&self, line: &OrderLine, warehouse: WarehouseId) -> Quantity {
        let free = self
            .0
            .get(&(line.variant_id, warehouse))
            .copied()
            .unwrap_or_default();
        let factor = line.unit.factor.get();
        if factor <= Decimal::ZERO || factor == Decimal::ONE {
            return free;
        }
        let units = free.get().checked_div(factor).unwrap_or_default().trunc();
        Quantity::new(units).unwrap_or_default()
    }

    fn take(&mut self, line: &OrderLine, warehouse: WarehouseId, quantity: Quantity) {
        if let Some(free) = self.0.get_mut(&(line.variant_id, warehouse)) {
            *free = free.minus(quantity.times(line.unit.factor));
        }
    }
}

/// What has to be set aside so that `lines` can leave: nothing of what the outbound review reserved, and all of it where
/// that review is switched off. Nobody has picked a warehouse then, so that it is the default one.
///
/// # Errors
/// [`Rejection::StockShort`] for the first line of which there is not enough: no more leaves than there is.
pub(super) fn to_reserve(
    draft: &Draft<'_>,
    lines: &[ShipmentLine],
) -> Result<Vec<(LineId, WarehouseId, Quantity)>, Rejection> {
    let mut free = FreeStock::new(draft);
    let mut missing = Vec::new();
    for part in lines {
        let Some(line) = draft.order.line(part.line_id) else {
            continue;
        };
        let quantity = part.quantity.minus(line.reserved_total());
        if quantity.is_zero() {
            continue;
        }
        let default = draft.context.facts.default_warehouse;
        let available = default.map_or(Quantity::ZERO, |warehouse| free.of(line, warehouse));
        match default {
            Some(warehouse) if quantity <= available => {
                free.take(line, warehouse, quantity);
                missing.push((line.id, warehouse, quantity));
            }
            _ => {
                return Err(Rejection::StockShort {
                    line_id: line.id,
                    warehouse_id: default,
                    available,
                });
            }
        }
    }
    Ok(missing)
}
