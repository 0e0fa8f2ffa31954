//! The page of everything a customer keeps to order from again: its address says which part is shown.

use countersign_contract::buying::ForCustomer;
use countersign_contract::list::GetUsualList;
use leptos::prelude::*;

use crate::features::lists::model::RowItem;
use crate::features::lists::rows::GoodsRows;
use crate::features::lists::saved::SavedLists;
use crate::i18n::problems;
use crate::layout::use_title;
use crate::queries::favourites::Favourites;
use crate::queries::{self, Read, Remote};
use crate::route::{CatalogFilter, ListsPart, OrdersFilter, Route, use_navigator, use_route};
use crate::text;
use crate::ui::{Choice, EmptyState, ErrorState, IconName, PageHeader, Skeleton, Tabs};

/// Saved lists, favourites, and what is usually bought.
#[component]
pub fn ListsPage() -> impl IntoView {
    use_title(|| text!(lists.title));
    let route = use_route();
    // On the way to another page the address is not this one's any more: then what was shown stays.
    let part = Memo::new(move |before: Option<&ListsPart>| match route.get() {
        Route::Lists(part) => part,
        _ => before.copied().unwrap_or_default(),
    });
    let navigator = use_navigator();
    let options = || {
        let label = |part| match part {
            ListsPart::Saved => text!(lists.saved_lists),
            ListsPart::Favourites => text!(lists.favourites),
            ListsPart::Usual => text!(lists.usual),
        };
        let choice = |part: ListsPart| Choice::new(part.name(), label(part));
        ListsPart::ALL.into_iter().map(choice).collect::<Vec<_>>()
    };
    let body = move || match part.get() {
        ListsPart::Saved => view! { <SavedLists /> }.into_any(),
        ListsPart::Favourites => view! { <FavouriteGoods /> }.into_any(),
        ListsPart::Usual => view! { <UsualGoods /> }.into_any(),
    };
    view! {
        <PageHeader title=move || text!(lists.title) />
        <Tabs
            label=move || text!(lists.title)
            options=Signal::derive(options)
            selected=Signal::derive(move || part.get().name().to_owned())
            on_select=move |name: String| navigator.replace(&Route::Lists(ListsPart::named(&name)))
        >
            {body}
        </Tabs>
    }
}

/// What a part that is read has to show.
#[derive(Clone, PartialEq)]
enum Face {
    Skeleton,
    Error(crate::api::ApiError),
    Empty,
    Rows,
}

fn face_of<T: PartialEq + Send + Sync + 'static>(read: Read<T>, is_empty: fn(&T) -> bool) -> Memo<Face> {
    Memo::new(move |_| {
        read.state.with(|state| match state {
            Remote::Loading => Face::Skeleton,
            Remote::Failed(error) => Face::Error(error.clone()),
            Remote::Ready(value) if is_empty(value) => Face::Empty,
            Remote::Ready(_) => Face::Rows,
        })
    })
}

/// Skeleton or error of a part.
pub(super) fn waiting<T: Send + Sync + 'static>(
    read: Read<T>,
    failed: Option<crate::api::ApiError>,
) -> AnyView {
    match failed {
        None => view! { <Skeleton label=move || text!(lists.loading) lines=6 /> }.into_any(),
        Some(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(lists.retry)
                on_retry=move |()| read.retry()
            />
        }
        .into_any(),
    }
}

#[component]
fn FavouriteGoods() -> impl IntoView {
    let favourites = expect_context::<Favourites>();
    favourites.want();
    let read = favourites.read;
    let face = face_of(read, Vec::is_empty);
    let items = Memo::new(move |_| {
        read.state.with(|state| match state.ready() {
            Some(all) => all.iter().map(RowItem::from).collect::<Vec<_>>(),
            None => Vec::new(),
        })
    });
    move || {
        match face.get() {
        Face::Skeleton => waiting(read, None),
        Face::Error(error) => waiting(read, Some(error)),
        Face::Empty => view! {
            <EmptyState
                title=move || text!(lists.favourites_none)
                hint=move || text!(lists.favourites_none_hint)
                icon=IconName::Star
            >
                <a class="button" data-variant="primary" href=Route::Catalog(CatalogFilter::default()).to_path()>
                    {move || text!(lists.to_catalog)}
                </a>
            </EmptyState>
        }
        .into_any(),
        Face::Rows => view! { <GoodsRows items=items label=Signal::derive(move || text!(lists.favourites)) /> }.into_any(),
    }
    }
}

#[component]
fn UsualGoods() -> impl IntoView {
    let read = queries::read::<GetUsualList>(|| Some(((), ForCustomer::default())));
    let face = face_of(read, |usual| usual.items.is_empty());
    let items = Memo::new(move |_| {
        read.state.with(|state| match state.ready() {
            Some(usual) => usual.items.iter().map(RowItem::from).collect::<Vec<_>>(),
            None => Vec::new(),
        })
    });
    move || {
        match face.get() {
        Face::Skeleton => waiting(read, None),
        Face::Error(error) => waiting(read, Some(error)),
        Face::Empty => view! {
            <EmptyState title=move || text!(lists.usual_none) hint=move || text!(lists.usual_none_hint) icon=IconName::Orders>
                <a class="button" data-variant="primary" href=Route::Orders(OrdersFilter::default()).to_path()>
                    {move || text!(lists.to_orders)}
                </a>
            </EmptyState>
        }
        .into_any(),
        Face::Rows => view! {
            <p class="lists-lead">{move || text!(lists.usual_lead)}</p>
            <GoodsRows
                items=items
                label=Signal::derive(move || text!(lists.usual))
                all_label=Callback::new(|count: usize| text!(lists.add_due, count = count))
            />
        }
        .into_any(),
    }
    }
}
