//! What a queue asks for, and what its orders are to it.

use chrono::{DateTime, Utc};
use countersign_contract::order::{HistoryEntry, OrderDetail, OrderQuery, OrderSort, OrderSummary};
use countersign_contract::page::MAX_LIMIT;
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

/// Whether an order still waits at the queue's stage.
pub fn waits_here(order: &Order, stage: Stage) -> bool {
    order.status.stage() == Some(stage)
}

/// Who took an order out of the queue, where that was one of the staff and it has left. A customer who withdrew it or
/// answered has taken it from nobody.
pub fn taken_by(detail: &OrderDetail, stage: Stage) -> Option<String> {
    let here = OrderStatus::waiting_at(stage)?;
    if waits_here(&detail.order, stage) {
        return None;
    }
    let left = |entry: &&HistoryEntry| entry.from == Some(here) && entry.to != Some(here);
    let by = detail.history.iter().rev().find(left)?.by.as_ref()?;
    (by.role != detail.customer.name).then(|| by.name.clone())
}

/// How many of the queue are past their deadline.
pub fn late(queue: &[OrderSummary], now: DateTime<Utc>) -> usize {
    let is_late = |order: &&OrderSummary| {
        summary_urgency(order, now).is_some_and(|(_, urgency)| urgency == Urgency::Late)
    };
    queue.iter().filter(is_late).count()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use countersign_contract::account::CustomerRef;
    use countersign_contract::order::{HistoryActor, HistoryKind};
    use countersign_domain::money::Money;
    use countersign_domain::text::LocalText;

    use super::*;
    use crate::order_view::sample;

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
    fn who_of_the_staff_took_an_order_is_known_once_it_has_left() {
        let entry = |from, to, by: Option<(&str, &str)>| HistoryEntry {
            at: sample::morning(),
            by: by.map(|(name, role)| HistoryActor {
                name: name.to_owned(),
                role: LocalText::new(role, role),
                stands_in_for: None,
                is_you: false,
            }),
            kind: HistoryKind::StagePassed,
            stage: None,
            from,
            to,
            reason: String::new(),
            changes: Vec::new(),
            waiting_before: 0,
            stars: None,
        };
        let (review, finance) = (OrderStatus::PendingOrderReview, OrderStatus::PendingFinanceReview);
        let of = |status, by| OrderDetail {
            order: sample::order(status),
            customer: CustomerRef {
                name: LocalText::new("晨光", "晨光"),
                ..sample::summary(status).customer
            },
            card: None,
            stock: Vec::new(),
            usual_promise: None,
            paid: Money::ZERO,
            history: vec![
                entry(Some(review), Some(finance), by),
                entry(None, None, Some(("Zhou", "Shipper"))),
            ],
            rating: None,
            attachments: Vec::new(),
        };
        let staff = Some(("Wang", "Order reviewer"));
        let taken = |detail: &OrderDetail| taken_by(detail, Stage::OrderReview);
        assert_eq!(taken(&of(finance, staff)).as_deref(), Some("Wang"));
        assert_eq!(taken(&of(review, staff)), None, "it came back");
        assert_eq!(taken(&of(finance, Some(("Anna", "晨光")))), None);
        assert_eq!(taken(&of(finance, None)), None, "a timer is nobody");
        assert_eq!(
            taken_by(&of(OrderStatus::PendingShipment, staff), Stage::FinanceReview),
            None
        );
    }

    #[test]
    fn the_late_ones_are_counted() {
        let order = sample::summary(OrderStatus::PendingFinanceReview);
        let mut queue = vec![order.clone(), order];
        queue[0].due_at = Some(sample::morning() + TimeDelta::hours(1));
        assert_eq!(late(&queue, sample::morning() + TimeDelta::hours(2)), 1);
    }
}
