//! A queue of orders as it stands on the screen.

use countersign_contract::order::OrderSummary;

use crate::queue_view;
use crate::route::QueueFilter;

/// The queue.
pub type Arranged = queue_view::Arranged<OrderSummary, QueueFilter>;
/// A place of it.
pub type Row = queue_view::Row<OrderSummary>;
/// What has it sorted anew.
pub type Turn = queue_view::Turn<QueueFilter>;

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use countersign_contract::page::Page;
    use countersign_domain::id::OrderId;
    use countersign_domain::order::OrderStatus;
    use uuid::Uuid;

    use super::*;
    use crate::order_view::sample;
    use crate::queue_view::Presence;

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
        arranged.shown().map(|row| row.item.id).collect()
    }

    fn gone(arranged: &Arranged) -> Vec<OrderId> {
        let gone = arranged.shown().filter(|row| row.presence == Presence::Gone);
        gone.map(|row| row.item.id).collect()
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
