//! A queue of the supplier. Its address says which, and which order is open.

use std::sync::Arc;

use countersign_contract::endpoint::NoQuery;
use countersign_contract::order::{GetOrder, ListOrders, OrderDetail, OrderSummary};
use countersign_domain::id::OrderId;
use countersign_domain::workflow::Stage;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::approvals::arranged::{Arranged, Turn};
use crate::features::approvals::batch::{Batch, Picking};
use crate::features::approvals::model::{query, waits_here};
use crate::features::approvals::open::OpenOrder;
use crate::features::approvals::passing::Passing;
use crate::features::approvals::queue::{QueueList, Shelf};
use crate::i18n::labels;
use crate::layout::{NotFoundPage, use_title};
use crate::order_view::{Deed, error_words, passing_now};
use crate::queries::{self, Cache};
use crate::route::{Navigator, QueueFilter, Route, use_navigator, use_route};
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
    // On the way to another page the address is no queue's any more: then what was open stays.
    let open = Memo::new(move |before: Option<&Option<OrderId>>| match here.get() {
        Route::Queue { open, .. } => open,
        _ => before.copied().flatten(),
    });
    let filter = Memo::new(move |before: Option<&QueueFilter>| match here.get() {
        Route::Queue { filter, .. } => filter,
        _ => before.cloned().unwrap_or_default(),
    });
    let list = queries::read::<ListOrders>(move || Some(((), filter.with(|filter| query(stage, filter)))));
    let passing = Passing::new();
    let sorted = RwSignal::new(0_u32);
    let batch = expect_context::<Batch>();
    let arranged = Memo::new(move |before: Option<&Arranged>| {
        list.state.with(|state| match state.ready() {
            Some(page) => {
                let turn = Turn {
                    sorted: sorted.get(),
                    filter: filter.get(),
                };
                let is_own = |order: &OrderSummary| passing.hides(order) || batch.takes(order);
                Arranged::next(before, page, turn, |order| passing.hides(order), is_own)
            }
            None => Arranged::default(),
        })
    });
    let orders = Memo::new(move |_| arranged.with(Arranged::waiting));
    use_title(move || labels::stage(stage));
    let moves = Moves {
        stage,
        filter,
        open,
        arranged,
        navigator,
        toasts: expect_context::<Toasts>(),
        passing,
        went_to: StoredValue::new(None),
    };
    moves.listen();
    moves.look_ahead();
    let picking = Picking::new(stage, orders, open);
    picking.listen();
    let shelf = Shelf {
        stage,
        list,
        arranged,
        open,
        now: passing_now(),
        passing,
        picking,
        filter,
        show: Callback::new(move |filter| {
            let open = open.get_untracked();
            navigator.replace(&Route::Queue { stage, open, filter });
        }),
        sort_in: Callback::new(move |()| sorted.update(|count| *count = count.wrapping_add(1))),
    };
    // Whoever goes from order to order is told what they look at now; an order that came with the address is not news.
    let arrived = StoredValue::new(false);
    let pane = move || {
        let moved = arrived.get_value();
        arrived.set_value(true);
        match open.get() {
            Some(id) => view! { <OpenOrder id=id moves=moves picking=picking focused=moved /> }.into_any(),
            None => nothing_open(),
        }
    };
    view! {
        <div class="queue" data-open=move || open.with(Option::is_some).then_some("true")>
            <QueueList shelf=shelf />
            <div class="queue-pane">{pane}</div>
        </div>
    }
}

fn nothing_open() -> AnyView {
    view! {
        <EmptyState
            title=move || text!(approvals.choose)
            hint=move || text!(approvals.choose_hint)
            icon=IconName::Queue
        />
    }
    .into_any()
}

/// Going through the queue.
#[derive(Clone, Copy)]
pub struct Moves {
    /// The queue.
    pub stage: Stage,
    filter: Memo<QueueFilter>,
    open: Memo<Option<OrderId>>,
    arranged: Memo<Arranged>,
    navigator: Navigator,
    toasts: Toasts,
    /// The approvals on their way.
    pub passing: Passing,
    /// Where the last approval led: as long as that is open, the person has not gone elsewhere.
    went_to: StoredValue<Option<OrderId>>,
}

