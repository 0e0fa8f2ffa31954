//! Small pieces of text.

use leptos::prelude::*;

/// A key of the keyboard. Decoration: the same key is announced through `aria-keyshortcuts`.
#[component]
pub fn Kbd(
    /// The key as it is printed.
    #[prop(into)]
    key: String,
) -> impl IntoView {
    view! { <kbd class="kbd" aria-hidden="true">{key}</kbd> }
}

/// Text that is spoken and not shown.
#[component]
pub fn VisuallyHidden(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    view! { <span class="visually-hidden">{move || text.get()}</span> }
}
