//! Making events true.
//!
//! Nothing is checked here: an event has happened. Ids that lead nowhere change nothing, so that a reader of an old
//! history never panics.

use crate::order::{
    Change, ChangeRequest, Confirmation, Event, Fact, FirstCheck, NewLine, Order, OrderContent, OrderLine,
    OrderStatus, OrderSubmitted, Reservation, StagePass,
};
use crate::price::PriceReason;
use crate::quantity::Quantity;
use crate::workflow::Stage;

/// Makes `event` true of `order` and counts its version up.
pub fn apply(order: &mut Order, event: &Event) {
    order.version = order.version.saturating_add(1);
    match &event.fact {
        // The birth of an order is not something that happens to it; see `replay`.
        Fact::Submitted(_)
        | Fact::ChangesConfirmed
        | Fact::ConfirmationExpired
        | Fact::PassedOutOfTurn { .. }
        | Fact::ClaimOpened { .. }
        | Fact::RefundDue { .. } => {}
        Fact::Resubmitted {
            content,
            review_due_at,
            ..
        } => {
            fill(order, content);
            order.reason = None;
            order.promised_date = None;
            order.submitted_at = event.at;
            order.review_due_at = *review_due_at;
            order.on_behalf = false;
            if let Some(by) = event.by {
                order.submitted_by = by;
            }
        }
        Fact::StatusChanged { to, .. } => enter(order, *to, event),
        Fact::StagePassed { stage, .. } => {
            if let Some(by) = event.by {
                order.passed.push(StagePass {
                    stage: *stage,
                    by,
                    at: event.at,
                });
            }
            if *stage == Stage::OutboundReview {
                order.first_check = None;
            }
        }
        Fact::Reviewed {
            promised_date,
            changes,
        } => {
            order.promised_date = Some(*promised_date);
            changes.iter().for_each(|change| apply_change(order, change));
        }
        Fact::ConfirmationRequested { until, changes } => {
            order.confirmation = Some(Confirmation {
                until: *until,
                changes: changes.clone(),
            });
        }
        Fact::ChangesDeclined { reason } | Fact::SentBack { reason } | Fact::Withdrawn { reason } => {
            order.reason = Some(reason.clone());
        }
        Fact::Voided { reason } => order.reason = Some(reason.clone()),
        Fact::CreditOverridden { .. } => order.over_limit = true,
        Fact::ProductionReported { lines } => {
            for reported in lines {
                if let Some(line) = order.line_mut(reported.line_id) {
                    line.produced = reported.produced;
                }
            }
        }
        Fact::FirstCheckDone => order.first_check = event.by.map(|by| FirstCheck { by, at: event.at }),
        Fact::StockReserved {
            line_id,
            warehouse_id,
            quantity,
        } => {
            if let Some(line) = order.line_mut(*line_id) {
                match line
                    .reserved
                    .iter_mut()
                    .find(|reserved| reserved.warehouse_id == *warehouse_id)
                {
                    Some(reserved) => reserved.quantity += *quantity,
                    None => line.reserved.push(Reservation {
                        warehouse_id: *warehouse_id,
                        quantity: *quantity,
                    }),
                }
            }
        }
        Fact::ReservationReleased {
            line_id,
            warehouse_id,
            quantity,
        } => {
            if let Some(line) = order.line_mut(*line_id) {
                take(line, *warehouse_id, *quantity);
            }
        }
        Fact::ShortageDecided { line_id, choice } => {
            if let Some(line) = order.line_mut(*line_id) {
                line.shortage = Some(choice.clone());
            }
        }
        Fact::SubstituteAdded { line, .. } => order.lines.push(line.ordered()),
        Fact::Shipped { shipment, taken } => {
            for part in &shipment.lines {
                if let Some(line) = order.line_mut(part.line_id) {
                    line.shipped += part.quantity;
                }
            }
            for part in taken {
                if let Some(line) = order.line_mut(part.line_id) {
                    take(line, part.warehouse_id, part.quantity);
                }
            }
            order.shipments.push(shipment.clone());
        }
        Fact::Received { shipment_id, receipt } => {
            for part in &receipt.lines {
                if let Some(line) = order.line_mut(part.line_id) {
                    line.received += part.received;
                    line.short += part.short;
                    line.damaged += part.damaged;
                }
            }
            if let Some(shipment) = order
                .shipments
                .iter_mut()
                .find(|shipment| shipment.id == *shipment_id)
            {
                shipment.receipt = Some(receipt.clone());
            }
        }
        Fact::GoodsReturned { lines, .. } => {
            for part in lines {
                if let Some(line) = order.line_mut(part.line_id) {
                    line.returned += part.quantity;
                }
            }
        }
        Fact::LinesClosed { lines, .. } => {
            for closed in lines {
                if let Some(line) = order.line_mut(closed.line_id) {
                    line.closed += closed.quantity;
                }
            }
        }
        Fact::LineReleased { line_id, .. } => {
            if let Some(line) = order.line_mut(*line_id) {
                line.held = false;
            }
        }
        Fact::ChangeRequested { request } => order.change_request = Some(request.as_ref().clone()),
        Fact::ChangeAnswered { .. } => order.change_request = None,
        Fact::ChangeApplied {
            request,
            promised_date,
            review_due_at,
        } => {
            apply_request(order, request);
            if promised_date.is_some() {
                order.promised_date = *promised_date;
            }
            if let Some(due) = review_due_at {
                order.review_due_at = *due;
            }
        }
    }
    order.retotal();
}

/// The order its events add up to, or `None` when they do not begin with a submission.
pub fn replay(events: &[Event]) -> Option<Order> {
    let (first, rest) = events.split_first()?;
    let Fact::Submitted(submitted) = &first.fact else {
        return None;
    };
    let mut order = born(submitted, first)?;
    rest.iter().for_each(|event| apply(&mut order, event));
    Some(order)
}

