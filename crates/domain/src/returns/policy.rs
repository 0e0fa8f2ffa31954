//! Who may do what to which return: asked by the server before it acts and by the page before it offers.

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Side};
use crate::delegation::in_any_place;
use crate::id::{AccountId, CustomerId, RegionId};
use crate::permission::{Permission, PermissionSet};
use crate::returns::{Return, ReturnStage, ReturnStatus};
use crate::workflow::Workflow;

/// What an actor may want to do with a return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnAction {
    /// See it.
    View,
    /// Pass the return review.
    PassReview,
    /// Refuse it.
    Refuse,
    /// Confirm that the goods arrived.
    ReceiveGoods,
    /// Confirm the refund.
    Refund,
    /// Void it.
    Void,
}

impl ReturnAction {
    /// Every action.
    pub const ALL: [Self; 6] = [
        Self::View,
        Self::PassReview,
        Self::Refuse,
        Self::ReceiveGoods,
        Self::Refund,
        Self::Void,
    ];
}

/// Why not. The app says it in words (domain.md section 2).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "deny", rename_all = "snake_case")]
pub enum ReturnDenyReason {
    /// The return or its order does not exist for this actor: another customer's, or outside its regions.
    Unknown,
    /// It is seen in a colleague's place only, who may not do this there.
    OutsideYourRegions,
    /// A permission is missing.
    NeedsPermission {
        /// Which.
        permission: Permission,
    },
    /// Only the customer, or staff for it, may.
    OnlyCustomer,
    /// Only the supplier's staff may.
    OnlySupplier,
    /// The return waits at another stage.
    WaitsAt {
        /// That stage.
        stage: ReturnStage,
    },
    /// The return's status has no place for it.
    WrongStatus {
        /// The status.
        status: ReturnStatus,
    },
    /// Nobody approves a return they entered on behalf of a customer.
    CreatedByYourself,
    /// No one person passes two stages of one return.
    PassedAnotherStage {
        /// The stage this person passed.
        stage: ReturnStage,
    },
}

/// Whether `actor` may do `action` to `subject` now. Asked in the same order as for orders: known, side, permission, status,
/// separated duties.
///
/// # Errors
/// The [`ReturnDenyReason`] to be shown where not.
pub fn can_return(
    actor: &Actor,
    action: ReturnAction,
    subject: &Return,
    workflow: &Workflow,
) -> Result<(), ReturnDenyReason> {
    return_capacity(actor, action, subject, workflow).map(|_| ())
}

/// In whose place `actor` does what [`can_return`] allows, as [`capacity`](crate::policy::capacity) says it of orders.
///
/// # Errors
/// The [`ReturnDenyReason`] to be shown where neither is allowed.
pub fn return_capacity(
    actor: &Actor,
    action: ReturnAction,
    subject: &Return,
    workflow: &Workflow,
) -> Result<Option<AccountId>, ReturnDenyReason> {
    if !sees(actor, subject.customer_id, subject.region_id) {
        return Err(ReturnDenyReason::Unknown);
    }
    let by_itself = |one: &Actor| by_itself(one, action, subject, workflow);
    // What is seen in somebody's place is not unknown.
    in_any_place(actor, by_itself, is_of_place).map_err(|denied| match denied {
        ReturnDenyReason::Unknown => ReturnDenyReason::OutsideYourRegions,
        denied => denied,
    })
}

/// Whether somebody in another place might be allowed.
fn is_of_place(reason: &ReturnDenyReason) -> bool {
    matches!(
        reason,
        ReturnDenyReason::Unknown | ReturnDenyReason::NeedsPermission { .. }
    )
}

/// What staff need to pass a stage. [`can_return`]'s word, for who asks before a person is there.
pub fn return_permission_at(stage: ReturnStage) -> Permission {
    match stage {
        ReturnStage::Review => Permission::ReturnReview,
        ReturnStage::GoodsReceipt => Permission::ReturnReceiveGoods,
        ReturnStage::Refund => Permission::ReturnRefund,
    }
}

