//! What a queue asks for, and moving through it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use countersign_contract::order::{OrderQuery, OrderSort, OrderSummary};
use countersign_contract::page::MAX_LIMIT;
use countersign_domain::id::OrderId;
use countersign_domain::order::{Order, OrderStatus, Priority, Urgency};
use countersign_domain::workflow::Stage;

use crate::order_view::{status_name, summary_urgency};
use crate::route::QueueFilter;

/// The orders that wait at `stage`, by deadline, first-come within it, as far as `filter` asks for them. What the address
/// says wrongly counts as not said.
///
/// All that one page may hold: working through a queue means knowing what comes next.
pub fn query(stage: Stage, filter: &QueueFilter) -> OrderQuery {
    let said = |text: &str| {
        Some(text.trim())
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let priority = PRIORITIES
        .into_iter()
        .find(|one| priority_name(*one) == filter.priority);
    OrderQuery {
        status: OrderStatus::waiting_at(stage).map(|status| status_name(status).to_owned()),
        q: said(&filter.q),
        region: filter.region.parse().ok(),
        priority: priority.map(|priority| priority_name(priority).to_owned()),
        amount_from: filter.amount_from.trim().parse().ok(),
        amount_to: filter.amount_to.trim().parse().ok(),
        after: said(&filter.after),
        sort: Some(OrderSort::Deadline),
        limit: Some(MAX_LIMIT),
        total: Some(true),
        ..OrderQuery::default()
    }
}

/// The priorities, the most urgent first.
pub const PRIORITIES: [Priority; 3] = [Priority::Urgent, Priority::Special, Priority::Normal];

/// The name of a priority on the wire and in addresses.
pub fn priority_name(priority: Priority) -> &'static str {
    match priority {
        Priority::Normal => "normal",
        Priority::Special => "special",
        Priority::Urgent => "urgent",
    }
}

/// Whether a filter leaves orders out, beside those on other pages.
pub fn is_narrowed(filter: &QueueFilter) -> bool {
    let unpaged = QueueFilter {
        after: String::new(),
        ..filter.clone()
    };
    unpaged != QueueFilter::default()
}

/// The order after the open one; the first where none is open or the open one has left the queue.
pub fn below(queue: &[OrderSummary], open: Option<OrderId>) -> Option<OrderId> {
    let next = match position(queue, open) {
        Some(position) => queue.get(position.saturating_add(1)),
        None => queue.first(),
    };
    next.map(|order| order.id)
}

/// The order before the open one; the last where none is open.
pub fn above(queue: &[OrderSummary], open: Option<OrderId>) -> Option<OrderId> {
    let before = match position(queue, open) {
        Some(position) => position.checked_sub(1).and_then(|before| queue.get(before)),
        None => queue.last(),
    };
    before.map(|order| order.id)
}

/// Where to go when the open order is done with: the one below it, else the one above, else nowhere.
pub fn after(queue: &[OrderSummary], done: OrderId) -> Option<OrderId> {
    if position(queue, Some(done)).is_none() {
        return queue.first().map(|order| order.id);
    }
    below(queue, Some(done)).or_else(|| above(queue, Some(done)))
}

/// The orders whose turn comes next: those two below the open one, or the first where none is open.
pub fn ahead(queue: &[OrderSummary], open: Option<OrderId>) -> Vec<OrderId> {
    let first = match open {
        Some(open) => after(queue, open),
        None => below(queue, None),
    };
    let second = first.and_then(|first| below(queue, Some(first)));
    first.into_iter().chain(second).collect()
}

/// Whether an order still waits at the queue's stage.
pub fn waits_here(order: &Order, stage: Stage) -> bool {
    order.status.stage() == Some(stage)
}

/// A queue as it stands on the screen: what was there keeps its place, what arrives stands below it until the person wants it
/// sorted in. So nothing moves away under a finger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// The orders, those that arrived last.
    pub orders: Vec<OrderSummary>,
    /// Those that have their place.
    settled: BTreeSet<OrderId>,
    /// How often arrivals were sorted in.
    sorted: u32,
}

impl Arranged {
    /// The queue of before with what is in it now. `sorted` counts how often the person had arrivals sorted in; `hides` names
    /// what is not to be shown.
    pub fn next(
        before: Option<&Self>,
        items: &[OrderSummary],
        sorted: u32,
        hides: impl Fn(&OrderSummary) -> bool,
    ) -> Self {
        let shown = || items.iter().filter(|order| !hides(order));
        let known = |id: &OrderId| before.is_some_and(|before| before.settled.contains(id));
        let is_anew = before.is_none_or(|before| before.sorted != sorted);
        // Where nothing of before is left, nothing can move.
        let is_anew = is_anew || !shown().any(|order| known(&order.id));
        let has_place = |order: &&OrderSummary| is_anew || known(&order.id);
        let (placed, arrived): (Vec<_>, Vec<_>) = shown().partition(has_place);
        Self {
            orders: placed.into_iter().chain(arrived).cloned().collect(),
            // What is hidden keeps its place: it may come back.
            settled: items.iter().filter(has_place).map(|order| order.id).collect(),
            sorted,
        }
    }

    /// Whether an order arrived and was not sorted in.
    pub fn is_new(&self, id: OrderId) -> bool {
        !self.settled.contains(&id)
    }

    /// How many are.
    pub fn new_count(&self) -> usize {
        self.orders.iter().filter(|order| self.is_new(order.id)).count()
    }
}

/// How many of the queue are past their deadline.
pub fn late(queue: &[OrderSummary], now: DateTime<Utc>) -> usize {
    let is_late = |order: &&OrderSummary| {
        summary_urgency(order, now).is_some_and(|(_, urgency)| urgency == Urgency::Late)
    };
    queue.iter().filter(is_late).count()
}

