//! Who may do what to which order: asked by the server before it acts and by the page before it offers.

mod changes;
mod duties;

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Side};
use crate::delegation::in_any_place;
use crate::id::{AccountId, CustomerId, RegionId};
use crate::order::{Order, OrderStatus, ShortageChoice};
use crate::permission::Permission;
use crate::workflow::{Stage, Workflow};
use changes::{may_answer_change, may_request_change};
use duties::separate_duties;

/// What an actor may want to do with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// See it.
    View,
    /// Submit a sent-back order again.
    Resubmit,
    /// Take it back before the review.
    Withdraw,
    /// Pass the order review.
    PassOrderReview,
    /// Change quantity, date, freight; hold or split lines in the review.
    Modify,
    /// Set a special price or discount in the review.
    SetSpecialPrice,
    /// Agree or not to the review's changes.
    AnswerChanges,
    /// Pass the executive approval.
    PassExecutiveApproval,
    /// Pass the finance review.
    PassFinanceReview,
    /// Pass the finance review beyond the credit limit.
    OverrideCredit,
    /// Report or finish production.
    Produce,
    /// Reserve stock and pass the outbound review.
    PassOutboundReview,
    /// Ship.
    Ship,
    /// Confirm a receipt.
    Receive,
    /// Close what remains.
    CloseRemaining,
    /// Release a held line.
    ReleaseLine,
    /// Send it back.
    SendBack,
    /// Void it.
    Void,
    /// Propose a new version.
    RequestChange,
    /// Answer a proposed new version.
    AnswerChangeRequest,
}

/// Why not. The app says it in words (domain.md section 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "deny", rename_all = "snake_case")]
pub enum DenyReason {
    /// The order does not exist for this actor: another customer's, or outside its regions.
    Unknown,
    /// It is seen in a colleague's place only, who may not do this there.
    OutsideYourRegions,
    /// A permission is missing.
    NeedsPermission {
        /// Which.
        permission: Permission,
    },
    /// Only the customer may.
    OnlyCustomer,
    /// Only the supplier's staff may.
    OnlySupplier,
    /// Only the desk itself may.
    OnlySystem,
    /// The order waits at another stage.
    WaitsAt {
        /// That stage.
        stage: Stage,
    },
    /// The order's status has no place for it.
    WrongStatus {
        /// The status.
        status: OrderStatus,
    },
    /// Nobody approves an order they created on behalf of a customer.
    CreatedByYourself,
    /// No one person passes two review stages of one order.
    PassedAnotherStage {
        /// The stage this person passed.
        stage: Stage,
    },
    /// The second check needs another person.
    SecondCheckNeedsAnother,
    /// Something has shipped; it is a return now.
    AlreadyShipped,
    /// The review has passed: a change request is the way now.
    AlreadyReviewed,
    /// The review has not passed: it can simply be withdrawn.
    NotReviewedYet,
    /// Nothing has shipped that could be received.
    NothingShipped,
    /// A change request waits for an answer.
    ChangeRequestWaiting,
    /// No change request waits.
    NoChangeRequest,
    /// The one who proposes does not answer.
    OwnChangeRequest,
}

/// Whether `actor` may do `action` to `order` now.
///
/// Asked in this order, so that nobody learns of what they may not see: is the order known to the actor, is it on the
/// right side, does it hold the permission, does the order wait for this, and do the duties stay separated.
///
/// # Errors
/// The [`DenyReason`] to be shown where not.
pub fn can(actor: &Actor, action: Action, order: &Order, workflow: &Workflow) -> Result<(), DenyReason> {
    capacity(actor, action, order, workflow).map(|_| ())
}

/// In whose place `actor` does what [`can`] allows: nobody's where it may by itself.
///
/// In a colleague's place it may do what the colleague may, where the colleague may. Separated duties count for both: what
/// the colleague may not pass, nobody passes for them, and what the actor may not pass, it does not pass for anybody.
///
/// # Errors
/// The [`DenyReason`] to be shown where neither is allowed.
pub fn capacity(
    actor: &Actor,
    action: Action,
    order: &Order,
    workflow: &Workflow,
) -> Result<Option<AccountId>, DenyReason> {
    if !actor.sees(order.customer_id, order.region_id) {
        return Err(DenyReason::Unknown);
    }
    let by_itself = |one: &Actor| by_itself(one, action, order, workflow);
    // What is seen in somebody's place is not unknown.
    in_any_place(actor, by_itself, is_of_place).map_err(|denied| match denied {
        DenyReason::Unknown => DenyReason::OutsideYourRegions,
        denied => denied,
    })
}

