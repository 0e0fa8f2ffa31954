//! Going through a queue of returns: by key from row to row, and from an open return to the next that waits where it waited.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use countersign_contract::page::{MAX_LIMIT, Page};
use countersign_contract::returns::{ListReturns, ReturnQuery, ReturnSummary};
use countersign_domain::id::ReturnId;
use countersign_domain::returns::ReturnStage;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::features::returns::desk::ReturnDesk;
use crate::features::returns::model::queue_query;
use crate::i18n::returns;
use crate::queries;
use crate::route::{Route, use_navigator};
use crate::text;
use crate::ui::{Button, Shortcuts, Variant};

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    On,
    Back,
}

/// `j` and `k` move the focus through the rows of `list`; Enter opens the row, as it does any link.
pub fn walk_rows(list: NodeRef<html::Section>) {
    listen(move |way| {
        let Some(Some(list)) = list.try_get_untracked() else {
            return;
        };
        let Ok(found) = list.query_selector_all("a[data-return]") else {
            return;
        };
        let rows: Vec<Element> = (0..found.length())
            .filter_map(|place| found.item(place)?.dyn_into().ok())
            .collect();
        let here = document().active_element();
        let here = rows.iter().position(|row| Some(row) == here.as_ref());
        let row = step(here, rows.len(), way).and_then(|place| rows.get(place));
        if let Some(row) = row.and_then(|row| row.dyn_ref::<HtmlElement>()) {
            // Fails only for a row that is no longer in the page.
            let _ = row.focus();
        }
    });
}

/// Presses the box that chooses the return in whose row the focus is.
pub fn choose_focused() {
    let row = document()
        .active_element()
        .and_then(|focused| focused.closest("li").ok().flatten())
        .and_then(|row| row.query_selector(".queue-pick input").ok().flatten());
    if let Some(pick) = row.as_ref().and_then(|pick| pick.dyn_ref::<HtmlElement>()) {
        pick.click();
    }
}

/// The place after or before `here` of so many; the first or the last where nothing is in focus.
fn step(here: Option<usize>, count: usize, way: Way) -> Option<usize> {
    let place = match (here, way) {
        (None, Way::On) => Some(0),
        (None, Way::Back) => count.checked_sub(1),
        (Some(here), Way::On) => here.checked_add(1),
        (Some(here), Way::Back) => here.checked_sub(1),
    };
    place.filter(|place| *place < count)
}

fn listen(go: impl Fn(Way) + Copy + Send + Sync + 'static) {
    let Some(shortcuts) = use_context::<Shortcuts>() else {
        return;
    };
    let key = |name, label, way| shortcuts.on(name, label, Callback::new(move |()| go(way)));
    key("j", Signal::derive(|| text!(returns.next)), Way::On);
    key("k", Signal::derive(|| text!(returns.previous)), Way::Back);
}

/// Where an open return waited when it was opened, and what else waits there. Staff's alone.
#[derive(Clone, Copy)]
struct Queue {
    stage: Memo<Option<ReturnStage>>,
    /// What waits there, and where the open one stands or stood.
    known: Memo<Option<(Arc<Page<ReturnSummary>>, Place)>>,
    has_left: Memo<bool>,
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
        let read = queries::read::<ListReturns>(move || {
            let query = ReturnQuery {
                limit: Some(MAX_LIMIT),
                ..queue_query(stage.get()?, None)
            };
            Some(((), query))
        });
        let known = Memo::new(move |_| {
            let detail = desk.detail.get()?;
            let queue = read.state.with(|state| state.ready().cloned())?;
            Some((queue, (detail.subject.submitted_at, detail.subject.id)))
        });
        Self {
            stage,
            known,
            has_left: Memo::new(move |_| stage.get().is_some() && now_at() != stage.get()),
        }
    }
}

/// Once the return no longer waits where it was opened, the way on to the next that does. `j` and `k` go there at any time.
#[component]
pub fn NextReturn(
    /// The open one.
    desk: ReturnDesk,
) -> impl IntoView {
    let queue = Queue::of(desk);
    let navigator = use_navigator();
    let wanted = RwSignal::new(None::<Way>);
    // Going from one to the next is no step for the back button: it leads back to the queue.
    let go = move |way| {
        let Some(Some((known, own))) = queue.known.try_get_untracked() else {
            wanted.try_set(Some(way));
            return;
        };
        let target = match way {
            Way::On => next(&known.items, own),
            Way::Back => previous(&known.items, own),
        };
        if let Some(id) = target {
            navigator.replace(&Route::Return(id));
        }
    };
    let has_next = Memo::new(move |_| {
        queue.known.with(|known| {
            known
                .as_ref()
                .is_some_and(|(known, own)| next(&known.items, *own).is_some())
        })
    });
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
    let words = move || {
        let stage = queue.stage.get().map(returns::stage).unwrap_or_default();
        if has_next.get() {
            text!(returns.has_left, stage = stage)
        } else {
            text!(returns.was_last, stage = stage)
        }
    };
    view! {
        <Show when=move || queue.has_left.get()>
            <div class="return-next">
                <p role="status">{words}</p>
                <Show when=move || has_next.get()>
                    <Button label=move || text!(returns.next) variant=Variant::Primary on_press=move || go(Way::On) />
                </Show>
            </div>
        </Show>
    }
}

/// As a queue is sorted: who came first stands first.
type Place = (DateTime<Utc>, ReturnId);

fn place(of: &ReturnSummary) -> Place {
    (of.submitted_at, of.id)
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
    fn the_focus_moves_within_the_rows() {
        assert_eq!(step(None, 3, Way::On), Some(0));
        assert_eq!(step(None, 3, Way::Back), Some(2));
        assert_eq!(step(Some(0), 3, Way::On), Some(1));
        assert_eq!(step(Some(2), 3, Way::On), None);
        assert_eq!(step(Some(0), 3, Way::Back), None);
        assert_eq!((step(None, 0, Way::On), step(None, 0, Way::Back)), (None, None));
    }
}
