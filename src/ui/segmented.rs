//! Two to four choices side by side.

use leptos::prelude::*;

use super::select::Choice;

/// Choices side by side, one of them pressed.
#[component]
pub fn Segmented(
    /// What is chosen.
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
    let button = move |choice: Choice| {
        let own = choice.value.clone();
        let pressed = move || selected.with(|selected| *selected == own).to_string();
        let value = choice.value;
        view! {
            <button type="button" aria-pressed=pressed on:click=move |_| on_select.run(value.clone())>
                {choice.label}
            </button>
        }
    };
    view! {
        <div class="segmented" role="group" aria-label=move || label.get()>
            <For each=move || options.get() key=|choice| (choice.value.clone(), choice.label.clone()) children=button />
        </div>
    }
}
