//! What people of the company do, and what came of it.

use super::*;

pub fn review() -> Command {
    Command::PassOrderReview(PassOrderReview::default())
}

/// A review that changes one line.
pub fn review_line(line: LineReview) -> Command {
    Command::PassOrderReview(PassOrderReview {
        lines: vec![line],
        ..PassOrderReview::default()
    })
}

/// A change to a line that changes nothing yet.
pub fn line_review(line_id: LineId) -> LineReview {
    LineReview {
        line_id,
        quantity: None,
        price: None,
        discount: None,
        held: None,
        split: None,
        reason: "as agreed on the phone".to_owned(),
    }
}

pub fn approve() -> Command {
    Command::PassExecutiveApproval(PassStage::default())
}

pub fn pay() -> Command {
    Command::PassFinanceReview(PassFinanceReview::default())
}

pub fn outbound() -> Command {
    Command::PassOutboundReview(PassOutboundReview::default())
}

pub fn ship(shipment_id: ShipmentId) -> Command {
    Command::Ship(ShipGoods {
        shipment_id,
        lines: Vec::new(),
        carrier: "顺丰".to_owned(),
        parcels: Vec::new(),
    })
}

pub fn receive(shipment_id: ShipmentId) -> Command {
    Command::Receive(ReceiveShipment {
        shipment_id,
        lines: Vec::new(),
        note: String::new(),
        claim_id: None,
        photos: Vec::new(),
    })
}

/// The statuses an order went through, in order.
pub fn way(events: &[Event]) -> Vec<OrderStatus> {
    events
        .iter()
        .filter_map(|event| match event.fact {
            Fact::StatusChanged { to, .. } => Some(to),
            _ => None,
        })
        .collect()
}

/// Ships this much of a line.
pub fn ship_part(desk: &Desk, line_id: LineId, count: &str) -> Command {
    Command::Ship(ShipGoods {
        shipment_id: desk.next_shipment(),
        lines: vec![ShipmentLine {
            line_id,
            quantity: quantity(count),
        }],
        carrier: "德邦".to_owned(),
        parcels: Vec::new(),
    })
}