impl Moves {
    /// `j` and `k`; the keys of what may be done are the buttons' own.
    fn listen(self) {
        let Some(shortcuts) = use_context::<Shortcuts>() else {
            return;
        };
        let go = move |find: fn(&Arranged, Option<OrderId>) -> Option<OrderId>| {
            Callback::new(move |()| {
                let open = self.open.get_untracked();
                if let Some(next) = self.arranged.with_untracked(|arranged| find(arranged, open)) {
                    self.show(Some(next));
                }
            })
        };
        shortcuts.on("j", Signal::derive(|| text!(approvals.next)), go(Arranged::below));
        shortcuts.on(
            "k",
            Signal::derive(|| text!(approvals.previous)),
            go(Arranged::above),
        );
    }

    /// Fetches what comes after the open order, so that it is there when it is its turn.
    fn look_ahead(self) {
        let cache = expect_context::<Cache>();
        let next = Memo::new(move |_| {
            let open = self.open.get();
            self.arranged.with(|arranged| arranged.ahead(open))
        });
        Effect::new(move |_| {
            for id in next.get() {
                cache.read_ahead::<GetOrder>(&id, &NoQuery {});
            }
        });
    }

    /// Approves an order and goes on to the next one without waiting for the answer.
    pub fn pass(self, deed: Deed, detail: &OrderDetail) {
        if self.passing.is_resting() {
            return;
        }
        let (id, number) = (detail.order.id, detail.order.number.clone());
        let next = self.arranged.with_untracked(|arranged| arranged.after(id));
        self.went_to.set_value(next);
        self.passing
            .send(deed, detail, move |outcome| self.hear(id, number, outcome));
        if self.open.get_untracked() == Some(id) {
            self.show(next);
        }
    }

    /// What the server said of an approval. The page may be gone by now.
    fn hear(self, id: OrderId, number: String, outcome: Result<Arc<OrderDetail>, ApiError>) {
        let error = match outcome {
            Ok(reply) => return self.say_done(&reply),
            Err(error) => error,
        };
        // Who is still where the approval led is taken back; who went on by themselves is told.
        let open = self.open.try_get_untracked();
        if open.is_some() && open == self.went_to.try_get_value() {
            self.went_to.try_set_value(None);
            self.show(Some(id));
        } else {
            let words = untrack(|| {
                text!(
                    approvals.came_back,
                    number = number,
                    why = error_words(&error, None)
                )
            });
            self.toasts.warn(words);
        }
    }

    /// A change of the open order was made here: where it has left the queue, the next one is opened.
    pub fn done(self, reply: &OrderDetail) {
        self.say_done(reply);
        if !waits_here(&reply.order, self.stage) {
            self.passing.remember(reply.order.id, reply.order.version);
            self.leave(reply.order.id);
        }
    }

    fn say_done(self, reply: &OrderDetail) {
        let number = reply.order.number.clone();
        self.toasts
            .say(untrack(|| text!(approvals.done, number = number)));
    }

    /// The order is done with: the next one is opened in its place.
    pub fn leave(self, done: OrderId) {
        if self.open.try_get_untracked().flatten() == Some(done)
            && let Some(next) = self.arranged.try_with_untracked(|arranged| arranged.after(done))
        {
            self.show(next);
        }
    }

    /// The address of the queue as it is narrowed, with this order open.
    pub fn path(self, open: Option<OrderId>) -> String {
        self.route(open).to_path()
    }

    fn route(self, open: Option<OrderId>) -> Route {
        Route::Queue {
            stage: self.stage,
            open,
            // The page may be gone by now; then nobody goes anywhere.
            filter: self.filter.try_get().unwrap_or_default(),
        }
    }

    fn show(self, open: Option<OrderId>) {
        let route = untrack(|| self.route(open));
        // The first order opened is a step for the back button; going on from one to the next is not.
        if self.open.get_untracked().is_some() {
            self.navigator.replace(&route);
        } else {
            self.navigator.go(&route);
        }
    }
}
