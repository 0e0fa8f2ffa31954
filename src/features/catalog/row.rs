//! A product in the list, with its quantity to be ordered.

use countersign_contract::catalog::{CatalogProduct, CatalogVariant};
use countersign_domain::id::VariantId;
use countersign_domain::price::{Price, PriceReason};
use countersign_domain::product::StockShown;
use countersign_domain::promotion::CustomerPromotion;
use countersign_domain::quantity::Quantity;
use countersign_domain::search::Words;
use leptos::prelude::*;

use crate::api::Api;
use crate::features::catalog::marks::{Marked, Marks, marks};
use crate::features::catalog::model::next_break;
use crate::features::catalog::typed::Typed;
use crate::goods_view::{AddToCart, StarButton};
use crate::i18n::{format, goods, labels, local, promises};
use crate::offline::draft::read_quantity;
use crate::queries::offers::{Offer, offer};
use crate::queries::promotions::Promotions;
use crate::route::{CatalogView, Route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Badge, Figure, Tone};

/// Variants that a row of the list has room for, and those a card has; all of them are on the product's page.
const MOST_IN_LIST: usize = 4;
const MOST_IN_GRID: usize = 1;

/// A product and its first variants.
#[component]
pub fn ProductRow(
    /// The product; it has been there at least once.
    product: Memo<Option<CatalogProduct>>,
    /// What is searched for.
    words: Memo<Words>,
    /// How it is laid out.
    view: CatalogView,
) -> impl IntoView {
    let most = match view {
        CatalogView::Grid => MOST_IN_GRID,
        CatalogView::List | CatalogView::Sheet => MOST_IN_LIST,
    };
    let marks = marks(product, words);
    let path = move || {
        product.with(|product| {
            product
                .as_ref()
                .map(|product| Route::Product(product.id).to_path())
        })
    };
    let name = move || marks.with(|marks| marks.name.clone());
    let brand = move || marks.with(|marks| marks.brand.clone());
    let picture = Signal::derive(move || {
        product.with(|product| product.as_ref().and_then(|product| product.picture.clone()))
    });
    let count =
        Memo::new(move |_| product.with(|product| product.as_ref().map_or(0, |one| one.variants.len())));
    let shown = move || {
        let mut ids = variants_of(product);
        // Of one more, the link to it would take its place.
        if ids.len() > most + usize::from(most > 1) {
            ids.truncate(most);
        }
        ids
    };
    let more = move || {
        (count.get() > shown().len()).then(|| {
            view! { <a class="variants-more" href=path>{move || text!(catalog.all_variants, count = count.get())}</a> }
        })
    };
    let variant = move |id: VariantId| view! { <VariantRow product=product marks=marks id=id /> }.into_any();
    view! {
        <Picture path=picture />
        <div class="product-name">
            <a href=path><Marked parts=Signal::derive(name) /></a>
            <small><Marked parts=Signal::derive(brand) /></small>
        </div>
        <div class="variants">
            <For each=shown key=|id| *id children=variant />
            {more}
        </div>
    }
}

/// The variants of a product, tracked.
pub fn variants_of(product: Memo<Option<CatalogProduct>>) -> Vec<VariantId> {
    let ids = |product: &CatalogProduct| product.variants.iter().map(|variant| variant.id).collect();
    product.with(|product| product.as_ref().map(ids).unwrap_or_default())
}

/// What is offered of a variant, while there is such a one; what was offered last stays until its row goes away.
pub fn offer_in(product: Memo<Option<CatalogProduct>>, id: VariantId) -> Option<Memo<Offer>> {
    let find =
        move |product: &Option<CatalogProduct>| product.as_ref().and_then(|product| offer(product, id));
    let first = product.with_untracked(find)?;
    Some(Memo::new(move |before: Option<&Offer>| {
        product
            .with(find)
            .unwrap_or_else(|| before.unwrap_or(&first).clone())
    }))
}

/// The picture of a product, or the place for one.
#[component]
pub fn Picture(
    /// Its path below the server's address.
    path: Signal<Option<String>>,
) -> impl IntoView {
    let api = expect_context::<Api>();
    move || {
        match path.get() {
        Some(path) => view! {
            <img class="product-picture" src=api.url(&path) alt="" width="64" height="64" loading="lazy" decoding="async" />
        }
        .into_any(),
        None => view! { <span class="product-picture" aria-hidden="true"></span> }.into_any(),
    }
    }
}

