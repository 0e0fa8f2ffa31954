//! The catalog page: its address says what it shows. Its words are typed into the search of the header.

use leptos::prelude::*;

use crate::features::catalog::categories::Categories;
use crate::features::catalog::results::Results;
use crate::layout::use_title;
use crate::route::{CatalogFilter, Route, use_navigator, use_route};
use crate::text;
use crate::ui::{Checkbox, PageHeader};

/// Products by category and search, with their quantities to be ordered.
#[component]
pub fn CatalogPage() -> impl IntoView {
    use_title(|| text!(catalog.title));
    let route = use_route();
    // On the way to another page the address is no catalog's any more: then what was shown stays.
    let filter = Memo::new(move |before: Option<&CatalogFilter>| match route.get() {
        Route::Catalog(filter) => filter,
        _ => before.cloned().unwrap_or_default(),
    });
    let navigator = use_navigator();
    let choose_in_stock = move |in_stock: bool| {
        navigator.replace(&Route::Catalog(CatalogFilter {
            in_stock,
            ..filter.get_untracked()
        }));
    };
    view! {
        <PageHeader title=move || text!(catalog.title)>
            <Checkbox
                label=move || text!(catalog.in_stock)
                checked=Signal::derive(move || filter.with(|filter| filter.in_stock))
                on_change=choose_in_stock
            />
        </PageHeader>
        <div class="catalog">
            <Categories filter=filter />
            <section class="catalog-list" aria-label=move || text!(catalog.title)>
                <Results filter=filter />
            </section>
        </div>
    }
}
