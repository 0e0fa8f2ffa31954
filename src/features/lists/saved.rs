//! The saved lists by name.

use countersign_contract::buying::ForCustomer;
use countersign_contract::list::{ListLists, ListSummary};
use leptos::prelude::*;

use crate::features::lists::page::waiting;
use crate::i18n::format;
use crate::queries::{self, Remote};
use crate::route::{CatalogFilter, Route};
use crate::text;
use crate::ui::{EmptyState, IconName};

/// All of them, each a way to its page.
#[component]
pub fn SavedLists() -> impl IntoView {
    let read = queries::read::<ListLists>(|| Some(((), ForCustomer::default())));
    let lists = Memo::new(move |_| {
        let all = read.state.with(|state| state.ready().map(|all| all.to_vec()));
        all.unwrap_or_default()
    });
    let face = Memo::new(move |_| {
        read.state.with(|state| match state {
            Remote::Loading => Err(None),
            Remote::Failed(error) => Err(Some(error.clone())),
            Remote::Ready(all) => Ok(all.is_empty()),
        })
    });
    move || {
        match face.get() {
        Err(failed) => waiting(read, failed),
        Ok(true) => view! {
            <EmptyState
                title=move || text!(lists.saved_none)
                hint=move || text!(lists.saved_none_hint)
                icon=IconName::Orders
            >
                <a class="button" data-variant="primary" href=Route::Catalog(CatalogFilter::default()).to_path()>
                    {move || text!(lists.to_catalog)}
                </a>
            </EmptyState>
        }
        .into_any(),
        Ok(false) => view! {
            <ul class="lists-saved" aria-label=move || text!(lists.saved_lists)>
                <For each=move || lists.get() key=|list| (list.id, list.version) children=row />
            </ul>
        }
        .into_any(),
    }
    }
}

fn row(list: ListSummary) -> AnyView {
    let ListSummary {
        id,
        name,
        items,
        updated_at,
        ..
    } = list;
    let about = move || {
        [
            text!(lists.items, count = items),
            text!(lists.changed, when = format::moment(updated_at)),
        ]
        .join(" · ")
    };
    view! {
        <li>
            <a class="lists-name" href=Route::List(id).to_path()>{name}</a>
            <small>{about}</small>
            <a class="button" data-variant="secondary" href=Route::ListAgain(id).to_path()>
                {move || text!(lists.order_now)}
            </a>
        </li>
    }
    .into_any()
}
