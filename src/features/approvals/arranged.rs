//! A queue as it stands on the screen, and going through it.

use countersign_contract::order::OrderSummary;
use countersign_contract::page::Page;
use countersign_domain::id::OrderId;

use crate::route::QueueFilter;

/// What has the list sorted anew: another one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turn {
    /// How often the person had it sorted.
    pub sorted: u32,
    /// Which orders are shown.
    pub filter: QueueFilter,
}

/// How an order of the list stands.
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
pub struct Row {
    /// The order; one that is gone as it was last seen here.
    pub order: OrderSummary,
    /// How it stands.
    pub presence: Presence,
    /// Whether it arrived and was not sorted in.
    pub is_new: bool,
}

/// A queue as it stands on the screen: what was there keeps its place, what arrives stands below it, and what others take
/// leaves an empty place, until the person wants the list sorted. So nothing moves away under a finger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    rows: Vec<Row>,
    turn: Turn,
}

impl Arranged {
    /// The list of before with what is in the queue now. `hides` names what is not to be shown, `is_own` what this person
    /// took out of the queue: that leaves no place behind.
    pub fn next(
        before: Option<&Self>,
        page: &Page<OrderSummary>,
        turn: Turn,
        hides: impl Fn(&OrderSummary) -> bool,
        is_own: impl Fn(&OrderSummary) -> bool,
    ) -> Self {
        let row = |order: &OrderSummary, is_new| Row {
            order: order.clone(),
            presence: if hides(order) {
                Presence::Hidden
            } else {
                Presence::Waits
            },
            is_new,
        };
        let known = before.filter(|before| before.turn == turn);
        let known = known.map(|before| before.rows.as_slice()).unwrap_or_default();
        let kept = known.iter().filter_map(|old| {
            let now = page.items.iter().find(|order| order.id == old.order.id);
            match now {
                Some(order) => Some(row(order, old.is_new)),
                None if is_own(&old.order) || is_beyond(page, &old.order) => None,
                None => Some(Row {
                    presence: Presence::Gone,
                    ..old.clone()
                }),
            }
        });
        let mut rows: Vec<Row> = kept.collect();
        // Where nothing of before is left, nothing can move.
        let is_anew = !rows.iter().any(Row::is_shown);
        if is_anew {
            rows.clear();
        }
        let arrived = page
            .items
            .iter()
            .filter(|order| is_anew || !known.iter().any(|old| old.order.id == order.id));
        rows.extend(arrived.map(|order| row(order, !is_anew)));
        Self { rows, turn }
    }

    /// The rows that are shown.
    pub fn shown(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_shown())
    }

    /// The orders that wait and are shown.
    pub fn waiting(&self) -> Vec<OrderSummary> {
        let waiting = self.rows.iter().filter(|row| row.waits());
        waiting.map(|row| row.order.clone()).collect()
    }

    /// How an order stands and whether it is new; `None` where it is not on the list.
    pub fn row(&self, id: OrderId) -> Option<&Row> {
        self.rows.iter().find(|row| row.order.id == id)
    }

    /// How many arrived and were not sorted in.
    pub fn new_count(&self) -> usize {
        self.rows.iter().filter(|row| row.is_new && row.waits()).count()
    }

    /// How many are gone.
    pub fn gone_count(&self) -> usize {
        let is_gone = |row: &&Row| row.presence == Presence::Gone;
        self.rows.iter().filter(is_gone).count()
    }

    /// The order that waits after the open one; the first where none is open or the open one is not on the list.
    pub fn below(&self, open: Option<OrderId>) -> Option<OrderId> {
        let from = self.position(open).map_or(0, |place| place.saturating_add(1));
        let rest = self.rows.get(from..).unwrap_or_default();
        rest.iter().find(|row| row.waits()).map(|row| row.order.id)
    }

    /// The order that waits before the open one; the last where none is open.
    pub fn above(&self, open: Option<OrderId>) -> Option<OrderId> {
        let to = self.position(open).unwrap_or(self.rows.len());
        let rest = self.rows.get(..to).unwrap_or_default();
        rest.iter().rfind(|row| row.waits()).map(|row| row.order.id)
    }

    /// Where to go when the open order is done with: the one below it, else the one above, else nowhere.
    pub fn after(&self, done: OrderId) -> Option<OrderId> {
        let above = || self.position(Some(done)).and_then(|_| self.above(Some(done)));
        self.below(Some(done)).or_else(above)
    }

    /// The orders whose turn comes next: those two below the open one, or the first where none is open.
    pub fn ahead(&self, open: Option<OrderId>) -> Vec<OrderId> {
        let first = match open {
            Some(open) => self.after(open),
            None => self.below(None),
        };
        let second = first.and_then(|first| self.below(Some(first)));
        first.into_iter().chain(second).collect()
    }

    fn position(&self, open: Option<OrderId>) -> Option<usize> {
        let open = open?;
        self.rows.iter().position(|row| row.order.id == open)
    }
}