/// Whether somebody in another place might be allowed.
fn is_of_place(reason: &DenyReason) -> bool {
    matches!(reason, DenyReason::Unknown | DenyReason::NeedsPermission { .. })
}

/// [`can`] for somebody in nobody's place.
fn by_itself(actor: &Actor, action: Action, order: &Order, workflow: &Workflow) -> Result<(), DenyReason> {
    if !actor.sees(order.customer_id, order.region_id) {
        return Err(DenyReason::Unknown);
    }
    match action {
        Action::View => Ok(()),
        Action::Resubmit => customer(actor).and_then(|()| in_status(order, OrderStatus::SentBack)),
        Action::Withdraw => customer(actor).and_then(|()| may_withdraw(order)),
        Action::AnswerChanges => customer(actor).and_then(|()| waits_at(order, Stage::CustomerConfirmation)),
        Action::Receive => customer(actor).and_then(|()| may_receive(order)),
        Action::PassOrderReview => {
            staff(actor, Permission::OrderReview)?;
            waits_at(order, Stage::OrderReview)?;
            separate_duties(actor, Stage::OrderReview, order, workflow)
        }
        Action::Modify => {
            staff(actor, Permission::OrderModify).and_then(|()| waits_at(order, Stage::OrderReview))
        }
        Action::SetSpecialPrice => {
            staff(actor, Permission::OrderSpecialPrice).and_then(|()| waits_at(order, Stage::OrderReview))
        }
        Action::PassExecutiveApproval => {
            staff(actor, Permission::CreditOverride)?;
            waits_at(order, Stage::ExecutiveApproval)?;
            separate_duties(actor, Stage::ExecutiveApproval, order, workflow)
        }
        Action::PassFinanceReview => {
            staff(actor, Permission::OrderFinanceReview)?;
            waits_at(order, Stage::FinanceReview)?;
            separate_duties(actor, Stage::FinanceReview, order, workflow)
        }
        Action::OverrideCredit => {
            staff(actor, Permission::CreditOverride).and_then(|()| waits_at(order, Stage::FinanceReview))
        }
        Action::Produce => {
            staff(actor, Permission::OrderOutboundReview).and_then(|()| waits_at(order, Stage::Production))
        }
        Action::PassOutboundReview => {
            staff(actor, Permission::OrderOutboundReview)?;
            may_reserve(order)?;
            separate_duties(actor, Stage::OutboundReview, order, workflow)?;
            match order.first_check {
                Some(check) if workflow.second_check && check.by == actor.account_id => {
                    Err(DenyReason::SecondCheckNeedsAnother)
                }
                _ => Ok(()),
            }
        }
        Action::Ship => staff(actor, Permission::OrderShip).and_then(|()| waits_at(order, Stage::Ship)),
        Action::CloseRemaining => staff(actor, Permission::OrderModify).and_then(|()| may_close(order)),
        Action::ReleaseLine => modifier_or_reviewer(actor).and_then(|()| is_open(order)),
        Action::SendBack => staff(actor, Permission::OrderSendBack).and_then(|()| may_send_back(order)),
        Action::Void => may_void(actor, order),
        Action::RequestChange => may_request_change(actor, order),
        Action::AnswerChangeRequest => may_answer_change(actor, order),
    }
}

/// What staff need to pass a stage; nothing where the customer acts. [`can`]'s word, for who asks before an order is there.
pub fn permission_at(stage: Stage) -> Option<Permission> {
    match stage {
        Stage::OrderReview => Some(Permission::OrderReview),
        Stage::ExecutiveApproval => Some(Permission::CreditOverride),
        Stage::FinanceReview => Some(Permission::OrderFinanceReview),
        Stage::Production | Stage::OutboundReview => Some(Permission::OrderOutboundReview),
        Stage::Ship => Some(Permission::OrderShip),
        Stage::Submit | Stage::CustomerConfirmation | Stage::Receive => None,
    }
}

/// Whether `actor` may submit orders for `customer` in `region`.
///
/// # Errors
/// Why not.
pub fn can_submit(actor: &Actor, customer: CustomerId, region: RegionId) -> Result<(), DenyReason> {
    // Placing orders is nothing that is handed over with queues.
    if !actor.alone().sees(customer, region) {
        return Err(DenyReason::Unknown);
    }
    match actor.side {
        Side::Distributor { .. } => Ok(()),
        Side::Supplier { .. } => staff(actor, Permission::OrderCreateOnBehalf),
        Side::System => Err(DenyReason::OnlyCustomer),
    }
}

