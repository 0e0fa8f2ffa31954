//! Shipping (rule 10): any quantity of any line up to what can leave, in several parcels.

use std::collections::BTreeSet;

use crate::order::decide::{Draft, goods};
use crate::order::{Rejection, ShipGoods};
use crate::policy::Action;

pub(super) fn ship(draft: &mut Draft<'_>, body: ShipGoods) -> Result<(), Rejection> {
    draft.allow(Action::Ship)?;
    if body.carrier.trim().is_empty() {
        return Err(Rejection::CarrierMissing);
    }
    if draft
        .order
        .shipments
        .iter()
        .any(|shipment| shipment.id == body.shipment_id)
    {
        return Err(Rejection::DuplicateShipment {
            shipment_id: body.shipment_id,
        });
    }
    let mut seen = BTreeSet::new();
    for part in &body.lines {
        let line_id = part.line_id;
        let line = draft
            .order
            .line(line_id)
            .ok_or(Rejection::UnknownLine { line_id })?;
        if !seen.insert(line_id) {
            return Err(Rejection::DuplicateLine { line_id });
        }
        let maximum = if line.held {
            Default::default()
        } else {
            goods::most(draft, line)
        };
        if part.quantity > maximum {
            return Err(Rejection::QuantityTooLarge { line_id, maximum });
        }
    }
    let mut lines = if body.lines.is_empty() {
        goods::shippable(draft)
    } else {
        body.lines
    };
    lines.retain(|part| !part.quantity.is_zero());
    if lines.is_empty() {
        return Err(Rejection::NothingToDo);
    }
    goods::leave(
        draft,
        body.shipment_id,
        lines,
        body.carrier.trim().to_owned(),
        body.parcels,
    )
}
