//! The queues, each with what waits in it and its nearest deadline.

use chrono::{DateTime, Utc};
use countersign_contract::returns::ReturnQueueCount;
use leptos::prelude::*;

use crate::features::home::supplier::model::Queue;
use crate::i18n::{format, labels, returns};
use crate::route::Route;
use crate::text;
use crate::ui::{Badge, Tone};

/// Ways to the queues.
#[component]
pub fn QueueCards(
    /// The queues, in their order.
    queues: Signal<Vec<Queue>>,
    /// Now, as it passes.
    now: ReadSignal<DateTime<Utc>>,
) -> impl IntoView {
    // A queue that changed is another card: all of it is its key.
    let card = move |queue: Queue| view! { <QueueCard queue=queue now=now /> }.into_any();
    view! { <ul class="home-queues"><For each=move || queues.get() key=|queue| *queue children=card /></ul> }
}

/// Ways to the queues of returns in which something waits.
#[component]
pub fn ReturnCards(
    /// How many wait where.
    queues: Memo<Vec<ReturnQueueCount>>,
) -> impl IntoView {
    let card = |queue: ReturnQueueCount| {
        let count = queue.count;
        queue.status.stage().map(|stage| {
            let href = Route::return_queue(stage).to_path();
            view! {
                <li>
                    <a class="home-queue" href=href>
                        <span class="home-queue-name">{move || returns::stage(stage)}</span>
                        <b class="home-queue-count">
                            {count} <span class="visually-hidden">" " {move || text!(home.supplier.waiting)}</span>
                        </b>
                    </a>
                </li>
            }
        })
    };
    view! {
        <ul class="home-queues">
            <For each=move || queues.get() key=|queue| format!("{queue:?}") children=card />
        </ul>
    }
}

#[component]
fn QueueCard(queue: Queue, now: ReadSignal<DateTime<Utc>>) -> impl IntoView {
    let Queue {
        stage,
        count,
        late,
        nearest_due_at,
        ..
    } = queue;
    let href = Route::Queue {
        stage,
        open: None,
        filter: Default::default(),
    }
    .to_path();
    let late = (late > 0).then(|| {
        view! { <Badge text=Signal::derive(move || text!(home.supplier.late, count = late)) tone=Tone::Bad /> }
    });
    let nearest = nearest_due_at.filter(|_| count > 0).map(|due| {
        let words = move || text!(home.supplier.nearest, time = format::relative(due, now.get()));
        view! { <small title=move || format::moment(due)>{words}</small> }
    });
    view! {
        <li>
            <a class="home-queue" href=href data-empty=(count == 0).then_some("true")>
                <span class="home-queue-name">{move || labels::stage(stage)}</span>
                <b class="home-queue-count">
                    {count} <span class="visually-hidden">" " {move || text!(home.supplier.waiting)}</span>
                </b>
                {late}
                {nearest}
            </a>
        </li>
    }
}
