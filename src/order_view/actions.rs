//! What may be done with an order, in the order it is offered, with the reason where it may not.

use countersign_domain::actor::{Actor, Side};
use countersign_domain::money::Money;
use countersign_domain::order::{Funding, Order, OrderStatus, Rejection};
use countersign_domain::permission::Permission;
use countersign_domain::policy::{Action, DenyReason, can};
use countersign_domain::returns::can_submit_return;
use countersign_domain::workflow::{Stage, Workflow};

use crate::order_view::work::held;

/// Something a person may want to do with an order: a button of the action bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Pass the order review as it is.
    PassOrderReview,
    /// Pass the order review with another date, quantities or prices.
    Adjust,
    /// Pass the executive approval.
    PassExecutiveApproval,
    /// Pass the finance review.
    PassFinanceReview,
    /// Enter a confirmed payment.
    EnterPayment,
    /// Report what production has finished, and pass it on when all is.
    Produce,
    /// Reserve stock and pass the outbound review.
    PassOutboundReview,
    /// Ship.
    Ship,
    /// Release a line that is on hold.
    ReleaseLine,
    /// Close what remains.
    CloseRemaining,
    /// Propose a new version of the reviewed order.
    RequestChange,
    /// Answer the other side's proposal.
    AnswerChange,
    /// Send it back to the customer.
    SendBack,
    /// Void it.
    Void,
    /// Agree to the review's changes.
    ConfirmChanges,
    /// Don't agree to them.
    DeclineChanges,
    /// Confirm the receipt of a shipment.
    Receive,
    /// Edit a sent-back order and submit it again.
    Resubmit,
    /// Take it back before the review.
    Withdraw,
    /// Return received goods.
    ReturnGoods,
}

/// A deed and whether it may be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What.
    pub deed: Deed,
    /// Why not, where it may not.
    pub allowed: Result<(), Rejection>,
}

/// What an order offers to `actor`: what may be done first, the main deed at the head; then what may not.
///
/// `paid` is what is confirmed for the order, `funding` how it stands with the way its customer pays, where that is known.
/// An order that waits for the other side, or ended, may offer nothing.
pub fn offers(
    actor: &Actor,
    order: &Order,
    paid: Money,
    funding: Option<&Funding>,
    workflow: &Workflow,
) -> Vec<Offer> {
    let mut deeds = match &actor.side {
        Side::Supplier { .. } => staff_deeds(order, paid),
        Side::Distributor { .. } => customer_deeds(order),
        Side::System => Vec::new(),
    };
    // What is on its way back already is known to the panel, not to the order.
    if order.lines.iter().any(|line| line.received > line.returned) {
        deeds.push(Deed::ReturnGoods);
    }
    let mut offers: Vec<Offer> = deeds
        .into_iter()
        .map(|deed| Offer {
            deed,
            allowed: allowed(actor, deed, order, workflow)
                .map_err(Rejection::from)
                .and_then(|()| is_funded(deed, funding)),
        })
        // Few ever do these: to everybody else they would be noise.
        .filter(|offer| !offer.deed.is_rare() || offer.allowed.is_ok())
        .collect();
    // Stable: within each group the order stays as it is.
    offers.sort_by_key(|offer| offer.allowed.is_err());
    offers
}

/// The deed that key `a` and the first button do, if the actor may.
pub fn main_deed(offers: &[Offer]) -> Option<Deed> {
    let first = offers.first().filter(|offer| offer.allowed.is_ok())?;
    first.deed.moves_on().then_some(first.deed)
}

impl Deed {
    /// Whether it moves the order on along its way, so that it may stand as the main action.
    pub fn moves_on(self) -> bool {
        !matches!(
            self,
            Self::Adjust
                | Self::EnterPayment
                | Self::ReleaseLine
                | Self::CloseRemaining
                | Self::RequestChange
                | Self::SendBack
                | Self::Void
                | Self::DeclineChanges
                | Self::Withdraw
                | Self::ReturnGoods
        )
    }

    /// Whether it is shown only to those who may do it.
    fn is_rare(self) -> bool {
        matches!(
            self,
            Self::ReleaseLine | Self::RequestChange | Self::AnswerChange | Self::ReturnGoods
        )
    }

    /// Whether it asks for something first; the others are done by the button alone.
    pub fn asks(self) -> bool {
        !matches!(
            self,
            Self::PassOrderReview
                | Self::PassExecutiveApproval
                | Self::PassFinanceReview
                | Self::ConfirmChanges
        )
    }

