//! The products that were found: as many as there are, of which the page has what is in sight.

use std::ops::Range;

use countersign_contract::catalog::CatalogProduct;
use countersign_domain::id::ProductId;
use countersign_domain::search::Words;
use leptos::prelude::*;

use crate::features::catalog::model::query;
use crate::features::catalog::row::ProductRow;
use crate::features::catalog::sheet::SheetRows;
use crate::features::catalog::typed::Typed;
use crate::i18n::problems;
use crate::queries::draft::Cart;
use crate::queries::goods::{Found, Goods};
use crate::route::{CatalogFilter, CatalogView, Places, Route, use_route};
use crate::text;
use crate::ui::{EmptyState, ErrorState, Skeleton, WindowPlace, Windowed};

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum RowKey {
    /// A product, as it is laid out. Rows that hold what was typed are made anew when the cart was changed elsewhere.
    Product(ProductId, CatalogView, u32),
    /// One that is asked for.
    Asked(usize),
}

/// What is shown: changes seldom, as rows change within it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    Skeleton,
    Failed,
    Empty,
    Rows,
}

/// The products that `filter` asks for.
#[component]
pub fn Results(
    /// What to show.
    filter: Memo<CatalogFilter>,
    /// How to lay it out.
    layout: Memo<CatalogView>,
) -> impl IntoView {
    provide_context(Typed::default());
    let goods = Goods::find(Memo::new(move |_| filter.with(query)));
    let found = goods.found;
    let count = Memo::new(move |_| match found.get() {
        Found::Ready { count, .. } => count,
        Found::Asking | Found::Failed(_) => 0,
    });
    let face = Memo::new(move |_| match found.get() {
        Found::Asking => Face::Skeleton,
        Found::Failed(_) => Face::Failed,
        Found::Ready { count: 0, .. } => Face::Empty,
        Found::Ready { .. } => Face::Rows,
    });
    let said = move || match found.get() {
        Found::Ready { count, .. } => text!(catalog.found, count = count),
        Found::Asking | Found::Failed(_) => String::new(),
    };
    let is_missing = Memo::new(move |_| goods.missing.with(Option::is_some));
    let trouble = move || {
        is_missing.get().then(|| {
            let words = move || {
                goods
                    .missing
                    .with(|error| error.as_ref().map(problems::words).unwrap_or_default())
            };
            view! {
                <ErrorState
                    message=Signal::derive(words)
                    retry_label=move || text!(catalog.retry)
                    on_retry=move |()| goods.retry()
                />
            }
        })
    };
    let body = move || {
        match face.get() {
            Face::Skeleton => view! { <Skeleton label=move || text!(catalog.loading) lines=12 /> }.into_any(),
            Face::Failed => ().into_any(),
            Face::Empty => view! {
                <EmptyState title=move || text!(catalog.empty) hint=move || text!(catalog.empty_lead)>
                    <a class="button" data-variant="secondary" href=Route::Catalog(CatalogFilter::default()).to_path()>
                        {move || text!(catalog.show_all)}
                    </a>
                </EmptyState>
            }
            .into_any(),
            Face::Rows => view! { <Rows goods=goods count=count filter=filter layout=layout /> }.into_any(),
        }
    };
    view! {
        <p class="found" role="status">{said}</p>
        {trouble}
        {body}
    }
}

#[component]
fn Rows(
    goods: Goods,
    count: Memo<usize>,
    filter: Memo<CatalogFilter>,
    layout: Memo<CatalogView>,
) -> impl IntoView {
    let cart = expect_context::<Cart>();
    let places = expect_context::<Places<WindowPlace>>();
    let words = Memo::new(move |_| filter.with(|filter| Words::of(&filter.q)));
    let generation = Memo::new(move |_| match layout.get() {
        CatalogView::Sheet => cart.generation(),
        CatalogView::List | CatalogView::Grid => 0,
    });
    let key = move |number: usize| match goods.id(number) {
        Some(id) => RowKey::Product(id, layout.get(), generation.get()),
        None => RowKey::Asked(number),
    };
    let row = move |key: RowKey, number: Signal<usize>| match key {
        RowKey::Asked(_) => {
            view! { <span class="row-asked">{move || text!(catalog.more_loading)}</span> }.into_any()
        }
        RowKey::Product(id, view, _) => {
            let product = Memo::new(move |before: Option<&Option<CatalogProduct>>| {
                let found = goods.nth(number.get()).filter(|product| product.id == id);
                // Its row goes away in the same moment; until then it shows what it showed.
                found.or_else(|| before.cloned().flatten())
            });
            match view {
                CatalogView::Sheet => view! { <SheetRows product=product words=words /> }.into_any(),
                CatalogView::List | CatalogView::Grid => {
                    view! { <ProductRow product=product words=words view=view /> }.into_any()
                }
            }
        }
    };
    let row_class = move || match layout.get() {
        CatalogView::Sheet => "sheet-product",
        CatalogView::List | CatalogView::Grid => "product",
    };
    let expected = move || match layout.get() {
        CatalogView::List => 96,
        CatalogView::Grid => 340,
        CatalogView::Sheet => 62,
    };
    let is_old = move || matches!(goods.found.get(), Found::Ready { is_old: true, .. });
    let here = use_route();
    let address = move || {
        // On the way to another page this one is still there for a moment.
        let route = here.get_untracked();
        matches!(route, Route::Catalog(_)).then_some(route)
    };
    let remember = move |place: WindowPlace| {
        if let Some(route) = address() {
            places.leave(&route, place);
        }
    };
    let begin = move |()| places.come(&address()?);
    let look = move |rows: Range<usize>| goods.look_at(rows);
    view! {
        <Windowed
            label=move || text!(catalog.title)
            count=count
            expected=Signal::derive(expected)
            key=key
            row=row
            class="products"
            row_class=Signal::derive(row_class)
            layout=Signal::derive(move || layout.get().name())
            busy=Signal::derive(is_old)
            on_sight=look
            on_place=remember
            begin=begin
        />
    }
}
