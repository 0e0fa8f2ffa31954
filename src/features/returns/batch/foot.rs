//! The foot of a queue of returns: how much is chosen, the question before it is approved, and what became of it.

use countersign_contract::ProblemKind;
use countersign_domain::id::ReturnId;
use countersign_domain::money::Currency;
use countersign_domain::returns::ReturnStage;
use leptos::html;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::returns::batch::picking::Picking;
use crate::features::returns::batch::sending::{Fate, counts};
use crate::i18n::{format, local, problems, returns};
use crate::route::Route;
use crate::text;
use crate::ui::{Badge, Button, ListFoot, ProgressBar, Tone, Variant, focus_next};

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
pub fn BatchFoot(
    /// What is chosen.
    picking: Picking,
    /// The currency of the amounts.
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let batch = picking.batch;
    batch.watch();
    let face = Memo::new(move |_| {
        if picking.chosen.with(Vec::is_empty) {
            if batch.run.with(Option::is_some) {
                Face::Run
            } else {
                Face::Nothing
            }
        } else if picking.asks.get() {
            Face::Question
        } else {
            Face::Chosen
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
        Face::Chosen => chosen(picking, currency),
        Face::Question => question(picking, currency),
        Face::Run => view! { <Results picking=picking /> }.into_any(),
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

/// How many are chosen, and what they refund together.
fn sum(picking: Picking, currency: StoredValue<Currency>) -> (usize, String) {
    picking.chosen.with(|chosen| {
        let total = chosen.iter().map(|one| one.total).sum();
        (
            chosen.len(),
            currency.with_value(|currency| format::money(total, currency)),
        )
    })
}

fn chosen(picking: Picking, currency: StoredValue<Currency>) -> AnyView {
    let words = move || {
        let (count, total) = sum(picking, currency);
        text!(batch.chosen, count = count, total = total)
    };
    view! {
        <p class="batch-lead" role="status">{words}</p>
        <div class="batch-buttons">
            <Button
                label=move || text!(batch.approve, count = sum(picking, currency).0)
                variant=Variant::Primary
                refused=picking.refused
                on_press=move || picking.ask()
            />
            <Button label=move || text!(batch.clear) variant=Variant::Quiet on_press=move || picking.take_back() />
        </div>
    }
    .into_any()
}

fn question(picking: Picking, currency: StoredValue<Currency>) -> AnyView {
    let title = move || {
        let (count, total) = sum(picking, currency);
        text!(batch.question, count = count, total = total)
    };
    let as_is = move || match picking.stage {
        ReturnStage::Refund => text!(returns.batch.refund_as_is),
        ReturnStage::Review | ReturnStage::GoodsReceipt => text!(returns.batch.review_as_is),
    };
    view! {
        <h2 class="batch-title">{title}</h2>
        <p>{as_is}</p>
        <div class="batch-buttons">
            <Button
                label=move || text!(batch.approve, count = sum(picking, currency).0)
                variant=Variant::Primary
                on_press=move || picking.approve()
            />
            <Button label=move || text!(batch.cancel) on_press=move || picking.take_back() />
        </div>
    }
    .into_any()
}

#[component]
fn Results(picking: Picking) -> impl IntoView {
    let batch = picking.batch;
    let all = Memo::new(move |_| {
        let counted = batch.run.with(|run| run.as_ref().map(|run| counts(&run.rows)));
        counted.unwrap_or_default()
    });
    let title = move || {
        let stage = batch.run.with(|run| run.as_ref().map(|run| run.stage));
        text!(batch.title, stage = stage.map(returns::stage).unwrap_or_default())
    };
    let lead = move || {
        let (settled, passed, count) = all.get();
        if batch.is_sending.get() || settled < count {
            text!(batch.under_way, settled = settled, count = count)
        } else if passed == count {
            text!(batch.all_passed, count = count)
        } else {
            text!(
                batch.some_passed,
                passed = passed,
                failed = count.saturating_sub(passed)
            )
        }
    };
    let percent = Signal::derive(move || {
        let (settled, _, count) = all.get();
        let share = settled.saturating_mul(100).checked_div(count);
        share.and_then(|share| u32::try_from(share).ok()).unwrap_or(100)
    });
    let stopped =
        Memo::new(move |_| !batch.is_sending.get() && all.with(|(settled, _, count)| settled < count));
    let ids = move || {
        batch.run.with(|run| {
            let rows = run.iter().flat_map(|run| &run.rows);
            rows.map(|(one, _)| one.id).collect::<Vec<_>>()
        })
    };
    let row = move |id: ReturnId| view! { <ResultRow picking=picking id=id /> }.into_any();
    view! {
        <h2 class="batch-title" tabindex="-1">{title}</h2>
        <ProgressBar label=title percent=percent />
        <p class="batch-lead" role="status">{lead}</p>
        <ul class="batch-rows"><For each=ids key=|id| *id children=row /></ul>
        <Show when=move || !batch.is_sending.get()>
            <div class="batch-buttons">
                <Show when=move || stopped.get()>
                    <Button
                        label=move || text!(batch.go_on)
                        variant=Variant::Primary
                        on_press=move || batch.go_on()
                    />
                </Show>
                <Button label=move || text!(batch.dismiss) on_press=move || batch.dismiss() />
            </div>
        </Show>
    }
}

/// A return and what became of it.
#[component]
fn ResultRow(picking: Picking, id: ReturnId) -> impl IntoView {
    let shown = Memo::new(move |_| {
        picking.batch.run.with(|run| {
            let mut rows = run.iter().flat_map(|run| &run.rows);
            rows.find(|(one, _)| one.id == id).cloned()
        })
    });
    // One of this queue is opened beside what is said here.
    let path = move || {
        let own = Some(picking.stage);
        let of_run = picking.batch.run.with(|run| run.as_ref().map(|run| run.stage));
        let route = if of_run == own {
            Route::ReturnQueue {
                stage: picking.stage,
                open: Some(id),
                after: String::new(),
            }
        } else {
            Route::Return(id)
        };
        route.to_path()
    };
    move || {
        shown.get().map(|(one, fate)| {
            let (word, tone, why) = words(&fate);
            view! {
                <li>
                    <a href=path>{one.number}</a>
                    " "
                    <span>{local(&one.customer.name)}</span>
                    " "
                    <Badge text=word tone=tone />
                    {why.map(|why| view! { <small>{why}</small> })}
                </li>
            }
            .into_any()
        })
    }
}

/// What became of a return: in a word or two, how that is, and why.
fn words(fate: &Fate) -> (String, Tone, Option<String>) {
    match fate {
        Fate::Waits => (text!(batch.waits), Tone::Plain, None),
        Fate::Sent => (text!(batch.sent), Tone::Plain, None),
        Fate::Passed(status) => {
            let word = text!(batch.passed_to, status = returns::status(*status));
            (word, Tone::Accent, None)
        }
        Fate::Refused(error) => (text!(batch.refused), Tone::Bad, Some(why(error))),
        Fate::Unknown(error) => (text!(batch.unknown), Tone::Warn, Some(why(error))),
    }
}

fn why(error: &ApiError) -> String {
    match error.kind() {
        Some(ProblemKind::ReturnForbidden { reason }) => returns::deny(reason),
        Some(ProblemKind::ReturnRejected { rejection }) => returns::rejection(rejection, |_| None),
        _ => problems::words(error),
    }
}
