//! Numbers, and what they are the numbers of.

use leptos::prelude::*;

/// Money or a quantity, formatted: its digits stand under each other and it never breaks over lines.
#[component]
pub fn Figure(
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// Whether it is the one that counts.
    #[prop(optional)]
    strong: bool,
) -> impl IntoView {
    view! { <span class="figure" data-strong=strong.then_some("true")>{move || text.get()}</span> }
}

/// Names and values in pairs. Its children are [`KeyValue`]s.
#[component]
pub fn KeyValues(
    /// The pairs.
    children: Children,
) -> impl IntoView {
    view! { <dl class="key-values">{children()}</dl> }
}

/// A name and its value.
#[component]
pub fn KeyValue(
    /// The name.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div>
            <dt>{move || label.get()}</dt>
            <dd>{children()}</dd>
        </div>
    }
}

/// A sheet of paper on the ground, with a title.
#[component]
pub fn Card(
    /// Its title.
    #[prop(into)]
    title: Signal<String>,
    /// What is on it.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card">
            <h2 class="card-title">{move || title.get()}</h2>
            {children()}
        </section>
    }
}
