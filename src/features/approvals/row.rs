//! A row of a queue: the order in short, its clock, and the box that chooses it.

use countersign_contract::endpoint::NoQuery;
use countersign_contract::order::{GetOrder, OrderSummary};
use countersign_domain::id::OrderId;
use countersign_domain::money::Currency;
use countersign_domain::order::{Priority, Urgency};
use leptos::prelude::*;

use crate::features::approvals::arranged::{Arranged, Row};
use crate::features::approvals::model::taken_by;
use crate::features::approvals::queue::Shelf;
use crate::i18n::{format, labels, local};
use crate::order_view::{DeadlineChip, UnreadBadge, error_words, summary_urgency};
use crate::queries;
use crate::queue_view::Presence;
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
    let row = move |is: fn(&Row) -> bool| {
        Memo::new(move |_| arranged.with(|arranged| arranged.row(id).is_some_and(is)))
    };
    let is_new = row(|row| row.is_new);
    let is_gone = row(|row| row.presence == Presence::Gone);
    let refusal = Memo::new(move |_| passing.refusal(id, version));
    let why = move || {
        refusal
            .get()
            .map(|(_, error)| text!(approvals.not_passed, why = error_words(&error, None)))
    };
    let choose = move || order.with_value(|order| text!(batch.choose, number = order.number.clone()));
    view! {
        <li data-order=id.to_string() data-gone=move || is_gone.get().then_some("true")>
            <label class="queue-pick">
                <input
                    type="checkbox"
                    aria-label=choose
                    prop:checked=move || picking.chosen.with(|chosen| chosen.has(id))
                    prop:disabled=move || is_gone.get()
                    on:change=move |_| picking.toggle(id)
                />
            </label>
            <a class="queue-row" href=href aria-current=move || (open.get() == Some(id)).then_some("true")>
                <span class="queue-row-name">{name}</span>
                <span class="queue-row-total">{total}</span>
                <small>{lead}</small>
                <span class="queue-row-clock">
                    // The clock first: what comes and goes beside it moves nothing.
                    <DeadlineChip deadline=deadline now=now />
                    <Show when=move || is_escalated.get()>
                        <Badge text=move || text!(approvals.escalated) tone=Tone::Bad />
                    </Show>
                    <UnreadBadge id=id />
                    <Show when=move || is_new.get()>
                        <Badge text=move || text!(approvals.is_new) tone=Tone::Accent />
                    </Show>
                </span>
                <Show when=move || is_gone.get()><GoneMark shelf=shelf id=id /></Show>
                {move || why().map(|why| view! { <small class="queue-row-why">{why}</small> })}
            </a>
        </li>
    }
}

/// Most orders that are gone at once and named with who took them: what somebody approves a hundred at a time is no reason
/// to read a hundred orders.
const MOST_NAMED: usize = 10;

/// That an order is gone, and who took it as far as that is known. It lies over the row, which stays as high as it was.
#[component]
fn GoneMark(shelf: Shelf, id: OrderId) -> impl IntoView {
    let is_named = shelf.arranged.with_untracked(Arranged::gone_count) <= MOST_NAMED;
    let read = queries::read::<GetOrder>(move || is_named.then_some((id, NoQuery {})));
    let words = move || {
        let taker = read
            .state
            .with(|state| state.ready().and_then(|detail| taken_by(detail, shelf.stage)));
        match taker {
            Some(name) => text!(approvals.taken_by, name = name),
            None => text!(approvals.gone),
        }
    };
    view! { <small class="queue-row-gone">{words}</small> }
}
