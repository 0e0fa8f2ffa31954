//! The one status graph: which stage comes next (rules 1 and 2).
//!
//! Switching a stage off never moves an order by itself: nothing here looks at orders that wait. It only says where an
//! order goes that a person has just passed on.

use std::collections::BTreeMap;

use crate::id::VariantId;
use crate::order::{Context, Facts, Order, OrderLine};
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
        Stage::Production => needs_production(order, context.facts),
        // Nothing is received before it has left: shipping leads there by itself.
        Stage::Receive => false,
        Stage::Submit | Stage::OrderReview | Stage::FinanceReview | Stage::OutboundReview | Stage::Ship => {
            true
        }
    }
}

/// Whether something must be made first: a line made to order that is not finished, or more wanted of a variant than is
/// free in all warehouses.
fn needs_production(order: &Order, facts: &Facts) -> bool {
    let unfinished =
        |line: &OrderLine| line.made_to_order && !line.held && line.produced < line.deliverable();
    let mut wanted: BTreeMap<VariantId, Quantity> = BTreeMap::new();
    for line in &order.lines {
        *wanted.entry(line.variant_id).or_default() += line.unreserved().times(line.unit.factor);
    }
    order.lines.iter().any(unfinished)
        || wanted
            .iter()
            .any(|(variant, quantity)| *quantity > facts.free(*variant))
}

/// Rule 7: executive approval is needed from the threshold.
fn reaches_threshold(order: &Order, workflow: &Workflow) -> bool {
    workflow
        .executive_threshold
        .is_some_and(|threshold| order.total >= threshold)
}

impl Facts {
    /// Free stock of a variant in all warehouses, in base units.
    pub fn free(&self, variant: VariantId) -> Quantity {
        self.stock
            .iter()
            .filter(|stock| stock.variant_id == variant)
            .map(|stock| stock.free)
            .sum()
    }
}
