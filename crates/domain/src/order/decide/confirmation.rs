//! The customer's word on a changed order (rule 5). Silence is never taken as agreement.

use crate::order::decide::{Draft, goods, need_reason, need_system};
use crate::order::{DeclineChanges, Fact, OrderStatus, Rejection};
use crate::policy::Action;
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
    need_system(draft)?;
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
    // Once something has left, the customer can't edit the order as a whole any more: staff review what remains.
    if draft.order.shipments.is_empty() {
        draft.move_to(OrderStatus::SentBack);
    } else {
        draft.move_to(OrderStatus::PendingOrderReview);
    }
}