    /// The action of the policy behind it; entering a payment is about money and a return stands beside the order.
    fn action(self) -> Option<Action> {
        Some(match self {
            Self::PassOrderReview | Self::Adjust => Action::PassOrderReview,
            Self::PassExecutiveApproval => Action::PassExecutiveApproval,
            Self::PassFinanceReview => Action::PassFinanceReview,
            Self::EnterPayment | Self::ReturnGoods => return None,
            Self::Produce => Action::Produce,
            Self::PassOutboundReview => Action::PassOutboundReview,
            Self::Ship => Action::Ship,
            Self::ReleaseLine => Action::ReleaseLine,
            Self::CloseRemaining => Action::CloseRemaining,
            Self::RequestChange => Action::RequestChange,
            Self::AnswerChange => Action::AnswerChangeRequest,
            Self::SendBack => Action::SendBack,
            Self::Void => Action::Void,
            Self::ConfirmChanges | Self::DeclineChanges => Action::AnswerChanges,
            Self::Receive => Action::Receive,
            Self::Resubmit => Action::Resubmit,
            Self::Withdraw => Action::Withdraw,
        })
    }
}

fn allowed(actor: &Actor, deed: Deed, order: &Order, workflow: &Workflow) -> Result<(), DenyReason> {
    match deed.action() {
        Some(action) => can(actor, action, order, workflow),
        None if deed == Deed::ReturnGoods => can_submit_return(actor, order.customer_id, order.region_id)
            .map_err(|_| DenyReason::NeedsPermission {
                permission: Permission::ReturnCreateOnBehalf,
            }),
        None if actor.holds(Permission::PaymentConfirm) => Ok(()),
        None => Err(DenyReason::NeedsPermission {
            permission: Permission::PaymentConfirm,
        }),
    }
}

/// What the finance review would say, before it is asked: the person who may not pass it reads why instead of trying.
fn is_funded(deed: Deed, funding: Option<&Funding>) -> Result<(), Rejection> {
    match (deed, funding) {
        (Deed::PassFinanceReview, Some(funding)) => funding.check(),
        _ => Ok(()),
    }
}

fn staff_deeds(order: &Order, paid: Money) -> Vec<Deed> {
    let Some(stage) = order.status.stage() else {
        return match order.status {
            // What is paid after the receipt, by its policy, is entered once the goods have come.
            OrderStatus::Completed if paid < order.total => vec![Deed::EnterPayment],
            status if status.is_final() => Vec::new(),
            // A sent-back order waits for its customer, but may still be voided.
            _ => vec![Deed::Void],
        };
    };
    // What is proposed may change what is about to be passed, so that it is answered first.
    let mut deeds = vec![Deed::AnswerChange];
    deeds.extend(stage_deeds(stage));

    if waits_for_stock(order) && stage > Stage::OutboundReview {
        deeds.push(Deed::PassOutboundReview);
    }
    if stage >= Stage::FinanceReview && paid < order.total {
        deeds.push(Deed::EnterPayment);
    }
    // At the order review a line is released with everything else that is adjusted.
    if stage > Stage::OrderReview && held(order).next().is_some() {
        deeds.push(Deed::ReleaseLine);
    }
    if order.has_remaining() {
        deeds.push(Deed::RequestChange);
    }
    if order.shipments.is_empty() {
        deeds.extend([Deed::SendBack, Deed::Void]);
    }
    // A line that will not be made or found is closed as soon as the goods are made or move.
    let may_close = stage >= Stage::Production || !order.shipments.is_empty();
    if may_close && order.has_remaining() {
        deeds.push(Deed::CloseRemaining);
    }
    deeds
}

/// What passes a stage; nothing where the customer does.
fn stage_deeds(stage: Stage) -> &'static [Deed] {
    match stage {
        Stage::OrderReview => &[Deed::PassOrderReview, Deed::Adjust],
        Stage::ExecutiveApproval => &[Deed::PassExecutiveApproval],
        Stage::FinanceReview => &[Deed::PassFinanceReview],
        Stage::Production => &[Deed::Produce],
        Stage::OutboundReview => &[Deed::PassOutboundReview],
        Stage::Ship => &[Deed::Ship],
        Stage::Submit | Stage::CustomerConfirmation | Stage::Receive => &[],
    }
}

fn customer_deeds(order: &Order) -> Vec<Deed> {
    let Some(stage) = order.status.stage() else {
        return if order.status.is_final() {
            Vec::new()
        } else {
            vec![Deed::Resubmit, Deed::Void]
        };
    };
    let mut deeds = vec![Deed::AnswerChange];
    if order.unreceived().next().is_some() {
        deeds.push(Deed::Receive);
    }
    if order.has_remaining() {
        deeds.push(Deed::RequestChange);
    }
    match stage {
        Stage::CustomerConfirmation => deeds.extend([Deed::ConfirmChanges, Deed::DeclineChanges]),
        _ if order.shipments.is_empty() => deeds.push(Deed::Withdraw),
        _ => {}
    }
    deeds
}

fn waits_for_stock(order: &Order) -> bool {
    order.lines.iter().any(|line| !line.unreserved().is_zero())
}

#[cfg(test)]
mod tests;
