//! Narrowing a queue. Everything chosen stands in the address; whoever narrows begins at the front again.

use countersign_contract::endpoint::NoQuery;
use countersign_contract::region::{ListRegions, RegionShown};
use countersign_domain::workflow::Stage;
use leptos::prelude::*;

use crate::features::approvals::model::{PRIORITIES, is_narrowed, priority_name};
use crate::i18n::{labels, local};
use crate::queries;
use crate::route::{QueueFilter, Route};
use crate::saved_views::SavedViews;
use crate::text;
use crate::ui::{Button, Choice, SearchBox, SelectField, Variant};

/// The saved views of the queue, and below them search, region, priority and amount, folded away until somebody wants them.
#[component]
pub fn QueueFilters(
    /// The stage of the queue.
    stage: Stage,
    /// What is shown now.
    filter: Memo<QueueFilter>,
    /// Shows something else.
    show: Callback<QueueFilter>,
) -> impl IntoView {
    let change = move |edit: Box<dyn FnOnce(&mut QueueFilter)>| {
        let before = filter.get_untracked();
        let mut next = QueueFilter {
            after: String::new(),
            ..before.clone()
        };
        edit(&mut next);
        let unpaged = QueueFilter {
            after: String::new(),
            ..before
        };
        if next != unpaged {
            show.run(next);
        }
    };
    let read = queries::read::<ListRegions>(|| Some(((), NoQuery {})));
    let regions = move || {
        let mut choices = vec![Choice::new("", text!(queue_filters.any_region))];
        let choice = |region: RegionShown| Choice::new(region.id.to_string(), local(&region.name));
        let all = read.state.with(|state| state.ready().map(|all| all.to_vec()));
        choices.extend(all.unwrap_or_default().into_iter().map(choice));
        choices
    };
    let priorities = || {
        let mut choices = vec![Choice::new("", text!(queue_filters.any_priority))];
        choices.extend(PRIORITIES.map(|one| Choice::new(priority_name(one), labels::priority(one))));
        choices
    };
    let narrowed = Memo::new(move |_| filter.with(is_narrowed));
    // The whole of it, from its front and with nothing open: what a view keeps.
    let shown = Memo::new(move |_| Route::Queue {
        stage,
        open: None,
        filter: QueueFilter {
            after: String::new(),
            ..filter.get()
        },
    });
    view! {
        <SavedViews shown=shown />
        // Open where it narrows anything: what is not shown must not be forgotten.
        <details class="queue-filters" prop:open=move || narrowed.get()>
            <summary>{move || text!(queue_filters.title)}</summary>
            <SearchBox
                label=move || text!(queue_filters.search)
                value=Signal::derive(move || filter.with(|filter| filter.q.clone()))
                on_search=move |q: String| change(Box::new(move |filter| filter.q = q))
            />
            <SelectField
                label=move || text!(queue_filters.region)
                options=Signal::derive(regions)
                selected=Signal::derive(move || filter.with(|filter| filter.region.clone()))
                on_select=move |id: String| change(Box::new(move |filter| filter.region = id))
            />
            <SelectField
                label=move || text!(queue_filters.priority)
                options=Signal::derive(priorities)
                selected=Signal::derive(move || filter.with(|filter| filter.priority.clone()))
                on_select=move |name: String| change(Box::new(move |filter| filter.priority = name))
            />
            <AmountFilter
                label=Signal::derive(|| text!(queue_filters.amount_from))
                value=Memo::new(move |_| filter.with(|filter| filter.amount_from.clone()))
                on_choose=Callback::new(move |amount: String| change(Box::new(move |filter| filter.amount_from = amount)))
            />
            <AmountFilter
                label=Signal::derive(|| text!(queue_filters.amount_to))
                value=Memo::new(move |_| filter.with(|filter| filter.amount_to.clone()))
                on_choose=Callback::new(move |amount: String| change(Box::new(move |filter| filter.amount_to = amount)))
            />
            <Show when=move || narrowed.get()>
                <Button label=move || text!(queue_filters.reset) variant=Variant::Quiet on_press=move || show.run(QueueFilter::default()) />
            </Show>
        </details>
    }
}

/// An amount that comes from the address, of which a saved view makes another, and goes there.
#[component]
fn AmountFilter(label: Signal<String>, value: Memo<String>, on_choose: Callback<String>) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field-label">{move || label.get()}</span>
            <input
                class="input"
                inputmode="decimal"
                data-kind="decimal"
                prop:value=move || value.get()
                // A field that goes off the page with the focus in it says so once more.
                on:change=move |event| {
                    on_choose.try_run(event_target_value(&event));
                }
            />
        </label>
    }
}
