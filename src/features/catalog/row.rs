//! A product in the list, with its quantity to be ordered.

use countersign_contract::catalog::{CatalogProduct, CatalogVariant};
use countersign_domain::id::VariantId;
use countersign_domain::price::resolve;
use countersign_domain::product::StockShown;
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;

use crate::api::Api;
use crate::features::catalog::add::AddToCart;
use crate::features::catalog::model::next_break;
use crate::i18n::{format, goods, labels, local};
use crate::offline::draft::read_quantity;
use crate::queries::offers::{Offer, offer};
use crate::route::Route;
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Badge, Figure, Tone};

/// A product and each of its variants.
#[component]
pub fn ProductRow(
    /// The product; it has been there at least once.
    product: Memo<Option<CatalogProduct>>,
) -> impl IntoView {
    let path = move || {
        product.with(|product| {
            product
                .as_ref()
                .map(|product| Route::Product(product.id).to_path())
        })
    };
    let name = move || product.with(|product| product.as_ref().map(|product| local(&product.name)));
    let brand = move || product.with(|product| product.as_ref().map(|product| local(&product.brand)));
    let picture = Signal::derive(move || {
        product.with(|product| product.as_ref().and_then(|product| product.picture.clone()))
    });
    let variants = move || {
        let ids = |product: &CatalogProduct| {
            product
                .variants
                .iter()
                .map(|variant| variant.id)
                .collect::<Vec<_>>()
        };
        product.with(|product| product.as_ref().map(ids).unwrap_or_default())
    };
    let variant = move |id: VariantId| view! { <VariantRow product=product id=id /> }.into_any();
    view! {
        <li class="product">
            <Picture path=picture />
            <div class="product-name">
                <a href=path>{name}</a>
                <small>{brand}</small>
            </div>
            <div class="variants">
                <For each=variants key=|id| *id children=variant />
            </div>
        </li>
    }
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
fn VariantRow(product: Memo<Option<CatalogProduct>>, id: VariantId) -> impl IntoView {
    let found = Memo::new(move |before: Option<&Option<Offer>>| {
        let found = product.with(|product| product.as_ref().and_then(|product| offer(product, id)));
        found.or_else(|| before.cloned().flatten())
    });
    // The row is made of a variant that is there, so that this shows at once and stays.
    found.get_untracked().map(|first| {
        let offer = Memo::new(move |_| found.get().unwrap_or_else(|| first.clone()));
        let is_only = move || offer.with(|offer| local(&offer.variant.name).is_empty());
        let name = move || (!is_only()).then(|| offer.with(|offer| local(&offer.variant.name)));
        let code = move || offer.with(|offer| offer.variant.sku.clone());
        let pack = move || offer.with(|offer| goods::pack(&offer.variant.unit, &offer.variant.base_unit));
        let typed = first_quantity(offer);
        view! {
            <div class="variant">
                <p class="variant-name">
                    <b>{name}</b>
                    <span class="code">{code}</span>
                    <span>{pack}</span>
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
pub fn first_quantity(offer: Memo<Offer>) -> RwSignal<String> {
    let smallest = offer.with_untracked(|offer| offer.variant.rule.smallest());
    RwSignal::new(smallest.unwrap_or(Quantity::ONE).to_string())
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
    let priced = Memo::new(move |_| offer.with(|offer| resolve(&offer.variant.terms, quantity())));
    let price = move || format::money(priced.with(|price| price.unit), &session.currency());
    let reason = move || priced.with(|price| price.reasons.last().map(labels::price_reason_short));
    let unit = move || offer.with(|offer| text!(catalog.per_unit, unit = local(&offer.variant.unit.name)));
    let hint = move || {
        let found = offer.with(|offer| next_break(&offer.variant.terms, quantity()));
        found.map(|(from, price)| {
            text!(
                catalog.next_break,
                from = format::quantity(from),
                price = format::money(price, &session.currency())
            )
        })
    };
    view! {
        <p class="price-now">
            <Figure text=Signal::derive(price) strong=true />
            " "
            <small>{unit}</small>
            <small class="price-reason">{reason}</small>
            <small class="price-hint">{hint}</small>
        </p>
    }
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