impl Row {
    fn waits(&self) -> bool {
        self.presence == Presence::Waits
    }

    fn is_shown(&self) -> bool {
        self.presence != Presence::Hidden
    }
}

/// Whether an order may wait behind all that the page has room for: what is more urgent has pushed it there.
fn is_beyond(page: &Page<OrderSummary>, order: &OrderSummary) -> bool {
    // As the queue is sorted; what has no deadline comes last.
    let place = |order: &OrderSummary| (order.due_at.is_none(), order.due_at, order.submitted_at);
    let is_behind = |last: &OrderSummary| place(order) >= place(last);
    page.next.is_some() && page.items.last().is_some_and(is_behind)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use countersign_domain::order::OrderStatus;
    use uuid::Uuid;

    use super::*;
    use crate::order_view::sample;

    fn id(number: u128) -> OrderId {
        OrderId(Uuid::from_u128(number))
    }

    fn page(numbers: &[u128]) -> Page<OrderSummary> {
        let order = |number: &u128| OrderSummary {
            id: id(*number),
            ..sample::summary(OrderStatus::PendingFinanceReview)
        };
        Page {
            items: numbers.iter().map(order).collect(),
            next: None,
            total: None,
        }
    }

    /// The list after these are in the queue, where nothing is hidden or taken by this person.
    fn next(before: Option<&Arranged>, numbers: &[u128]) -> Arranged {
        Arranged::next(before, &page(numbers), Turn::default(), |_| false, |_| false)
    }

    fn shown(arranged: &Arranged) -> Vec<OrderId> {
        arranged.shown().map(|row| row.order.id).collect()
    }

    fn gone(arranged: &Arranged) -> Vec<OrderId> {
        let gone = arranged.shown().filter(|row| row.presence == Presence::Gone);
        gone.map(|row| row.order.id).collect()
    }

    #[test]
    fn moving_stops_at_both_ends() {
        let queue = next(None, &[1, 2, 3]);
        assert_eq!(queue.below(None), Some(id(1)));
        assert_eq!(queue.below(Some(id(1))), Some(id(2)));
        assert_eq!(queue.below(Some(id(3))), None);
        assert_eq!(queue.above(None), Some(id(3)));
        assert_eq!(queue.above(Some(id(1))), None);
        assert_eq!(queue.above(Some(id(3))), Some(id(2)));
    }

    #[test]
    fn what_is_done_leads_to_the_next_and_at_the_end_to_the_one_before() {
        let queue = next(None, &[1, 2, 3]);
        assert_eq!(queue.after(id(1)), Some(id(2)));
        assert_eq!(queue.after(id(3)), Some(id(2)));
        assert_eq!(queue.after(id(9)), Some(id(1)));
        assert_eq!(next(None, &[1]).after(id(1)), None);
        assert_eq!(Arranged::default().after(id(1)), None);
    }

    #[test]
    fn what_comes_next_is_known_before_it_is_its_turn() {
        let queue = next(None, &[1, 2, 3]);
        assert_eq!(queue.ahead(None), [id(1), id(2)]);
        assert_eq!(queue.ahead(Some(id(1))), [id(2), id(3)]);
        assert_eq!(queue.ahead(Some(id(3))), [id(2), id(3)]);
        assert_eq!(Arranged::default().ahead(None), []);
    }

    #[test]
    fn what_arrives_stands_below_until_it_is_sorted_in() {
        let first = next(None, &[2, 3]);
        assert_eq!((shown(&first), first.new_count()), (vec![id(2), id(3)], 0));
        let more = next(Some(&first), &[1, 2, 3]);
        assert_eq!((shown(&more), more.new_count()), (vec![id(2), id(3), id(1)], 1));
        assert!(more.row(id(1)).is_some_and(|row| row.is_new));
        let turn = Turn {
            sorted: 1,
            ..Turn::default()
        };
        let sorted = Arranged::next(Some(&more), &page(&[1, 2, 3]), turn, |_| false, |_| false);
        assert_eq!(
            (shown(&sorted), sorted.new_count()),
            (vec![id(1), id(2), id(3)], 0)
        );
    }

    #[test]
    fn what_a_colleague_takes_keeps_its_place_until_the_list_is_sorted_or_narrowed() {
        let first = next(None, &[1, 2, 3]);
        let taken = next(Some(&first), &[4, 1, 3]);
        assert_eq!(shown(&taken), [id(1), id(2), id(3), id(4)]);
        assert_eq!((gone(&taken), taken.gone_count()), (vec![id(2)], 1));
        let waiting: Vec<OrderId> = taken.waiting().iter().map(|order| order.id).collect();
        assert_eq!(waiting, [id(1), id(3), id(4)]);
        assert_eq!(
            taken.below(Some(id(1))),
            Some(id(3)),
            "nobody goes to what is gone"
        );
        assert_eq!(taken.above(Some(id(3))), Some(id(1)));
        assert_eq!(taken.after(id(1)), Some(id(3)));
        assert_eq!(taken.after(id(2)), Some(id(3)), "on from where it stood");
        assert_eq!(gone(&next(Some(&taken), &[1, 3, 4])), [id(2)], "it stays");
        let back = next(Some(&taken), &[4, 1, 2, 3]);
        assert_eq!((shown(&back), gone(&back)), (shown(&taken), vec![]));

        let sorted = Turn {
            sorted: 1,
            ..Turn::default()
        };
        let mut narrowed = Turn::default();
        narrowed.filter.q = "tea".to_owned();
        for turn in [sorted, narrowed] {
            let anew = Arranged::next(Some(&taken), &page(&[4, 1, 3]), turn, |_| false, |_| false);
            assert_eq!((shown(&anew), gone(&anew)), (vec![id(4), id(1), id(3)], vec![]));
        }
    }

    #[test]
    fn what_all_colleagues_take_leaves_the_places_and_nobody_to_go_to() {
        let taken = next(Some(&next(None, &[1, 2])), &[]);
        assert_eq!((gone(&taken), taken.waiting().len()), (vec![id(1), id(2)], 0));
        assert_eq!((taken.below(None), taken.above(None)), (None, None));
        let more = next(Some(&taken), &[3]);
        assert_eq!((shown(&more), more.new_count()), (vec![id(1), id(2), id(3)], 1));
    }

    #[test]
    fn what_this_person_takes_leaves_nothing_behind_even_where_its_leaving_was_seen_first() {
        let first = next(None, &[1, 2, 3]);
        let own = |order: &OrderSummary| order.id == id(2);
        let left = Arranged::next(Some(&first), &page(&[1, 3]), Turn::default(), own, own);
        assert_eq!((shown(&left), gone(&left)), (vec![id(1), id(3)], vec![]));
        let seen_first = next(Some(&first), &[1, 3]);
        let told = Arranged::next(Some(&seen_first), &page(&[1, 3]), Turn::default(), own, own);
        assert_eq!(shown(&told), [id(1), id(3)]);
        // Where it was the last one, what arrives needs no sorting.
        let all = |_: &OrderSummary| true;
        let anew = Arranged::next(Some(&first), &page(&[4]), Turn::default(), |_| false, all);
        assert_eq!((shown(&anew), anew.new_count()), (vec![id(4)], 0));
    }

    #[test]
    fn what_is_pushed_behind_a_full_page_is_not_gone() {
        let mut full = page(&[1, 2, 3]);
        let due = |hours| Some(sample::morning() + TimeDelta::hours(hours));
        for (order, hours) in full.items.iter_mut().zip([2, 3, 4]) {
            order.due_at = due(hours);
        }
        full.next = Some("more".to_owned());
        let first = Arranged::next(None, &full, Turn::default(), |_| false, |_| false);
        let mut pushed = full.clone();
        let mut urgent = page(&[4]).items;
        urgent[0].due_at = due(1);
        pushed.items = [urgent, vec![full.items[1].clone()]].concat();
        let now = Arranged::next(Some(&first), &pushed, Turn::default(), |_| false, |_| false);
        assert_eq!(
            gone(&now),
            [id(1)],
            "it should stand before the last one, and does not"
        );
        assert_eq!(shown(&now), [id(1), id(2), id(4)]);
    }

    #[test]
    fn what_is_hidden_is_not_there_and_comes_back_to_its_place() {
        let hidden = |order: &OrderSummary| order.id == id(1);
        let arranged = Arranged::next(None, &page(&[1, 2, 3]), Turn::default(), hidden, hidden);
        assert_eq!(
            (shown(&arranged), arranged.waiting().len()),
            (vec![id(2), id(3)], 2)
        );
        assert_eq!(arranged.after(id(1)), Some(id(2)));
        let back = next(Some(&arranged), &[1, 2, 3]);
        assert_eq!((shown(&back), back.new_count()), (vec![id(1), id(2), id(3)], 0));
    }
}
