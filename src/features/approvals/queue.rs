//! The list of a queue: dense, by deadline, live.

use chrono::{DateTime, Utc};
use countersign_contract::order::OrderSummary;
use countersign_contract::page::Page;
use countersign_domain::id::OrderId;
use countersign_domain::money::Currency;
use countersign_domain::workflow::Stage;
use leptos::html;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::approvals::arranged::Arranged;
use crate::features::approvals::batch::{BatchPanel, Picking};
use crate::features::approvals::filters::QueueFilters;
use crate::features::approvals::model::late;
use crate::features::approvals::passing::Passing;
use crate::features::approvals::row::QueueRow;
use crate::i18n::{labels, problems};
use crate::queries::{Read, Remote};
use crate::queue_view::{PageLinks, QueueTools, behind, focus_heading_after};
use crate::route::{QueueFilter, Route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{EmptyState, ErrorState, IconName, Skeleton};

#[derive(Clone, PartialEq)]
enum Shown {
    Loading,
    Failed(ApiError),
    Empty,
    Rows,
}

/// What the list is made of.
#[derive(Clone, Copy)]
pub struct Shelf {
    /// The stage they wait at.
    pub stage: Stage,
    /// The read behind the list.
    pub list: Read<Page<OrderSummary>>,
    /// What is on it, and where.
    pub arranged: Memo<Arranged>,
    /// The open one.
    pub open: Memo<Option<OrderId>>,
    /// Now, as it passes.
    pub now: ReadSignal<DateTime<Utc>>,
    /// The approvals on their way.
    pub passing: Passing,
    /// What is chosen.
    pub picking: Picking,
    /// Which of its orders are shown.
    pub filter: Memo<QueueFilter>,
    /// Shows others.
    pub show: Callback<QueueFilter>,
    /// Sorts the list: what has arrived goes to its place, what is gone leaves none.
    pub sort_in: Callback<()>,
}

/// The orders that wait, the open one marked.
#[component]
pub fn QueueList(
    /// What it is made of.
    shelf: Shelf,
) -> impl IntoView {
    let Shelf {
        stage,
        list,
        arranged,
        open,
        ..
    } = shelf;
    let heading: NodeRef<html::H1> = NodeRef::new();
    focus_heading_after(Signal::derive(move || open.with(Option::is_some)), heading);
    // Nothing waits at all, or nothing of what is asked for.
    let is_all = Memo::new(move |_| shelf.filter.with(|filter| *filter == QueueFilter::default()));
    let currency = StoredValue::new(untrack(|| expect_context::<SessionContext>().currency()));
    let shown = Memo::new(move |_| {
        let is_empty = arranged.with(|arranged| arranged.shown().next().is_none());
        list.state.with(|state| match state {
            Remote::Loading => Shown::Loading,
            Remote::Failed(error) => Shown::Failed(error.clone()),
            Remote::Ready(_) if is_empty => Shown::Empty,
            Remote::Ready(_) => Shown::Rows,
        })
    });
    let body = move || match shown.get() {
        Shown::Loading => view! { <Skeleton label=move || text!(approvals.loading) lines=6 /> }.into_any(),
        Shown::Failed(error) => view! {
            <ErrorState
                message=move || problems::words(&error)
                retry_label=move || text!(approvals.retry)
                on_retry=move || list.retry()
            />
        }
        .into_any(),
        Shown::Empty if is_all.get() => view! {
            <EmptyState
                title=move || text!(approvals.empty)
                hint=move || text!(approvals.empty_hint)
                icon=IconName::Check
            />
        }
        .into_any(),
        Shown::Empty => view! {
            <EmptyState
                title=move || text!(queue_filters.none)
                hint=move || text!(queue_filters.none_hint)
                icon=IconName::Search
            />
        }
        .into_any(),
        Shown::Rows => view! { <Rows shelf=shelf currency=currency /> }.into_any(),
    };
    view! {
        <section class="queue-list" aria-labelledby="queue-title">
            <header class="queue-head">
                <h1 id="queue-title" node_ref=heading tabindex="-1">{move || labels::stage(stage)}</h1>
                <small role="status">{move || lead(shelf)}</small>
            </header>
            <QueueFilters stage=stage filter=shelf.filter show=shelf.show />
            {body}
            <BatchPanel picking=shelf.picking />
        </section>
    }
}

/// How many wait, how many of them are late, how many approvals are on their way.
fn lead(shelf: Shelf) -> String {
    let now = shelf.now.get();
    let (shown, late) = shelf
        .picking
        .orders
        .with(|orders| (orders.len(), late(orders, now)));
    let waiting = shown.saturating_add(behind(shelf.list));
    let mut parts = vec![if late == 0 {
        text!(approvals.waiting, count = waiting)
    } else {
        text!(approvals.waiting_late, count = waiting, late = late)
    }];
    let on_way = shelf.passing.count();
    if on_way > 0 {
        parts.push(text!(approvals.on_way, count = on_way));
    }
    parts.join(" · ")
}

#[component]
fn Rows(shelf: Shelf, currency: StoredValue<Currency>) -> impl IntoView {
    let Shelf {
        arranged, picking, ..
    } = shelf;
    let is_all = Signal::derive(move || {
        let orders = picking.orders.get();
        picking.chosen.with(|chosen| chosen.has_all(&orders))
    });
    let new = Memo::new(move |_| arranged.with(Arranged::new_count));
    let gone = Memo::new(move |_| arranged.with(Arranged::gone_count));
    let rows =
        move || arranged.with(|arranged| arranged.shown().map(|row| row.item.clone()).collect::<Vec<_>>());
    let behind = Memo::new(move |_| behind(shelf.list));
    let next = Memo::new(move |_| {
        shelf
            .list
            .state
            .with(|state| state.ready().and_then(|page| page.next.clone()))
    });
    let row = move |order: OrderSummary| {
        view! { <QueueRow shelf=shelf order=order currency=currency /> }.into_any()
    };
    view! {
        <QueueTools
            has_all=is_all
            on_choose_all=move |()| picking.toggle_all()
            new=new
            gone=gone
            sort_in=shelf.sort_in
        />
        <ul class="queue-rows">
            // An order that changed is another row: its version tells. One that is gone stays the row that it was, with the
            // focus that may be in it.
            <For
                each=rows
                key=|order| (order.id, order.version)
                children=row
            />
        </ul>
        <Show when=move || { behind.get() > 0 && next.with(Option::is_some) }>
            <p class="queue-behind">{move || text!(approvals.behind, count = behind.get())}</p>
        </Show>
        <QueuePages shelf=shelf next=next />
    }
}

/// The way to the next page, and back to the front.
#[component]
fn QueuePages(shelf: Shelf, next: Memo<Option<String>>) -> impl IntoView {
    let path = move |after: String| {
        let filter = shelf.filter.get();
        let route = Route::Queue {
            stage: shelf.stage,
            open: None,
            filter: QueueFilter { after, ..filter },
        };
        route.to_path()
    };
    let is_first = Memo::new(move |_| shelf.filter.with(|filter| filter.after.is_empty()));
    view! {
        <PageLinks
            first=Signal::derive(move || (!is_first.get()).then(|| path(String::new())))
            next=Signal::derive(move || next.get().map(path))
        />
    }
}
