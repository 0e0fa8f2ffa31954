//! What can be read off an order and its lines.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::id::LineId;
use crate::money::{Currency, Money, Rate};
use crate::order::{NewLine, Order, OrderLine, Shipment};
use crate::price::{DiscountShare, PriceReason, UNIT_PRICE_DIGITS};
use crate::promotion::{Gift, OrderReason};
use crate::quantity::{Quantity, Unit};
use crate::text::LocalText;

impl NewLine {
    /// The line of an order it becomes.
    pub(super) fn ordered(&self) -> OrderLine {
        OrderLine {
            id: self.id,
            product_id: self.product_id,
            variant_id: self.variant_id,
            sku: self.sku.clone(),
            name: self.name.clone(),
            unit: self.unit.clone(),
            ordered: self.quantity,
            approved: self.quantity,
            reserved: Vec::new(),
            shipped: Quantity::ZERO,
            received: Quantity::ZERO,
            short: Quantity::ZERO,
            damaged: Quantity::ZERO,
            returned: Quantity::ZERO,
            closed: Quantity::ZERO,
            price: self.price,
            discount: Rate::ZERO,
            reasons: self.reasons.clone(),
            share: self.share,
            amount: Money::ZERO,
            note: self.note.clone(),
            held: false,
            made_to_order: self.made_to_order,
            produced: Quantity::ZERO,
            shortage: None,
        }
    }
}

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

    /// The gifts of promotions as they were given at submission, in rising order.
    pub fn gifts(&self) -> Vec<Gift> {
        let gift = |line: &OrderLine| {
            line.reasons.iter().find_map(|reason| match reason {
                PriceReason::Gift { promotion_id, .. } => Some(Gift {
                    promotion_id: *promotion_id,
                    variant_id: line.variant_id,
                    quantity: line.ordered,
                }),
                _ => None,
            })
        };
        let mut gifts: Vec<Gift> = self.lines.iter().filter_map(gift).collect();
        gifts.sort();
        gifts
    }

    /// The promotion that makes the freight free, and what the delivery would have cost as far as that is known.
    pub fn free_freight(&self) -> Option<(&LocalText, Money)> {
        self.promotions.iter().find_map(|reason| match reason {
            OrderReason::FreeFreight { name, freight, .. } => Some((name, *freight)),
            OrderReason::Discount { .. } | OrderReason::Gift { .. } | OrderReason::Bundle { .. } => None,
        })
    }

    /// What the delivery costs, whoever bears it: the customer the freight, the supplier what a promotion makes free.
    pub fn freight_cost(&self) -> Money {
        self.free_freight().map_or(self.freight, |(_, freight)| freight)
    }

    /// The delivery costs this much, of which the customer pays nothing.
    pub(super) fn waive_freight(&mut self, cost: Money) {
        for reason in &mut self.promotions {
            if let OrderReason::FreeFreight { freight, .. } = reason {
                *freight = cost;
            }
        }
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
            let gross = self
                .currency
                .line_amount(line.price, charged, line.discount)
                .unwrap_or(Money(Decimal::MAX));
            line.amount = less_share(gross, line.share, charged, &self.currency);
        }
        self.total = self.goods() + self.freight;
    }
}

/// What `gross`, the cost of `quantity` units, comes to without the line's share of a discount on the order. Never below
/// nothing: a review may have set a lower price since.
pub(crate) fn less_share(
    gross: Money,
    share: Option<DiscountShare>,
    quantity: Quantity,
    currency: &Currency,
) -> Money {
    match share {
        None => gross,
        Some(share) => (gross - share.of(quantity, currency)).max(currency.round(Decimal::ZERO)),
    }
}

impl OrderLine {
    /// Whether a promotion gave it: it costs nothing and came by itself.
    pub fn is_gift(&self) -> bool {
        self.reasons
            .iter()
            .any(|reason| matches!(reason, PriceReason::Gift { .. }))
    }

    /// What was agreed for the line, discount included, for one `unit` of something else: the price by base unit is kept.
    /// Rounded half up as unit prices are; `None` where that is beyond what can be held, or the line has no unit to count in.
    pub fn price_in(&self, unit: &Unit) -> Option<Money> {
        let net = Decimal::ONE.checked_sub(self.discount.get())?;
        let price = self.price.0.checked_mul(net)?.checked_mul(unit.factor.get())?;
        let price = price.checked_div(self.unit.factor.get())?;
        Some(Money(price.round_dp_with_strategy(
            UNIT_PRICE_DIGITS,
            RoundingStrategy::MidpointAwayFromZero,
        )))
    }

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
