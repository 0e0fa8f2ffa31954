//! The category tree: beside the list on a desk, one field on a phone.

use std::sync::Arc;

use countersign_contract::buying::ForCustomer;
use countersign_contract::catalog::ListCategories;
use countersign_domain::id::CategoryId;
use countersign_domain::search::Facets;
use leptos::prelude::*;

use crate::features::catalog::model::{Branch, branches, opened};
use crate::i18n::local;
use crate::queries::{self, Remote};
use crate::route::{CatalogFilter, Route, use_navigator};
use crate::text;
use crate::ui::{Choice, SelectField};

/// Chooses a category; the words searched for stay.
#[component]
pub fn Categories(
    /// What the catalog shows.
    filter: Memo<CatalogFilter>,
    /// How many products each would leave; until that is known each says how many it has.
    facets: Memo<Option<Arc<Facets>>>,
    /// What stands below them: on a desk not seen before they are there, so that it never moves.
    children: Children,
) -> impl IntoView {
    let read = queries::read::<ListCategories>(|| Some(((), ForCustomer::default())));
    let is_there = Memo::new(move |_| read.state.with(|state| !matches!(state, Remote::Loading)));
    let all = Memo::new(move |_| {
        read.state.with(|state| {
            state
                .ready()
                .map(|categories| branches(categories))
                .unwrap_or_default()
        })
    });
    let to = move |category: Option<CategoryId>| {
        Route::Catalog(CatalogFilter {
            category,
            ..filter.get()
        })
        .to_path()
    };
    let link = move |id: Option<CategoryId>, name: String, products: Option<u32>| {
        let current = move || (filter.with(|filter| filter.category) == id).then_some("page");
        let count = move || {
            let all = products?;
            facets.with(|facets| match facets {
                Some(facets) => {
                    let found = facets.categories.iter().find(|one| Some(one.id) == id);
                    Some(found.map_or(0, |one| one.products).to_string())
                }
                None => Some(all.to_string()),
            })
        };
        view! {
            <a href=move || to(id) aria-current=current>
                <span>{name}</span>
                <small>{count}</small>
            </a>
        }
    };
    let entry = move |branch: Branch| {
        let depth = branch.depth.min(3).to_string();
        view! { <li data-depth=depth>{move || link(Some(branch.id), local(&branch.name), Some(branch.products))}</li> }
    };
    let shown = move || all.with(|all| opened(all, filter.with(|filter| filter.category)));
    let choices = move || {
        let everything = Choice::new("", text!(catalog.all));
        let choice = |branch: &Branch| {
            let indent = "\u{2003}".repeat(branch.depth.min(3));
            Choice::new(branch.id.to_string(), indent + &local(&branch.name))
        };
        std::iter::once(everything)
            .chain(all.get().iter().map(choice))
            .collect::<Vec<_>>()
    };
    let chosen = move || filter.with(|filter| filter.category.map(|id| id.to_string()).unwrap_or_default());
    let navigator = use_navigator();
    let choose = move |value: String| {
        let category = value.parse().ok();
        navigator.go(&Route::Catalog(CatalogFilter {
            category,
            ..filter.get_untracked()
        }));
    };
    view! {
        <nav class="category-tree" aria-label=move || text!(catalog.categories)>
            <ul>
                <li data-depth="0">{move || link(None, text!(catalog.all), None)}</li>
                <For each=shown key=|branch| branch.id children=entry />
            </ul>
        </nav>
        <div class="category-choice">
            <SelectField
                label=move || text!(catalog.categories)
                options=Signal::derive(choices)
                selected=Signal::derive(chosen)
                on_select=choose
            />
        </div>
        <div class="below-categories" data-waits=move || (!is_there.get()).then_some("true")>{children()}</div>
    }
}
