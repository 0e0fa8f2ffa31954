//! The list of a queue of returns: dense, who came first on top.

use chrono::{DateTime, Utc};
use countersign_contract::endpoint::NoQuery;
use countersign_contract::page::Page;
use countersign_contract::returns::{GetReturn, ReturnSummary};
use countersign_domain::id::ReturnId;
use countersign_domain::money::Currency;
use leptos::html;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::returns::batch::{BatchFoot, Picking};
use crate::features::returns::model::taken_by;
use crate::features::returns::queue::{Arranged, Moves};
use crate::i18n::{format, local, problems, returns};
use crate::queries::{self, Read, Remote};
use crate::queue_view::{self, PageLinks, Presence, QueueTools, behind, focus_heading_after};
use crate::route::Route;
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Badge, EmptyState, ErrorState, IconName, Skeleton, Tone};

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
    /// The queue.
    pub moves: Moves,
    /// The read behind the list.
    pub list: Read<Page<ReturnSummary>>,
    /// What is chosen.
    pub picking: Picking,
    /// What waits.
    pub waiting: Memo<Vec<ReturnSummary>>,
    /// Now, as it passes.
    pub now: ReadSignal<DateTime<Utc>>,
    /// Sorts the list: what has arrived goes to its place, what is gone leaves none.
    pub sort_in: Callback<()>,
}

/// The returns that wait, the open one marked.
#[component]
pub fn QueueList(
    /// What it is made of.
    shelf: Shelf,
) -> impl IntoView {
    let Shelf { moves, list, .. } = shelf;
    let heading: NodeRef<html::H1> = NodeRef::new();
    focus_heading_after(Signal::derive(move || moves.open.with(Option::is_some)), heading);
    let currency = StoredValue::new(untrack(|| expect_context::<SessionContext>().currency()));
    let shown = Memo::new(move |_| {
        let is_empty = moves.arranged.with(|arranged| arranged.shown().next().is_none());
        list.state.with(|state| match state {
            Remote::Loading => Shown::Loading,
            Remote::Failed(error) => Shown::Failed(error.clone()),
            Remote::Ready(_) if is_empty => Shown::Empty,
            Remote::Ready(_) => Shown::Rows,
        })
    });
    let body = move || match shown.get() {
        Shown::Loading => view! { <Skeleton label=move || text!(returns.loading_list) lines=6 /> }.into_any(),
        Shown::Failed(error) => view! {
            <ErrorState
                message=move || problems::words(&error)
                retry_label=move || text!(returns.retry)
                on_retry=move || list.retry()
            />
        }
        .into_any(),
        Shown::Empty => view! {
            <EmptyState
                title=move || text!(returns.queue_empty)
                hint=move || text!(returns.queue_empty_hint)
                icon=IconName::Check
            />
        }
        .into_any(),
        Shown::Rows => view! { <Rows shelf=shelf currency=currency /> }.into_any(),
    };
    let lead = move || {
        let here = shelf.waiting.with(Vec::len);
        text!(approvals.waiting, count = here.saturating_add(behind(list)))
    };
    view! {
        <section class="queue-list" aria-labelledby="queue-title">
            <header class="queue-head">
                <h1 id="queue-title" node_ref=heading tabindex="-1">{move || returns::stage(moves.stage)}</h1>
                <small role="status">{lead}</small>
            </header>
            {body}
            <QueuePages shelf=shelf />
            <BatchFoot picking=shelf.picking currency=currency />
        </section>
    }
}

#[component]
fn Rows(shelf: Shelf, currency: StoredValue<Currency>) -> impl IntoView {
    let Shelf { moves, picking, .. } = shelf;
    let new = Memo::new(move |_| moves.arranged.with(Arranged::new_count));
    let gone = Memo::new(move |_| moves.arranged.with(Arranged::gone_count));
    let rows = move || {
        let item = |row: &queue_view::Row<ReturnSummary>| row.item.clone();
        moves
            .arranged
            .with(|arranged| arranged.shown().map(item).collect::<Vec<_>>())
    };
    let row =
        move |one: ReturnSummary| view! { <QueueRow shelf=shelf one=one currency=currency /> }.into_any();
    view! {
        <QueueTools
            has_all=Signal::derive(move || picking.has_all())
            on_choose_all=move |()| picking.toggle_all()
            new=new
            gone=gone
            sort_in=shelf.sort_in
        />
        <ul class="queue-rows">
            // A return that changed is another row: its version tells. One that is gone stays the row that it was.
            <For each=rows key=|one| (one.id, one.version) children=row />
        </ul>
    }
}

