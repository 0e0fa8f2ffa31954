//! What was chosen, each with a way to take it out again.

use countersign_domain::id::CustomerId;
use leptos::prelude::*;

use crate::features::promotions::picks::{GoodsId, Pick};
use crate::features::promotions::words::named;
use crate::text;
use crate::ui::{IconButton, IconName};

/// Goods that were chosen.
#[component]
pub fn ChosenGoods(
    /// What they are.
    #[prop(into)]
    label: Signal<String>,
    /// The goods.
    picks: RwSignal<Vec<Pick<GoodsId>>>,
) -> impl IntoView {
    let row = move |pick: Pick<GoodsId>| {
        let is_product = matches!(pick.id, GoodsId::Product(_));
        let id = pick.id;
        let name = Signal::derive(move || {
            if is_product {
                text!(promotion_desk.finder.all_of, name = named(&pick.name))
            } else {
                named(&pick.name)
            }
        });
        let remove = move |()| picks.update(|picks| picks.retain(|pick| pick.id != id));
        chip(name, pick.code, remove)
    };
    view! {
        <ul class="promo-chosen" aria-label=move || label.get()>
            <For each=move || picks.get() key=|pick| pick.id children=row />
        </ul>
    }
}

/// Customers who were chosen.
#[component]
pub fn ChosenCustomers(
    /// What they are.
    #[prop(into)]
    label: Signal<String>,
    /// The customers.
    picks: RwSignal<Vec<Pick<CustomerId>>>,
) -> impl IntoView {
    let row = move |pick: Pick<CustomerId>| {
        let id = pick.id;
        let name = Signal::derive(move || named(&pick.name));
        let remove = move |()| picks.update(|picks| picks.retain(|pick| pick.id != id));
        chip(name, pick.code, remove)
    };
    view! {
        <ul class="promo-chosen" aria-label=move || label.get()>
            <For each=move || picks.get() key=|pick| pick.id children=row />
        </ul>
    }
}

fn chip(name: Signal<String>, code: String, remove: impl Fn(()) + Send + Sync + 'static) -> AnyView {
    view! {
        <li>
            <span>{move || name.get()}</span>
            " "
            <small class="code">{code}</small>
            <IconButton
                icon=IconName::Close
                label=Signal::derive(move || text!(promotion_desk.take_out, name = name.get()))
                on_press=remove
            />
        </li>
    }
    .into_any()
}