#[component]
fn VariantRow(product: Memo<Option<CatalogProduct>>, marks: Memo<Marks>, id: VariantId) -> impl IntoView {
    offer_in(product, id).map(|offer| {
        let name = move || marks.with(|marks| marks.variant(id).0);
        let code = move || marks.with(|marks| marks.variant(id).1);
        let pack = move || offer.with(|offer| goods::pack(&offer.variant.unit, &offer.variant.base_unit));
        let whole_name = Signal::derive(move || offer.with(|offer| local(&offer.item.name)));
        let first = first_quantity(offer);
        let kept = expect_context::<Typed>();
        let typed = RwSignal::new(kept.recall(id).unwrap_or_else(|| first.clone()));
        kept.remember(id, typed, move |last| last != first);
        view! {
            <div class="variant">
                <p class="variant-name">
                    <b><Marked parts=Signal::derive(name) /></b>
                    <span class="code"><Marked parts=Signal::derive(code) /></span>
                    <span>{pack}</span>
                    <StarButton variant_id=id name=whole_name />
                </p>
                <PriceNow offer=offer typed=typed />
                <p class="variant-stock"><Stock offer=offer /></p>
                <AddToCart offer=offer typed=typed />
            </div>
        }
        .into_any()
    })
}

/// What is typed at first: the smallest quantity that can be ordered.
pub fn first_quantity(offer: Memo<Offer>) -> String {
    let smallest = offer.with_untracked(|offer| offer.variant.rule.smallest());
    smallest.unwrap_or(Quantity::ONE).to_string()
}

/// The price at the quantity that is typed, and what would make it cheaper.
#[component]
pub fn PriceNow(
    /// What is priced.
    offer: Memo<Offer>,
    /// The quantity as it is typed.
    typed: RwSignal<String>,
) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let quantity = move || read_quantity(&typed.get()).unwrap_or(Quantity::ONE);
    let promotions = Promotions::of_page();
    let priced = Memo::new(move |_| offer.with(|offer| promotions.price(offer, quantity())));
    let base = Memo::new(move |_| offer.with(|offer| offer.variant.terms.base().0));
    // A break says its own price in words; a promotion is seen at once.
    let was = move || {
        let is_promoted = priced.with(|price| is_promoted(price) && price.unit < base.get());
        is_promoted.then(|| {
            view! {
                <del class="price-was">
                    <span class="visually-hidden">{text!(promotions.without)} " "</span>
                    {format::money(base.get(), &session.currency())}
                </del>
                " "
            }
        })
    };
    let price = move || format::money(priced.with(|price| price.unit), &session.currency());
    let reason = move || priced.with(|price| price.reasons.last().map(labels::price_reason_short));
    let unit = move || offer.with(|offer| text!(catalog.per_unit, unit = local(&offer.variant.unit.name)));
    let hint = move || {
        let found = offer.with(|offer| {
            let (from, _) = next_break(&offer.variant.terms, quantity())?;
            Some((from, promotions.price(offer, from).unit))
        });
        // A promotion may be better than the break.
        let found = found.filter(|(_, then)| priced.with(|price| *then < price.unit));
        found.map(|(from, price)| {
            text!(
                catalog.next_break,
                from = format::quantity(from),
                price = format::money(price, &session.currency())
            )
        })
    };
    let more = move || {
        let found = offer.with(|offer| promotions.more_with(offer));
        let words = |one: CustomerPromotion| {
            let named = |variant| promotions.named(variant);
            let promise = promises::promise_named(&one.rule, &session.currency(), named);
            let words = text!(promotions.with_it, name = local(&one.name), promise = promise);
            view! { <small class="price-gift">{words}</small> }
        };
        found.into_iter().map(words).collect_view()
    };
    view! {
        <p class="price-now">
            <span>{was} <Figure text=Signal::derive(price) strong=true /></span>
            " "
            <small>{unit}</small>
            <small class="price-reason">{reason}</small>
            <small class="price-hint">{hint}</small>
            {more}
        </p>
    }
}

/// Whether a promotion made this price.
fn is_promoted(price: &Price) -> bool {
    price
        .reasons
        .iter()
        .any(|reason| matches!(reason, PriceReason::Promotion { .. }))
}

/// Stock and delivery, as far as they are shown.
#[component]
pub fn Stock(
    /// Of what.
    offer: Memo<Offer>,
) -> impl IntoView {
    let about = move |variant: &CatalogVariant| {
        let tone = match variant.stock {
            StockShown::None => Tone::Bad,
            StockShown::Number { quantity } if quantity.is_zero() => Tone::Bad,
            StockShown::Low => Tone::Warn,
            StockShown::Number { .. } | StockShown::Enough | StockShown::Hidden => Tone::Plain,
        };
        let text = if variant.made_to_order {
            Some((text!(catalog.made_to_order), Tone::Plain))
        } else {
            goods::stock(variant.stock, &variant.base_unit).map(|text| (text, tone))
        };
        text.map(|(text, tone)| view! { <Badge text=text tone=tone /> })
    };
    view! {
        {move || offer.with(|offer| about(&offer.variant))}
        <small>{move || offer.with(|offer| text!(catalog.lead_days, days = offer.variant.lead_days))}</small>
    }
}