/// The way to the next page, and back to the front.
#[component]
fn QueuePages(shelf: Shelf) -> impl IntoView {
    let Shelf { moves, list, .. } = shelf;
    let path = move |after: String| {
        let route = Route::ReturnQueue {
            stage: moves.stage,
            open: None,
            after,
        };
        route.to_path()
    };
    let next = Memo::new(move |_| {
        list.state
            .with(|state| state.ready().and_then(|page| page.next.clone()))
    });
    let is_first = Memo::new(move |_| moves.after.with(String::is_empty));
    view! {
        <PageLinks
            first=Signal::derive(move || (!is_first.get()).then(|| path(String::new())))
            next=Signal::derive(move || next.get().map(path))
        />
    }
}

#[component]
fn QueueRow(shelf: Shelf, one: ReturnSummary, currency: StoredValue<Currency>) -> impl IntoView {
    let Shelf {
        moves, picking, now, ..
    } = shelf;
    let (id, is_claim, entered_at) = (one.id, one.is_claim, one.entered_at);
    let row = move |is: fn(&queue_view::Row<ReturnSummary>) -> bool| {
        Memo::new(move |_| moves.arranged.with(|arranged| arranged.row(id).is_some_and(is)))
    };
    let is_new = row(|row| row.is_new);
    let is_gone = row(|row| row.presence == Presence::Gone);
    let one = StoredValue::new(one);
    let name = move || one.with_value(|one| local(&one.customer.name));
    let total =
        move || currency.with_value(|currency| one.with_value(|one| format::money(one.total, currency)));
    let lead = move || {
        one.with_value(|one| {
            let parts = [
                one.number.clone(),
                text!(returns.of_order, number = one.order_number.clone()),
                text!(returns.lines, count = one.line_count),
            ];
            parts.join(" · ")
        })
    };
    let arrived = move || text!(returns.arrived, time = format::relative(entered_at, now.get()));
    let choose = move || one.with_value(|one| text!(batch.choose, number = one.number.clone()));
    view! {
        <li data-return=id.to_string() data-gone=move || is_gone.get().then_some("true")>
            <label class="queue-pick">
                <input
                    type="checkbox"
                    aria-label=choose
                    prop:checked=move || picking.has(id)
                    prop:disabled=move || is_gone.get()
                    on:change=move |_| picking.toggle(id)
                />
            </label>
            <a
                class="queue-row"
                href=move || moves.path(Some(id))
                aria-current=move || (moves.open.get() == Some(id)).then_some("true")
            >
                <span class="queue-row-name">{name}</span>
                <span class="queue-row-total">{total}</span>
                <small>{lead}</small>
                <span class="queue-row-clock">
                    {is_claim.then(|| view! { <Badge text=move || text!(returns.kind.claim) tone=Tone::Warn /> })}
                    <small title=move || format::moment(entered_at)>{arrived}</small>
                    <Show when=move || is_new.get()>
                        <Badge text=move || text!(approvals.is_new) tone=Tone::Accent />
                    </Show>
                </span>
                <Show when=move || is_gone.get()><GoneMark shelf=shelf id=id /></Show>
            </a>
        </li>
    }
}

/// Most returns that are gone at once and named with who took them: what somebody approves a hundred at a time is no reason
/// to read a hundred returns.
const MOST_NAMED: usize = 10;

/// That a return is gone, and who took it as far as that is known. It lies over the row, which stays as high as it was.
#[component]
fn GoneMark(shelf: Shelf, id: ReturnId) -> impl IntoView {
    let Moves { arranged, stage, .. } = shelf.moves;
    let is_named = arranged.with_untracked(Arranged::gone_count) <= MOST_NAMED;
    let read = queries::read::<GetReturn>(move || is_named.then_some((id, NoQuery {})));
    let words = move || {
        let taker = read
            .state
            .with(|state| state.ready().and_then(|detail| taken_by(detail, stage)));
        match taker {
            Some(name) => text!(approvals.taken_by, name = name),
            None => text!(approvals.gone),
        }
    };
    view! { <small class="queue-row-gone">{words}</small> }
}
