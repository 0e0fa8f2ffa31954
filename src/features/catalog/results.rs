//! The list of products, page after page.

use std::sync::Arc;

use countersign_contract::Page;
use countersign_contract::catalog::{CatalogProduct, ListProducts};
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::catalog::model::query;
use crate::features::catalog::row::ProductRow;
use crate::i18n::problems;
use crate::queries::{self, Remote};
use crate::route::{CatalogFilter, Route};
use crate::text;
use crate::ui::{EmptyState, ErrorState, LoadMore, Skeleton};

/// The pages asked for so far, and of what: another filter begins with its first page again.
type Asked = RwSignal<(CatalogFilter, Vec<String>)>;

/// What a page of the list shows. The products found before stay until those searched for are there.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    Loading,
    Failed(ApiError),
    Ready {
        page: Arc<Page<CatalogProduct>>,
        is_old: bool,
    },
}

/// The products that `filter` asks for.
#[component]
pub fn Results(
    /// What to show.
    filter: Memo<CatalogFilter>,
) -> impl IntoView {
    let asked: Asked = RwSignal::new((filter.get_untracked(), Vec::new()));
    let cursors = move || {
        let filter = filter.get();
        let further = asked.with(|(of, cursors)| {
            if *of == filter {
                cursors.clone()
            } else {
                Vec::new()
            }
        });
        std::iter::once(None)
            .chain(further.into_iter().map(Some))
            .collect::<Vec<_>>()
    };
    let part =
        move |after: Option<String>| view! { <Part filter=filter after=after asked=asked /> }.into_any();
    view! { <For each=cursors key=Option::clone children=part /> }
}

#[component]
fn Part(filter: Memo<CatalogFilter>, after: Option<String>, asked: Asked) -> impl IntoView {
    let is_first = after.is_none();
    let read = queries::read::<ListProducts>(move || Some(((), query(&filter.get(), after.as_deref()))));
    let shown = Memo::new(move |before: Option<&Shown>| match (read.state.get(), before) {
        (Remote::Ready(page), _) => Shown::Ready { page, is_old: false },
        (Remote::Failed(error), _) => Shown::Failed(error),
        (Remote::Loading, Some(Shown::Ready { page, .. })) => Shown::Ready {
            page: Arc::clone(page),
            is_old: true,
        },
        (Remote::Loading, _) => Shown::Loading,
    });
    let page = Memo::new(move |_| match shown.get() {
        Shown::Ready { page, .. } => Some(page),
        Shown::Loading | Shown::Failed(_) => None,
    });
    let count = move || {
        page.get()
            .and_then(|page| page.total)
            .map(|count| text!(catalog.found, count = count))
    };
    let is_old = move || matches!(shown.get(), Shown::Ready { is_old: true, .. });
    let next = Memo::new(move |_| {
        let next = page.get()?.next.clone()?;
        let was_asked_for = asked.with(|(of, cursors)| *of == filter.get() && cursors.contains(&next));
        (!was_asked_for).then_some(next)
    });
    let more = move |()| {
        let (now, next) = (filter.get_untracked(), next.get_untracked());
        asked.update(|(of, cursors)| {
            if *of != now {
                cursors.clear();
                *of = now;
            }
            cursors.extend(next);
        });
    };
    let ids = move || {
        page.get()
            .map(|page| page.items.iter().map(|product| product.id).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    let row = move |id| {
        let product = Memo::new(move |before: Option<&Option<CatalogProduct>>| {
            let found = page
                .get()
                .and_then(|page| page.items.iter().find(|product| product.id == id).cloned());
            // Its row goes away in the same moment; until then it shows what it showed.
            found.or_else(|| before.cloned().flatten())
        });
        view! { <ProductRow product=product /> }.into_any()
    };
    // Which face is shown changes seldom; the rows change within it.
    let face = Memo::new(move |_| match shown.get() {
        Shown::Loading => Face::Skeleton,
        Shown::Failed(error) => Face::Error(error),
        Shown::Ready { page, .. } if page.items.is_empty() => Face::Empty,
        Shown::Ready { .. } => Face::Rows,
    });
    let body = move || {
        match face.get() {
        Face::Skeleton if is_first => {
            view! { <Skeleton label=move || text!(catalog.loading) lines=12 /> }.into_any()
        }
        Face::Skeleton => view! { <Skeleton label=move || text!(catalog.more_loading) lines=3 /> }.into_any(),
        Face::Error(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(catalog.retry)
                on_retry=move |()| read.retry()
            />
        }
        .into_any(),
        Face::Empty => view! {
            <EmptyState
                title=move || text!(catalog.empty)
                hint=move || text!(catalog.empty_lead)
            >
                <a class="button" data-variant="secondary" href=Route::Catalog(CatalogFilter::default()).to_path()>
                    {move || text!(catalog.show_all)}
                </a>
            </EmptyState>
        }
        .into_any(),
        Face::Rows => view! {
            <ul class="products" aria-busy=move || is_old().then_some("true")>
                <For each=ids key=|id| *id children=row />
            </ul>
        }
        .into_any(),
    }
    };
    view! {
        {is_first.then(|| view! { <p class="found" role="status">{count}</p> })}
        {body}
        <LoadMore
            label=move || text!(catalog.more)
            more=Signal::derive(move || next.with(Option::is_some))
            on_more=more
        />
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    Skeleton,
    Error(ApiError),
    Empty,
    Rows,
}
