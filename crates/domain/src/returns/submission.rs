//! Submitting a return or a claim, and how much of an order's line can be returned.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Side};
use crate::customer::PaymentPolicy;
use crate::id::{FileId, LineId, ReturnId, ShipmentId};
use crate::money::Money;
use crate::order::{LinePhotos, Order, OrderLine};
use crate::quantity::Quantity;
use crate::returns::{
    Return, ReturnEvent, ReturnFact, ReturnKind, ReturnLine, ReturnReason, ReturnRejection, ReturnSubmitted,
    can_submit_return,
};
use crate::workflow::Workflow;

/// Who acts on a return, when, under which settings, and how the customer pays.
#[derive(Clone, Copy, Debug)]
pub struct ReturnContext<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// Now.
    pub now: DateTime<Utc>,
    /// The settings.
    pub workflow: &'a Workflow,
    /// How the customer pays, which decides where a refund usually goes.
    pub policy: &'a PaymentPolicy,
}

/// What is submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReturn {
    /// Id of the new return.
    pub id: ReturnId,
    /// Its number.
    pub number: String,
    /// Whether goods come back.
    pub kind: ReturnKind,
    /// What comes back or is claimed.
    pub lines: Vec<NewReturnLine>,
    /// The customer's note.
    pub note: String,
}

/// A line as it is submitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewReturnLine {
    /// The order's line.
    pub line_id: LineId,
    /// How much of it, in the line's unit.
    pub quantity: Quantity,
    /// Why.
    pub reason: ReturnReason,
    /// In the customer's words; needed where the reason is another one.
    #[serde(default)]
    pub note: String,
    /// Photos, uploaded before.
    #[serde(default)]
    pub photos: Vec<FileId>,
}

impl NewReturn {
    /// The claim a receipt opens (rule 11): what was short or damaged in the shipment, with the quantities filled in
    /// and the photos that came with it.
    ///
    /// `None` when there is no such receipt, or nothing in it to claim.
    pub fn claim(
        id: ReturnId,
        number: String,
        order: &Order,
        shipment_id: ShipmentId,
        photos: &[LinePhotos],
    ) -> Option<Self> {
        let receipt = order
            .shipments
            .iter()
            .find(|shipment| shipment.id == shipment_id)?
            .receipt
            .as_ref()?;
        let lines: Vec<_> = receipt
            .lines
            .iter()
            .filter_map(|line| {
                let reason = match (line.short.is_zero(), line.damaged.is_zero()) {
                    (true, true) => return None,
                    (false, true) => ReturnReason::Short,
                    (true, false) => ReturnReason::Damaged,
                    (false, false) => ReturnReason::ShortAndDamaged,
                };
                let shown = photos.iter().find(|shown| shown.line_id == line.line_id);
                Some(NewReturnLine {
                    line_id: line.line_id,
                    quantity: line.short + line.damaged,
                    reason,
                    note: String::new(),
                    photos: shown.map(|shown| shown.photos.clone()).unwrap_or_default(),
                })
            })
            .collect();
        (!lines.is_empty()).then_some(Self {
            id,
            number,
            kind: ReturnKind::Claim { shipment_id },
            lines,
            note: receipt.note.clone(),
        })
    }
}

/// How much of a line can be returned or claimed: what was received (of a claim: short or damaged in that shipment)
/// without what other returns of the order that still count have taken.
pub fn returnable(order: &Order, line_id: LineId, kind: ReturnKind, others: &[Return]) -> Quantity {
    let Some(line) = order.line(line_id) else {
        return Quantity::ZERO;
    };
    let bound = match kind {
        ReturnKind::Goods => line.received,
        ReturnKind::Claim { shipment_id } => {
            let shipments = order
                .shipments
                .iter()
                .filter(|shipment| shipment.id == shipment_id);
            shipments
                .filter_map(|shipment| shipment.receipt.as_ref())
                .flat_map(|receipt| &receipt.lines)
                .filter(|received| received.line_id == line_id)
                .map(|received| received.short + received.damaged)
                .sum()
        }
    };
    let taken = counting(order, line_id, others)
        .filter(|(other, _)| other.kind == kind)
        .map(|(_, line)| line.counted())
        .sum();
    bound.minus(taken)
}

