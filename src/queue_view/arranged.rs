//! A queue as it stands on the screen, and going through it.

use countersign_contract::order::OrderSummary;
use countersign_contract::page::Page;
use countersign_contract::returns::ReturnSummary;
use countersign_domain::id::{OrderId, ReturnId};

/// Something that waits in a queue.
pub trait Queued: Clone + PartialEq {
    /// What it is known by.
    type Id: Copy + PartialEq;

    /// Which it is.
    fn id(&self) -> Self::Id;

    /// Whether it stands where `other` does in a sorted queue, or behind it.
    fn is_behind(&self, other: &Self) -> bool;
}

impl Queued for OrderSummary {
    type Id = OrderId;

    fn id(&self) -> OrderId {
        self.id
    }

    fn is_behind(&self, other: &Self) -> bool {
        // What has no deadline comes last.
        let place = |order: &Self| (order.due_at.is_none(), order.due_at, order.submitted_at);
        place(self) >= place(other)
    }
}

impl Queued for ReturnSummary {
    type Id = ReturnId;

    fn id(&self) -> ReturnId {
        self.id
    }

    fn is_behind(&self, other: &Self) -> bool {
        (self.submitted_at, self.id) >= (other.submitted_at, other.id)
    }
}

/// What has the list sorted anew: another one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn<F> {
    /// How often the person had it sorted.
    pub sorted: u32,
    /// What of the queue is shown.
    pub filter: F,
}

/// How something stands on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It waits.
    Waits,
    /// It waits, and is not shown: its approval is on its way. It may come back to its place.
    Hidden,
    /// It has left the queue, and not by this person's doing. Its row keeps the place.
    Gone,
}

/// A place of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<T> {
    /// What stands there; one that is gone as it was last seen here.
    pub item: T,
    /// How it stands.
    pub presence: Presence,
    /// Whether it arrived and was not sorted in.
    pub is_new: bool,
}

/// A queue as it stands on the screen: what was there keeps its place, what arrives stands below it, and what others take
/// leaves an empty place, until the person wants the list sorted. So nothing moves away under a finger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arranged<T, F> {
    rows: Vec<Row<T>>,
    turn: Turn<F>,
}

impl<T, F: Default> Default for Arranged<T, F> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            turn: Turn::default(),
        }
    }
}

impl<T: Queued, F: PartialEq> Arranged<T, F> {
    /// The list of before with what is in the queue now. `hides` names what is not to be shown, `is_own` what this person
    /// took out of the queue: that leaves no place behind.
    pub fn next(
        before: Option<&Self>,
        page: &Page<T>,
        turn: Turn<F>,
        hides: impl Fn(&T) -> bool,
        is_own: impl Fn(&T) -> bool,
    ) -> Self {
        let row = |item: &T, is_new| Row {
            item: item.clone(),
            presence: if hides(item) {
                Presence::Hidden
            } else {
                Presence::Waits
            },
            is_new,
        };
        let known = before.filter(|before| before.turn == turn);
        let known = known.map(|before| before.rows.as_slice()).unwrap_or_default();
        let kept = known.iter().filter_map(|old| {
            let now = page.items.iter().find(|item| item.id() == old.item.id());
            match now {
                Some(item) => Some(row(item, old.is_new)),
                None if is_own(&old.item) || is_beyond(page, &old.item) => None,
                None => Some(Row {
                    presence: Presence::Gone,
                    ..old.clone()
                }),
            }
        });
        let mut rows: Vec<Row<T>> = kept.collect();
        // Where nothing of before is left, nothing can move.
        let is_anew = !rows.iter().any(Row::is_shown);
        if is_anew {
            rows.clear();
        }
        let arrived = page
            .items
            .iter()
            .filter(|item| is_anew || !known.iter().any(|old| old.item.id() == item.id()));
        rows.extend(arrived.map(|item| row(item, !is_anew)));
        Self { rows, turn }
    }

    /// The rows that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &Row<T>> {
        self.rows.iter().filter(|row| row.is_shown())
    }

    /// What waits and is shown.
    pub fn waiting(&self) -> Vec<T> {
        let waiting = self.rows.iter().filter(|row| row.waits());
        waiting.map(|row| row.item.clone()).collect()
    }

    /// How one stands and whether it is new; `None` where it is not on the list.
    pub fn row(&self, id: T::Id) -> Option<&Row<T>> {
        self.rows.iter().find(|row| row.item.id() == id)
    }

    /// How many arrived and were not sorted in.
    pub fn new_count(&self) -> usize {
        self.rows.iter().filter(|row| row.is_new && row.waits()).count()
    }

    /// How many are gone.
    pub fn gone_count(&self) -> usize {
        let is_gone = |row: &&Row<T>| row.presence == Presence::Gone;
        self.rows.iter().filter(is_gone).count()
    }

    /// The one that waits after the open one; the first where none is open or the open one is not on the list.
    pub fn below(&self, open: Option<T::Id>) -> Option<T::Id> {
        let from = self.position(open).map_or(0, |place| place.saturating_add(1));
        let rest = self.rows.get(from..).unwrap_or_default();
        rest.iter().find(|row| row.waits()).map(|row| row.item.id())
    }

    /// The one that waits before the open one; the last where none is open.
    pub fn above(&self, open: Option<T::Id>) -> Option<T::Id> {
        let to = self.position(open).unwrap_or(self.rows.len());
        let rest = self.rows.get(..to).unwrap_or_default();
        rest.iter().rfind(|row| row.waits()).map(|row| row.item.id())
    }

    /// Where to go when the open one is done with: the one below it, else the one above, else nowhere.
    pub fn after(&self, done: T::Id) -> Option<T::Id> {
        let above = || self.position(Some(done)).and_then(|_| self.above(Some(done)));
        self.below(Some(done)).or_else(above)
    }

    /// Those whose turn comes next: the two below the open one, or the first where none is open.
    pub fn ahead(&self, open: Option<T::Id>) -> Vec<T::Id> {
        let first = match open {
            Some(open) => self.after(open),
            None => self.below(None),
        };
        let second = first.and_then(|first| self.below(Some(first)));
        first.into_iter().chain(second).collect()
    }

    fn position(&self, open: Option<T::Id>) -> Option<usize> {
        let open = open?;
        self.rows.iter().position(|row| row.item.id() == open)
    }
}

impl<T> Row<T> {
    fn waits(&self) -> bool {
        self.presence == Presence::Waits
    }

    fn is_shown(&self) -> bool {
        self.presence != Presence::Hidden
    }
}

/// Whether something may wait behind all that the page has room for: what is more urgent has pushed it there.
fn is_beyond<T: Queued>(page: &Page<T>, item: &T) -> bool {
    let is_behind = |last: &T| item.is_behind(last);
    page.next.is_some() && page.items.last().is_some_and(is_behind)
}
