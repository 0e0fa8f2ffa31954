//! The open order of a queue.

use std::sync::Arc;

use countersign_contract::order::OrderDetail;
use countersign_domain::id::OrderId;
use countersign_domain::workflow::Stage;
use leptos::prelude::*;

use crate::features::approvals::model::waits_here;
use crate::i18n::labels;
use crate::order_view::{OrderDesk, sheet, work};
use crate::route::Route;
use crate::text;
use crate::ui::{Icon, IconName, Notice, Tone};

/// One order with what may be done about it. `done` is called with every reply to a change made here.
#[component]
pub fn OpenOrder(
    /// Which.
    id: OrderId,
    /// The queue it was opened from.
    stage: Stage,
    /// Called with the order after each change made here.
    done: Callback<Arc<OrderDetail>>,
    /// Whether its heading takes the focus.
    focused: bool,
) -> impl IntoView {
    let desk = OrderDesk::open(id, done);
    let back = Route::Queue { stage, open: None }.to_path();
    let has_left = Memo::new(move |_| {
        desk.detail.with(|detail| {
            detail
                .as_deref()
                .is_some_and(|detail| !waits_here(&detail.order, stage))
        })
    });
    view! {
        <nav class="order-back queue-back" aria-label=move || text!(approvals.way)>
            <a href=back><Icon name=IconName::Back /> {move || labels::stage(stage)}</a>
        </nav>
        <Show when=move || has_left.get()>
            <Notice tone=Tone::Warn>
                <p>{move || text!(approvals.has_left)}</p>
            </Notice>
        </Show>
        {sheet(desk, work::form, focused)}
    }
}
