//! Going through a queue of returns: which comes next, and the way on from one that no longer waits where it did.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::page::Page;
use countersign_contract::returns::{ListReturns, ReturnSummary};
use countersign_domain::id::ReturnId;
use countersign_domain::returns::ReturnStage;
use leptos::prelude::*;

use crate::api::now;
use crate::features::returns::desk::ReturnDesk;
use crate::features::returns::model::queue_query;
use crate::i18n::returns;
use crate::queries;
use crate::route::{Route, use_navigator};
use crate::text;
use crate::ui::{Button, Shortcuts, Variant};

/// After a decision has led on to another return that one is not decided on for so long: the second half of a double click,
/// or of a key pressed twice, was meant for the first.
const REST: TimeDelta = TimeDelta::milliseconds(500);

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To the one after.
    On,
    /// To the one before.
    Back,
}

/// `j` and `k` go from return to return.
pub fn listen(go: impl Fn(Way) + Copy + Send + Sync + 'static) {
    let Some(shortcuts) = use_context::<Shortcuts>() else {
        return;
    };
    let key = |name, label, way| shortcuts.on(name, label, Callback::new(move |()| go(way)));
    key("j", Signal::derive(|| text!(returns.next)), Way::On);
    key("k", Signal::derive(|| text!(returns.previous)), Way::Back);
}

/// The way on from an open return that no longer waits where it did.
#[derive(Clone, Copy)]
pub struct Onward {
    /// Where it no longer waits; nothing while it does.
    pub left: Memo<Option<ReturnStage>>,
    /// Whether another waits there.
    pub has_next: Memo<bool>,
    /// Goes to that one.
    pub go: Callback<()>,
    /// When a decision about another return led here.
    pub came_at: StoredValue<Option<DateTime<Utc>>>,
}

impl Onward {
    /// Whether this return came so short ago in the place of another that a press may have been meant for that one.
    pub fn is_fresh(self) -> bool {
        let came_at = self.came_at.try_get_value().flatten();
        came_at.is_some_and(|came_at| now() - came_at < REST)
    }

    /// From a return on its own page: through the queue where it waited when it was opened. Staff's alone.
    pub fn of_page(desk: ReturnDesk) -> Self {
        let queue = Queue::of(desk);
        let navigator = use_navigator();
        let wanted = RwSignal::new(None::<Way>);
        // Going from one to the next is no step for the back button: it leads back to the queue.
        let go = move |way| {
            let Some(Some((known, own))) = queue.known.try_get_untracked() else {
                wanted.try_set(Some(way));
                return;
            };
            if let Some(id) = step(&known.items, Some(own), way) {
                navigator.replace(&Route::Return(id));
            }
        };
        listen(go);
        // A key that is pressed before the queue is there counts as soon as it is.
        Effect::new(move |_| {
            let way = if queue.known.with(Option::is_some) {
                wanted.try_update_untracked(Option::take).flatten()
            } else {
                None
            };
            if let Some(way) = way {
                go(way);
            }
        });
        let has_next = move |known: &(Arc<Page<ReturnSummary>>, Place)| {
            step(&known.0.items, Some(known.1), Way::On).is_some()
        };
        Self {
            left: queue.left,
            has_next: Memo::new(move |_| queue.known.with(|known| known.as_ref().is_some_and(has_next))),
            go: Callback::new(move |()| go(Way::On)),
            came_at: StoredValue::new(None),
        }
    }
}

/// Where an open return waited when it was opened, and what else waits there. Staff's alone.
#[derive(Clone, Copy)]
struct Queue {
    /// What waits there, and where the open one stands or stood.
    known: Memo<Option<(Arc<Page<ReturnSummary>>, Place)>>,
    left: Memo<Option<ReturnStage>>,
}

impl Queue {
    fn of(desk: ReturnDesk) -> Self {
        let now_at = move || {
            desk.detail
                .with(|detail| detail.as_deref().and_then(|detail| detail.subject.status.stage()))
        };
        let stage = Memo::new(move |before: Option<&Option<ReturnStage>>| {
            before
                .copied()
                .flatten()
                .or_else(now_at)
                .filter(|_| !desk.is_customer())
        });
        let read = queries::read::<ListReturns>(move || Some(((), queue_query(stage.get()?, ""))));
        let known = Memo::new(move |_| {
            let detail = desk.detail.get()?;
            let queue = read.state.with(|state| state.ready().cloned())?;
            Some((queue, (detail.subject.submitted_at, detail.subject.id)))
        });
        Self {
            known,
            left: Memo::new(move |_| stage.get().filter(|stage| now_at() != Some(*stage))),
        }
    }
}

