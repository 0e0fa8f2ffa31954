//! A queue of the supplier. Its address says which, and which order is open.

use std::sync::Arc;

use countersign_contract::order::{ListOrders, OrderDetail, OrderSummary};
use countersign_domain::id::OrderId;
use countersign_domain::workflow::Stage;
use leptos::prelude::*;

use crate::features::approvals::model::{above, after, below, query, waits_here};
use crate::features::approvals::open::OpenOrder;
use crate::features::approvals::queue::QueueList;
use crate::i18n::labels;
use crate::layout::{NotFoundPage, use_title};
use crate::order_view::passing_now;
use crate::queries;
use crate::route::{Navigator, Route, use_navigator, use_route};
use crate::text;
use crate::ui::{EmptyState, IconName, Shortcuts, Toasts};

/// The orders that wait at the stage of the address, the open one beside them.
#[component]
pub fn QueuePage() -> impl IntoView {
    match use_route().get_untracked() {
        Route::Queue { stage, .. } => view! { <StageQueue stage=stage /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn StageQueue(stage: Stage) -> impl IntoView {
    let here = use_route();
    let navigator = use_navigator();
    let toasts = expect_context::<Toasts>();
    // On the way to another page the address is no queue's any more: then what was open stays.
    let open = Memo::new(move |before: Option<&Option<OrderId>>| match here.get() {
        Route::Queue { open, .. } => open,
        _ => before.copied().flatten(),
    });
    let list = queries::read::<ListOrders>(move || Some(((), query(stage))));
    let orders = Memo::new(move |_| {
        list.state
            .with(|state| state.ready().map(|page| page.items.clone()).unwrap_or_default())
    });
    let now = passing_now();
    use_title(move || labels::stage(stage));
    let moves = Moves {
        stage,
        open,
        orders,
        navigator,
    };
    moves.listen();
    let done = Callback::new(move |reply: Arc<OrderDetail>| {
        toasts.say(untrack(|| {
            text!(approvals.done, number = reply.order.number.clone())
        }));
        if !waits_here(&reply.order, stage) {
            moves.leave(reply.order.id);
        }
    });
    // Whoever goes from order to order is told what they look at now; an order that came with the address is not news.
    let arrived = StoredValue::new(false);
    let pane = move || {
        let moved = arrived.get_value();
        arrived.set_value(true);
        open_order(open.get(), stage, done, moved)
    };
    view! {
        <div class="queue" data-open=move || open.with(Option::is_some).then_some("true")>
            <QueueList stage=stage list=list orders=orders open=open now=now />
            <div class="queue-pane">{pane}</div>
        </div>
    }
}

fn open_order(open: Option<OrderId>, stage: Stage, done: Callback<Arc<OrderDetail>>, moved: bool) -> AnyView {
    match open {
        Some(id) => view! { <OpenOrder id=id stage=stage done=done focused=moved /> }.into_any(),
        None => view! {
            <EmptyState
                title=move || text!(approvals.choose)
                hint=move || text!(approvals.choose_hint)
                icon=IconName::Queue
            />
        }
        .into_any(),
    }
}

/// Going through the queue.
#[derive(Clone, Copy)]
struct Moves {
    stage: Stage,
    open: Memo<Option<OrderId>>,
    orders: Memo<Vec<OrderSummary>>,
    navigator: Navigator,
}

impl Moves {
    /// `j` and `k`; the keys of what may be done are the buttons' own.
    fn listen(self) {
        let Some(shortcuts) = use_context::<Shortcuts>() else {
            return;
        };
        let go = move |find: fn(&[OrderSummary], Option<OrderId>) -> Option<OrderId>| {
            Callback::new(move |()| {
                let open = self.open.get_untracked();
                if let Some(next) = self.orders.with_untracked(|orders| find(orders, open)) {
                    self.show(Some(next));
                }
            })
        };
        shortcuts.on("j", Signal::derive(|| text!(approvals.next)), go(below));
        shortcuts.on("k", Signal::derive(|| text!(approvals.previous)), go(above));
    }

    /// The open order is done with: the next one is opened in its place.
    fn leave(self, done: OrderId) {
        if self.open.try_get_untracked().flatten() == Some(done)
            && let Some(next) = self.orders.try_with_untracked(|orders| after(orders, done))
        {
            self.show(next);
        }
    }

    fn show(self, open: Option<OrderId>) {
        let route = Route::Queue {
            stage: self.stage,
            open,
        };
        // The first order opened is a step for the back button; going on from one to the next is not.
        if self.open.get_untracked().is_some() {
            self.navigator.replace(&route);
        } else {
            self.navigator.go(&route);
        }
    }
}
