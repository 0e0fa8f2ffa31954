//! A row of a queue: the order in short, its clock, and the box that chooses it.

use countersign_contract::order::OrderSummary;
use countersign_domain::money::Currency;
use countersign_domain::order::{Priority, Urgency};
use leptos::prelude::*;

use crate::features::approvals::queue::Shelf;
use crate::i18n::{format, labels, local};
use crate::order_view::{DeadlineChip, UnreadBadge, error_words, summary_urgency};
use crate::route::Route;
use crate::text;
use crate::ui::{Badge, Tone};

/// A row of the list.
#[component]
pub fn QueueRow(
    /// The list it is on.
    shelf: Shelf,
    /// The order.
    order: OrderSummary,
    /// The currency of its amount.
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let Shelf {
        stage,
        open,
        now,
        picking,
        arranged,
        passing,
        filter,
        ..
    } = shelf;
    let (id, version) = (order.id, order.version);
    let order = StoredValue::new(order);
    let href = move || {
        Route::Queue {
            stage,
            open: Some(id),
            filter: filter.get(),
        }
        .to_path()
    };
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
    // Late reviews stand on the Business lead's home page.
    let is_escalated = Memo::new(move |_| {
        let is_late = deadline
            .get()
            .is_some_and(|(_, urgency)| urgency == Urgency::Late);
        is_late && order.with_value(|order| order.status.is_review())
    });
    let is_new = Memo::new(move |_| arranged.with(|arranged| arranged.is_new(id)));
    let refusal = Memo::new(move |_| passing.refusal(id, version));
    let why = move || {
        refusal
            .get()
            .map(|(_, error)| text!(approvals.not_passed, why = error_words(&error, None)))
    };
    let choose = move || order.with_value(|order| text!(batch.choose, number = order.number.clone()));
    view! {
        <li data-order=id.to_string()>
            <label class="queue-pick">
                <input
                    type="checkbox"
                    aria-label=choose
                    prop:checked=move || picking.chosen.with(|chosen| chosen.has(id))
                    on:change=move |_| picking.toggle(id)
                />
            </label>
            <a class="queue-row" href=href aria-current=move || (open.get() == Some(id)).then_some("true")>
                <span class="queue-row-name">{name}</span>
                <span class="queue-row-total">{total}</span>
                <small>{lead}</small>
                <span class="queue-row-clock">
                    <Show when=move || is_new.get()>
                        <Badge text=move || text!(approvals.is_new) tone=Tone::Accent />
                    </Show>
                    <Show when=move || is_escalated.get()>
                        <Badge text=move || text!(approvals.escalated) tone=Tone::Bad />
                    </Show>
                    <UnreadBadge id=id />
                    <DeadlineChip deadline=deadline now=now />
                </span>
                {move || why().map(|why| view! { <small class="queue-row-why">{why}</small> })}
            </a>
        </li>
    }
}
