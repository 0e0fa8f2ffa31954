//! A quantity and the button that puts it into the cart.

use countersign_domain::quantity::Quantity;
use leptos::prelude::*;

use crate::goods_view::checked::{AddProblem, check};
use crate::i18n::{format, goods, local};
use crate::offline::draft::{Full, read_quantity};
use crate::queries::draft::Cart;
use crate::queries::offers::Offer;
use crate::text;
use crate::ui::{Button, IconName, QuantityStepper, Toasts, Variant};

/// Adds a variant to the cart. Enter adds; what was typed is never changed.
#[component]
pub fn AddToCart(
    /// What is added.
    offer: Memo<Offer>,
    /// The quantity as it is typed.
    typed: RwSignal<String>,
    /// Whether adding is the main thing to do on the page.
    #[prop(optional)]
    is_main: bool,
) -> impl IntoView {
    let cart = expect_context::<Cart>();
    let toasts = expect_context::<Toasts>();
    let variant_id = offer.with_untracked(|offer| offer.variant.id);
    let in_cart = Memo::new(move |_| {
        cart.with(|kept| kept.draft.quantity_of(variant_id))
            .unwrap_or_default()
    });
    // Complaints wait for the first attempt and end with the next key.
    let complained_about = RwSignal::new(None::<String>);
    let problem = Memo::new(move |_| {
        let complains = complained_about.get() == Some(typed.get());
        let checked =
            offer.with(|offer| typed.with(|typed| check(typed, in_cart.get(), &offer.variant.rule)));
        checked.err().filter(|_| complains)
    });
    let add = move || {
        let (item, rule) = offer.with_untracked(|offer| (offer.item.clone(), offer.variant.rule));
        let text = typed.get_untracked();
        let Ok(quantity) = check(&text, in_cart.get_untracked(), &rule) else {
            return complained_about.set(Some(text));
        };
        let said = text!(
            catalog.added,
            quantity = format::quantity_of(quantity, &item.unit),
            name = local(&item.name)
        );
        match cart.add(item, quantity) {
            Ok(undo) => {
                toasts.say_with_undo(said, text!(catalog.undo), move || cart.undo(undo.clone()));
            }
            Err(Full) => toasts.warn(text!(catalog.full)),
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        add();
    };
    let name = Signal::derive(move || offer.with(|offer| local(&offer.item.name)));
    let unit = Signal::derive(move || offer.with(|offer| local(&offer.item.unit.name)));
    let current = move || read_quantity(&typed.get()).unwrap_or(Quantity::ZERO);
    let up = move || {
        offer
            .with(|offer| offer.variant.rule.next_above(current()))
            .map(|next| next.to_string())
    };
    let down = move || {
        offer
            .with(|offer| offer.variant.rule.next_below(current()))
            .map(|next| next.to_string())
    };
    let error = move || {
        problem.get().map(|problem| match problem {
            AddProblem::Unreadable(error) => goods::unreadable(error),
            AddProblem::Breach { breach, .. } => offer.with(|offer| goods::breach(&breach, &offer.item.unit)),
        })
    };
    let nearest = move || match problem.get() {
        Some(AddProblem::Breach { nearest, .. }) => nearest.iter().map(Quantity::to_string).collect(),
        Some(AddProblem::Unreadable(_)) | None => Vec::new(),
    };
    let already = move || {
        let quantity = in_cart.get();
        let text = || offer.with(|offer| format::quantity_of(quantity, &offer.item.unit));
        (!quantity.is_zero()).then(|| text!(catalog.in_cart, quantity = text()))
    };
    view! {
        <form class="add-to-cart" novalidate on:submit=submit>
            <QuantityStepper
                label=Signal::derive(move || text!(catalog.quantity, name = name.get(), unit = unit.get()))
                value=typed
                up=Signal::derive(up)
                down=Signal::derive(down)
                up_label=Signal::derive(move || text!(goods.more, name = name.get()))
                down_label=Signal::derive(move || text!(goods.less, name = name.get()))
                nearest=Signal::derive(nearest)
                error=Signal::derive(error)
                unit=unit
                on_commit=|_: String| ()
            />
            <span class="add-button" role="group" aria-label=move || text!(catalog.add_named, name = name.get())>
                <Button
                    label=move || text!(catalog.add)
                    icon=IconName::Cart
                    variant=if is_main { Variant::Primary } else { Variant::Secondary }
                    submit=true
                />
            </span>
            <small class="in-cart" role="status">{already}</small>
        </form>
    }
}
