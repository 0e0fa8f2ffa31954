//! Change requests (rule 4): a proposed new version of a reviewed order, and the other side's answer.

use crate::customer::Address;
use crate::order::decide::{Draft, goods, need_reason, review};
use crate::order::{
    AnswerChange, Change, ChangeRequest, Fact, Impact, Order, OrderStatus, Proposal, Rejection,
    RequestChange, hours_after, review_due,
};
use crate::policy::Action;
use crate::workflow::Stage;

pub(super) fn request(draft: &mut Draft<'_>, body: RequestChange) -> Result<(), Rejection> {
    draft.allow(Action::RequestChange)?;
    let reason = need_reason(&body.reason)?;
    check(draft, &body.proposal)?;
    let (changes, impact) = proposed_changes(&draft.order, &body.proposal, &reason);
    if changes.is_empty() {
        return Err(Rejection::NothingChanged);
    }
    let request = ChangeRequest {
        id: body.id,
        by: draft.context.actor.account_id,
        from_customer: draft.context.actor.customer_id().is_some(),
        at: draft.context.now,
        reason,
        proposal: body.proposal,
        changes,
        impact,
    };
    draft.emit(Fact::ChangeRequested {
        request: Box::new(request),
    });
    Ok(())
}

pub(super) fn answer(draft: &mut Draft<'_>, body: AnswerChange) -> Result<(), Rejection> {
    draft.allow(Action::AnswerChangeRequest)?;
    let waiting = draft
        .order
        .change_request
        .clone()
        .filter(|request| request.id == body.id);
    let request = waiting.ok_or(Rejection::NoChangeRequest)?;
    if !body.accept {
        let reason = need_reason(&body.reason)?;
        draft.emit(Fact::ChangeAnswered {
            id: request.id,
            accepted: false,
            reason,
        });
        return Ok(());
    }
    // Goods may have left since it was proposed.
    check(draft, &request.proposal)?;
    let promised_date = match request.impact {
        Impact::Schedule => {
            // Staff promise a date; the customer agrees to the one staff proposed.
            let date = if request.from_customer {
                body.promised_date
            } else {
                request.proposal.wanted_date
            };
            Some(date.ok_or(Rejection::PromisedDateMissing)?)
        }
        Impact::Minor | Impact::Substantive => None,
    };
    if promised_date.is_some_and(|date| date < draft.context.today) {
        return Err(Rejection::DateInPast);
    }
    draft.emit(Fact::ChangeAnswered {
        id: request.id,
        accepted: true,
        reason: body.reason,
    });
    if request.impact == Impact::Substantive {
        goods::release_all(draft);
    }
    let now = draft.context.now;
    let due = review_due(now, draft.order.priority, draft.context.workflow);
    let review_due_at = (request.impact == Impact::Substantive).then_some(due);
    let before = draft.order.promised_date;
    let from_customer = request.from_customer;
    let impact = request.impact;
    draft.emit(Fact::ChangeApplied {
        request: Box::new(request),
        promised_date,
        review_due_at,
    });
    match impact {
        Impact::Minor => {}
        Impact::Substantive => draft.move_to(OrderStatus::PendingOrderReview),
        // The customer confirms the date that staff set; a date the customer itself agreed to needs no second word.
        Impact::Schedule
            if from_customer && draft.context.workflow.stages.is_on(Stage::CustomerConfirmation) =>
        {
            let until = hours_after(now, draft.context.workflow.confirmation_hours);
            let changes = vec![Change::PromisedDate {
                from: before,
                to: promised_date,
            }];
            draft.emit(Fact::ConfirmationRequested { until, changes });
            draft.move_to(OrderStatus::PendingCustomerConfirmation);
        }
        Impact::Schedule => {}
    }
    Ok(())
}

/// A proposal can only touch what has not left.
fn check(draft: &Draft<'_>, proposal: &Proposal) -> Result<(), Rejection> {
    let moves = proposal.wanted_date.is_some() || proposal.address.is_some();
    if moves && !draft.order.has_remaining() {
        return Err(Rejection::NothingToDo);
    }
    for (position, proposed) in proposal.quantities.iter().enumerate() {
        let line_id = proposed.line_id;
        let line = draft
            .order
            .line(line_id)
            .ok_or(Rejection::UnknownLine { line_id })?;
        if proposal
            .quantities
            .iter()
            .skip(position.saturating_add(1))
            .any(|other| other.line_id == line_id)
        {
            return Err(Rejection::DuplicateLine { line_id });
        }
        review::at_least(line_id, proposed.quantity, line.shipped)?;
        if line.is_gift() && proposed.quantity > line.approved {
            // More of a gift comes with more of what it comes with: that is another order.
            return Err(Rejection::QuantityTooLarge {
                line_id,
                maximum: line.approved,
            });
        }
        let amount = draft
            .order
            .currency
            .line_amount(line.price, proposed.quantity, line.discount);
        amount.ok_or(Rejection::AmountInvalid)?;
    }
    if proposal
        .wanted_date
        .is_some_and(|date| date < draft.context.today)
    {
        return Err(Rejection::DateInPast);
    }
    let quantity = |line: &crate::order::OrderLine| {
        let proposed = proposal
            .quantities
            .iter()
            .find(|proposed| proposed.line_id == line.id);
        proposed.map_or(line.approved, |proposed| proposed.quantity)
    };
    let mut paid = draft.order.lines.iter().filter(|line| !line.is_gift());
    // Gifts alone are no order.
    if paid.all(|line| quantity(line).is_zero()) {
        Err(Rejection::NoLines)
    } else {
        Ok(())
    }
}

/// What a proposal would change about `order`, and how much that matters (rule 4). `reason` stands with each change of a
/// quantity.
pub fn proposed_changes(order: &Order, proposal: &Proposal, reason: &str) -> (Vec<Change>, Impact) {
    let mut changes = Vec::new();
    let mut impact = Impact::Minor;
    for proposed in &proposal.quantities {
        let Some(line) = order.line(proposed.line_id) else {
            continue;
        };
        if line.approved != proposed.quantity {
            impact = Impact::Substantive;
            changes.push(Change::Quantity {
                line_id: line.id,
                from: line.approved,
                to: proposed.quantity,
                reason: reason.to_owned(),
            });
        }
    }
    if proposal.wanted_date.is_some() && proposal.wanted_date != order.wanted_date {
        impact = impact.max(Impact::Schedule);
        changes.push(Change::WantedDate {
            from: order.wanted_date,
            to: proposal.wanted_date,
        });
    }
    if let Some(address) = proposal
        .address
        .as_ref()
        .filter(|address| **address != order.address)
    {
        changes.push(Change::Address {
            from: named(&order.address, address),
            to: named(address, &order.address),
        });
    }
    if let Some(note) = proposal.note.as_ref().filter(|note| **note != order.note) {
        changes.push(Change::Note {
            from: order.note.clone(),
            to: note.clone(),
        });
    }
    (changes, impact)
}

/// An address beside another: as it is printed, with who receives where only that tells them apart.
fn named(address: &Address, other: &Address) -> String {
    let Address {
        text, contact, phone, ..
    } = address;
    if *text == other.text {
        format!("{text} {contact} {phone}")
    } else {
        text.clone()
    }
}
