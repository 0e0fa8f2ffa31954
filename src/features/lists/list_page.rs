//! The page of a saved list.

use std::sync::Arc;

use countersign_contract::ProblemKind;
use countersign_contract::buying::ForCustomer;
use countersign_contract::list::{GetList, SavedList};
use countersign_domain::id::ListId;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::lists::edit::EditList;
use crate::features::lists::model::RowItem;
use crate::features::lists::page::waiting;
use crate::features::lists::rows::GoodsRows;
use crate::goods_view::offline_reason;
use crate::layout::use_title;
use crate::queries::{self, Remote};
use crate::route::{ListsPart, Route, use_navigator};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Button, Crumb, EmptyState, IconName, PageHeader};

#[derive(Clone, PartialEq)]
enum Face {
    Skeleton,
    Gone,
    Error(ApiError),
    List,
}

/// A saved list: to order from, or to change.
#[component]
pub fn ListPage(
    /// Which.
    id: ListId,
) -> impl IntoView {
    let read = queries::read::<GetList>(move || Some((id, ForCustomer::default())));
    let list = Memo::new(move |before: Option<&Option<Arc<SavedList>>>| {
        let now = read.state.with(|state| state.ready().cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let name = move || {
        let name = list.with(|list| list.as_ref().map(|list| list.name.clone()));
        name.unwrap_or_else(|| text!(lists.list))
    };
    use_title(name);
    let face = Memo::new(move |_| {
        read.state.with(|state| match state {
            Remote::Loading => Face::Skeleton,
            Remote::Failed(error) if matches!(error.kind(), Some(ProblemKind::NotFound)) => Face::Gone,
            Remote::Failed(error) => Face::Error(error.clone()),
            Remote::Ready(_) => Face::List,
        })
    });
    let edits = RwSignal::new(false);
    let crumbs = || {
        vec![Crumb {
            label: text!(lists.title),
            href: Route::Lists(ListsPart::default()).to_path(),
        }]
    };
    let done = Callback::new(move |()| edits.set(false));
    let navigator = use_navigator();
    let removed = Callback::new(move |()| navigator.go(&Route::Lists(ListsPart::default())));
    let body = move || {
        match (face.get(), edits.get()) {
        (Face::Skeleton, _) => waiting(read, None),
        (Face::Error(error), _) => waiting(read, Some(error)),
        (Face::Gone, _) => view! {
            <EmptyState title=move || text!(lists.list_gone) hint=move || text!(lists.list_gone_hint) icon=IconName::Orders>
                <a class="button" data-variant="primary" href=Route::Lists(ListsPart::default()).to_path()>
                    {move || text!(lists.to_lists)}
                </a>
            </EmptyState>
        }
        .into_any(),
        (Face::List, true) => view! { <EditList list=list done=done removed=removed /> }.into_any(),
        (Face::List, false) => view! { <Items list=list /> }.into_any(),
    }
    };
    let is_own = untrack(|| expect_context::<SessionContext>().is_distributor());
    let tools = move || {
        (face.get() == Face::List && !edits.get()).then(|| {
            view! {
                <a class="button" data-variant="secondary" href=Route::ListAgain(id).to_path()>
                    {move || text!(lists.order_now)}
                </a>
                // Only the customer changes what it keeps.
                {is_own.then(|| view! {
                    <Button label=move || text!(lists.edit) refused=offline_reason() on_press=move |()| edits.set(true) />
                })}
            }
        })
    };
    view! {
        <PageHeader
            title=name
            crumbs=Signal::derive(crumbs)
            crumbs_label=move || text!(lists.to_lists)
        >
            {tools}
        </PageHeader>
        {body}
    }
}

#[component]
fn Items(list: Memo<Option<Arc<SavedList>>>) -> impl IntoView {
    let items = Memo::new(move |_| {
        let rows = |list: &Arc<SavedList>| list.items.iter().map(RowItem::from).collect::<Vec<_>>();
        list.with(|list| list.as_ref().map(rows)).unwrap_or_default()
    });
    let is_empty = Memo::new(move |_| items.with(Vec::is_empty));
    move || {
        if is_empty.get() {
            view! { <EmptyState title=move || text!(lists.list_empty) icon=IconName::Orders /> }.into_any()
        } else {
            view! {
                <GoodsRows
                    items=items
                    label=Signal::derive(move || text!(lists.list))
                    all_label=Callback::new(|count: usize| text!(lists.add_all, count = count))
                />
            }
            .into_any()
        }
    }
}
