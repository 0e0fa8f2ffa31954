//! The end of a list that has more.

use leptos::prelude::*;

use super::button::Button;

/// A button for the next page of a list; nothing at its end.
#[component]
pub fn LoadMore(
    /// What the button says.
    #[prop(into)]
    label: Signal<String>,
    /// Whether there is more.
    #[prop(into)]
    more: Signal<bool>,
    /// Whether it is being fetched.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Fetches it.
    #[prop(into)]
    on_more: Callback<()>,
) -> impl IntoView {
    view! {
        <Show when=move || more.get()>
            <div class="load-more">
                <Button label=label busy=busy on_press=on_more />
            </div>
        </Show>
    }
}
