//! The catalog page: its address says what it shows. Its words are typed into the search of the header.

use std::sync::Arc;

use countersign_contract::catalog::GetProductFacets;
use countersign_domain::search::Facets;
use leptos::prelude::*;

use crate::features::catalog::categories::Categories;
use crate::features::catalog::facets::FacetPanel;
use crate::features::catalog::model::query;
use crate::features::catalog::results::Results;
use crate::layout::use_title;
use crate::queries::promotions::Promotions;
use crate::queries::{self, Remote};
use crate::route::{CatalogFilter, CatalogView, Route, use_navigator, use_route};
use crate::text;
use crate::ui::{Choice, PageHeader, Segmented};

/// Products by category and search, with their quantities to be ordered.
#[component]
pub fn CatalogPage() -> impl IntoView {
    use_title(|| text!(catalog.title));
    provide_context(Promotions::read());
    let route = use_route();
    // On the way to another page the address is no catalog's any more: then what was shown stays.
    let filter = Memo::new(move |before: Option<&CatalogFilter>| match route.get() {
        Route::Catalog(filter) => filter,
        _ => before.cloned().unwrap_or_default(),
    });
    let navigator = use_navigator();
    let asked = Memo::new(move |_| filter.with(CatalogFilter::asked));
    let layout = Memo::new(move |_| filter.with(|filter| filter.view));
    let read = queries::read::<GetProductFacets>(move || Some(((), asked.with(query))));
    let facets = Memo::new(
        move |before: Option<&Option<Arc<Facets>>>| match read.state.get() {
            Remote::Ready(facets) => Some(facets),
            // What is there counts on until the next is; without any the list does as well.
            Remote::Loading => before.cloned().flatten(),
            Remote::Failed(_) => None,
        },
    );
    let views = move || {
        let name = |view: CatalogView| match view {
            CatalogView::List => text!(catalog_facets.view_list),
            CatalogView::Grid => text!(catalog_facets.view_grid),
            CatalogView::Sheet => text!(catalog_facets.view_sheet),
        };
        CatalogView::ALL
            .into_iter()
            .map(|view| Choice::new(view.name(), name(view)))
            .collect::<Vec<_>>()
    };
    let choose_view = move |name: String| {
        navigator.replace(&Route::Catalog(CatalogFilter {
            view: CatalogView::named(&name),
            ..filter.get_untracked()
        }));
    };
    view! {
        <PageHeader title=move || text!(catalog.title)>
            <Segmented
                label=move || text!(catalog_facets.view)
                options=Signal::derive(views)
                selected=Signal::derive(move || layout.get().name().to_owned())
                on_select=choose_view
            />
        </PageHeader>
        <div class="catalog">
            <div class="catalog-side">
                <Categories filter=filter facets=facets>
                    <FacetPanel filter=filter facets=facets />
                </Categories>
            </div>
            <section class="catalog-list" aria-label=move || text!(catalog.title)>
                <Results filter=asked layout=layout />
            </section>
        </div>
    }
}
