//! The stage track of a return: who passed what, who acts next, what is to come.

use chrono::{DateTime, Utc};
use countersign_contract::returns::{ReturnDetail, ReturnEntryKind};
use countersign_domain::returns::{Return, ReturnKind, ReturnStage, return_permission_at};
use countersign_domain::workflow::Workflow;
use leptos::prelude::*;

use crate::features::returns::actions::main_deed;
use crate::features::returns::desk::ReturnDesk;
use crate::i18n::{format, labels, returns};
use crate::text;
use crate::ui::{StageItem, StageState, StageTrack};

/// The stages a return has passed, waits at or comes to, in their order. One that ended comes to nothing more.
pub fn stages(subject: &Return, workflow: &Workflow) -> Vec<(ReturnStage, StageState)> {
    let waits_at = subject.status.stage();
    let state = |stage| {
        if subject.passed.iter().any(|pass| pass.stage == stage) {
            return Some(StageState::Done);
        }
        if waits_at == Some(stage) {
            return Some(StageState::Now);
        }
        let comes = match stage {
            ReturnStage::Review => true,
            ReturnStage::GoodsReceipt => workflow.return_goods_receipt && subject.kind == ReturnKind::Goods,
            ReturnStage::Refund => workflow.return_refund,
        };
        (comes && waits_at.is_some_and(|now| now < stage)).then_some(StageState::Later)
    };
    [
        ReturnStage::Review,
        ReturnStage::GoodsReceipt,
        ReturnStage::Refund,
    ]
    .into_iter()
    .filter_map(|stage| Some((stage, state(stage)?)))
    .collect()
}

/// The track of the open return.
#[component]
pub fn ReturnTrack(
    /// The return.
    desk: ReturnDesk,
) -> impl IntoView {
    let items = Signal::derive(move || match (desk.detail.get(), desk.who.get()) {
        (Some(detail), Some(who)) => {
            let may_act = desk.offers.with(|offers| main_deed(offers).is_some());
            let turn = |stage| match (may_act, who.actor.customer_id()) {
                (true, _) => text!(returns.track.you),
                (false, Some(_)) => text!(returns.track.supplier),
                // To a colleague "the supplier" would name nobody.
                (false, None) => {
                    let permission = labels::permission(return_permission_at(stage));
                    text!(order.track.holders, permission = permission)
                }
            };
            items(&detail, &who.workflow, turn, desk.now.get())
        }
        _ => Vec::new(),
    });
    view! { <StageTrack label=move || text!(returns.track.label) items=items /> }
}

/// The stages in words; `turn` says who acts at the one that it waits at.
fn items(
    detail: &ReturnDetail,
    workflow: &Workflow,
    turn: impl Fn(ReturnStage) -> String,
    now: DateTime<Utc>,
) -> Vec<StageItem> {
    let by = |kind, stage| {
        let mut entries = detail.history.iter();
        let found = entries.find(|entry| entry.kind == kind && entry.stage == stage);
        let parts = found.map(|entry| {
            let name = entry.by.as_ref().map(|by| by.name.clone());
            let at = Some(format::relative(entry.at, now));
            [name, at].into_iter().flatten().collect::<Vec<_>>().join(" · ")
        });
        parts.unwrap_or_default()
    };
    let submitted = StageItem {
        label: text!(returns.track.submit),
        state: StageState::Done,
        spoken: text!(returns.track.done),
        detail: by(ReturnEntryKind::Submitted, None),
    };
    let item = |(stage, state)| {
        let (spoken, detail) = match state {
            StageState::Done => (
                text!(returns.track.done),
                by(ReturnEntryKind::StagePassed, Some(stage)),
            ),
            StageState::Now => (text!(returns.track.now), turn(stage)),
            StageState::Later | StageState::Off => (text!(returns.track.later), String::new()),
        };
        StageItem {
            label: returns::stage(stage),
            state,
            spoken,
            detail,
        }
    };
    let later = stages(&detail.subject, workflow).into_iter().map(item);
    [submitted].into_iter().chain(later).collect()
}
