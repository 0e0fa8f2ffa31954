//! Whether the device has the cart.

use leptos::prelude::*;

use crate::queries::draft::{Cart, Keeping as KeepingState};
use crate::text;
use crate::ui::{Notice, Tone};

/// Whether the device has the cart.
#[component]
pub fn Keeping(
    /// The cart.
    cart: Cart,
) -> impl IntoView {
    let keeping = Memo::new(move |_| cart.with(|kept| kept.keeping));
    let is_on_server = Memo::new(move |_| cart.with(|kept| kept.is_on_server).unwrap_or_default());
    let is_refused = Memo::new(move |_| cart.with(|kept| kept.is_refused).unwrap_or_default());
    let unreadable = Memo::new(move |_| cart.with(|kept| kept.unreadable).unwrap_or_default());
    let is_empty = Memo::new(move |_| cart.line_count() == 0);
    let state = move || match keeping.get()? {
        KeepingState::Kept if is_empty.get() => None,
        KeepingState::Kept if is_refused.get() => {
            Some(view! { <Notice tone=Tone::Warn>{move || text!(cart.kept_here_only)}</Notice> }.into_any())
        }
        KeepingState::Kept if is_on_server.get() => {
            Some(view! { <small class="cart-kept">{text!(cart.saved_everywhere)}</small> }.into_any())
        }
        KeepingState::Kept => Some(view! { <small class="cart-kept">{text!(cart.saved)}</small> }.into_any()),
        KeepingState::Writing => {
            Some(view! { <small class="cart-kept">{text!(cart.saving)}</small> }.into_any())
        }
        KeepingState::KeptAsCopy => {
            Some(view! { <Notice tone=Tone::Warn>{move || text!(cart.kept_as_copy)}</Notice> }.into_any())
        }
        KeepingState::Full => {
            Some(view! { <Notice tone=Tone::Bad>{move || text!(cart.storage_full)}</Notice> }.into_any())
        }
        KeepingState::Off => {
            Some(view! { <Notice tone=Tone::Bad>{move || text!(cart.storage_off)}</Notice> }.into_any())
        }
        KeepingState::Newer => {
            Some(view! { <Notice tone=Tone::Bad>{move || text!(cart.storage_newer)}</Notice> }.into_any())
        }
    };
    view! {
        {state}
        <Show when=move || { unreadable.get() > 0 }>
            <Notice tone=Tone::Warn>{move || text!(cart.set_aside)}</Notice>
        </Show>
    }
}
