//! The button that puts what a bundle is of into the cart, or what is lacking for it.

use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use leptos::prelude::*;

use crate::i18n::local;
use crate::offline::draft::Item;
use crate::queries::draft::{Added, Cart};
use crate::text;
use crate::ui::{Button, IconName, Toasts};

/// Puts all of it into the cart at once, with one way back.
#[component]
pub fn AddBundle(
    /// What the bundle is called.
    name: LocalText,
    /// What is put into the cart when it is pressed.
    #[prop(into)]
    items: Callback<(), Vec<(Item, Quantity)>>,
) -> impl IntoView {
    let cart = expect_context::<Cart>();
    let toasts = expect_context::<Toasts>();
    let name = StoredValue::new(name);
    let said = move || name.with_value(local);
    let add = move |()| {
        let Added { undos, left_out } = cart.add_each(items.run(()));
        if left_out > 0 {
            toasts.warn(untrack(|| text!(catalog.full)));
        }
        if !undos.is_empty() {
            toasts.say_with_undo(
                untrack(|| text!(promotions.bundle_added, name = said())),
                untrack(|| text!(catalog.undo)),
                move || cart.undo_each(&undos),
            );
        }
    };
    view! {
        <span role="group" aria-label=move || text!(promotions.bundle_named, name = said())>
            <Button label=move || text!(promotions.bundle_add) icon=IconName::Cart on_press=add />
        </span>
    }
}
