//! One of a list.

use leptos::prelude::*;

use super::field::{Ties, frame};

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is handed back when it is chosen.
    pub value: String,
    /// What is shown.
    pub label: String,
}

impl Choice {
    /// A choice of `value`, shown as `label`.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// A list to choose from.
#[component]
pub fn SelectField(
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
    /// Help that is always shown.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let ties = Ties::new();
    let described = ties.clone();
    let entries = move || {
        let chosen = selected.get();
        let entry = |choice: Choice| {
            let is_chosen = choice.value == chosen;
            view! { <option value=choice.value prop:selected=is_chosen>{choice.label}</option> }
        };
        options.get().into_iter().map(entry).collect_view()
    };
    let control = view! {
        <select
            class="input"
            id=ties.control.clone()
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=move || described.described_by(hint, error)
            on:change=move |event| on_select.run(event_target_value(&event))
        >
            {entries}
        </select>
    };
    frame(&ties, label, hint, error, control.into_any())
}
