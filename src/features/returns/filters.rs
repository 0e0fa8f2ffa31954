//! Narrowing the list of returns. Everything chosen stands in the address.

use countersign_domain::returns::ReturnStatus;
use leptos::prelude::*;

use crate::features::returns::model::status_name;
use crate::i18n::returns;
use crate::route::{Navigator, ReturnsFilter, Route};
use crate::text;
use crate::ui::{Choice, SearchBox, SelectField};

/// Search, status and dates.
#[component]
pub fn ReturnFilters(
    /// What is shown now.
    filter: Memo<ReturnsFilter>,
    /// Where a choice leads.
    navigator: Navigator,
) -> impl IntoView {
    let change = move |edit: Box<dyn FnOnce(&mut ReturnsFilter)>| {
        let mut next = filter.get_untracked();
        edit(&mut next);
        if next != filter.get_untracked() {
            navigator.replace(&Route::Returns(next));
        }
    };
    let states = move || {
        let each = |status: ReturnStatus| Choice::new(status_name(status), returns::status(status));
        let mut choices = vec![Choice::new("", text!(returns.any_status))];
        choices.extend(ReturnStatus::ALL.map(each));
        choices
    };
    let day = move |label: fn() -> String,
                    read: fn(&ReturnsFilter) -> &String,
                    write: fn(&mut ReturnsFilter, String)| {
        view! {
            <label class="field">
                <span class="field-label">{label}</span>
                <input
                    class="input"
                    type="date"
                    prop:value=move || filter.with(|filter| read(filter).clone())
                    on:change=move |event| {
                        let day = event_target_value(&event);
                        change(Box::new(move |filter| write(filter, day)));
                    }
                />
            </label>
        }
        .into_any()
    };
    view! {
        <div class="order-filters">
            <SearchBox
                label=move || text!(returns.search)
                value=Signal::derive(move || filter.with(|filter| filter.q.clone()))
                on_search=move |q: String| change(Box::new(move |filter| filter.q = q))
            />
            <SelectField
                label=move || text!(returns.status_filter)
                options=Signal::derive(states)
                selected=Signal::derive(move || filter.with(|filter| filter.status.clone()))
                on_select=move |status: String| change(Box::new(move |filter| filter.status = status))
            />
            {day(|| text!(returns.from), |filter| &filter.from, |filter, day| filter.from = day)}
            {day(|| text!(returns.to), |filter| &filter.to, |filter, day| filter.to = day)}
        </div>
    }
}
