//! Open orders as a board: every open line with what stock fills of it, added up by SKU.

use std::collections::{BTreeMap, BTreeSet};

use countersign_contract::open::{OpenOrderLine, OpenQuantity};
use countersign_domain::actor::Actor;
use countersign_domain::id::{VariantId, WarehouseId};
use countersign_domain::open::{OpenLine, fill};
use countersign_domain::order::{FreeStock, OrderLine};
use countersign_domain::quantity::Quantity;

use crate::repo::open_orders::{OpenOrder, Shelf};

/// What of the board is asked for.
pub(super) struct Wanted<'a> {
    /// Who asks: only their orders are shown.
    pub actor: &'a Actor,
    /// Words that all have to be in code or name, in lower case.
    pub words: &'a [String],
    /// Of these variants only.
    pub variants: Option<&'a BTreeSet<VariantId>>,
}

/// A line with where it came from.
struct Entry<'a> {
    from: &'a OpenOrder,
    line: &'a OrderLine,
    open: OpenLine,
}

/// All open lines and the stock behind them.
pub(super) struct Board<'a> {
    entries: Vec<Entry<'a>>,
    warehouse: Option<WarehouseId>,
    on_hand: BTreeMap<VariantId, Quantity>,
    filled: Vec<Quantity>,
}

impl<'a> Board<'a> {
    /// The open lines of `orders`, in their turn, with nothing in stock yet.
    pub(super) fn of(orders: &'a [OpenOrder]) -> Self {
        let entries = orders.iter().flat_map(|from| {
            OpenLine::of(&from.order).filter_map(move |open| {
                let line = from.order.line(open.line_id)?;
                Some(Entry { from, line, open })
            })
        });
        let mut entries: Vec<Entry<'a>> = entries.collect();
        entries.sort_by_key(|entry| entry.open.turn());
        Self {
            filled: vec![Quantity::ZERO; entries.len()],
            entries,
            warehouse: None,
            on_hand: BTreeMap::new(),
        }
    }

    /// The variants of which something is open.
    pub(super) fn variants(&self) -> Vec<VariantId> {
        let all: BTreeSet<VariantId> = self.entries.iter().map(|entry| entry.open.variant_id).collect();
        all.into_iter().collect()
    }

    /// Fills the lines from what lies in `warehouse`, or in all.
    pub(super) fn stock(&mut self, shelves: BTreeMap<VariantId, Vec<Shelf>>, warehouse: Option<WarehouseId>) {
        self.warehouse = warehouse;
        let mut free = Vec::new();
        for (variant_id, shelves) in shelves {
            for shelf in shelves {
                if warehouse.is_none_or(|one| one == shelf.warehouse_id) {
                    *self.on_hand.entry(variant_id).or_default() += shelf.on_hand;
                    free.push(FreeStock {
                        variant_id,
                        warehouse_id: shelf.warehouse_id,
                        free: shelf.free,
                    });
                }
            }
        }
        let lines: Vec<OpenLine> = self.entries.iter().map(|entry| entry.open.clone()).collect();
        self.filled = fill(&lines, &free);
    }

    /// The rows that are wanted, by code, each with its lines in their turn.
    pub(super) fn rows(&self, wanted: &Wanted<'_>) -> Vec<OpenQuantity> {
        let mut rows: BTreeMap<VariantId, OpenQuantity> = BTreeMap::new();
        for (entry, filled) in self.entries.iter().zip(&self.filled) {
            if !wanted.has(entry) {
                continue;
            }
            let Entry { from, line, open } = entry;
            let row = rows.entry(open.variant_id).or_insert_with(|| self.row(line));
            // A held line is not delivered, whatever is set aside for it.
            let reserved = open.reserved_in(self.warehouse);
            let fillable = if open.held {
                Quantity::ZERO
            } else {
                reserved + *filled
            };
            row.ordered += open.ordered;
            row.shipped += open.shipped;
            row.closed += open.closed;
            row.open += open.open();
            row.reserved += reserved;
            row.fillable += fillable;
            row.lines.push(OpenOrderLine {
                order_id: open.order_id,
                line_id: open.line_id,
                number: from.order.number.clone(),
                customer: from.customer.clone(),
                status: from.order.status,
                due: open.due,
                held: open.held,
                open: open.open(),
                reserved,
                fillable,
            });
        }
        let mut rows: Vec<OpenQuantity> = rows.into_values().collect();
        rows.sort_by(|one, other| one.sku.cmp(&other.sku));
        rows
    }

    /// A row with nothing in it yet.
    fn row(&self, line: &OrderLine) -> OpenQuantity {
        OpenQuantity {
            product_id: line.product_id,
            variant_id: line.variant_id,
            sku: line.sku.clone(),
            name: line.name.clone(),
            unit: line.unit.name.clone(),
            ordered: Quantity::ZERO,
            shipped: Quantity::ZERO,
            closed: Quantity::ZERO,
            open: Quantity::ZERO,
            reserved: Quantity::ZERO,
            in_stock: self.on_hand.get(&line.variant_id).copied().unwrap_or_default(),
            fillable: Quantity::ZERO,
            lines: Vec::new(),
        }
    }
}

impl Wanted<'_> {
    fn has(&self, entry: &Entry<'_>) -> bool {
        let order = &entry.from.order;
        let is_seen = self.actor.sees(order.customer_id, order.region_id);
        let is_of = self
            .variants
            .is_none_or(|variants| variants.contains(&entry.open.variant_id));
        is_seen && is_of && self.is_called(entry.line)
    }

    fn is_called(&self, line: &OrderLine) -> bool {
        let text = format!("{} {} {}", line.sku, line.name.zh, line.name.en).to_lowercase();
        self.words.iter().all(|word| text.contains(word.as_str()))
    }
}
