//! A list of returns, a page at a time.

use std::sync::Arc;

use countersign_contract::page::Page;
use countersign_contract::returns::{ListReturns, ReturnQuery, ReturnSummary};
use countersign_domain::money::Currency;
use leptos::prelude::*;

use crate::features::returns::model::status_tone;
use crate::i18n::{format, local, problems, returns};
use crate::queries::{self, Read, Remote};
use crate::route::Route;
use crate::text;
use crate::ui::{Badge, EmptyState, ErrorState, IconName, LoadMore, Skeleton, Tone};

/// What a list shows, and what every row needs beside its return.
#[derive(Clone, Copy)]
pub struct Rows {
    /// The query of the page behind a cursor.
    pub query: Callback<Option<String>, ReturnQuery>,
    /// Title and hint where there is nothing.
    pub nothing: Signal<(String, String)>,
    /// Whether whose return it is must be said.
    pub names_customer: bool,
    /// The currency of the amounts.
    pub currency: StoredValue<Currency>,
}

#[derive(Clone, PartialEq)]
enum Shown {
    Loading,
    Failed(crate::api::ApiError),
    Empty,
    Rows,
}

/// A page of the list, and behind its button the next ones. The first says when there is nothing.
#[component]
pub fn ReturnPages(
    /// Where this page begins; absent for the first.
    cursor: Signal<Option<String>>,
    /// Whether it is the first.
    first: bool,
    /// What is shown.
    rows: Rows,
) -> impl IntoView {
    let page = queries::read::<ListReturns>(move || {
        let cursor = cursor.get();
        (first || cursor.is_some()).then(|| ((), rows.query.run(cursor)))
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
        Shown::Loading => view! { <Skeleton label=move || text!(returns.loading_list) lines=8 /> }.into_any(),
        Shown::Failed(error) => view! {
            <ErrorState
                message=move || problems::words(&error)
                retry_label=move || text!(returns.retry)
                on_retry=move || page.retry()
            />
        }
        .into_any(),
        Shown::Empty => view! {
            <EmptyState
                title=move || rows.nothing.get().0
                hint=move || rows.nothing.get().1
                icon=IconName::Return
            />
        }
        .into_any(),
        Shown::Rows => view! { <LoadedPage page=page rows=rows /> }.into_any(),
    }
}

#[component]
fn LoadedPage(page: Read<Page<ReturnSummary>>, rows: Rows) -> impl IntoView {
    let items = Memo::new(move |_| page.state.with(|state| state.ready().map(Arc::clone)));
    let next = Memo::new(move |_| items.with(|page| page.as_deref().and_then(|page| page.next.clone())));
    let goes_on = RwSignal::new(false);
    let each = move || items.with(|page| page.as_deref().map(|page| page.items.clone()).unwrap_or_default());
    let row = move |one: ReturnSummary| view! { <ReturnRow one=one rows=rows /> }.into_any();
    view! {
        <ul class="order-list">
            // A return that changed is another row: its version tells.
            <For each=each key=|one| (one.id, one.version) children=row />
        </ul>
        <LoadMore
            label=move || text!(returns.more)
            more=Signal::derive(move || !goes_on.get() && next.with(Option::is_some))
            on_more=move || goes_on.set(true)
        />
        {move || {
            goes_on
                .get()
                .then(|| view! { <ReturnPages cursor=next.into() first=false rows=rows /> }.into_any())
        }}
    }
}

#[component]
fn ReturnRow(one: ReturnSummary, rows: Rows) -> impl IntoView {
    let href = Route::Return(one.id).to_path();
    let tone = status_tone(one.status);
    let (status, is_claim) = (one.status, one.is_claim);
    let one = StoredValue::new(one);
    let name = move || {
        one.with_value(|one| {
            if rows.names_customer {
                local(&one.customer.name)
            } else {
                one.number.clone()
            }
        })
    };
    let total = move || {
        rows.currency
            .with_value(|currency| one.with_value(|one| format::money(one.total, currency)))
    };
    let lead = move || {
        one.with_value(|one| {
            let mut parts = Vec::new();
            if rows.names_customer {
                parts.push(one.number.clone());
            }
            parts.push(text!(returns.of_order, number = one.order_number.clone()));
            parts.push(text!(returns.lines, count = one.line_count));
            parts.push(format::moment(one.submitted_at));
            parts.join(" · ")
        })
    };
    view! {
        <li>
            <a class="order-row" href=href>
                <span class="order-row-name">{name}</span>
                <span class="order-row-total">{total}</span>
                <small class="order-row-lead">{lead}</small>
                <span class="order-row-state">
                    {is_claim.then(|| view! { <Badge text=move || text!(returns.kind.claim) tone=Tone::Warn /> })}
                    <Badge text=move || returns::status(status) tone=tone />
                </span>
            </a>
        </li>
    }
}
