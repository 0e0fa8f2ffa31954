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
use crate::route::{QueueFilter, Route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Button, Checkbox, EmptyState, ErrorState, IconName, Skeleton, Variant};

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
    // Where nothing is open any more, the focus that was in the order comes back to the list.
    Effect::new(move |before: Option<bool>| {
        let is_open = open.with(Option::is_some);
        if let (Some(true), false, Some(heading)) = (before, is_open, heading.get_untracked()) {
            // Fails only for a heading that is no longer in the page.
            let _ = heading.focus();
        }
        is_open
    });
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
    let waiting = shown.saturating_add(behind(shelf));
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

/// How many wait behind those that the list has room for.
fn behind(shelf: Shelf) -> usize {
    shelf.list.state.with(|state| {
        let page = state.ready();
        let all = page.and_then(|page| usize::try_from(page.total?).ok());
        let here = page.map_or(0, |page| page.items.len());
        all.unwrap_or(here).saturating_sub(here)
    })
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
    let sort = move || {
        if new.get() > 0 {
            text!(approvals.arrived, count = new.get())
        } else {
            text!(approvals.tidy, count = gone.get())
        }
    };
    let rows =
        move || arranged.with(|arranged| arranged.shown().map(|row| row.item.clone()).collect::<Vec<_>>());
    let behind = Memo::new(move |_| behind(shelf));
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
        // Always as high, whatever is on it: what arrives moves nothing.
        <div class="queue-tools">
            <Checkbox
                label=move || text!(batch.choose_all)
                checked=is_all
                on_change=move |_: bool| picking.toggle_all()
            />
            <span role="status">
                <Show when=move || { new.get() > 0 || gone.get() > 0 }>
                    <Button
                        label=sort
                        variant=Variant::Quiet
                        on_press=shelf.sort_in
                    />
                </Show>
            </span>
        </div>
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

/// The way to the next page of a queue that is longer than one, and back to its front.
#[component]
fn QueuePages(shelf: Shelf, next: Memo<Option<String>>) -> impl IntoView {
    let path = move |after: String| {
        Route::Queue {
            stage: shelf.stage,
            open: None,
            filter: QueueFilter {
                after,
                ..shelf.filter.get()
            },
        }
        .to_path()
    };
    let is_first = Memo::new(move |_| shelf.filter.with(|filter| filter.after.is_empty()));
    let on = move || {
        next.get().map(|after| {
            let href = path(after);
            view! { <a href=href>{move || text!(queue_filters.next_page)}</a> }
        })
    };
    let back = move || {
        (!is_first.get()).then(|| {
            let href = path(String::new());
            view! { <a href=href>{move || text!(queue_filters.first_page)}</a> }
        })
    };
    view! {
        <Show when=move || !is_first.get() || next.with(Option::is_some)>
            <nav class="queue-pages" aria-label=move || text!(queue_filters.pages)>{back} {on}</nav>
        </Show>
    }
}
