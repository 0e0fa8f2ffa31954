//! A queue of returns of the supplier. Its address says which, and which return is open.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use countersign_contract::endpoint::NoQuery;
use countersign_contract::returns::{GetReturn, ListReturns, ReturnDetail, ReturnSummary};
use countersign_domain::id::ReturnId;
use countersign_domain::returns::ReturnStage;
use leptos::prelude::*;

use crate::api::now;
use crate::features::returns::batch::{Batch, Picking};
use crate::features::returns::desk::ReturnDesk;
use crate::features::returns::model::queue_query;
use crate::features::returns::moving::{Onward, Way, listen};
use crate::features::returns::queue_list::{QueueList, Shelf};
use crate::features::returns::sheet::sheet;
use crate::i18n::returns;
use crate::layout::{NotFoundPage, use_title};
use crate::order_view::passing_now;
use crate::queries::{self, Cache};
use crate::queue_view;
use crate::route::{Navigator, Route, use_navigator, use_route};
use crate::text;
use crate::ui::{EmptyState, Icon, IconName};

/// A queue of returns as it stands on the screen, from the place of a page on.
pub type Arranged = queue_view::Arranged<ReturnSummary, String>;
type Turn = queue_view::Turn<String>;

/// The returns that wait at the stage of the address, the open one beside them.
#[component]
pub fn ReturnQueuePage() -> impl IntoView {
    match use_route().get_untracked() {
        Route::ReturnQueue { stage, .. } => view! { <StageQueue stage=stage /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn StageQueue(stage: ReturnStage) -> impl IntoView {
    let here = use_route();
    // On the way to another page the address is no queue's any more: then what was open stays.
    let open = Memo::new(move |before: Option<&Option<ReturnId>>| match here.get() {
        Route::ReturnQueue { open, .. } => open,
        _ => before.copied().flatten(),
    });
    let after = Memo::new(move |before: Option<&String>| match here.get() {
        Route::ReturnQueue { after, .. } => after,
        _ => before.cloned().unwrap_or_default(),
    });
    let list =
        queries::read::<ListReturns>(move || Some(((), after.with(|after| queue_query(stage, after)))));
    let batch = expect_context::<Batch>();
    let taken = RwSignal::new(BTreeMap::<ReturnId, u64>::new());
    let is_taken = move |one: &ReturnSummary| {
        let is_before = |left_with: &u64| one.version < *left_with;
        batch.takes(one) || taken.with(|taken| taken.get(&one.id).is_some_and(is_before))
    };
    let sorted = RwSignal::new(0_u32);
    let arranged = Memo::new(move |before: Option<&Arranged>| {
        list.state.with(|state| match state.ready() {
            Some(page) => {
                let turn = Turn {
                    sorted: sorted.get(),
                    filter: after.get(),
                };
                Arranged::next(before, page, turn, is_taken, is_taken)
            }
            None => Arranged::default(),
        })
    });
    let waiting = Memo::new(move |_| arranged.with(Arranged::waiting));
    use_title(move || returns::stage(stage));
    let moves = Moves {
        stage,
        open,
        after,
        arranged,
        taken,
        navigator: use_navigator(),
        came_at: StoredValue::new(None),
    };
    listen(move |way| {
        moves.go(match way {
            Way::On => Arranged::below,
            Way::Back => Arranged::above,
        });
    });
    moves.look_ahead();
    let picking = Picking::new(stage, waiting, open);
    picking.listen();
    let shelf = Shelf {
        moves,
        list,
        picking,
        waiting,
        now: passing_now(),
        sort_in: Callback::new(move |()| sorted.update(|count| *count = count.wrapping_add(1))),
    };
    // Whoever goes from return to return is told what they look at now; one that came with the address is not news.
    let arrived = StoredValue::new(false);
    let pane = move || {
        let moved = arrived.get_value();
        arrived.set_value(true);
        match open.get() {
            Some(id) => view! { <OpenReturn id=id moves=moves picking=picking focused=moved /> }.into_any(),
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
            title=move || text!(returns.choose)
            hint=move || text!(returns.choose_hint)
            icon=IconName::Queue
        />
    }
    .into_any()
}

/// The open return, beside the list or, where there is no room for both, in its place.
#[component]
fn OpenReturn(id: ReturnId, moves: Moves, picking: Picking, focused: bool) -> impl IntoView {
    let stage = moves.stage;
    let done = Callback::new(move |reply: std::sync::Arc<ReturnDetail>| {
        picking.forget(reply.subject.id);
        moves.done(&reply);
    });
    let desk = ReturnDesk::open(id, done);
    let left = move |_: Option<&Option<ReturnStage>>| {
        let now_at = desk
            .detail
            .with(|detail| detail.as_deref().map(|detail| detail.subject.status.stage()));
        // What this person sends is heard of before it is answered, and then leads on by itself.
        let is_own = desk.panel.is_sending();
        now_at
            .filter(|now_at| *now_at != Some(stage) && !is_own)
            .map(|_| stage)
    };
    let onward = Onward {
        left: Memo::new(left),
        has_next: Memo::new(move |_| moves.arranged.with(|arranged| arranged.after(id).is_some())),
        go: Callback::new(move |()| moves.leave(id)),
        came_at: moves.came_at,
    };
    view! {
        <nav class="order-back queue-back" aria-label=move || text!(returns.way)>
            <a href=move || moves.path(None)><Icon name=IconName::Back /> {move || returns::stage(stage)}</a>
        </nav>
        {sheet(desk, onward, focused)}
    }
}

/// Going through the queue.
#[derive(Clone, Copy)]
pub struct Moves {
    /// The queue.
    pub stage: ReturnStage,
    /// The open one.
    pub open: Memo<Option<ReturnId>>,
    /// Where the page begins.
    pub after: Memo<String>,
    /// What is on the list, and where.
    pub arranged: Memo<Arranged>,
    /// What this person took out of the queue, and the versions that it left with.
    taken: RwSignal<BTreeMap<ReturnId, u64>>,
    navigator: Navigator,
    came_at: StoredValue<Option<DateTime<Utc>>>,
}

impl Moves {
    /// The address of the queue, with this return open.
    pub fn path(self, open: Option<ReturnId>) -> String {
        self.route(open).to_path()
    }

    fn route(self, open: Option<ReturnId>) -> Route {
        Route::ReturnQueue {
            stage: self.stage,
            open,
            // The page may be gone by now; then nobody goes anywhere.
            after: self.after.try_get().unwrap_or_default(),
        }
    }

    fn go(self, find: fn(&Arranged, Option<ReturnId>) -> Option<ReturnId>) {
        let open = self.open.get_untracked();
        let target = self.arranged.with_untracked(|arranged| find(arranged, open));
        if target.is_some() {
            self.show(target);
        }
    }

    /// This one is done with: the next one is opened in its place, if it is open. The page may be gone by now.
    fn leave(self, done: ReturnId) {
        if self.open.try_get_untracked().flatten() == Some(done)
            && let Some(next) = self.arranged.try_with_untracked(|arranged| arranged.after(done))
        {
            self.show(next);
        }
    }

    fn show(self, open: Option<ReturnId>) {
        let route = untrack(|| self.route(open));
        // The first return opened is a step for the back button; going on from one to the next is not.
        if self.open.get_untracked().is_some() {
            self.navigator.replace(&route);
        } else {
            self.navigator.go(&route);
        }
    }

    /// Fetches what comes after the open return, so that it is there when it is its turn.
    fn look_ahead(self) {
        let cache = expect_context::<Cache>();
        let next = Memo::new(move |_| {
            let open = self.open.get();
            self.arranged.with(|arranged| arranged.ahead(open))
        });
        Effect::new(move |_| {
            for id in next.get() {
                cache.read_ahead::<GetReturn>(&id, &NoQuery {});
            }
        });
    }

    /// A change of the open return was made here: where it has left the queue, the next one is opened.
    fn done(self, reply: &ReturnDetail) {
        let subject = &reply.subject;
        if subject.status.stage() == Some(self.stage) {
            return;
        }
        self.came_at.try_set_value(Some(now()));
        // Before its row goes, which says where it stood.
        self.leave(subject.id);
        self.taken
            .try_update(|taken| taken.insert(subject.id, subject.version));
    }
}