fn customer(actor: &Actor) -> Result<(), DenyReason> {
    if actor.customer_id().is_some() {
        Ok(())
    } else {
        Err(DenyReason::OnlyCustomer)
    }
}

fn staff(actor: &Actor, permission: Permission) -> Result<(), DenyReason> {
    match actor.side {
        Side::Supplier { permissions, .. } if permissions.has(permission) => Ok(()),
        Side::Supplier { .. } => Err(DenyReason::NeedsPermission { permission }),
        Side::Distributor { .. } | Side::System => Err(DenyReason::OnlySupplier),
    }
}

/// Whoever may modify orders or review them agrees to changes; who may neither is told of the first.
fn modifier_or_reviewer(actor: &Actor) -> Result<(), DenyReason> {
    staff(actor, Permission::OrderModify)
        .or_else(|deny| staff(actor, Permission::OrderReview).map_err(|_| deny))
}

fn in_status(order: &Order, status: OrderStatus) -> Result<(), DenyReason> {
    if order.status == status {
        Ok(())
    } else {
        Err(elsewhere(order))
    }
}

fn waits_at(order: &Order, stage: Stage) -> Result<(), DenyReason> {
    if order.status.stage() == Some(stage) {
        Ok(())
    } else {
        Err(elsewhere(order))
    }
}

/// Where the order is instead of where an action needs it.
fn elsewhere(order: &Order) -> DenyReason {
    match order.status.stage() {
        Some(stage) => DenyReason::WaitsAt { stage },
        None => DenyReason::WrongStatus { status: order.status },
    }
}

fn is_open(order: &Order) -> Result<(), DenyReason> {
    if order.status.stage().is_some() {
        Ok(())
    } else {
        Err(elsewhere(order))
    }
}

/// Rule 4: until the order review has passed.
fn may_withdraw(order: &Order) -> Result<(), DenyReason> {
    match order.status {
        OrderStatus::PendingOrderReview if order.shipments.is_empty() => Ok(()),
        status if status.stage().is_some() => Err(DenyReason::AlreadyReviewed),
        status => Err(DenyReason::WrongStatus { status }),
    }
}

fn may_receive(order: &Order) -> Result<(), DenyReason> {
    if order.status.is_final() || order.status == OrderStatus::SentBack {
        return Err(elsewhere(order));
    }
    if order.shipments.iter().any(|shipment| shipment.receipt.is_none()) {
        Ok(())
    } else {
        Err(DenyReason::NothingShipped)
    }
}

/// Rule 9: at the outbound review, and later for lines that waited for stock.
fn may_reserve(order: &Order) -> Result<(), DenyReason> {
    let waiting = order
        .lines
        .iter()
        .any(|line| line.shortage == Some(ShortageChoice::Wait));
    match order.status {
        OrderStatus::PendingOutboundReview => Ok(()),
        OrderStatus::PendingShipment | OrderStatus::PendingReceipt if waiting => Ok(()),
        _ => Err(elsewhere(order)),
    }
}

/// Once the goods are made or move, or some have left. Before that a cut is the review's, which asks the customer.
fn may_close(order: &Order) -> Result<(), DenyReason> {
    is_open(order)?;
    let early = order
        .status
        .stage()
        .is_some_and(|stage| stage < Stage::Production);
    if order.status == OrderStatus::PendingCustomerConfirmation || early && order.shipments.is_empty() {
        Err(elsewhere(order))
    } else {
        Ok(())
    }
}

/// Rule 3: while a stage of the supplier waits and nothing has shipped.
fn may_send_back(order: &Order) -> Result<(), DenyReason> {
    if !order.shipments.is_empty() {
        return Err(DenyReason::AlreadyShipped);
    }
    is_open(order)
}

/// Rule 3: staff while nothing has shipped; the customer where the order was sent back.
fn may_void(actor: &Actor, order: &Order) -> Result<(), DenyReason> {
    if actor.customer_id().is_some() {
        return in_status(order, OrderStatus::SentBack);
    }
    staff(actor, Permission::OrderVoid)?;
    if !order.shipments.is_empty() {
        return Err(DenyReason::AlreadyShipped);
    }
    if order.status == OrderStatus::SentBack {
        Ok(())
    } else {
        is_open(order)
    }
}
