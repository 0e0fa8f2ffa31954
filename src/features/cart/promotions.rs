//! What promotions do to a cart, in words.

use countersign_contract::submission::SeenOrder;
use countersign_domain::money::Money;
use countersign_domain::promotion::{BundlePart, Gift, OrderReason, PromotionRule, lacking};
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use countersign_domain::variant_sums::VariantSums;
use leptos::prelude::*;

use crate::api::now;
use crate::features::cart::state::CartState;
use crate::goods_view::{AddBundle, order_reasons};
use crate::i18n::{format, local, promises};
use crate::offline::draft::Draft;
use crate::queries::promotions::moment;
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
    let begun = Memo::new(move |_| begun(state));
    let next = move || {
        let begun = begun.get();
        (!begun.is_empty()).then(|| {
            let row = |one: Begun| {
                let words = begun_words(state, &one);
                let items = move |()| state.promotions.items(&one.lacking);
                view! { <li>{words} " " <AddBundle name=one.name items=items /></li> }
            };
            let list = begun.into_iter().map(row).collect_view();
            view! { <ul class="reasons" aria-label=text!(promotions.lacking_title)>{list}</ul> }
        })
    };
    view! { {off} {given} {why} {next} }
}

#[component]
fn Reasons(state: CartState, reasons: Vec<OrderReason>) -> impl IntoView {
    // What is in a bundle is in the cart, also where the promotion is a newer one than this device knows.
    let named = move |variant| {
        state.promotions.named(variant).or_else(|| {
            let item = |draft: &Draft| {
                let line = draft.lines.iter().find(|line| line.item.variant_id == variant)?;
                Some((line.item.name.clone(), line.item.unit.clone()))
            };
            state.cart.peek(|kept| item(&kept.draft)).flatten()
        })
    };
    move || {
        state
            .currency
            .with(|currency| order_reasons(&reasons, currency, named))
    }
}

/// A bundle of which something is in the cart, and what is lacking for the first one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Begun {
    name: LocalText,
    price: Money,
    lacking: Vec<BundlePart>,
}

/// The bundles that are begun and not whole.
fn begun(state: CartState) -> Vec<Begun> {
    let Some(known) = state.promotions.known() else {
        return Vec::new();
    };
    let at = moment(known.at, now());
    let bundles = known.promotions.iter().filter_map(|one| match &one.rule {
        PromotionRule::Bundle { components, price } if one.holds_at(at) => {
            Some((&one.name, components, *price))
        }
        _ => None,
    });
    let bundles: Vec<_> = bundles.collect();
    if bundles.is_empty() {
        return Vec::new();
    }
    let there: VariantSums = state.evaluated.with(|evaluated| {
        let priced = evaluated.lines.iter().filter_map(|line| line.state.priced());
        priced
            .map(|priced| (priced.offer.variant.id, priced.quantity))
            .collect()
    });
    let begun = bundles.into_iter().filter_map(|(name, components, price)| {
        Some(Begun {
            name: name.clone(),
            price,
            lacking: lacking(components, &there)?,
        })
    });
    begun.collect()
}

fn begun_words(state: CartState, begun: &Begun) -> String {
    let named = |variant| state.promotions.named(variant);
    let goods = promises::parts(&begun.lacking, Quantity::ONE, named);
    text!(
        promotions.lacking,
        name = local(&begun.name),
        price = state.money(begun.price),
        goods = goods.join(&text!(promotions.promise.between))
    )
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
