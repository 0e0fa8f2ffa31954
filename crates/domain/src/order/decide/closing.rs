//! Ways off the track: withdraw, send back, void (rule 3), close what remains, release a held line.

use std::collections::BTreeSet;

use crate::order::decide::{Draft, goods, need_reason};
use crate::order::{
    CloseRemaining, ClosedLine, Fact, OrderStatus, Rejection, ReleaseLine, SendBackOrder, VoidOrder,
    WithdrawOrder,
};
use crate::policy::{Action, DenyReason};
use crate::workflow::Stage;

pub(super) fn withdraw(draft: &mut Draft<'_>, body: WithdrawOrder) -> Result<(), Rejection> {
    draft.allow(Action::Withdraw)?;
    goods::release_all(draft);
    draft.emit(Fact::Withdrawn {
        reason: body.reason.trim().to_owned(),
    });
    give_money_back(draft);
    draft.move_to(OrderStatus::Voided);
    Ok(())
}

pub(super) fn send_back(draft: &mut Draft<'_>, body: SendBackOrder) -> Result<(), Rejection> {
    draft.allow(Action::SendBack)?;
    let reason = need_reason(&body.reason)?;
    goods::release_all(draft);
    draft.emit(Fact::SentBack { reason });
    draft.move_to(OrderStatus::SentBack);
    Ok(())
}

pub(super) fn void(draft: &mut Draft<'_>, body: VoidOrder) -> Result<(), Rejection> {
    draft.allow(Action::Void)?;
    let reason = need_reason(&body.reason)?;
    goods::release_all(draft);
    draft.emit(Fact::Voided { reason });
    give_money_back(draft);
    draft.move_to(OrderStatus::Voided);
    Ok(())
}

fn give_money_back(draft: &mut Draft<'_>) {
    let amount = draft.context.facts.paid;
    if amount > crate::money::Money::ZERO {
        draft.emit(Fact::RefundDue { amount });
    }
}

pub(super) fn close_remaining(draft: &mut Draft<'_>, body: &CloseRemaining) -> Result<(), Rejection> {
    draft.allow(Action::CloseRemaining)?;
    let reason = need_reason(&body.reason)?;
    let mut wanted = BTreeSet::new();
    for line_id in &body.line_ids {
        draft
            .order
            .line(*line_id)
            .ok_or(Rejection::UnknownLine { line_id: *line_id })?;
        wanted.insert(*line_id);
    }
    let lines: Vec<ClosedLine> = draft
        .order
        .lines
        .iter()
        .filter(|line| wanted.is_empty() || wanted.contains(&line.id))
        .map(|line| ClosedLine {
            line_id: line.id,
            quantity: line.remaining(),
        })
        .filter(|closed| !closed.quantity.is_zero())
        .collect();
    if lines.is_empty() {
        return Err(Rejection::NothingToDo);
    }
    draft.emit(Fact::LinesClosed { lines, reason });
    goods::release_surplus(draft);
    if draft.order.has_remaining() {
        return Ok(());
    }
    if draft.order.shipments.is_empty() {
        // Nothing left and nothing will: that is voiding, which gives money back.
        return Err(DenyReason::NothingShipped.into());
    }
    goods::settle(draft);
    Ok(())
}

pub(super) fn release_line(draft: &mut Draft<'_>, body: ReleaseLine) -> Result<(), Rejection> {
    draft.allow(Action::ReleaseLine)?;
    let reason = need_reason(&body.reason)?;
    let line_id = body.line_id;
    let line = draft
        .order
        .line(line_id)
        .ok_or(Rejection::UnknownLine { line_id })?;
    if !line.held {
        return Err(Rejection::NothingToDo);
    }
    let remains = !line.remaining().is_zero();
    draft.emit(Fact::LineReleased { line_id, reason });
    // What was held while the rest was reserved waits for stock like any line that was short.
    let reviewed = draft
        .order
        .passed
        .iter()
        .any(|pass| pass.stage == Stage::OutboundReview);
    if reviewed && remains {
        draft.emit(Fact::ShortageDecided {
            line_id,
            choice: crate::order::ShortageChoice::Wait,
        });
    }
    Ok(())
}