fn position(queue: &[OrderSummary], open: Option<OrderId>) -> Option<usize> {
    let open = open?;
    queue.iter().position(|order| order.id == open)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;
    use crate::order_view::sample;

    fn queue() -> Vec<OrderSummary> {
        let order = |id| OrderSummary {
            id: OrderId(Uuid::from_u128(id)),
            ..sample::summary(OrderStatus::PendingFinanceReview)
        };
        vec![order(1), order(2), order(3)]
    }

    fn id(id: u128) -> Option<OrderId> {
        Some(OrderId(Uuid::from_u128(id)))
    }

    #[test]
    fn a_queue_asks_for_its_status_by_deadline() {
        let asked = query(Stage::FinanceReview, &QueueFilter::default());
        assert_eq!(asked.status.as_deref(), Some("pending_finance_review"));
        assert_eq!(asked.sort, Some(OrderSort::Deadline));
        assert_eq!((asked.q, asked.after, asked.amount_from), (None, None, None));
    }

    #[test]
    fn a_filter_is_asked_for_and_what_it_says_wrongly_counts_as_not_said() {
        let filter = QueueFilter {
            q: " tea ".to_owned(),
            region: "7".to_owned(),
            priority: "urgent".to_owned(),
            amount_from: "10.50".to_owned(),
            amount_to: "much".to_owned(),
            after: String::new(),
        };
        let asked = query(Stage::FinanceReview, &filter);
        assert_eq!((asked.q.as_deref(), asked.region), (Some("tea"), None));
        assert_eq!(asked.priority.as_deref(), Some("urgent"));
        assert_eq!(
            asked.amount_from.map(|amount| amount.to_string()),
            Some("10.50".to_owned())
        );
        assert_eq!(asked.amount_to, None);
        assert!(is_narrowed(&filter));
        let paged = QueueFilter {
            after: "deadline__7".to_owned(),
            ..QueueFilter::default()
        };
        assert!(!is_narrowed(&paged), "another page is no filter");
    }

    #[test]
    fn priorities_are_named_as_on_the_wire() {
        for priority in PRIORITIES {
            let wire = serde_json::to_value(priority).expect("a priority is plain data");
            assert_eq!(wire, priority_name(priority));
        }
    }

    #[test]
    fn moving_stops_at_both_ends() {
        let queue = queue();
        assert_eq!(below(&queue, None), id(1));
        assert_eq!(below(&queue, id(1)), id(2));
        assert_eq!(below(&queue, id(3)), None);
        assert_eq!(above(&queue, None), id(3));
        assert_eq!(above(&queue, id(1)), None);
        assert_eq!(above(&queue, id(3)), id(2));
    }

    #[test]
    fn what_is_done_leads_to_the_next_and_at_the_end_to_the_one_before() {
        let queue = queue();
        let done = |number| after(&queue, OrderId(Uuid::from_u128(number)));
        assert_eq!(done(1), id(2));
        assert_eq!(done(3), id(2));
        assert_eq!(done(9), id(1));
        assert_eq!(after(&queue[..1], queue[0].id), None);
        assert_eq!(after(&[], queue[0].id), None);
    }

    #[test]
    fn what_comes_next_is_known_before_it_is_its_turn() {
        let queue = queue();
        let id = |number| OrderId(Uuid::from_u128(number));
        assert_eq!(ahead(&queue, None), [id(1), id(2)]);
        assert_eq!(ahead(&queue, Some(id(1))), [id(2), id(3)]);
        assert_eq!(ahead(&queue, Some(id(3))), [id(2), id(3)]);
        assert_eq!(ahead(&[], None), []);
    }

    #[test]
    fn what_arrives_stands_below_until_it_is_sorted_in() {
        let ids = |arranged: &Arranged| arranged.orders.iter().map(|order| order.id).collect::<Vec<_>>();
        let id = |number| OrderId(Uuid::from_u128(number));
        let queue = queue();
        let none = |_: &OrderSummary| false;
        let first = Arranged::next(None, &queue[1..], 0, none);
        assert_eq!((ids(&first), first.new_count()), (vec![id(2), id(3)], 0));
        let more = Arranged::next(Some(&first), &queue, 0, none);
        assert_eq!((ids(&more), more.new_count()), (vec![id(2), id(3), id(1)], 1));
        assert!(more.is_new(id(1)) && !more.is_new(id(2)));
        let sorted = Arranged::next(Some(&more), &queue, 1, none);
        assert_eq!((ids(&sorted), sorted.new_count()), (vec![id(1), id(2), id(3)], 0));
        let left = Arranged::next(Some(&first), &queue[..1], 0, none);
        assert_eq!((ids(&left), left.new_count()), (vec![id(1)], 0));
    }

    #[test]
    fn what_is_hidden_is_not_there_and_comes_back_to_its_place() {
        let queue = queue();
        let hidden = queue[0].id;
        let shown = Arranged::next(None, &queue, 0, |order| order.id == hidden);
        assert_eq!(shown.orders.len(), 2);
        let back = Arranged::next(Some(&shown), &queue, 0, |_| false);
        assert_eq!((back.orders.len(), back.new_count()), (3, 0));
        assert_eq!(back.orders[0].id, hidden);
    }

    #[test]
    fn the_late_ones_are_counted() {
        let mut queue = queue();
        queue[0].due_at = Some(sample::morning() + TimeDelta::hours(1));
        assert_eq!(late(&queue, sample::morning() + TimeDelta::hours(2)), 1);
    }
}
