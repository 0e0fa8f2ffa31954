//! Yes or no, and one of a few.

use leptos::prelude::*;

use super::id::unique_id;
use super::select::Choice;

/// A box to tick.
#[component]
pub fn Checkbox(
    /// What ticking it means.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the new state.
    #[prop(into)]
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="checkbox">
            <input
                type="checkbox"
                prop:checked=move || checked.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span>{move || label.get()}</span>
        </label>
    }
}

/// A switch that takes effect at once. One that may not be switched says why.
#[component]
pub fn Switch(
    /// What it switches.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the new state.
    #[prop(into)]
    on_change: Callback<bool>,
    /// What it means, in a sentence.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Why it can't be switched.
    #[prop(optional, into)]
    refused: Signal<Option<String>>,
) -> impl IntoView {
    let id = unique_id();
    let note_id = format!("{id}n");
    let described_by = note_id.clone();
    let note = move || refused.get().unwrap_or_else(|| hint.get());
    let toggle = move |_| {
        if refused.with_untracked(Option::is_none) {
            on_change.run(!checked.get_untracked());
        }
    };
    view! {
        <div class="switch">
            <button
                class="switch-button"
                type="button"
                role="switch"
                id=id.clone()
                aria-labelledby=format!("{id}l")
                aria-checked=move || checked.get().to_string()
                aria-disabled=move || refused.with(Option::is_some).then_some("true")
                aria-describedby=described_by
                on:click=toggle
            ></button>
            <div>
                <label class="switch-label" id=format!("{id}l") for=id.clone()>{move || label.get()}</label>
                <small class="switch-note" id=note_id>{note}</small>
            </div>
        </div>
    }
}

/// One of a few, all shown.
#[component]
pub fn RadioGroup(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// The value that is chosen.
    #[prop(into)]
    selected: Signal<String>,
    /// Called with the value that was chosen.
    #[prop(into)]
    on_select: Callback<String>,
) -> impl IntoView {
    let name = unique_id();
    let entries = move || {
        let entry = |choice: Choice| {
            let value = choice.value;
            let own = value.clone();
            view! {
                <label class="checkbox">
                    <input
                        type="radio"
                        name=name.clone()
                        prop:checked=move || selected.with(|selected| *selected == own)
                        on:change=move |_| on_select.run(value.clone())
                    />
                    <span>{choice.label}</span>
                </label>
            }
        };
        options.get().into_iter().map(entry).collect_view()
    };
    view! {
        <fieldset class="radio-group">
            <legend class="field-label">{move || label.get()}</legend>
            {entries}
        </fieldset>
    }
}
