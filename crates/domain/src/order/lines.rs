//! What can be read off an order and its lines.

use crate::id::LineId;
use crate::money::Money;
use crate::order::{Order, OrderLine, Shipment};
use crate::quantity::Quantity;

impl Order {
    /// The line with `id`.
    pub fn line(&self, id: LineId) -> Option<&OrderLine> {
        self.lines.iter().find(|line| line.id == id)
    }

    pub(super) fn line_mut(&mut self, id: LineId) -> Option<&mut OrderLine> {
        self.lines.iter_mut().find(|line| line.id == id)
    }

    /// Sum of the line amounts, without freight.
    pub fn goods(&self) -> Money {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// Whether anything is still to be shipped.
    pub fn has_remaining(&self) -> bool {
        self.lines.iter().any(|line| !line.remaining().is_zero())
    }

    /// The shipments that wait for their receipt.
    pub fn unreceived(&self) -> impl Iterator<Item = &Shipment> {
        self.shipments
            .iter()
            .filter(|shipment| shipment.receipt.is_none())
    }

    /// Brings line amounts and total in line with prices and quantities.
    pub(super) fn retotal(&mut self) {
        for line in &mut self.lines {
            let charged = line.deliverable();
            // Quantities and prices are bounded when they come in, so that this does not overflow.
            line.amount = self
                .currency
                .line_amount(line.price, charged, line.discount)
                .unwrap_or(Money(rust_decimal::Decimal::MAX));
        }
        self.total = self.goods() + self.freight;
    }
}

impl OrderLine {
    /// What is to be delivered in all: approved and not closed. This is what is charged.
    pub fn deliverable(&self) -> Quantity {
        self.approved.minus(self.closed)
    }

    /// What is still to be shipped.
    pub fn remaining(&self) -> Quantity {
        self.deliverable().minus(self.shipped)
    }

    /// What is set aside for this line in all warehouses.
    pub fn reserved_total(&self) -> Quantity {
        self.reserved.iter().map(|reservation| reservation.quantity).sum()
    }

    /// What is still to be shipped and not yet set aside; nothing for a held line.
    pub fn unreserved(&self) -> Quantity {
        if self.held {
            Quantity::ZERO
        } else {
            self.remaining().minus(self.reserved_total())
        }
    }
}
