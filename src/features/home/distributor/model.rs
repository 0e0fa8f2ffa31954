//! What a customer's home page shows, as plain data.

use countersign_contract::home::DistributorHome;
use countersign_contract::order::OrderSummary;
use countersign_domain::order::{OrderLine, OrderStatus};
use countersign_domain::quantity::Quantity;

use crate::offline::draft::Item;
use crate::queries::offers::{Availability, Known};

/// What an order wants of its customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// To agree to the changes of the review, or not.
    Confirm,
    /// To answer a change that the supplier proposed.
    Answer,
    /// To edit and submit it again.
    Mend,
    /// To say that the goods have come.
    Receive,
}

/// What `order` wants of its customer, if anything.
pub fn need(order: &OrderSummary) -> Option<Need> {
    match order.status {
        OrderStatus::PendingCustomerConfirmation => Some(Need::Confirm),
        OrderStatus::SentBack => Some(Need::Mend),
        _ if order.to_answer => Some(Need::Answer),
        _ if order.to_receive => Some(Need::Receive),
        _ => None,
    }
}

/// Whether nothing was ever ordered.
pub fn is_new(home: &DistributorHome) -> bool {
    home.last.is_none() && home.open.is_empty() && home.needs_me.is_empty()
}

/// The lines of an order that can be ordered again, and those that can't.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Again {
    /// As the catalog has them now, with the quantity ordered then.
    pub offered: Vec<(Item, Quantity)>,
    /// No longer to be had, as they were then.
    pub gone: Vec<OrderLine>,
    /// How many are not known yet.
    pub asking: usize,
}

/// What becomes of `lines` when they are ordered again.
pub fn again(lines: &[OrderLine], known: &Known) -> Again {
    let mut again = Again::default();
    // Gifts come by themselves, where they are still given.
    for line in lines.iter().filter(|line| !line.is_gift()) {
        match known.of(line.variant_id) {
            Availability::Asking => again.asking += 1,
            Availability::Gone => again.gone.push(line.clone()),
            Availability::Offered(offer) => again.offered.push((offer.item.clone(), line.ordered)),
        }
    }
    again
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use countersign_contract::account::CustomerRef;
    use countersign_contract::order::OrderSummary;
    use countersign_domain::id::{CustomerId, OrderId};
    use countersign_domain::money::Money;
    use countersign_domain::order::{OrderStatus, Priority};
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::{Need, need};

    fn order(status: OrderStatus, to_receive: bool) -> OrderSummary {
        OrderSummary {
            id: OrderId(Uuid::from_u128(1)),
            number: "DH-O-20261122-0001".to_owned(),
            customer: CustomerRef {
                id: CustomerId(Uuid::from_u128(2)),
                code: "C001".to_owned(),
                name: LocalText::default(),
            },
            status,
            version: 1,
            priority: Priority::Normal,
            total: Money::ZERO,
            line_count: 1,
            submitted_at: DateTime::UNIX_EPOCH,
            entered_at: DateTime::UNIX_EPOCH,
            due_at: None,
            promised_date: None,
            to_receive,
            to_answer: false,
        }
    }

    #[test]
    fn an_order_says_what_it_wants() {
        assert_eq!(
            need(&order(OrderStatus::PendingCustomerConfirmation, false)),
            Some(Need::Confirm)
        );
        assert_eq!(need(&order(OrderStatus::SentBack, false)), Some(Need::Mend));
        assert_eq!(
            need(&order(OrderStatus::PendingShipment, true)),
            Some(Need::Receive)
        );
        assert_eq!(need(&order(OrderStatus::PendingShipment, false)), None);
        let proposed = OrderSummary {
            to_answer: true,
            ..order(OrderStatus::PendingFinanceReview, false)
        };
        assert_eq!(need(&proposed), Some(Need::Answer));
    }
}
