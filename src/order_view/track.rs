//! The stage track of an order as it is shown: who passed what, who acts next and by when, what is to come.

use chrono::{DateTime, Utc};
use countersign_contract::order::{HistoryActor, OrderDetail};
use countersign_domain::order::{TrackState, track};
use countersign_domain::policy::permission_at;
use countersign_domain::workflow::{Stage, Workflow};
use leptos::prelude::*;

use crate::i18n::{format, labels};
use crate::order_view::desk::OrderDesk;
use crate::order_view::{deadline, main_deed};
use crate::text;
use crate::ui::{StageItem, StageState, StageTrack};

/// A stage of the track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The stage.
    pub stage: Stage,
    /// How the order stands to it.
    pub state: StepState,
}

/// How an order stands to a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Behind it; by whom and when, where one person did it.
    Done {
        /// Who, if the history names them.
        by: Option<HistoryActor>,
        /// When.
        at: Option<DateTime<Utc>>,
    },
    /// The order waits here.
    Now {
        /// By when something must happen.
        until: Option<DateTime<Utc>>,
        /// Whether the customer acts here, not the supplier.
        customer_acts: bool,
    },
    /// To come.
    Later,
}

/// The track of an order. The people come from the history, which names them.
pub fn steps(detail: &OrderDetail, workflow: &Workflow) -> Vec<Step> {
    let steps = track(&detail.order, workflow).into_iter();
    let step = |stage: Stage, state: TrackState| match state {
        TrackState::Done { by } => StepState::Done {
            by: by.and_then(|(_, at)| passed_by(detail, stage, at)),
            at: by.map(|(_, at)| at),
        },
        TrackState::Now { until, .. } => StepState::Now {
            until,
            customer_acts: matches!(stage, Stage::CustomerConfirmation | Stage::Receive),
        },
        TrackState::Later => StepState::Later,
    };
    steps
        .map(|found| Step {
            stage: found.stage,
            state: step(found.stage, found.state),
        })
        .collect()
}

/// Who did what the history has at that moment for that stage; a submission carries no stage.
fn passed_by(detail: &OrderDetail, stage: Stage, at: DateTime<Utc>) -> Option<HistoryActor> {
    let at_that_moment = || {
        detail
            .history
            .iter()
            .rev()
            .filter(move |entry| entry.at == at && entry.by.is_some())
    };
    at_that_moment()
        .find(|entry| entry.stage == Some(stage))
        .or_else(|| at_that_moment().next())
        .and_then(|entry| entry.by.clone())
}

/// The track of the open order.
#[component]
pub fn OrderTrack(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let items = Signal::derive(move || match (desk.detail.get(), desk.who.get()) {
        (Some(detail), Some(who)) => {
            let own = desk.is_customer();
            let may_act = desk.offers.with(|offers| main_deed(offers).is_some());
            let item = |step: Step| item(step, own, may_act, desk.now.get());
            steps(&detail, &who.workflow).into_iter().map(item).collect()
        }
        _ => Vec::new(),
    });
    view! { <StageTrack label=move || text!(order.track.label) items=items /> }
}

/// A step in words. `own` is whether a customer looks, `may_act` whether this person may pass the stage.
fn item(step: Step, own: bool, may_act: bool, now: DateTime<Utc>) -> StageItem {
    let (state, spoken, detail) = match step.state {
        StepState::Done { by, at } => {
            let who = by.map(|by| by.name);
            let at = at.map(|at| format::relative(at, now));
            let detail = [who, at].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            (StageState::Done, text!(order.track.done), detail)
        }
        StepState::Now { until, customer_acts } => {
            let who = match (may_act, customer_acts) {
                (true, _) => text!(order.track.you),
                (false, true) if own => text!(order.track.you),
                (false, true) => text!(order.track.customer),
                (false, false) if own => text!(order.track.supplier),
                (false, false) => holders(step.stage),
            };
            let detail = match until {
                Some(until) => text!(order.track.until, who = who, left = deadline::words(until, now)),
                None => who,
            };
            (StageState::Now, text!(order.track.now), detail)
        }
        StepState::Later => (StageState::Later, text!(order.track.later), String::new()),
    };
    StageItem {
        label: labels::stage(step.stage),
        state,
        spoken,
        detail,
    }
}

/// Who of the staff acts at a stage. To a colleague "the supplier" would name nobody.
fn holders(stage: Stage) -> String {
    permission_at(stage).map_or_else(
        || text!(order.track.supplier),
        |permission| text!(order.track.holders, permission = labels::permission(permission)),
    )
}

#[cfg(test)]
mod tests {
    use countersign_contract::account::CustomerRef;
    use countersign_contract::order::{HistoryEntry, HistoryKind};
    use countersign_domain::money::Money;
    use countersign_domain::order::{OrderStatus, StagePass};
    use countersign_domain::text::LocalText;

    use super::*;
    use crate::order_view::sample;

    fn person(name: &str) -> Option<HistoryActor> {
        Some(HistoryActor {
            name: name.to_owned(),
            role: LocalText::default(),
            stands_in_for: None,
            is_you: false,
        })
    }

    #[test]
    fn what_is_done_names_who_did_it_and_what_is_now_says_until_when() {
        let mut order = sample::order(OrderStatus::PendingFinanceReview);
        let reviewed = sample::morning() + chrono::TimeDelta::hours(1);
        order.passed.push(StagePass {
            stage: Stage::OrderReview,
            by: order.submitted_by,
            at: reviewed,
        });
        let entry = |at, kind, stage, name| HistoryEntry {
            at,
            by: person(name),
            kind,
            stage,
            from: None,
            to: None,
            reason: String::new(),
            changes: Vec::new(),
            waiting_before: 0,
            stars: None,
        };
        let summary = sample::summary(order.status);
        let customer: CustomerRef = summary.customer;
        let detail = OrderDetail {
            history: vec![
                entry(order.submitted_at, HistoryKind::Submitted, None, "王敏"),
                entry(
                    reviewed,
                    HistoryKind::StagePassed,
                    Some(Stage::OrderReview),
                    "张三",
                ),
            ],
            order,
            customer,
            card: None,
            stock: Vec::new(),
            usual_promise: None,
            paid: Money::ZERO,
            rating: None,
            attachments: Vec::new(),
        };
        let steps = steps(&detail, &Workflow::default());
        let shown: Vec<Stage> = steps.iter().map(|step| step.stage).collect();
        assert_eq!(
            shown,
            [
                Stage::Submit,
                Stage::OrderReview,
                Stage::FinanceReview,
                Stage::OutboundReview,
                Stage::Ship,
                Stage::Receive
            ]
        );
        let done = |name, at| StepState::Done {
            by: person(name),
            at: Some(at),
        };
        assert_eq!(steps[0].state, done("王敏", sample::morning()));
        assert_eq!(steps[1].state, done("张三", reviewed));
        assert_eq!(
            steps[2].state,
            StepState::Now {
                until: Some(detail.order.review_due_at),
                customer_acts: false
            }
        );
        assert_eq!(steps[3].state, StepState::Later);
    }
}
