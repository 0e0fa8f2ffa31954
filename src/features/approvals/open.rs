//! The open order of a queue.

use std::sync::Arc;

use countersign_contract::order::OrderDetail;
use countersign_domain::id::OrderId;
use leptos::prelude::*;

use crate::features::approvals::batch::Picking;
use crate::features::approvals::model::waits_here;
use crate::features::approvals::page::Moves;
use crate::i18n::labels;
use crate::order_view::{Deed, OrderDesk, actor_words, kind_words, sheet, work};
use crate::text;
use crate::ui::{Button, Icon, IconName, Notice, Tone};

/// One order with what may be done about it.
#[component]
pub fn OpenOrder(
    /// Which.
    id: OrderId,
    /// Going on from it.
    moves: Moves,
    /// What is chosen of the queue.
    picking: Picking,
    /// Whether its heading takes the focus.
    focused: bool,
) -> impl IntoView {
    let stage = moves.stage;
    let done = Callback::new(move |reply: Arc<OrderDetail>| {
        picking.chosen.try_update(|chosen| chosen.forget(reply.order.id));
        moves.done(&reply);
    });
    let hand_over = Callback::new(move |(deed, detail): (Deed, Arc<OrderDetail>)| {
        picking.chosen.update(|chosen| chosen.forget(detail.order.id));
        moves.pass(deed, &detail);
    });
    let refused = untrack(|| moves.passing.last_refusal(id));
    let desk = OrderDesk::open(id, done).handing_over(hand_over, refused);
    let back = Signal::derive(move || moves.path(None));
    let has_left = Memo::new(move |_| {
        desk.detail.with(|detail| {
            detail
                .as_deref()
                .is_some_and(|detail| !waits_here(&detail.order, stage))
        })
    });
    // Who took it, and what they did: the last thing that happened to it. Below, where it happened while somebody looked.
    let taken = move || {
        if !desk.news().is_empty() {
            return None;
        }
        desk.detail.with(|detail| {
            let last = detail.as_deref()?.history.last()?;
            Some([actor_words(last), kind_words(last)].join(" — "))
        })
    };
    view! {
        <nav class="order-back queue-back" aria-label=move || text!(approvals.way)>
            <a href=move || back.get()><Icon name=IconName::Back /> {move || labels::stage(stage)}</a>
        </nav>
        <Show when=move || has_left.get()>
            <Notice tone=Tone::Warn>
                <p>{move || text!(approvals.has_left)}</p>
                {move || taken().map(|taken| view! { <p>{taken}</p> })}
                <Button label=move || text!(approvals.next) on_press=move || moves.leave(id) />
            </Notice>
        </Show>
        {sheet(desk, work::form, focused)}
    }
}
