//! The page of one product: what it is, what it costs and why, and what can be ordered of it.

use countersign_contract::ProblemKind;
use countersign_contract::buying::ForCustomer;
use countersign_contract::catalog::{CatalogProduct, GetProduct};
use countersign_domain::id::{ProductId, VariantId};
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::catalog::matrix::MatrixCard;
use crate::features::catalog::matrix_model::Matrix;
use crate::features::catalog::model::breaks;
use crate::features::catalog::row::{PriceNow, Stock, first_quantity};
use crate::features::catalog::zoom::ZoomPicture;
use crate::goods_view::{AddToCart, StarButton};
use crate::i18n::{format, goods, labels, local, problems};
use crate::layout::use_title;
use crate::offline::draft::read_quantity;
use crate::queries::offers::{Offer, offer};
use crate::queries::promotions::Promotions;
use crate::queries::{self, Remote};
use crate::route::{CatalogFilter, Route, use_route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{
    Align, Card, Cell, Column, Crumb, DataTable, EmptyState, ErrorState, Figure, KeyValue, KeyValues,
};
use crate::ui::{PageHeader, Row, Skeleton};

/// A product.
#[component]
pub fn ProductPage() -> impl IntoView {
    provide_context(Promotions::read());
    let route = use_route();
    let id = Memo::new(move |before: Option<&Option<ProductId>>| match route.get() {
        Route::Product(id) => Some(id),
        _ => before.copied().flatten(),
    });
    let read = queries::read::<GetProduct>(move || id.get().map(|id| (id, ForCustomer::default())));
    let product = Memo::new(move |_| {
        read.state
            .with(|state| state.ready().map(|product| product.as_ref().clone()))
    });
    use_title(move || {
        let name = product.with(|product| product.as_ref().map(|product| local(&product.name)));
        name.unwrap_or_else(|| text!(catalog.title))
    });
    let face = Memo::new(move |_| match read.state.get() {
        Remote::Loading => Face::Skeleton,
        Remote::Failed(error) if matches!(error.kind(), Some(ProblemKind::NotFound)) => Face::Gone,
        Remote::Failed(error) => Face::Error(error),
        Remote::Ready(product) => Face::Product(product.id),
    });
    move || {
        match face.get() {
        Face::Skeleton => view! { <Skeleton label=move || text!(catalog.product_loading) lines=8 /> }.into_any(),
        Face::Gone => view! {
            <EmptyState title=move || text!(catalog.gone) hint=move || text!(catalog.gone_lead)>
                <a class="button" data-variant="primary" href=Route::Catalog(CatalogFilter::default()).to_path()>
                    {move || text!(catalog.back)}
                </a>
            </EmptyState>
        }
        .into_any(),
        Face::Error(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(catalog.retry)
                on_retry=move |()| read.retry()
            />
        }
        .into_any(),
        Face::Product(_) => view! { <Product product=product /> }.into_any(),
    }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    Skeleton,
    Gone,
    Error(ApiError),
    Product(ProductId),
}

#[component]
fn Product(product: Memo<Option<CatalogProduct>>) -> impl IntoView {
    let of = move |part: fn(&CatalogProduct) -> String| {
        move || product.with(|product| product.as_ref().map(part).unwrap_or_default())
    };
    let picture = Signal::derive(move || {
        product.with(|product| product.as_ref().and_then(|product| product.picture.clone()))
    });
    let crumbs = || {
        let href = Route::Catalog(CatalogFilter::default()).to_path();
        vec![Crumb {
            label: text!(catalog.title),
            href,
        }]
    };
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
    let variant = move |id: VariantId| {
        let first = product.with_untracked(|product| product.as_ref().and_then(|product| offer(product, id)));
        first.map(|first| {
            let offer = Memo::new(move |_| {
                let found = product.with(|product| product.as_ref().and_then(|product| offer(product, id)));
                found.unwrap_or_else(|| first.clone())
            });
            view! { <VariantCard offer=offer /> }.into_any()
        })
    };
    let matrix = Memo::new(move |_| {
        product.with(|product| {
            let variants = product.iter().flat_map(|product| &product.variants);
            Matrix::of(variants.map(|variant| (variant.id, &variant.name)))
        })
    });
    let table = move || {
        matrix
            .get()
            .map(|matrix| view! { <MatrixCard product=product matrix=matrix /> }.into_any())
    };
    view! {
        <PageHeader
            title=Signal::derive(of(|product| local(&product.name)))
            lead=Signal::derive(of(|product| local(&product.brand)))
            crumbs=Signal::derive(crumbs)
            crumbs_label=move || text!(catalog.back)
        />
        <div class="product-page">
            <div class="product-about">
                <ZoomPicture path=picture name=Signal::derive(of(|product| local(&product.name))) />
                <p>{of(|product| local(&product.description))}</p>
                <p class="tags">{of(|product| product.tags.iter().map(local).collect::<Vec<_>>().join(" · "))}</p>
            </div>
            <div class="product-variants">
                {table}
                <For each=variants key=|id| *id children=variant />
            </div>
        </div>
    }
}

#[component]
fn VariantCard(offer: Memo<Offer>) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let typed = RwSignal::new(first_quantity(offer));
    let variant_id = offer.with_untracked(|offer| offer.variant.id);
    let quantity = move || read_quantity(&typed.get()).unwrap_or(Quantity::ONE);
    let money = move |amount| format::money(amount, &session.currency());
    let promotions = Promotions::of_page();
    let reasons = move || {
        let reasons = offer.with(|offer| promotions.price(offer, quantity()).reasons);
        let words = |reason| view! { <li>{labels::price_reason(&reason, &session.currency())}</li> };
        reasons.into_iter().map(words).collect_view()
    };
    let amount = move || {
        let quantity = quantity();
        let amount = offer.with(|offer| {
            let price = promotions.price(offer, quantity).unit;
            session
                .currency()
                .line_amount(price, quantity, Default::default())
        });
        amount.map(money).unwrap_or_default()
    };
    let for_quantity = move || {
        offer.with(|offer| {
            text!(
                catalog.for_quantity,
                quantity = format::quantity_of(quantity(), &offer.variant.unit)
            )
        })
    };
    let rules = move || {
        offer
            .with(|offer| goods::rule(&offer.variant.rule, &offer.variant.unit))
            .join(" · ")
    };
    let steps = move || {
        let breaks = offer.with(|offer| breaks(&offer.variant.terms));
        (!breaks.is_empty()).then(|| view! { <Breaks offer=offer breaks=breaks /> })
    };
    let barcode = move || {
        offer
            .with(|offer| offer.variant.barcode.clone())
            .unwrap_or_else(|| "—".to_owned())
    };
    view! {
        <Card title=Signal::derive(move || offer.with(|offer| local(&offer.item.name)))>
            <div class="variant-order">
                <PriceNow offer=offer typed=typed />
                <AddToCart offer=offer typed=typed is_main=true />
                <p class="variant-amount">
                    <small>{for_quantity}</small>
                    " "
                    <Figure text=Signal::derive(amount) strong=true />
                </p>
            </div>
            <h3>{move || text!(catalog.why)}</h3>
            <ul class="reasons">{reasons}</ul>
            {steps}
            <KeyValues>
                <KeyValue label=move || text!(catalog.unit)>
                    {move || offer.with(|offer| goods::pack(&offer.variant.unit, &offer.variant.base_unit))}
                </KeyValue>
                <KeyValue label=move || text!(catalog.rule)>{rules}</KeyValue>
                <KeyValue label=move || text!(catalog.stock)><Stock offer=offer /></KeyValue>
                <KeyValue label=move || text!(lists.favourite)>
                    <StarButton
                        variant_id=variant_id
                        name=Signal::derive(move || offer.with(|offer| local(&offer.item.name)))
                    />
                </KeyValue>
                <KeyValue label=move || text!(catalog.code)>
                    <span class="code">{move || offer.with(|offer| offer.variant.sku.clone())}</span>
                </KeyValue>
                <KeyValue label=move || text!(catalog.barcode)><span class="code">{barcode}</span></KeyValue>
            </KeyValues>
        </Card>
    }
}

#[component]
fn Breaks(offer: Memo<Offer>, breaks: Vec<(Quantity, countersign_domain::money::Money)>) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let unit = move || offer.with(|offer| local(&offer.variant.unit.name));
    let columns = move || {
        vec![
            Column::words(text!(catalog.break_from)),
            Column::figures(text!(catalog.break_price, unit = unit())),
        ]
    };
    let row = |(from, price)| {
        let from = Signal::derive(move || offer.with(|offer| format::quantity_of(from, &offer.variant.unit)));
        let price = Signal::derive(move || format::money(price, &session.currency()));
        view! {
            <Row>
                <Cell><Figure text=from /></Cell>
                <Cell label=move || text!(catalog.price) align=Align::End><Figure text=price /></Cell>
            </Row>
        }
        .into_any()
    };
    let rows = breaks.into_iter().map(row).collect_view();
    view! {
        <h3>{move || text!(catalog.breaks)}</h3>
        <DataTable caption=move || text!(catalog.breaks) columns=Signal::derive(columns)>{rows}</DataTable>
    }
}
