//! An order in a list, and the names statuses have in addresses and queries.

use countersign_domain::order::OrderStatus;

/// The name of a status on the wire and in addresses: `pending_finance_review`.
pub fn status_name(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::PendingOrderReview => "pending_order_review",
        OrderStatus::PendingCustomerConfirmation => "pending_customer_confirmation",
        OrderStatus::PendingExecutiveApproval => "pending_executive_approval",
        OrderStatus::PendingFinanceReview => "pending_finance_review",
        OrderStatus::InProduction => "in_production",
        OrderStatus::PendingOutboundReview => "pending_outbound_review",
        OrderStatus::PendingShipment => "pending_shipment",
        OrderStatus::PendingReceipt => "pending_receipt",
        OrderStatus::Completed => "completed",
        OrderStatus::SentBack => "sent_back",
        OrderStatus::Voided => "voided",
    }
}

/// The status of that name.
pub fn status_named(name: &str) -> Option<OrderStatus> {
    OrderStatus::ALL
        .into_iter()
        .find(|status| status_name(*status) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_named_as_on_the_wire() {
        for status in OrderStatus::ALL {
            let wire = serde_json::to_value(status).expect("a status is plain data");
            assert_eq!(wire, status_name(status));
            assert_eq!(status_named(status_name(status)), Some(status));
        }
        assert_eq!(status_named("lost"), None);
    }
}
