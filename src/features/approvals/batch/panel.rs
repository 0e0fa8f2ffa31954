//! The foot of a queue's list: how much is chosen, the question before it is approved, and what became of it.

use countersign_domain::workflow::Stage;
use leptos::html;
use leptos::prelude::*;

use crate::features::approvals::batch::model::{Plan, Skip};
use crate::features::approvals::batch::picking::Picking;
use crate::features::approvals::batch::results::Results;
use crate::i18n::{format, labels, local};
use crate::route::{Route, Supply};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Button, ListFoot, Variant, focus_next};

/// Which of its faces the foot has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    Nothing,
    Chosen,
    Question,
    Run,
}

/// The foot of the list. It lies over the list's end, so that nothing moves when it comes.
#[component]
pub fn BatchPanel(
    /// What is chosen.
    picking: Picking,
) -> impl IntoView {
    let batch = picking.batch;
    batch.watch();
    let face = Memo::new(move |_| {
        if picking.plan.with(Option::is_some) {
            Face::Question
        } else if picking.chosen.with(|chosen| chosen.count() > 0) {
            Face::Chosen
        } else if batch.run.with(Option::is_some) {
            Face::Run
        } else {
            Face::Nothing
        }
    });
    let frame: NodeRef<html::Section> = NodeRef::new();
    // What was pressed goes away with its face: the focus goes to what comes in its place.
    Effect::new(move |before: Option<Face>| {
        let now = face.get();
        let goes_along = now == Face::Question
            || before == Some(Face::Question)
            || (before, now) == (Some(Face::Run), Face::Nothing);
        if goes_along {
            request_animation_frame(move || focus_next(frame, Some("queue-title")));
        }
        now
    });
    let content = move || match face.get() {
        Face::Nothing => ().into_any(),
        Face::Chosen => view! { <Chosen picking=picking /> }.into_any(),
        Face::Question => view! { <Question picking=picking /> }.into_any(),
        Face::Run => view! { <Results batch=batch /> }.into_any(),
    };
    view! {
        <ListFoot
            label=move || text!(batch.label)
            is_empty=Signal::derive(move || face.get() == Face::Nothing)
            node_ref=frame
        >
            {content}
        </ListFoot>
    }
}

/// How much is chosen, and the way on.
#[component]
fn Chosen(picking: Picking) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let count = Memo::new(move |_| picking.chosen.with(|chosen| chosen.count()));
    let words = move || {
        let total = picking.chosen.with(|chosen| chosen.total());
        text!(
            batch.chosen,
            count = count.get(),
            total = format::money(total, &session.currency())
        )
    };
    // Before the outbound review nothing is set aside.
    let has_goods = matches!(picking.stage, Stage::OutboundReview | Stage::Ship);
    let pick_list = move || {
        let ids = picking.chosen.with(|chosen| chosen.ids());
        Route::Supply(Supply::SharedPickList(ids)).to_path()
    };
    view! {
        <p class="batch-lead" role="status">{words}</p>
        <div class="batch-buttons">
            <Button
                label=move || text!(batch.approve, count = count.get())
                variant=Variant::Primary
                refused=picking.refused
                on_press=move || picking.ask()
            />
            {has_goods.then(|| view! { <a class="button" href=pick_list>{move || text!(outbound.pick_list)}</a> })}
            <Button label=move || text!(batch.clear) variant=Variant::Quiet on_press=move || picking.take_back() />
        </div>
    }
}

/// What is about to happen.
#[component]
fn Question(picking: Picking) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let plan = Memo::new(move |before: Option<&Option<Plan>>| {
        // It stays as it was while it leaves.
        picking.plan.get().or_else(|| before.cloned().flatten())
    });
    let of = move |words: fn(&Plan) -> String| move || plan.with(|plan| plan.as_ref().map(words));
    let count = move || plan.with(|plan| plan.as_ref().map_or(0, |plan| plan.orders.len()));
    let total = move || {
        let total = plan.with(|plan| plan.as_ref().map(Plan::total).unwrap_or_default());
        format::money(total, &session.currency())
    };
    let skipped = move || {
        plan.with(|plan| {
            let all = plan
                .as_ref()
                .map(|plan| plan.skipped.as_slice())
                .unwrap_or_default();
            let row = |(order, skip): &(countersign_contract::order::OrderSummary, Skip)| {
                let words = [
                    order.number.clone(),
                    local(&order.customer.name),
                    skip_words(*skip),
                ];
                view! { <li>{words.join(" · ")}</li> }
            };
            (!all.is_empty()).then(|| {
                let rows = all.iter().map(row).collect_view();
                view! { <p>{text!(batch.skipped, count = all.len())}</p> <ul class="batch-rows">{rows}</ul> }
            })
        })
    };
    let nothing = Signal::derive(move || (count() == 0).then(|| text!(batch.nothing_left)));
    view! {
        <h2 class="batch-title">{move || text!(batch.question, count = count(), total = total())}</h2>
        <p>{of(|plan| as_is(plan.stage))}</p>
        {skipped}
        <div class="batch-buttons">
            <Button
                label=move || text!(batch.approve, count = count())
                variant=Variant::Primary
                refused=nothing
                on_press=move || picking.approve()
            />
            <Button label=move || text!(batch.cancel) on_press=move || picking.take_back() />
        </div>
    }
}

/// What passing as it is means at a stage.
fn as_is(stage: Stage) -> String {
    match stage {
        Stage::OrderReview => text!(batch.as_is.order_review),
        Stage::FinanceReview => text!(batch.as_is.finance_review),
        Stage::OutboundReview => text!(batch.as_is.outbound_review),
        _ => text!(batch.as_is.other, stage = labels::stage(stage)),
    }
}

/// Why an order is left out.
pub(super) fn skip_words(skip: Skip) -> String {
    match skip {
        Skip::Left => text!(batch.left),
        Skip::Changed => text!(batch.changed),
    }
}
