//! What a queue asks for, and moving through it.

use chrono::{DateTime, Utc};
use countersign_contract::order::{OrderQuery, OrderSort, OrderSummary};
use countersign_contract::page::MAX_LIMIT;
use countersign_domain::id::OrderId;
use countersign_domain::order::{Order, OrderStatus, Urgency};
use countersign_domain::workflow::Stage;

use crate::order_view::{status_name, summary_urgency};

/// The orders that wait at `stage`, by deadline, first-come within it.
///
/// All that one page may hold: working through a queue means knowing what comes next.
pub fn query(stage: Stage) -> OrderQuery {
    OrderQuery {
        status: OrderStatus::waiting_at(stage).map(|status| status_name(status).to_owned()),
        sort: Some(OrderSort::Deadline),
        limit: Some(MAX_LIMIT),
        total: Some(true),
        ..OrderQuery::default()
    }
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

/// Whether an order still waits at the queue's stage.
pub fn waits_here(order: &Order, stage: Stage) -> bool {
    order.status.stage() == Some(stage)
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
        let asked = query(Stage::FinanceReview);
        assert_eq!(asked.status.as_deref(), Some("pending_finance_review"));
        assert_eq!(asked.sort, Some(OrderSort::Deadline));
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
    fn the_late_ones_are_counted() {
        let mut queue = queue();
        queue[0].due_at = Some(sample::morning() + TimeDelta::hours(1));
        assert_eq!(late(&queue, sample::morning() + TimeDelta::hours(2)), 1);
    }
}
