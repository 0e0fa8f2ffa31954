//! The customer's word on a changed order (rule 5). Silence is never taken as agreement.

use crate::actor::Side;
use crate::order::decide::{Draft, goods, need_reason};
use crate::order::{DeclineChanges, Fact, OrderStatus, Rejection};
use crate::policy::{Action, DenyReason};
use crate::workflow::Stage;

pub(super) fn confirm(draft: &mut Draft<'_>) -> Result<(), Rejection> {
    draft.allow(Action::AnswerChanges)?;
    draft.emit(Fact::ChangesConfirmed);
    draft.pass(Stage::CustomerConfirmation, String::new(), false)
}

pub(super) fn decline(draft: &mut Draft<'_>, body: DeclineChanges) -> Result<(), Rejection> {
    draft.allow(Action::AnswerChanges)?;
    let reason = need_reason(&body.reason)?;
    draft.emit(Fact::ChangesDeclined { reason });
    send_back(draft);
    Ok(())
}

pub(super) fn expire(draft: &mut Draft<'_>) -> Result<(), Rejection> {
    if draft.context.actor.side != Side::System {
        return Err(DenyReason::OnlySystem.into());
    }
    let until = draft
        .order
        .confirmation
        .as_ref()
        .map(|confirmation| confirmation.until);
    match until {
        _ if draft.order.status != OrderStatus::PendingCustomerConfirmation => Err(Rejection::WrongStatus {
            status: draft.order.status,
        }),
        Some(until) if draft.context.now < until => Err(Rejection::NotDue),
        _ => {
            draft.emit(Fact::ConfirmationExpired);
            send_back(draft);
            Ok(())
        }
    }
}

fn send_back(draft: &mut Draft<'_>) {
    goods::release_all(draft);
    // Once something has left, the order can't be edited as a whole any more: it goes on as it was.
    if draft.order.shipments.is_empty() {
        draft.move_to(OrderStatus::SentBack);
    } else {
        draft.move_to(OrderStatus::PendingOrderReview);
    }
}
