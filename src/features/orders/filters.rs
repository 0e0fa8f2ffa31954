//! Narrowing the list of orders. Everything chosen stands in the address.

use countersign_contract::order::OrderSort;
use countersign_domain::order::OrderStatus;
use leptos::prelude::*;

use crate::features::orders::model::{SORTS, sort, sort_text, statuses};
use crate::i18n::labels;
use crate::order_view::status_name;
use crate::route::{Navigator, OrdersFilter, Route};
use crate::text;
use crate::ui::{Choice, SearchBox, SelectField};

/// Search, status, dates and sort.
#[component]
pub fn OrderFilters(
    /// What is shown now.
    filter: Memo<OrdersFilter>,
    /// Where a choice leads.
    navigator: Navigator,
    /// Whether it has a search of its own; staff search orders from the header.
    searches: bool,
) -> impl IntoView {
    let change = move |edit: Box<dyn FnOnce(&mut OrdersFilter)>| {
        let mut next = filter.get_untracked();
        edit(&mut next);
        if next != filter.get_untracked() {
            navigator.replace(&Route::Orders(next));
        }
    };
    let states = move || {
        let mut choices = vec![Choice::new("", text!(orders.any_status))];
        // Several statuses come from a link; they stay one choice until another is made.
        let chosen = filter.with(statuses);
        if chosen.len() > 1 {
            let words: Vec<String> = chosen.into_iter().map(labels::status).collect();
            choices.push(Choice::new(filter.get().status, words.join(" / ")));
        }
        let each = |status: OrderStatus| Choice::new(status_name(status), labels::status(status));
        choices.extend(OrderStatus::ALL.map(each));
        choices
    };
    let sorts = || {
        let choice = |sort: OrderSort| Choice::new(sort_text(sort), sort_words(sort));
        SORTS.map(choice).to_vec()
    };
    let search = searches.then(|| {
        view! {
            <SearchBox
                label=move || text!(orders.search)
                value=Signal::derive(move || filter.with(|filter| filter.q.clone()))
                on_search=move |q: String| change(Box::new(move |filter| filter.q = q))
            />
        }
    });
    view! {
        <div class="order-filters">
            {search}
            <SelectField
                label=move || text!(orders.status)
                options=Signal::derive(states)
                selected=Signal::derive(move || filter.with(|filter| filter.status.clone()))
                on_select=move |status: String| change(Box::new(move |filter| filter.status = status))
            />
            <DayFilter
                label=Signal::derive(|| text!(orders.from))
                value=Signal::derive(move || filter.with(|filter| filter.from.clone()))
                on_choose=Callback::new(move |day: String| change(Box::new(move |filter| filter.from = day)))
            />
            <DayFilter
                label=Signal::derive(|| text!(orders.to))
                value=Signal::derive(move || filter.with(|filter| filter.to.clone()))
                on_choose=Callback::new(move |day: String| change(Box::new(move |filter| filter.to = day)))
            />
            <SelectField
                label=move || text!(orders.sort)
                options=Signal::derive(sorts)
                selected=Signal::derive(move || filter.with(|filter| sort_text(sort(filter))))
                on_select=move |sort: String| change(Box::new(move |filter| filter.sort = sort))
            />
        </div>
    }
}

fn sort_words(sort: OrderSort) -> String {
    match sort {
        OrderSort::Newest => text!(orders.newest),
        OrderSort::Deadline => text!(orders.deadline),
        OrderSort::Amount => text!(orders.amount),
    }
}

/// A day that comes from the address and goes there.
#[component]
fn DayFilter(label: Signal<String>, value: Signal<String>, on_choose: Callback<String>) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field-label">{move || label.get()}</span>
            <input
                class="input"
                type="date"
                prop:value=move || value.get()
                on:change=move |event| on_choose.run(event_target_value(&event))
            />
        </label>
    }
}
