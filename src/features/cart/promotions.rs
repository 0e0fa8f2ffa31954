//! What promotions do to a cart, in words.

use countersign_contract::submission::SeenOrder;
use countersign_domain::promotion::{Gift, OrderReason};
use leptos::prelude::*;

use crate::features::cart::state::CartState;
use crate::i18n::{format, labels, local};
use crate::text;
use crate::ui::{Figure, KeyValue, KeyValues};

/// A price that does not count any more, struck through.
#[component]
pub fn Was(
    /// The price as it is read.
    price: String,
) -> impl IntoView {
    view! {
        <del class="price-was">
            <span class="visually-hidden">{move || text!(promotions.without)} " "</span>
            {price}
        </del>
    }
}

/// What promotions give the order as a whole; nothing where they give nothing.
#[component]
pub fn Promised(
    /// The cart.
    state: CartState,
) -> impl IntoView {
    let totals = state.totals;
    let discount = Memo::new(move |_| totals.with(|totals| totals.discount));
    let gifts = Memo::new(move |_| totals.with(|totals| totals.gifts.clone()));
    let reasons = Memo::new(move |_| totals.with(|totals| totals.reasons.clone()));
    let off = move || {
        let discount = discount.get();
        (!discount.is_zero()).then(|| {
            view! {
                <KeyValues>
                    <KeyValue label=move || text!(promotions.discount)>
                        <Figure text=Signal::derive(move || state.money(-discount)) />
                    </KeyValue>
                </KeyValues>
            }
        })
    };
    let given = move || {
        let gifts = gifts.get();
        (!gifts.is_empty()).then(|| {
            let list = gifts.iter().map(|gift| gift_words(state, gift));
            let list = list.map(|words| view! { <li>{words}</li> }).collect_view();
            view! {
                <h3>{text!(promotions.gifts)}</h3>
                <ul class="reasons">{list}</ul>
            }
        })
    };
    let why = move || {
        let reasons = reasons.get();
        (!reasons.is_empty()).then(|| view! { <Reasons state=state reasons=reasons /> })
    };
    view! { {off} {given} {why} }
}

#[component]
fn Reasons(state: CartState, reasons: Vec<OrderReason>) -> impl IntoView {
    let list = move || {
        let words = |reason| {
            state
                .currency
                .with(|currency| labels::order_reason(reason, currency))
        };
        let list = reasons.iter().map(words);
        list.map(|words| view! { <li>{words}</li> }).collect_view()
    };
    view! { <ul class="reasons" aria-label=move || text!(promotions.order.title)>{list}</ul> }
}

/// A gift with its quantity.
fn gift_words(state: CartState, gift: &Gift) -> String {
    let known = state.promotions.known();
    let goods = known.as_ref().and_then(|known| {
        let mut goods = known.gifts.iter();
        goods.find(|goods| goods.variant_id == gift.variant_id)
    });
    goods.map_or_else(String::new, |goods| {
        text!(
            promotions.gift,
            name = local(&goods.name),
            quantity = format::quantity_of(gift.quantity, &goods.unit)
        )
    })
}

/// How an order as a whole is other than it was seen.
#[component]
pub fn OrderChange(
    /// The cart.
    state: CartState,
    /// What was seen.
    seen: SeenOrder,
    /// What it is.
    now: SeenOrder,
    /// Why.
    reasons: Vec<OrderReason>,
) -> impl IntoView {
    let (before, after) = (seen.total, now.total);
    let total = (before != after).then(|| {
        let words = move || {
            text!(
                promotions.changed_order,
                seen = state.money(before),
                now = state.money(after)
            )
        };
        view! { <p>{words}</p> }
    });
    let gifts = (seen.gifts != now.gifts).then(|| {
        let list = now.gifts;
        let list = move || {
            let words = list.iter().map(|gift| gift_words(state, gift));
            words.map(|words| view! { <li>{words}</li> }).collect_view()
        };
        view! {
            <p>{move || text!(promotions.changed_gifts)}</p>
            <ul class="reasons">{list}</ul>
        }
    });
    view! { {total} {gifts} <Reasons state=state reasons=reasons /> }
}