fn born(submitted: &OrderSubmitted, event: &Event) -> Option<Order> {
    let content = &submitted.content;
    let mut order = Order {
        id: submitted.id,
        draft_id: submitted.draft_id,
        number: submitted.number.clone(),
        customer_id: submitted.customer_id,
        region_id: submitted.region_id,
        status: OrderStatus::PendingOrderReview,
        version: 1,
        priority: content.priority,
        submitted_at: event.at,
        submitted_by: event.by?,
        on_behalf: submitted.on_behalf,
        entered_at: event.at,
        review_due_at: submitted.review_due_at,
        wanted_date: None,
        promised_date: None,
        address: content.address.clone(),
        delivery_method: None,
        note: String::new(),
        lines: Vec::new(),
        currency: submitted.currency.clone(),
        freight: content.freight,
        total: content.freight,
        promotions: Vec::new(),
        passed: Vec::new(),
        confirmation: None,
        first_check: None,
        shipments: Vec::new(),
        change_request: None,
        reason: None,
        over_limit: false,
    };
    fill(&mut order, content);
    order.retotal();
    Some(order)
}

/// Puts what was submitted into the order.
fn fill(order: &mut Order, content: &OrderContent) {
    order.lines = content.lines.iter().map(NewLine::ordered).collect();
    order.address = content.address.clone();
    order.delivery_method.clone_from(&content.delivery_method);
    order.wanted_date = content.wanted_date;
    order.priority = content.priority;
    order.note.clone_from(&content.note);
    order.freight = content.freight;
    order.promotions.clone_from(&content.promotions);
}

fn enter(order: &mut Order, status: OrderStatus, event: &Event) {
    order.status = status;
    order.entered_at = event.at;
    if status != OrderStatus::PendingCustomerConfirmation {
        order.confirmation = None;
    }
    if status != OrderStatus::PendingOutboundReview {
        order.first_check = None;
    }
    if status == OrderStatus::PendingOrderReview {
        // What is reviewed again goes through all the stages again.
        order.passed.clear();
        order.over_limit = false;
    }
    if status.stage().is_none() {
        order.change_request = None;
    }
}

fn take(line: &mut OrderLine, warehouse: crate::id::WarehouseId, quantity: Quantity) {
    for reserved in line
        .reserved
        .iter_mut()
        .filter(|reserved| reserved.warehouse_id == warehouse)
    {
        reserved.quantity = reserved.quantity.minus(quantity);
    }
    line.reserved.retain(|reserved| !reserved.quantity.is_zero());
}

/// What a review changed.
fn apply_change(order: &mut Order, change: &Change) {
    match change {
        Change::Quantity { line_id, to, .. } => {
            if let Some(line) = order.line_mut(*line_id) {
                line.approved = *to;
            }
        }
        Change::Price {
            line_id,
            to,
            discount_to,
            reason,
            ..
        } => {
            if let Some(line) = order.line_mut(*line_id) {
                line.price = *to;
                line.discount = *discount_to;
                line.reasons
                    .retain(|known| !matches!(known, PriceReason::Special { .. }));
                line.reasons.push(PriceReason::Special {
                    price: *to,
                    discount: *discount_to,
                    reason: reason.clone(),
                });
            }
        }
        Change::Held { line_id, held, .. } => {
            if let Some(line) = order.line_mut(*line_id) {
                line.held = *held;
            }
        }
        Change::Split {
            line_id,
            new_line_id,
            quantity,
            ..
        } => {
            let Some(position) = order.lines.iter().position(|line| line.id == *line_id) else {
                return;
            };
            let Some(line) = order.lines.get_mut(position) else {
                return;
            };
            let mut part = line.clone();
            // The review may have raised the quantity: the parts together keep what was ordered.
            let ordered = line.ordered.min(*quantity);
            line.approved = line.approved.minus(*quantity);
            line.ordered = line.ordered.minus(ordered);
            part.id = *new_line_id;
            part.share = (line.share.as_mut()).map(|share| share.split_off(*quantity, &order.currency));
            part.ordered = ordered;
            part.approved = *quantity;
            part.reserved.clear();
            for moved in [
                &mut part.shipped,
                &mut part.received,
                &mut part.short,
                &mut part.damaged,
                &mut part.returned,
                &mut part.closed,
                &mut part.produced,
            ] {
                *moved = Quantity::ZERO;
            }
            order.lines.insert(position.saturating_add(1), part);
        }
        Change::Freight { to, .. } => order.freight = *to,
        Change::FreightWaived { to, .. } => order.waive_freight(*to),
        Change::PromisedDate { to, .. } => order.promised_date = *to,
        // A review changes none of these: they are the customer's.
        Change::Added { .. }
        | Change::Removed { .. }
        | Change::WantedDate { .. }
        | Change::Address { .. }
        | Change::DeliveryMethod { .. }
        | Change::Note { .. }
        | Change::Priority { .. } => {}
    }
}

/// What both sides agreed to.
fn apply_request(order: &mut Order, request: &ChangeRequest) {
    for proposed in &request.proposal.quantities {
        if let Some(line) = order.line_mut(proposed.line_id) {
            line.approved = proposed.quantity;
            line.closed = Quantity::ZERO;
            line.shortage = None;
        }
    }
    if request.proposal.wanted_date.is_some() {
        order.wanted_date = request.proposal.wanted_date;
    }
    if let Some(address) = &request.proposal.address {
        order.address = address.clone();
    }
    if let Some(note) = &request.proposal.note {
        order.note.clone_from(note);
    }
    order.change_request = None;
}