/// Once the return no longer waits where it did, the way on to the next that does.
#[component]
pub fn NextReturn(
    /// The way.
    onward: Onward,
) -> impl IntoView {
    let Onward { left, has_next, .. } = onward;
    let words = move || {
        let stage = left.get().map(returns::stage).unwrap_or_default();
        if has_next.get() {
            text!(returns.has_left, stage = stage)
        } else {
            text!(returns.was_last, stage = stage)
        }
    };
    let next = move || {
        view! {
            <Button
                label=move || text!(returns.next)
                variant=Variant::Primary
                on_press=move || onward.go.run(())
            />
        }
    };
    view! {
        <Show when=move || left.with(Option::is_some)>
            <div class="return-next">
                <p role="status">{words}</p>
                <Show when=move || has_next.get()>{next()}</Show>
            </div>
        </Show>
    }
}

/// As a queue is sorted: who came first stands first.
pub type Place = (DateTime<Utc>, ReturnId);

/// The place of a return in its queue.
pub fn place(of: &ReturnSummary) -> Place {
    (of.submitted_at, of.id)
}

/// The return to go to from the place of the open one, which may have left the queue already; from none, the first or the
/// last.
pub fn step(queue: &[ReturnSummary], from: Option<Place>, way: Way) -> Option<ReturnId> {
    match (from, way) {
        (Some(own), Way::On) => next(queue, own),
        (Some(own), Way::Back) => previous(queue, own),
        (None, Way::On) => queue.first().map(|one| one.id),
        (None, Way::Back) => queue.last().map(|one| one.id),
    }
}

/// Where the return stands among those that wait. What has left the queue stood before the first that came later; the lists give
/// moments less finely than a return itself does, so only its id tells which it is.
fn standing(queue: &[ReturnSummary], own: Place) -> Result<usize, usize> {
    match queue.iter().position(|other| other.id == own.1) {
        Some(here) => Ok(here),
        None => {
            let later = queue.iter().position(|other| place(other) > own);
            Err(later.unwrap_or(queue.len()))
        }
    }
}

/// The return that waits after this one, which may have left the queue already; the first where none came later.
fn next(queue: &[ReturnSummary], own: Place) -> Option<ReturnId> {
    let after = match standing(queue, own) {
        Ok(here) => here.saturating_add(1),
        Err(gap) => gap,
    };
    let first = || queue.first().filter(|first| first.id != own.1);
    queue.get(after).or_else(first).map(|other| other.id)
}

/// The one that waits before it.
fn previous(queue: &[ReturnSummary], own: Place) -> Option<ReturnId> {
    let (Ok(here) | Err(here)) = standing(queue, own);
    let before = here.checked_sub(1)?;
    queue.get(before).map(|other| other.id)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use countersign_domain::returns::ReturnStatus;
    use uuid::Uuid;

    use super::*;
    use crate::order_view::sample;

    fn one(number: u32) -> ReturnSummary {
        let order = sample::summary(countersign_domain::order::OrderStatus::Completed);
        let at = sample::morning() + TimeDelta::hours(i64::from(number));
        ReturnSummary {
            id: ReturnId(Uuid::from_u128(u128::from(number))),
            number: format!("DH-R-{number}"),
            order_id: order.id,
            order_number: order.number,
            customer: order.customer,
            is_claim: false,
            status: ReturnStatus::PendingReturnReview,
            version: 1,
            total: order.total,
            line_count: 1,
            submitted_at: at,
            entered_at: at,
        }
    }

    #[test]
    fn one_goes_on_from_where_the_return_stood_whether_it_is_still_there_or_not() {
        let (first, middle, last) = (one(1), one(2), one(3));
        let queue = [first.clone(), middle.clone(), last.clone()];
        let without = [first.clone(), last.clone()];
        for queue in [&queue[..], &without[..]] {
            assert_eq!(next(queue, place(&middle)), Some(last.id));
            assert_eq!(previous(queue, place(&middle)), Some(first.id));
        }
        assert_eq!(
            next(&queue, place(&last)),
            Some(first.id),
            "back to who waits longest"
        );
        assert_eq!(previous(&queue, place(&first)), None);
        let finer = (middle.submitted_at + TimeDelta::nanoseconds(7), middle.id);
        assert_eq!(
            (previous(&queue, finer), next(&queue, finer)),
            (Some(first.id), Some(last.id))
        );
        assert_eq!(
            (next(&queue[..1], place(&first)), next(&[], place(&first))),
            (None, None)
        );
    }

    #[test]
    fn with_none_open_the_keys_open_the_first_or_the_last() {
        let queue = [one(1), one(2), one(3)];
        assert_eq!(step(&queue, None, Way::On), Some(queue[0].id));
        assert_eq!(step(&queue, None, Way::Back), Some(queue[2].id));
        assert_eq!(step(&[], None, Way::Back), None);
        let first = Some(place(&queue[0]));
        assert_eq!(step(&queue, first, Way::On), Some(queue[1].id));
        assert_eq!(step(&queue, first, Way::Back), None);
    }
}
