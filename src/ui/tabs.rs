//! Views of one thing, one at a time.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::id::unique_id;
use super::select::Choice;

/// Tabs over a panel. The arrow keys move between them.
#[component]
pub fn Tabs(
    /// What the views show.
    #[prop(into)]
    label: Signal<String>,
    /// The views.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// The value of the view that is shown.
    #[prop(into)]
    selected: Signal<String>,
    /// Called with the value of the view to show.
    #[prop(into)]
    on_select: Callback<String>,
    /// The panel.
    children: Children,
) -> impl IntoView {
    let id = unique_id();
    let panel_id = format!("{id}p");
    let controls = panel_id.clone();
    let tab = move |choice: Choice| {
        let is_selected = {
            let own = choice.value.clone();
            move || selected.with(|selected| *selected == own)
        };
        let tab_index = {
            let is_selected = is_selected.clone();
            move || if is_selected() { "0" } else { "-1" }
        };
        let value = choice.value;
        view! {
            <button
                class="tab"
                type="button"
                role="tab"
                aria-selected=move || is_selected().to_string()
                aria-controls=controls.clone()
                tabindex=tab_index
                on:click=move |_| on_select.run(value.clone())
            >
                {choice.label}
            </button>
        }
    };
    view! {
        <div class="tab-list" role="tablist" aria-label=move || label.get() on:keydown=move |event| move_focus(&event)>
            <For each=move || options.get() key=|choice| (choice.value.clone(), choice.label.clone()) children=tab />
        </div>
        <div class="tab-panel" role="tabpanel" id=panel_id tabindex="0" aria-label=move || label.get()>
            {children()}
        </div>
    }
}

/// Moves to the tab before or after, and opens it.
fn move_focus(event: &leptos::ev::KeyboardEvent) {
    let current = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let next = current.and_then(|tab| match event.key().as_str() {
        "ArrowRight" => tab.next_element_sibling(),
        "ArrowLeft" => tab.previous_element_sibling(),
        _ => None,
    });
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = next.focus();
        next.click();
    }
}
