//! The star of a favourite.

use countersign_domain::id::VariantId;
use leptos::prelude::*;

use crate::i18n::problems;
use crate::queries::favourites::Favourites;
use crate::session::SessionContext;
use crate::text;
use crate::ui::{IconButton, IconName, Toasts};

/// A star that is pressed while a variant is a favourite; none for staff. Without a connection it says that it needs one.
#[component]
pub fn StarButton(
    /// The variant.
    variant_id: VariantId,
    /// What it is called.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    // Staff who order on behalf of a customer change nothing of what the customer keeps.
    if untrack(|| !expect_context::<SessionContext>().is_distributor()) {
        return ().into_any();
    }
    let favourites = expect_context::<Favourites>();
    let toasts = expect_context::<Toasts>();
    favourites.want();
    let label = move || {
        if favourites.can_change() {
            text!(lists.favourite_named, name = name.get())
        } else {
            text!(lists.favourite_offline, name = name.get())
        }
    };
    let press = move |()| {
        if !untrack(|| favourites.can_change()) {
            return toasts.warn(untrack(|| text!(lists.needs_connection)));
        }
        favourites.toggle(variant_id, move |error| {
            toasts.warn(untrack(|| problems::words(&error)));
        });
    };
    view! {
        <span class="star">
            <IconButton
                icon=IconName::Star
                label=Signal::derive(label)
                pressed=Signal::derive(move || favourites.has(variant_id))
                on_press=press
            />
        </span>
    }
    .into_any()
}
