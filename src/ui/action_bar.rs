//! What may be done, in one bar.

use leptos::prelude::*;

/// The bar at the bottom of the page, under the thumb on a phone. Its children are buttons, the main one first.
#[component]
pub fn ActionBar(
    /// What is acted on.
    #[prop(into)]
    label: Signal<String>,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="action-bar" role="group" aria-label=move || label.get()>{children()}</div> }
}
