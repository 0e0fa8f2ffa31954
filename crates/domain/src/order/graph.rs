//! The one status graph: which stage comes next (rules 1 and 2).
//!
//! Switching a stage off never moves an order by itself: nothing here looks at orders that wait. It only says where an
//! order goes that a person has just passed on.

use crate::order::{Context, Order};
use crate::quantity::Quantity;
use crate::workflow::{Stage, Workflow};

/// The stage an order goes to after passing `after`: the next that is on and whose entry condition holds.
///
/// `None` where no stage is left before the goods move, which is also the answer when the rest is switched off. A stage
/// that was passed since the last submission is not entered again.
pub fn next_stage(
    order: &Order,
    after: Stage,
    needs_confirmation: bool,
    context: &Context<'_>,
) -> Option<Stage> {
    Stage::ALL
        .into_iter()
        .filter(|stage| *stage > after)
        .find(|stage| {
            let passed = order.passed.iter().any(|pass| pass.stage == *stage);
            !passed
                && context.workflow.stages.is_on(*stage)
                && enters(order, *stage, needs_confirmation, context)
        })
}

/// The entry condition of a stage.
fn enters(order: &Order, stage: Stage, needs_confirmation: bool, context: &Context<'_>) -> bool {
    match stage {
        Stage::CustomerConfirmation => needs_confirmation,
        Stage::ExecutiveApproval => reaches_threshold(order, context.workflow),
        Stage::Production => order.lines.iter().any(|line| {
            line.made_to_order
                || line.unreserved().times(line.unit.factor) > context.facts.free(line.variant_id)
        }),
        // Nothing is received before it has left: shipping leads there by itself.
        Stage::Receive => false,
        Stage::Submit | Stage::OrderReview | Stage::FinanceReview | Stage::OutboundReview | Stage::Ship => {
            true
        }
    }
}

/// Rule 7: executive approval is needed from the threshold.
fn reaches_threshold(order: &Order, workflow: &Workflow) -> bool {
    workflow
        .executive_threshold
        .is_some_and(|threshold| order.total >= threshold)
}

impl crate::order::Facts {
    /// Free stock of a variant in all warehouses, in base units.
    pub fn free(&self, variant: crate::id::VariantId) -> Quantity {
        self.stock
            .iter()
            .filter(|stock| stock.variant_id == variant)
            .map(|stock| stock.free)
            .sum()
    }
}
