//! How far a batch is, and what became of each of its orders.

use countersign_contract::order::OrderSummary;
use countersign_contract::problem::Problem;
use countersign_domain::id::OrderId;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::approvals::batch::model::{Fate, Run, may_try_again};
use crate::features::approvals::batch::panel::skip_words;
use crate::features::approvals::batch::sending::{Batch, hindrance};
use crate::i18n::{labels, local, problems};
use crate::order_view::error_words;
use crate::route::Route;
use crate::text;
use crate::ui::{Badge, Button, ProgressBar, Tone, Variant};

/// The batch, as far as it is.
#[component]
pub fn Results(
    /// The batch.
    batch: Batch,
) -> impl IntoView {
    let of = move |count: fn(&Run) -> usize| batch.run.with(|run| run.as_ref().map_or(0, count));
    let title = move || {
        let stage = batch
            .run
            .with(|run| run.as_ref().map(|run| labels::stage(run.stage)));
        text!(batch.title, stage = stage.unwrap_or_default())
    };
    let lead = move || {
        let (settled, count, passed) = (of(Run::settled), of(Run::count), of(Run::passed));
        let failed = settled.saturating_sub(passed);
        if batch.is_sending.get() || settled < count {
            text!(batch.under_way, settled = settled, count = count)
        } else if failed == 0 {
            text!(batch.all_passed, count = count)
        } else {
            text!(batch.some_passed, passed = passed, failed = failed)
        }
    };
    let percent = Signal::derive(move || batch.run.with(|run| run.as_ref().map_or(0, Run::percent)));
    let stopped = move || {
        (!batch.is_sending.get())
            .then(|| hindrance(&batch.run))
            .flatten()
            .map(|error| problems::words(&error))
    };
    let ids = move || {
        batch.run.with(|run| {
            let rows = run.as_ref().map(|run| run.rows.iter().map(|(order, _)| order.id));
            rows.map(|ids| ids.collect::<Vec<_>>()).unwrap_or_default()
        })
    };
    let row = move |id: OrderId| view! { <ResultRow batch=batch id=id /> }.into_any();
    view! {
        <h2 class="batch-title" tabindex="-1">{title}</h2>
        <ProgressBar label=title percent=percent />
        <p class="batch-lead" role="status">{lead}</p>
        {move || {
            stopped()
                .map(|words| {
                    view! {
                        <p class="form-error" role="alert">{words}</p>
                        <Button
                            label=move || text!(batch.go_on)
                            variant=Variant::Primary
                            on_press=move || batch.go_on()
                        />
                    }
                })
        }}
        <ul class="batch-rows"><For each=ids key=|id| *id children=row /></ul>
        <Show when=move || !batch.is_sending.get()>
            <div class="batch-buttons">
                <Button label=move || text!(batch.dismiss) on_press=move || batch.dismiss() />
            </div>
        </Show>
    }
}

/// An order and what became of it.
#[component]
fn ResultRow(batch: Batch, id: OrderId) -> impl IntoView {
    let shown = Memo::new(move |_| {
        batch.run.with(|run| {
            let rows = run.as_ref().map(|run| run.rows.as_slice()).unwrap_or_default();
            rows.iter().find(|(order, _)| order.id == id).cloned()
        })
    });
    move || shown.get().map(|(order, fate)| result(batch, order, fate))
}

fn result(batch: Batch, order: OrderSummary, fate: Fate) -> AnyView {
    let id = order.id;
    let (word, tone, why) = words(&fate);
    let href = Route::Order(id).to_path();
    let name = StoredValue::new(order.number.clone());
    let again = matches!(&fate, Fate::Refused(problem) if may_try_again(problem)).then(|| {
        view! {
            <Show when=move || !batch.is_sending.get()>
                <Button
                    label=move || text!(batch.try_again, number = name.get_value())
                    variant=Variant::Quiet
                    on_press=move || batch.try_again(id)
                />
            </Show>
        }
    });
    view! {
        <li>
            <a href=href>{order.number}</a>
            " "
            <span>{local(&order.customer.name)}</span>
            " "
            <Badge text=word tone=tone />
            {why.map(|why| view! { <small>{why}</small> })}
            {again}
        </li>
    }
    .into_any()
}

/// What became of an order: in a word or two, how that is, and why.
fn words(fate: &Fate) -> (String, Tone, Option<String>) {
    match fate {
        Fate::Waits => (text!(batch.waits), Tone::Plain, None),
        Fate::Sent => (text!(batch.sent), Tone::Plain, None),
        Fate::Passed(status) => {
            let word = text!(batch.passed_to, status = labels::status(*status));
            (word, Tone::Accent, None)
        }
        Fate::Refused(problem) => {
            let error = ApiError::Problem(Box::new(Problem::from(problem.clone())));
            (text!(batch.refused), Tone::Bad, Some(error_words(&error, None)))
        }
        Fate::Unknown(_) => (text!(batch.unknown), Tone::Warn, None),
        Fate::Skipped(skip) => (text!(batch.left_out), Tone::Warn, Some(skip_words(*skip))),
    }
}
