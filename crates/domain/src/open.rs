//! Open quantities: what is ordered and has not left, and how much of it stock can fill today (domain.md section 7).
//!
//! Everything here counts in base units, so that lines in bottles and lines in cases add up.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;

use crate::id::{LineId, OrderId, VariantId, WarehouseId};
use crate::order::{FreeStock, Order, OrderLine, Reservation};
use crate::quantity::Quantity;

/// A line of which something has not left yet. Quantities are in base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenLine {
    /// Its order.
    pub order_id: OrderId,
    /// The line.
    pub line_id: LineId,
    /// The variant ordered.
    pub variant_id: VariantId,
    /// Base units in the line's unit: nothing but whole units of it leave, unless it is the base unit itself.
    pub factor: Quantity,
    /// What the order review agreed to; what was ordered until then.
    pub ordered: Quantity,
    /// What has left.
    pub shipped: Quantity,
    /// What will not be delivered any more.
    pub closed: Quantity,
    /// Stock set aside for it, by warehouse.
    pub reserved: Vec<Reservation>,
    /// Held by the review: not delivered until released.
    pub held: bool,
    /// The day it is due: promised or, before that, wished for.
    pub due: Option<NaiveDate>,
    /// When its order was submitted.
    pub submitted_at: DateTime<Utc>,
}

impl OpenLine {
    /// The open lines of an order: none of one that waits at no stage, since nobody at the supplier's delivers it.
    pub fn of(order: &Order) -> impl Iterator<Item = Self> {
        let is_open = order.status.stage().is_some();
        let open = order
            .lines
            .iter()
            .filter(move |line| is_open && !line.remaining().is_zero());
        open.map(|line| Self::new(order, line))
    }

    fn new(order: &Order, line: &OrderLine) -> Self {
        let factor = line.unit.factor;
        let in_base = |reservation: &Reservation| Reservation {
            quantity: reservation.quantity.times(factor),
            ..*reservation
        };
        Self {
            order_id: order.id,
            line_id: line.id,
            variant_id: line.variant_id,
            factor,
            ordered: line.approved.times(factor),
            shipped: line.shipped.times(factor),
            closed: line.closed.times(factor),
            reserved: line.reserved.iter().map(in_base).collect(),
            held: line.held,
            due: order.promised_date.or(order.wanted_date),
            submitted_at: order.submitted_at,
        }
    }

    /// What has not left: ordered - shipped - closed.
    pub fn open(&self) -> Quantity {
        self.ordered.minus(self.closed).minus(self.shipped)
    }

    /// What is set aside for it there, or in all warehouses.
    pub fn reserved_in(&self, warehouse: Option<WarehouseId>) -> Quantity {
        let here = |reservation: &&Reservation| warehouse.is_none_or(|one| reservation.warehouse_id == one);
        self.reserved
            .iter()
            .filter(here)
            .map(|reservation| reservation.quantity)
            .sum()
    }

    /// What still needs stock; nothing of a held line.
    fn wanted(&self) -> Quantity {
        if self.held {
            Quantity::ZERO
        } else {
            self.open().minus(self.reserved_in(None))
        }
    }

    /// First-come by deadline: the day it is due, those without one last; then by submission. Ids make it total.
    pub fn turn(&self) -> (bool, Option<NaiveDate>, DateTime<Utc>, OrderId, LineId) {
        (
            self.due.is_none(),
            self.due,
            self.submitted_at,
            self.order_id,
            self.line_id,
        )
    }
}

/// What of each line free stock can fill today, beside what is set aside for it, in the order of `lines`.
///
/// Stock goes to lines by deadline, first-come within a day; a warehouse is emptied before the next of `free` is
/// touched, and what does not fill a pack goes to nobody who ordered packs. The sum over the lines of a variant is never
/// more than is free of it.
pub fn fill(lines: &[OpenLine], free: &[FreeStock]) -> Vec<Quantity> {
    let mut left: BTreeMap<VariantId, Vec<Quantity>> = BTreeMap::new();
    for stock in free {
        left.entry(stock.variant_id).or_default().push(stock.free);
    }
    let mut turns: Vec<usize> = (0..lines.len()).collect();
    turns.sort_by_key(|place| lines.get(*place).map(OpenLine::turn));
    let mut filled = vec![Quantity::ZERO; lines.len()];
    for place in turns {
        let (Some(line), Some(filled)) = (lines.get(place), filled.get_mut(place)) else {
            continue;
        };
        for there in left.get_mut(&line.variant_id).into_iter().flatten() {
            let taken = whole(line.wanted().minus(*filled).min(*there), line.factor);
            *there = there.minus(taken);
            *filled += taken;
        }
    }
    filled
}

/// As much of `quantity` as makes whole units of `factor` base units; the base unit itself may be broken.
fn whole(quantity: Quantity, factor: Quantity) -> Quantity {
    if factor.is_zero() || factor == Quantity::ONE {
        return quantity;
    }
    let units = quantity
        .get()
        .checked_div(factor.get())
        .unwrap_or(Decimal::ZERO)
        .trunc();
    Quantity::new(units).unwrap_or_default().times(factor)
}
