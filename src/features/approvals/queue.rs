//! The list of a queue: dense, by deadline, live.

use chrono::{DateTime, Utc};
use countersign_contract::order::OrderSummary;
use countersign_contract::page::Page;
use countersign_domain::id::OrderId;
use countersign_domain::money::Currency;
use countersign_domain::order::Priority;
use countersign_domain::workflow::Stage;
use leptos::html;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::approvals::model::late;
use crate::i18n::{format, labels, local, problems};
use crate::order_view::{DeadlineChip, summary_urgency};
use crate::queries::{Read, Remote};
use crate::route::Route;
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

/// The orders that wait, the open one marked.
#[component]
pub fn QueueList(
    /// The stage they wait at.
    stage: Stage,
    /// The read behind the list.
    list: Read<Page<OrderSummary>>,
    /// What is on it.
    orders: Memo<Vec<OrderSummary>>,
    /// The open one.
    open: Memo<Option<OrderId>>,
    /// Now, as it passes.
    now: ReadSignal<DateTime<Utc>>,
) -> impl IntoView {
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
    let currency = StoredValue::new(untrack(|| expect_context::<SessionContext>().currency()));
    let shown = Memo::new(move |_| {
        list.state.with(|state| match state {
            Remote::Loading => Shown::Loading,
            Remote::Failed(error) => Shown::Failed(error.clone()),
            Remote::Ready(page) if page.items.is_empty() => Shown::Empty,
            Remote::Ready(_) => Shown::Rows,
        })
    });
    let lead = move || {
        let (shown, late) = orders.with(|orders| (orders.len(), late(orders, now.get())));
        let waiting = list.state.with(|state| state.ready().and_then(|page| page.total));
        let waiting = waiting.unwrap_or_else(|| u64::try_from(shown).unwrap_or(u64::MAX));
        if late == 0 {
            text!(approvals.waiting, count = waiting)
        } else {
            text!(approvals.waiting_late, count = waiting, late = late)
        }
    };
    let row = move |order: OrderSummary| {
        view! { <QueueRow stage=stage order=order open=open now=now currency=currency /> }.into_any()
    };
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
        Shown::Empty => view! {
            <EmptyState
                title=move || text!(approvals.empty)
                hint=move || text!(approvals.empty_hint)
                icon=IconName::Check
            />
        }
        .into_any(),
        Shown::Rows => view! {
            <ul class="queue-rows">
                // An order that changed is another row: its version tells.
                <For each=move || orders.get() key=|order| (order.id, order.version) children=row />
            </ul>
        }
        .into_any(),
    };
    view! {
        <section class="queue-list" aria-labelledby="queue-title">
            <header class="queue-head">
                <h1 id="queue-title" node_ref=heading tabindex="-1">{move || labels::stage(stage)}</h1>
                <small role="status">{lead}</small>
            </header>
            {body}
        </section>
    }
}

#[component]
fn QueueRow(
    stage: Stage,
    order: OrderSummary,
    open: Memo<Option<OrderId>>,
    now: ReadSignal<DateTime<Utc>>,
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let id = order.id;
    let order = StoredValue::new(order);
    let href = Route::Queue {
        stage,
        open: Some(id),
    }
    .to_path();
    let name = move || order.with_value(|order| local(&order.customer.name));
    let total = move || {
        currency.with_value(|currency| order.with_value(|order| format::money(order.total, currency)))
    };
    let lead = move || {
        order.with_value(|order| {
            let mut parts = vec![
                order.number.clone(),
                text!(approvals.lines, count = order.line_count),
            ];
            if order.priority != Priority::Normal {
                parts.push(labels::priority(order.priority));
            }
            parts.join(" · ")
        })
    };
    let deadline = Signal::derive(move || order.with_value(|order| summary_urgency(order, now.get())));
    view! {
        <li>
            <a class="queue-row" href=href aria-current=move || (open.get() == Some(id)).then_some("true")>
                <span class="queue-row-name">{name}</span>
                <span class="queue-row-total">{total}</span>
                <small>{lead}</small>
                <DeadlineChip deadline=deadline now=now />
            </a>
        </li>
    }
}