/// [`can_return`] for somebody in nobody's place.
fn by_itself(
    actor: &Actor,
    action: ReturnAction,
    subject: &Return,
    workflow: &Workflow,
) -> Result<(), ReturnDenyReason> {
    if !sees(actor, subject.customer_id, subject.region_id) {
        return Err(ReturnDenyReason::Unknown);
    }
    match action {
        ReturnAction::View => Ok(()),
        ReturnAction::Refuse => passes(actor, ReturnStage::Review, subject),
        ReturnAction::PassReview => passes(actor, ReturnStage::Review, subject)
            .and_then(|()| separate_duties(actor, ReturnStage::Review, subject, workflow)),
        ReturnAction::ReceiveGoods => passes(actor, ReturnStage::GoodsReceipt, subject)
            .and_then(|()| separate_duties(actor, ReturnStage::GoodsReceipt, subject, workflow)),
        ReturnAction::Refund => passes(actor, ReturnStage::Refund, subject)
            .and_then(|()| separate_duties(actor, ReturnStage::Refund, subject, workflow)),
        ReturnAction::Void => may_void(actor, subject),
    }
}

/// Whether `actor` may enter returns and claims for `customer` in `region`.
///
/// # Errors
/// Why not.
pub fn can_submit_return(
    actor: &Actor,
    customer: CustomerId,
    region: RegionId,
) -> Result<(), ReturnDenyReason> {
    if !sees(actor, customer, region) {
        return Err(ReturnDenyReason::Unknown);
    }
    match actor.side {
        Side::Distributor { .. } => Ok(()),
        // Entering returns is nothing that is handed over with queues.
        Side::Supplier { .. } if !sees(&actor.alone(), customer, region) => {
            Err(ReturnDenyReason::OutsideYourRegions)
        }
        Side::Supplier { .. } => staff(actor, Permission::ReturnCreateOnBehalf),
        Side::System => Err(ReturnDenyReason::OnlyCustomer),
    }
}

/// Any order or return permission lets staff see the returns of their regions.
fn sees(actor: &Actor, customer: CustomerId, region: RegionId) -> bool {
    match &actor.side {
        Side::Distributor { .. } | Side::System => actor.sees(customer, region),
        Side::Supplier { .. } => actor.sees_somewhere(PermissionSet::sees_returns, region),
    }
}

fn staff(actor: &Actor, permission: Permission) -> Result<(), ReturnDenyReason> {
    match actor.side {
        Side::Supplier { permissions, .. } if permissions.has(permission) => Ok(()),
        Side::Supplier { .. } => Err(ReturnDenyReason::NeedsPermission { permission }),
        Side::Distributor { .. } | Side::System => Err(ReturnDenyReason::OnlySupplier),
    }
}

fn passes(actor: &Actor, stage: ReturnStage, subject: &Return) -> Result<(), ReturnDenyReason> {
    staff(actor, return_permission_at(stage)).and_then(|()| waits_at(subject, stage))
}

fn waits_at(subject: &Return, stage: ReturnStage) -> Result<(), ReturnDenyReason> {
    if subject.status.stage() == Some(stage) {
        Ok(())
    } else {
        Err(elsewhere(subject))
    }
}

/// Where the return is instead of where an action needs it.
fn elsewhere(subject: &Return) -> ReturnDenyReason {
    match subject.status.stage() {
        Some(stage) => ReturnDenyReason::WaitsAt { stage },
        None => ReturnDenyReason::WrongStatus {
            status: subject.status,
        },
    }
}

/// The customer until the review has passed, staff until the goods are back.
fn may_void(actor: &Actor, subject: &Return) -> Result<(), ReturnDenyReason> {
    if actor.customer_id().is_some() {
        return waits_at(subject, ReturnStage::Review);
    }
    staff(actor, Permission::ReturnReview)?;
    match subject.status {
        ReturnStatus::PendingReturnReview | ReturnStatus::PendingGoodsReceipt => Ok(()),
        _ => Err(elsewhere(subject)),
    }
}

/// Separation of duties (domain.md section 2), for returns as for orders.
fn separate_duties(
    actor: &Actor,
    stage: ReturnStage,
    subject: &Return,
    workflow: &Workflow,
) -> Result<(), ReturnDenyReason> {
    if workflow.creator_may_not_approve && subject.on_behalf && subject.submitted_by == actor.account_id {
        return Err(ReturnDenyReason::CreatedByYourself);
    }
    let mut others = subject.passed.iter().filter(|pass| pass.stage != stage);
    match others.find(|pass| pass.by == actor.account_id) {
        Some(pass) if workflow.one_stage_per_person => {
            Err(ReturnDenyReason::PassedAnotherStage { stage: pass.stage })
        }
        _ => Ok(()),
    }
}
