//! What lies where while the sample's orders are played.

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::id::{LineId, VariantId, WarehouseId};
use countersign_domain::order::{Event, Fact, FreeStock, Order};
use countersign_domain::quantity::Quantity;
use countersign_testkit::sample::catalog::catalog;
use countersign_testkit::sample::orders::{PlannedOrder, opening_stock};
use countersign_testkit::sample::warehouses::{MAIN, RESERVE, in_reserve};
use rust_decimal::Decimal;

use super::SeedError;
use super::goods::{quantity, variant_id};
use super::ids::id;

/// The stock of a variant in a warehouse, in base units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shelf {
    /// What is there.
    pub(super) on_hand: Quantity,
    /// What of it is set aside.
    pub(super) reserved: Quantity,
}

/// Every shelf.
#[derive(Debug)]
pub(super) struct Shelves(BTreeMap<(VariantId, WarehouseId), Shelf>);

/// The id of a warehouse of the sample.
pub(super) fn warehouse_id(code: &str) -> WarehouseId {
    WarehouseId(id("warehouse", code))
}

impl Shelves {
    /// What must have been there before the first of these orders.
    pub(super) fn before(orders: &[PlannedOrder]) -> Result<Self, SeedError> {
        let opening = opening_stock(orders);
        let mut shelves = BTreeMap::new();
        for (_, variant) in catalog().variants() {
            let all = opening
                .get(variant.sku.as_str())
                .copied()
                .unwrap_or(variant.stock);
            let reserve = in_reserve(variant);
            for (code, amount) in [(MAIN.code, all - reserve), (RESERVE.code, reserve)] {
                // Goods that are never kept in reserve have no shelf there.
                if code == MAIN.code || amount > Decimal::ZERO {
                    let shelf = Shelf {
                        on_hand: quantity(amount)?,
                        reserved: Quantity::ZERO,
                    };
                    shelves.insert((variant_id(&variant.sku), warehouse_id(code)), shelf);
                }
            }
        }
        Ok(Self(shelves))
    }

    /// What is free of the variants of `order`, as the rules ask for it.
    pub(super) fn free(&self, order: &Order) -> Vec<FreeStock> {
        let variants: BTreeSet<_> = order.lines.iter().map(|line| line.variant_id).collect();
        let mut found = Vec::new();
        for variant_id in variants {
            for warehouse_id in [MAIN.code, RESERVE.code].map(warehouse_id) {
                if let Some(shelf) = self.0.get(&(variant_id, warehouse_id)) {
                    found.push(FreeStock {
                        variant_id,
                        warehouse_id,
                        free: shelf.on_hand.minus(shelf.reserved),
                    });
                }
            }
        }
        found
    }

    /// What an event does to the stock. `order` is the order of that event.
    pub(super) fn follow(&mut self, order: &Order, event: &Event) {
        match &event.fact {
            Fact::StockReserved {
                line_id,
                warehouse_id,
                quantity,
            } => self.change(order, *line_id, *warehouse_id, *quantity, |shelf, base| {
                shelf.reserved += base;
            }),
            Fact::ReservationReleased {
                line_id,
                warehouse_id,
                quantity,
            } => self.change(order, *line_id, *warehouse_id, *quantity, |shelf, base| {
                shelf.reserved = shelf.reserved.minus(base);
            }),
            Fact::Shipped { taken, .. } => {
                for part in taken {
                    self.change(
                        order,
                        part.line_id,
                        part.warehouse_id,
                        part.quantity,
                        |shelf, base| {
                            shelf.reserved = shelf.reserved.minus(base);
                            shelf.on_hand = shelf.on_hand.minus(base);
                        },
                    );
                }
            }
            _ => {}
        }
    }

    /// Every shelf, to be stored.
    pub(super) fn iter(&self) -> impl Iterator<Item = (VariantId, WarehouseId, Shelf)> {
        self.0
            .iter()
            .map(|((variant, warehouse), shelf)| (*variant, *warehouse, *shelf))
    }

    fn change(
        &mut self,
        order: &Order,
        line: LineId,
        warehouse: WarehouseId,
        quantity: Quantity,
        what: impl FnOnce(&mut Shelf, Quantity),
    ) {
        let Some(line) = order.line(line) else { return };
        if let Some(shelf) = self.0.get_mut(&(line.variant_id, warehouse)) {
            what(shelf, quantity.times(line.unit.factor));
        }
    }
}
