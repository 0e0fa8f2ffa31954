//! The faces of a page that has nothing to show: not yet, nothing there, went wrong.

use leptos::prelude::*;

use super::button::{Button, Variant};
use super::icon::{Icon, IconName};

/// Grey bars in place of what is being loaded, as many lines as will come, so that nothing jumps.
#[component]
pub fn Skeleton(
    /// What is said meanwhile.
    #[prop(into)]
    label: Signal<String>,
    /// How many bars.
    #[prop(default = 6)]
    lines: usize,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-busy="true">
            <span class="visually-hidden">{move || label.get()}</span>
            {vec![(); lines].into_iter().map(|()| view! { <i aria-hidden="true"></i> }).collect_view()}
        </div>
    }
}

/// Nothing is there; says what to do next.
#[component]
pub fn EmptyState(
    /// What is not there.
    #[prop(into)]
    title: Signal<String>,
    /// What to do about it.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// An icon above.
    #[prop(default = IconName::Search)]
    icon: IconName,
    /// Buttons or links to what comes next.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="state">
            <Icon name=icon />
            <p class="state-title">{move || title.get()}</p>
            <p class="state-hint">{move || hint.get()}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// It could not be shown; says why and tries again.
#[component]
pub fn ErrorState(
    /// What went wrong, in words.
    #[prop(into)]
    message: Signal<String>,
    /// What the button says.
    #[prop(into)]
    retry_label: Signal<String>,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="state" role="alert" data-tone="bad">
            <Icon name=IconName::Warning />
            <p class="state-title">{move || message.get()}</p>
            <Button label=retry_label on_press=on_retry variant=Variant::Primary />
        </div>
    }
}
