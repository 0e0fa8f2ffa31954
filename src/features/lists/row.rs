//! Something of a list: what it is, what it costs now, and its quantity to be ordered.

use std::sync::Arc;

use countersign_domain::id::VariantId;
use countersign_domain::price::resolve;
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::usual::Rhythm;
use leptos::prelude::*;

use crate::api::Api;
use crate::features::lists::model::{Aside, RowItem, first_quantity};
use crate::features::lists::rows::TypedQuantities;
use crate::goods_view::{AddToCart, StarButton};
use crate::i18n::{format, labels, local};
use crate::offline::draft::read_quantity;
use crate::queries::offers::{Availability, Offer, Offers};
use crate::route::Route;
use crate::session::SessionContext;
use crate::text;
use crate::ui::Figure;

/// How it stands with the goods of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Face {
    Asking,
    Gone,
    Offered,
}

/// The row of the variant `id`, or nothing once it is taken out.
pub fn goods_row(
    items: Memo<Vec<RowItem>>,
    offers: Offers,
    typed: TypedQuantities,
    id: VariantId,
) -> AnyView {
    let find = move |items: &Vec<RowItem>| items.iter().find(|item| item.goods.variant_id == id).cloned();
    // A row that is taken out goes off the page in the same moment; until then it shows what it showed.
    let Some(first) = items.with_untracked(find) else {
        return ().into_any();
    };
    let item = Memo::new(move |_| items.with(find).unwrap_or_else(|| first.clone()));
    let offer =
        Memo::new(
            move |before: Option<&Option<Arc<Offer>>>| match offers.known.with(|known| known.of(id)) {
                Availability::Offered(offer) => Some(offer),
                Availability::Asking | Availability::Gone => before.cloned().flatten(),
            },
        );
    let face = Memo::new(move |_| match offers.known.with(|known| known.of(id)) {
        Availability::Asking => Face::Asking,
        Availability::Gone => Face::Gone,
        Availability::Offered(_) => Face::Offered,
    });
    let name = Signal::derive(move || item.with(|item| local(&item.goods.name)));
    let path = move || item.with(|item| Route::Product(item.goods.product_id).to_path());
    let code = move || item.with(|item| item.goods.sku.clone());
    let aside = move || item.with(|item| aside_words(&item.aside, &item.goods.unit));
    let picture =
        Signal::derive(move || offer.with(|offer| offer.as_ref().and_then(|offer| offer.picture.clone())));
    let order = move || match face.get() {
        Face::Asking => view! { <small>{move || text!(lists.asking)}</small> }.into_any(),
        Face::Gone => view! { <p class="field-error">{move || text!(lists.gone)}</p> }.into_any(),
        Face::Offered => ordering(item, offer, typed, id),
    };
    view! {
        <li class="goods-row">
            {small_picture(picture)}
            <div class="goods-name">
                <a href=path>{move || name.get()}</a>
                <small class="code">{code}</small>
                <small class="goods-aside">{aside}</small>
            </div>
            <StarButton variant_id=id name=name />
            <div class="goods-order">{order}</div>
        </li>
    }
    .into_any()
}

/// Price, quantity and button of a row whose goods are to be had.
fn ordering(
    item: Memo<RowItem>,
    offer: Memo<Option<Arc<Offer>>>,
    typed: TypedQuantities,
    id: VariantId,
) -> AnyView {
    let Some(first) = offer.get_untracked() else {
        return ().into_any();
    };
    let smallest = item.with_untracked(|item| first_quantity(item, &first));
    let typed: RwSignal<String> = typed
        .try_update_value(|typed| {
            typed
                .entry(id)
                .or_insert_with(|| ArcRwSignal::new(smallest.to_string()))
                .clone()
        })
        .map_or_else(|| RwSignal::new(smallest.to_string()), RwSignal::from);
    let offer = Memo::new(move |_| {
        let now = offer.with(|offer| offer.as_ref().map(|offer| offer.as_ref().clone()));
        now.unwrap_or_else(|| first.as_ref().clone())
    });
    let session = expect_context::<SessionContext>();
    let quantity = move || read_quantity(&typed.get()).unwrap_or(Quantity::ONE);
    let priced = Memo::new(move |_| offer.with(|offer| resolve(&offer.variant.terms, quantity())));
    let price = move || format::money(priced.with(|price| price.unit), &session.currency());
    let unit = move || offer.with(|offer| text!(catalog.per_unit, unit = local(&offer.variant.unit.name)));
    let reason = move || priced.with(|price| price.reasons.last().map(labels::price_reason_short));
    view! {
        <p class="price-now">
            <Figure text=Signal::derive(price) strong=true />
            " "
            <small>{unit}</small>
            <small class="price-reason">{reason}</small>
        </p>
        <AddToCart offer=offer typed=typed />
    }
    .into_any()
}

/// The picture of goods, or the place for one.
pub fn small_picture(path: Signal<Option<String>>) -> impl IntoView {
    let api = expect_context::<Api>();
    move || {
        match path.get() {
        Some(path) => view! {
            <img class="goods-picture" src=api.url(&path) alt="" width="48" height="48" loading="lazy" decoding="async" />
        }
        .into_any(),
        None => view! { <span class="goods-picture" aria-hidden="true"></span> }.into_any(),
    }
    }
}

/// What is said about goods of a list.
fn aside_words(aside: &Aside, unit: &Unit) -> Option<String> {
    match aside {
        Aside::Nothing => None,
        Aside::Note(note) => Some(note.clone()),
        Aside::Usual {
            orders,
            quantity,
            rhythm,
        } => {
            let quantity = format::quantity_of(*quantity, unit);
            let reason = match *rhythm {
                Rhythm::None { ago } => text!(lists.rhythm.none, ago = ago, quantity = quantity),
                Rhythm::NotYet { every, ago } => {
                    text!(
                        lists.rhythm.not_yet,
                        every = every,
                        ago = ago,
                        quantity = quantity
                    )
                }
                Rhythm::Due { every, ago } => {
                    text!(lists.rhythm.due, every = every, ago = ago, quantity = quantity)
                }
                Rhythm::Lapsed { every, ago } => {
                    text!(lists.rhythm.lapsed, every = every, ago = ago, quantity = quantity)
                }
            };
            Some([text!(lists.orders, count = *orders), reason].join(" · "))
        }
    }
}
