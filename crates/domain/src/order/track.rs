//! The stage track: where an order has been, where it is, and what is to come.

use chrono::{DateTime, Utc};

use crate::id::AccountId;
use crate::money::Money;
use crate::order::{Order, OrderStatus};
use crate::workflow::{Stage, Workflow};

/// A stage of an order's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackStep {
    /// The stage.
    pub stage: Stage,
    /// How the order stands to it.
    pub state: TrackState,
}

/// How an order stands to a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrackState {
    /// It is behind the order.
    Done {
        /// Who passed it and when; absent where several people did, as with shipments.
        by: Option<(AccountId, DateTime<Utc>)>,
    },
    /// The order waits here.
    Now {
        /// Since when.
        since: DateTime<Utc>,
        /// By when something must happen.
        until: Option<DateTime<Utc>>,
    },
    /// Still to come.
    Later,
}

/// The way of `order`: the stages it passed or waits at, and those that are on and still to come.
///
/// Stages that depend on a condition are shown only once they were entered. A voided or sent-back order shows what it
/// passed.
pub fn track(order: &Order, workflow: &Workflow) -> Vec<TrackStep> {
    let here = order.status.stage();
    let completed = order.status == OrderStatus::Completed;
    Stage::ALL
        .into_iter()
        .filter_map(|stage| {
            let pass = order.passed.iter().rev().find(|pass| pass.stage == stage);
            let state = if here == Some(stage) {
                TrackState::Now {
                    since: order.entered_at,
                    until: order.due_at(),
                }
            } else if let Some(pass) = pass {
                TrackState::Done {
                    by: Some((pass.by, pass.at)),
                }
            } else if stage == Stage::Submit {
                TrackState::Done {
                    by: Some((order.submitted_by, order.submitted_at)),
                }
            } else if is_behind(order, stage, here) || completed && moved_goods(order, stage) {
                TrackState::Done { by: None }
            } else if here.is_some_and(|here| stage > here) && is_certain(stage, workflow) {
                TrackState::Later
            } else {
                return None;
            };
            Some(TrackStep { stage, state })
        })
        .collect()
}

/// Shipping and receiving leave shipments and receipts behind, not passes.
fn moved_goods(order: &Order, stage: Stage) -> bool {
    match stage {
        Stage::Ship => !order.shipments.is_empty(),
        Stage::Receive => order.shipments.iter().any(|shipment| shipment.receipt.is_some()),
        _ => false,
    }
}

fn is_behind(order: &Order, stage: Stage, here: Option<Stage>) -> bool {
    here.is_some_and(|here| here > stage) && moved_goods(order, stage)
}

/// Whether an order certainly comes through the stage: it is on and depends on no condition.
fn is_certain(stage: Stage, workflow: &Workflow) -> bool {
    let conditional = matches!(
        stage,
        Stage::CustomerConfirmation | Stage::ExecutiveApproval | Stage::Production
    );
    workflow.stages.is_on(stage) && !conditional
}

/// An order imagined on the settings screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PreviewCase {
    /// What it costs.
    pub total: Money,
    /// Whether the review changes it at the customer's cost.
    pub changed_by_review: bool,
    /// Whether a line is made to order or short of stock.
    pub needs_production: bool,
}

/// The stages such an order would pass under `workflow`.
pub fn preview(workflow: &Workflow, case: PreviewCase) -> Vec<Stage> {
    Stage::ALL
        .into_iter()
        .filter(|stage| {
            workflow.stages.is_on(*stage)
                && match stage {
                    Stage::CustomerConfirmation => case.changed_by_review,
                    Stage::ExecutiveApproval => workflow
                        .executive_threshold
                        .is_some_and(|threshold| case.total >= threshold),
                    Stage::Production => case.needs_production,
                    _ => true,
                }
        })
        .collect()
}