/// The other returns of the order that still count and take something of a line, with what they take.
fn counting<'a>(
    order: &Order,
    line_id: LineId,
    others: &'a [Return],
) -> impl Iterator<Item = (&'a Return, &'a ReturnLine)> {
    let order_id = order.id;
    others
        .iter()
        .filter(move |other| other.order_id == order_id && !other.status.is_off())
        .filter_map(move |other| other.line(line_id).map(|line| (other, line)))
}

/// Submits a return of `order`. `others` are the order's returns so far, read in the same transaction.
///
/// # Errors
/// A [`ReturnRejection`] when the actor may not, or more comes back than can.
pub fn submit(
    new: NewReturn,
    order: &Order,
    others: &[Return],
    context: &ReturnContext<'_>,
) -> Result<Vec<ReturnEvent>, ReturnRejection> {
    can_submit_return(context.actor, order.customer_id, order.region_id)?;
    if let ReturnKind::Claim { shipment_id } = new.kind {
        let received =
            |shipment: &crate::order::Shipment| shipment.id == shipment_id && shipment.receipt.is_some();
        if !order.shipments.iter().any(received) {
            return Err(ReturnRejection::UnknownShipment { shipment_id });
        }
    }
    if new.lines.is_empty() {
        return Err(ReturnRejection::NoLines);
    }
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for asked in new.lines {
        let line_id = asked.line_id;
        let line = order
            .line(line_id)
            .ok_or(ReturnRejection::UnknownLine { line_id })?;
        if !seen.insert(line_id) {
            return Err(ReturnRejection::DuplicateLine { line_id });
        }
        if asked.quantity.is_zero() {
            return Err(ReturnRejection::QuantityZero { line_id });
        }
        let maximum = returnable(order, line_id, new.kind, others);
        if asked.quantity > maximum {
            return Err(ReturnRejection::QuantityTooLarge { line_id, maximum });
        }
        if asked.reason == ReturnReason::Other && asked.note.trim().is_empty() {
            return Err(ReturnRejection::NoteMissing { line_id });
        }
        let before = counting(order, line_id, others)
            .map(|(_, line)| line.counted())
            .sum();
        let refunded: Money = counting(order, line_id, others)
            .map(|(_, line)| line.amount)
            .sum();
        let at_most = (line.amount - refunded).max(Money::ZERO);
        lines.push(return_line(line, asked, before, at_most));
    }
    Ok(vec![ReturnEvent {
        at: context.now,
        by: context.actor.account_id,
        stands_in_for: None,
        fact: ReturnFact::Submitted(Box::new(ReturnSubmitted {
            id: new.id,
            number: new.number,
            order_id: order.id,
            order_number: order.number.clone(),
            customer_id: order.customer_id,
            region_id: order.region_id,
            on_behalf: matches!(context.actor.side, Side::Supplier { .. }),
            goods: new.kind,
            lines,
            currency: order.currency.clone(),
            note: new.note,
        })),
    }])
}

fn return_line(line: &OrderLine, asked: NewReturnLine, before: Quantity, at_most: Money) -> ReturnLine {
    ReturnLine {
        line_id: line.id,
        sku: line.sku.clone(),
        name: line.name.clone(),
        unit: line.unit.clone(),
        requested: asked.quantity,
        approved: asked.quantity,
        arrived: None,
        before,
        at_most,
        price: line.price,
        discount: line.discount,
        share: line.share,
        amount: Money::ZERO,
        reason: asked.reason,
        note: asked.note,
        photos: asked.photos,
    }
}
