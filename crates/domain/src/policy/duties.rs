//! Separation of duties (domain.md section 2).

use crate::actor::Actor;
use crate::order::{Order, OrderStatus, StagePass};
use crate::policy::DenyReason;
use crate::workflow::{Stage, Workflow};

/// Whether `actor` may pass `stage` without passing what somebody else has to.
pub(super) fn separate_duties(
    actor: &Actor,
    stage: Stage,
    order: &Order,
    workflow: &Workflow,
) -> Result<(), DenyReason> {
    if workflow.creator_may_not_approve && order.on_behalf && order.submitted_by == actor.account_id {
        return Err(DenyReason::CreatedByYourself);
    }
    if workflow.one_stage_per_person {
        let review = |pass: &&StagePass| is_review(pass.stage) && pass.stage != stage;
        if let Some(pass) = order
            .passed
            .iter()
            .filter(review)
            .find(|pass| pass.by == actor.account_id)
        {
            return Err(DenyReason::PassedAnotherStage { stage: pass.stage });
        }
    }
    Ok(())
}

fn is_review(stage: Stage) -> bool {
    OrderStatus::waiting_at(stage).is_some_and(OrderStatus::is_review)
}
