//! Making events of returns true. Nothing is checked here: an event has happened.

use crate::returns::{Return, ReturnEvent, ReturnFact, ReturnPass, ReturnStatus, ReturnSubmitted};

/// Makes `event` true of `subject` and counts its version up.
pub fn apply(subject: &mut Return, event: &ReturnEvent) {
    subject.version = subject.version.saturating_add(1);
    match &event.fact {
        // The birth of a return is not something that happens to it; see `replay`.
        ReturnFact::Submitted(_) => {}
        ReturnFact::StatusChanged { to, .. } => {
            subject.status = *to;
            subject.entered_at = event.at;
        }
        ReturnFact::StagePassed { stage, .. } => subject.passed.push(ReturnPass {
            stage: *stage,
            by: event.by,
            at: event.at,
        }),
        ReturnFact::QuantitiesCut { lines } => {
            for cut in lines {
                if let Some(line) = subject.line_mut(cut.line_id) {
                    line.approved = cut.to;
                }
            }
        }
        ReturnFact::GoodsArrived { lines, .. } => {
            for goods in lines {
                if let Some(line) = subject.line_mut(goods.line_id) {
                    line.arrived = Some(goods.arrived);
                }
            }
        }
        ReturnFact::Refunded { target, .. } => subject.refunded_to = Some(*target),
        ReturnFact::Refused { reason } | ReturnFact::Voided { reason } => {
            subject.reason = Some(reason.clone());
        }
    }
    subject.retotal();
}

/// The return its events add up to, or `None` when they do not begin with a submission.
pub fn replay(events: &[ReturnEvent]) -> Option<Return> {
    let (first, rest) = events.split_first()?;
    let ReturnFact::Submitted(submitted) = &first.fact else {
        return None;
    };
    let mut subject = born(submitted, first);
    rest.iter().for_each(|event| apply(&mut subject, event));
    Some(subject)
}

fn born(submitted: &ReturnSubmitted, event: &ReturnEvent) -> Return {
    let mut subject = Return {
        id: submitted.id,
        number: submitted.number.clone(),
        order_id: submitted.order_id,
        order_number: submitted.order_number.clone(),
        customer_id: submitted.customer_id,
        region_id: submitted.region_id,
        kind: submitted.goods,
        status: ReturnStatus::PendingReturnReview,
        version: 1,
        submitted_at: event.at,
        submitted_by: event.by,
        on_behalf: submitted.on_behalf,
        entered_at: event.at,
        lines: submitted.lines.clone(),
        currency: submitted.currency.clone(),
        total: crate::money::Money::ZERO,
        refunded_to: None,
        note: submitted.note.clone(),
        passed: Vec::new(),
        reason: None,
    };
    subject.retotal();
    subject
}
