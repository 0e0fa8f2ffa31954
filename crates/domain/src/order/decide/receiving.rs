//! Receiving (rule 11): per shipment, and silence counts as receipt in the end.

use crate::order::decide::{Draft, goods, need_system};
use crate::order::{
    DeemReceived, Fact, LinePhotos, Receipt, ReceiptLine, ReceiveShipment, Rejection, Shipment,
};
use crate::policy::Action;
use crate::workflow::Stage;

pub(super) fn receive(draft: &mut Draft<'_>, body: ReceiveShipment) -> Result<(), Rejection> {
    draft.allow(Action::Receive)?;
    let shipment = open_shipment(draft, body.shipment_id)?;
    let lines = receipt_lines(&shipment, &body.lines)?;
    let bad: Vec<ReceiptLine> = lines
        .iter()
        .filter(|line| !line.short.is_zero() || !line.damaged.is_zero())
        .copied()
        .collect();
    check_photos(&body.photos, &bad)?;
    let claim = match (bad.is_empty(), body.claim_id) {
        (true, _) => None,
        (false, Some(id)) => Some(id),
        (false, None) => return Err(Rejection::ClaimIdMissing),
    };
    let shipment_id = shipment.id;
    let receipt = Receipt {
        at: draft.context.now,
        deemed: false,
        lines,
        note: body.note,
    };
    draft.emit(Fact::Received { shipment_id, receipt });
    if let Some(return_id) = claim {
        draft.emit(Fact::ClaimOpened {
            return_id,
            shipment_id,
            lines: bad,
            photos: body.photos,
        });
    }
    settle(draft);
    Ok(())
}

pub(super) fn deem(draft: &mut Draft<'_>, body: DeemReceived) -> Result<(), Rejection> {
    need_system(draft)?;
    if draft.order.status.is_final() {
        return Err(Rejection::WrongStatus {
            status: draft.order.status,
        });
    }
    let shipment = open_shipment(draft, body.shipment_id)?;
    if draft.context.now < shipment.deemed_received_at {
        return Err(Rejection::NotDue);
    }
    let lines = receipt_lines(&shipment, &[])?;
    let receipt = Receipt {
        at: draft.context.now,
        deemed: true,
        lines,
        note: String::new(),
    };
    draft.emit(Fact::Received {
        shipment_id: shipment.id,
        receipt,
    });
    settle(draft);
    Ok(())
}

/// A receipt completes an order whose goods move. One that goes through the reviews again, because a change was agreed
/// after its first shipment, stays where it is.
fn settle(draft: &mut Draft<'_>) {
    let moving = draft
        .order
        .status
        .stage()
        .is_some_and(|stage| stage >= Stage::OutboundReview);
    if moving && !draft.order.has_remaining() {
        goods::settle(draft);
    }
}

fn open_shipment(draft: &Draft<'_>, id: crate::id::ShipmentId) -> Result<Shipment, Rejection> {
    let found = draft.order.shipments.iter().find(|shipment| shipment.id == id);
    let shipment = found.ok_or(Rejection::UnknownShipment { shipment_id: id })?;
    if shipment.receipt.is_some() {
        Err(Rejection::AlreadyReceived { shipment_id: id })
    } else {
        Ok(shipment.clone())
    }
}

/// Photos show what is claimed, and those of a line are named once.
fn check_photos(photos: &[LinePhotos], bad: &[ReceiptLine]) -> Result<(), Rejection> {
    for (position, LinePhotos { line_id, .. }) in photos.iter().enumerate() {
        let line_id = *line_id;
        if photos.iter().take(position).any(|other| other.line_id == line_id) {
            return Err(Rejection::DuplicateLine { line_id });
        }
        if !bad.iter().any(|line| line.line_id == line_id) {
            return Err(Rejection::NothingToClaim { line_id });
        }
    }
    Ok(())
}

/// What was said of each line; a line that is not named arrived whole. The parts add up to what was shipped.
fn receipt_lines(shipment: &Shipment, said: &[ReceiptLine]) -> Result<Vec<ReceiptLine>, Rejection> {
    for (position, line) in said.iter().enumerate() {
        let line_id = line.line_id;
        if said
            .iter()
            .skip(position.saturating_add(1))
            .any(|other| other.line_id == line_id)
        {
            return Err(Rejection::DuplicateLine { line_id });
        }
        if !shipment.lines.iter().any(|part| part.line_id == line_id) {
            return Err(Rejection::UnknownLine { line_id });
        }
    }
    let line = |part: &crate::order::ShipmentLine| {
        let line = said
            .iter()
            .find(|line| line.line_id == part.line_id)
            .copied()
            .unwrap_or_else(|| goods::arrived_whole(part));
        if line.received + line.short + line.damaged == part.quantity {
            Ok(line)
        } else {
            Err(Rejection::ReceiptMismatch {
                line_id: part.line_id,
                shipped: part.quantity,
            })
        }
    };
    shipment.lines.iter().map(line).collect()
}
