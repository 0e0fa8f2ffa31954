//! The orders past their deadline, the latest first (domain.md section 3, Priority and deadlines).

use chrono::{DateTime, Utc};
use countersign_contract::order::OrderSummary;
use leptos::prelude::*;

use crate::features::home::supplier::model::way_to;
use crate::i18n::{format, labels, local};
use crate::order_view::{DeadlineChip, summary_urgency};
use crate::route::Route;
use crate::session::SessionContext;
use crate::text;
use crate::ui::Figure;

/// What is late, or that nothing is.
#[component]
pub fn Escalated(
    /// The orders.
    orders: Memo<Vec<OrderSummary>>,
    /// Now, as it passes.
    now: ReadSignal<DateTime<Utc>>,
) -> impl IntoView {
    let row = move |order: OrderSummary| view! { <LateOrder order=order now=now /> }.into_any();
    view! {
        // An order that changed is another row: its version tells.
        <ul class="home-orders">
            <For each=move || orders.get() key=|order| (order.id, order.version) children=row />
        </ul>
        <Show when=move || orders.with(Vec::is_empty)>
            <p class="home-none">{move || text!(home.supplier.escalated_none)}</p>
        </Show>
    }
}

#[component]
fn LateOrder(order: OrderSummary, now: ReadSignal<DateTime<Utc>>) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let way = untrack(|| session.current()).map_or(Route::Order(order.id), |who| way_to(&order, &who.actor));
    let order = StoredValue::new(order);
    let name = move || order.with_value(|order| local(&order.customer.name));
    let total = move || order.with_value(|order| format::money(order.total, &session.currency()));
    let about =
        move || order.with_value(|order| [order.number.clone(), labels::status(order.status)].join(" · "));
    let deadline = Signal::derive(move || order.with_value(|order| summary_urgency(order, now.get())));
    view! {
        <li>
            <a class="home-order" href=way.to_path()>
                <b class="home-number">{name}</b>
                <Figure text=Signal::derive(total) strong=true />
                <small>{about}</small>
                <span class="home-state"><DeadlineChip deadline=deadline now=now /></span>
            </a>
        </li>
    }
}
