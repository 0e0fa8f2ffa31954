//! Who proposes a new version of a reviewed order, and who answers (rule 4).

use crate::actor::{Actor, Side};
use crate::order::{Order, OrderStatus};
use crate::policy::{DenyReason, is_open, modifier_or_reviewer};

/// Rule 4: once the order review has passed; before that the order can simply be withdrawn or reviewed.
pub(super) fn may_request_change(actor: &Actor, order: &Order) -> Result<(), DenyReason> {
    if matches!(actor.side, Side::System) {
        return Err(DenyReason::OnlyCustomer);
    }
    if matches!(actor.side, Side::Supplier { .. }) {
        modifier_or_reviewer(actor)?;
    }
    is_open(order)?;
    if matches!(
        order.status,
        OrderStatus::PendingOrderReview | OrderStatus::PendingCustomerConfirmation
    ) {
        return Err(DenyReason::NotReviewedYet);
    }
    if order.change_request.is_some() {
        return Err(DenyReason::ChangeRequestWaiting);
    }
    Ok(())
}

/// The other side answers, not the one that proposed.
pub(super) fn may_answer_change(actor: &Actor, order: &Order) -> Result<(), DenyReason> {
    if matches!(actor.side, Side::System) {
        return Err(DenyReason::OnlyCustomer);
    }
    if matches!(actor.side, Side::Supplier { .. }) {
        modifier_or_reviewer(actor)?;
    }
    let Some(request) = &order.change_request else {
        return Err(DenyReason::NoChangeRequest);
    };
    is_open(order)?;
    if request.from_customer == actor.customer_id().is_some() {
        Err(DenyReason::OwnChangeRequest)
    } else {
        Ok(())
    }
}
