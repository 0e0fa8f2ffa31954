//! Goods and their reservations: giving them back, sending them on their way, and when an order is done (rule 12).

use chrono::Days;

use crate::id::{OrderId, ShipmentId};
use crate::order::decide::{Draft, finance, stock};
use crate::order::{
    Fact, OrderStatus, Parcel, Receipt, ReceiptLine, Rejection, Reservation, Shipment, ShipmentLine,
    TakenStock,
};
use crate::quantity::Quantity;
use crate::workflow::Stage;

/// Gives back whatever is set aside.
pub(super) fn release_all(draft: &mut Draft<'_>) {
    let reserved: Vec<_> = draft
        .order
        .lines
        .iter()
        .flat_map(|line| line.reserved.iter().map(|reservation| (line.id, *reservation)))
        .collect();
    for (
        line_id,
        Reservation {
            warehouse_id,
            quantity,
        },
    ) in reserved
    {
        draft.emit(Fact::ReservationReleased {
            line_id,
            warehouse_id,
            quantity,
        });
    }
}

/// Gives back what is set aside beyond what still has to be shipped.
pub(super) fn release_surplus(draft: &mut Draft<'_>) {
    let mut surplus = Vec::new();
    for line in &draft.order.lines {
        let mut excess = line.reserved_total().minus(line.remaining());
        for reservation in line.reserved.iter().rev() {
            let quantity = reservation.quantity.min(excess);
            if !quantity.is_zero() {
                surplus.push((line.id, reservation.warehouse_id, quantity));
                excess = excess.minus(quantity);
            }
        }
    }
    for (line_id, warehouse_id, quantity) in surplus {
        draft.emit(Fact::ReservationReleased {
            line_id,
            warehouse_id,
            quantity,
        });
    }
}

/// What could leave now of each line: what is reserved or, where no outbound review reserves, what remains.
pub(super) fn shippable(draft: &Draft<'_>) -> Vec<ShipmentLine> {
    draft
        .order
        .lines
        .iter()
        .filter(|line| !line.held)
        .map(|line| ShipmentLine {
            line_id: line.id,
            quantity: most(draft, line),
        })
        .filter(|line| !line.quantity.is_zero())
        .collect()
}

/// The most of a line that can leave now.
pub(super) fn most(draft: &Draft<'_>, line: &crate::order::OrderLine) -> Quantity {
    let reviewed = draft
        .order
        .passed
        .iter()
        .any(|pass| pass.stage == Stage::OutboundReview);
    if reviewed {
        line.reserved_total().min(line.remaining())
    } else {
        line.remaining()
    }
}

/// Sends a shipment on its way and settles where the order stands. What no outbound review has set aside is set aside
/// now, so that stock never falls below what there is.
pub(super) fn leave(
    draft: &mut Draft<'_>,
    id: ShipmentId,
    lines: Vec<ShipmentLine>,
    carrier: String,
    mut parcels: Vec<Parcel>,
) -> Result<(), Rejection> {
    finance::check_paid(draft)?;
    for (line_id, warehouse_id, quantity) in stock::to_reserve(draft, &lines)? {
        draft.emit(Fact::StockReserved {
            line_id,
            warehouse_id,
            quantity,
        });
    }
    if parcels.is_empty() {
        parcels.push(Parcel {
            tracking: String::new(),
        });
    }
    let now = draft.context.now;
    let days = Days::new(u64::from(draft.context.workflow.deemed_receipt_days));
    let taken = lines.iter().flat_map(|part| taken(draft, part)).collect();
    let position = u32::try_from(draft.order.shipments.len())
        .unwrap_or(u32::MAX)
        .saturating_add(1);
    draft.emit(Fact::Shipped {
        shipment: Shipment {
            id,
            position,
            shipped_at: now,
            deemed_received_at: now
                .checked_add_days(days)
                .unwrap_or(chrono::DateTime::<chrono::Utc>::MAX_UTC),
            carrier,
            parcels,
            lines,
            receipt: None,
        },
        taken,
    });
    settle(draft);
    Ok(())
}

/// Which reservations a part of a line uses up, the first first.
fn taken(draft: &Draft<'_>, part: &ShipmentLine) -> Vec<TakenStock> {
    let mut rest = part.quantity;
    let mut taken = Vec::new();
    for reservation in draft
        .order
        .line(part.line_id)
        .map_or(&[][..], |line| &line.reserved)
    {
        let quantity = reservation.quantity.min(rest);
        rest = rest.minus(quantity);
        if !quantity.is_zero() {
            taken.push(TakenStock {
                line_id: part.line_id,
                warehouse_id: reservation.warehouse_id,
                quantity,
            });
        }
    }
    taken
}

/// Where no stage is left before the goods move, they leave by themselves: shipping is switched off.
///
/// Where nothing can leave (every line is held) or stock is short, the order waits where a person can release a line or
/// decide about the shortage.
pub(super) fn leave_by_themselves(draft: &mut Draft<'_>) -> Result<(), Rejection> {
    let lines = shippable(draft);
    if lines.is_empty() || stock::to_reserve(draft, &lines).is_err() {
        settle(draft);
        return Ok(());
    }
    let id = derived_shipment_id(draft.order.id, draft.order.shipments.len());
    leave(draft, id, lines, String::new(), Vec::new())
}

/// The id of a shipment nobody typed: from the order's id and its position, so that replaying gives the same.
fn derived_shipment_id(order: OrderId, position: usize) -> ShipmentId {
    let position = u128::try_from(position).unwrap_or(u128::MAX).saturating_add(1);
    ShipmentId(uuid::Uuid::from_u128(
        order.0.as_u128() ^ position.rotate_right(32),
    ))
}

/// Moves an order whose goods move to where it stands now (rule 12).
pub(super) fn settle(draft: &mut Draft<'_>) {
    if draft.order.has_remaining() {
        wait_for_rest(draft);
    } else if !draft.order.shipments.is_empty() {
        wait_for_receipt(draft);
    }
}

/// What remains waits to be shipped or, where shipping is switched off, at the outbound review; an order that waits at
/// one of them stays there.
fn wait_for_rest(draft: &mut Draft<'_>) {
    let early = draft
        .order
        .status
        .stage()
        .is_none_or(|stage| stage < Stage::OutboundReview);
    if early {
        draft.move_to(if draft.context.workflow.stages.ship {
            OrderStatus::PendingShipment
        } else {
            OrderStatus::PendingOutboundReview
        });
    }
}

/// Everything has left: the order waits for its receipts. Where receiving is switched off nobody will say what arrived,
/// so that all of it is deemed received and the order completes.
fn wait_for_receipt(draft: &mut Draft<'_>) {
    let receives = draft.context.workflow.stages.receive || draft.order.status == OrderStatus::PendingReceipt;
    if receives && draft.order.unreceived().next().is_some() {
        draft.move_to(OrderStatus::PendingReceipt);
        return;
    }
    let unreceived: Vec<_> = draft.order.unreceived().cloned().collect();
    for shipment in unreceived {
        let receipt = Receipt {
            at: draft.context.now,
            deemed: true,
            lines: shipment.lines.iter().map(arrived_whole).collect(),
            note: String::new(),
        };
        draft.emit(Fact::Received {
            shipment_id: shipment.id,
            receipt,
        });
    }
    draft.move_to(OrderStatus::Completed);
}

/// A part of a shipment of which nothing is missing or damaged.
pub(super) fn arrived_whole(part: &ShipmentLine) -> ReceiptLine {
    ReceiptLine {
        line_id: part.line_id,
        received: part.quantity,
        short: Quantity::ZERO,
        damaged: Quantity::ZERO,
    }
}
