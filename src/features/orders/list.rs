//! The list of orders, a page at a time.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use countersign_contract::order::{ListOrders, OrderSummary};
use countersign_contract::page::Page;
use countersign_domain::money::Currency;
use countersign_domain::order::Priority;
use leptos::prelude::*;

use crate::features::orders::model::{is_narrowed, query};
use crate::i18n::{format, labels, local, problems};
use crate::order_view::{DeadlineChip, UnreadBadge, status_tone, summary_urgency};
use crate::queries::{self, Read, Remote};
use crate::route::{OrdersFilter, Route};
use crate::text;
use crate::ui::{Badge, EmptyState, ErrorState, IconName, LoadMore, Skeleton, Tone};

/// What every row needs beside its order.
#[derive(Clone, Copy)]
pub struct Rows {
    /// Whether whose order it is must be said.
    pub names_customer: bool,
    /// The currency of the amounts.
    pub currency: StoredValue<Currency>,
    /// Now, as it passes.
    pub now: ReadSignal<DateTime<Utc>>,
}

/// What a page of the list is.
#[derive(Clone, PartialEq)]
enum Shown {
    Loading,
    Failed(crate::api::ApiError),
    Empty,
    Rows,
}

/// A page of the list, and behind its button the next ones. The first says when there is nothing.
#[component]
pub fn OrderPages(
    /// What is shown.
    filter: Memo<OrdersFilter>,
    /// Where this page begins; absent for the first.
    cursor: Signal<Option<String>>,
    /// Whether it is the first.
    first: bool,
    /// What every row needs.
    rows: Rows,
) -> impl IntoView {
    let page = queries::read::<ListOrders>(move || {
        let cursor = cursor.get();
        (first || cursor.is_some()).then(|| ((), filter.with(|filter| query(filter, cursor))))
    });
    let shown = Memo::new(move |_| {
        page.state.with(|state| match state {
            Remote::Loading => Shown::Loading,
            Remote::Failed(error) => Shown::Failed(error.clone()),
            Remote::Ready(page) if page.items.is_empty() && first => Shown::Empty,
            Remote::Ready(_) => Shown::Rows,
        })
    });
    move || match shown.get() {
        Shown::Loading => view! { <Skeleton label=move || text!(orders.loading) lines=8 /> }.into_any(),
        Shown::Failed(error) => view! {
            <ErrorState
                message=move || problems::words(&error)
                retry_label=move || text!(orders.retry)
                on_retry=move || page.retry()
            />
        }
        .into_any(),
        Shown::Empty => view! { <Nothing filter=filter customer=!rows.names_customer /> }.into_any(),
        Shown::Rows => view! { <LoadedPage page=page filter=filter rows=rows /> }.into_any(),
    }
}

#[component]
fn LoadedPage(page: Read<Page<OrderSummary>>, filter: Memo<OrdersFilter>, rows: Rows) -> impl IntoView {
    let items = Memo::new(move |_| page.state.with(|state| state.ready().map(Arc::clone)));
    let next = Memo::new(move |_| items.with(|page| page.as_deref().and_then(|page| page.next.clone())));
    let goes_on = RwSignal::new(false);
    let each = move || items.with(|page| page.as_deref().map(|page| page.items.clone()).unwrap_or_default());
    let row = move |order: OrderSummary| view! { <OrderRow order=order rows=rows /> }.into_any();
    view! {
        <ul class="order-list">
            // An order that changed is another row: its version tells.
            <For each=each key=|order| (order.id, order.version) children=row />
        </ul>
        <LoadMore
            label=move || text!(orders.more)
            more=Signal::derive(move || !goes_on.get() && next.with(Option::is_some))
            on_more=move || goes_on.set(true)
        />
        {move || {
            goes_on
                .get()
                .then(|| view! { <OrderPages filter=filter cursor=next.into() first=false rows=rows /> }.into_any())
        }}
    }
}

/// Nothing there: because of the filter, or because nothing was ordered yet.
#[component]
fn Nothing(filter: Memo<OrdersFilter>, customer: bool) -> impl IntoView {
    let narrowed = Memo::new(move |_| filter.with(is_narrowed));
    let title = move || {
        if narrowed.get() {
            text!(orders.none_found)
        } else {
            text!(orders.none_yet)
        }
    };
    let hint = move || match (narrowed.get(), customer) {
        (true, _) => text!(orders.none_found_hint),
        (false, true) => text!(orders.none_yet_hint),
        (false, false) => text!(orders.none_yet_staff),
    };
    let way_out = move || {
        let all = Route::Orders(OrdersFilter::default()).to_path();
        let catalog = Route::Catalog(Default::default()).to_path();
        match (narrowed.get(), customer) {
            (true, _) => Some(view! { <a class="button" href=all>{text!(orders.show_all)}</a> }),
            (false, true) => Some(view! { <a class="button" href=catalog>{text!(orders.to_catalog)}</a> }),
            (false, false) => None,
        }
    };
    view! { <EmptyState title=title hint=hint icon=IconName::Orders>{way_out}</EmptyState> }
}

#[component]
fn OrderRow(order: OrderSummary, rows: Rows) -> impl IntoView {
    let id = order.id;
    let order = StoredValue::new(order);
    let href = order.with_value(|order| Route::Order(order.id).to_path());
    let text = move |words: fn(&OrderSummary) -> String| move || order.with_value(words);
    let name = move || {
        order.with_value(|order| {
            if rows.names_customer {
                local(&order.customer.name)
            } else {
                order.number.clone()
            }
        })
    };
    let total = move || {
        rows.currency
            .with_value(|currency| order.with_value(|order| format::money(order.total, currency)))
    };
    let deadline = Signal::derive(move || order.with_value(|order| summary_urgency(order, rows.now.get())));
    let status = Signal::derive(text(|order| labels::status(order.status)));
    let tone = order.with_value(|order| status_tone(order.status));
    let hurried = order.with_value(|order| order.priority != Priority::Normal);
    let priority = Signal::derive(text(|order| labels::priority(order.priority)));
    let to_receive = order.with_value(|order| order.to_receive) && !rows.names_customer;
    // A customer's own goods; staff order nothing for themselves.
    let again = (!rows.names_customer).then(|| {
        let href = order.with_value(|order| Route::OrderAgain(order.id).to_path());
        view! { <a class="order-row-again" href=href>{move || text!(lists.again.link)}</a> }
    });
    view! {
        <li>
            <a class="order-row" href=href>
                <span class="order-row-name">{name}</span>
                <span class="order-row-total">{total}</span>
                <small class="order-row-lead">
                    {rows.names_customer.then(|| text(|order| format!("{} · ", order.number)))}
                    {text(|order| text!(orders.lines, count = order.line_count))} " · "
                    {text(|order| format::moment(order.submitted_at))}
                </small>
                <span class="order-row-state">
                    {hurried.then(|| view! { <Badge text=priority tone=Tone::Warn /> })}
                    {to_receive.then(|| view! { <Badge text=move || text!(orders.to_receive) tone=Tone::Accent /> })}
                    <UnreadBadge id=id />
                    <Badge text=status tone=tone />
                    <DeadlineChip deadline=deadline now=rows.now />
                </span>
            </a>
            {again}
        </li>
    }
}
