//! Lists of orders from what a device has of them, as the server would give them where that can be known.

use std::cmp::Reverse;

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use countersign_contract::Page;
use countersign_contract::order::{OrderQuery, OrderSort, OrderSummary};
use countersign_domain::order::{OrderStatus, Priority};

/// The page of `all` that `query` asks for: everything in one, since a cursor is the server's business. `offset` is where
/// days begin. `matches` says whether the words of the query are in an order, beyond its number.
pub fn list(
    all: &[OrderSummary],
    query: &OrderQuery,
    offset: FixedOffset,
    matches: impl Fn(&OrderSummary, &str) -> bool,
) -> Page<OrderSummary> {
    let words: Vec<String> = (query.q.as_deref().unwrap_or_default().split_whitespace())
        .map(str::to_lowercase)
        .collect();
    let statuses: Vec<OrderStatus> = (query.status.as_deref().unwrap_or_default().split(','))
        .filter_map(|name| serde_json::from_value(name.trim().into()).ok())
        .collect();
    let day = |time: DateTime<Utc>| -> NaiveDate { time.with_timezone(&offset).date_naive() };
    let priority: Option<Priority> =
        (query.priority.as_deref()).and_then(|name| serde_json::from_value(name.trim().into()).ok());
    let mut items: Vec<OrderSummary> = (all.iter())
        .filter(|order| priority.is_none_or(|priority| order.priority == priority))
        .filter(|order| query.amount_from.is_none_or(|least| order.total >= least))
        .filter(|order| query.amount_to.is_none_or(|most| order.total <= most))
        .filter(|order| statuses.is_empty() || statuses.contains(&order.status))
        .filter(|order| {
            query
                .customer
                .is_none_or(|customer| order.customer.id == customer)
        })
        .filter(|order| query.from.is_none_or(|from| day(order.submitted_at) >= from))
        .filter(|order| query.to.is_none_or(|to| day(order.submitted_at) <= to))
        .filter(|order| {
            let number = order.number.to_lowercase();
            (words.iter()).all(|word| number.contains(word) || matches(order, word))
        })
        .cloned()
        .collect();
    match query.sort.unwrap_or_default() {
        OrderSort::Newest => items.sort_by_key(|order| Reverse((order.submitted_at, order.id))),
        OrderSort::Deadline => {
            items.sort_by_key(|order| (order.due_at.is_none(), order.due_at, order.submitted_at, order.id));
        }
        OrderSort::Amount => items.sort_by_key(|order| Reverse((order.total, order.id))),
    }
    let total = (query.total == Some(true)).then_some(items.len());
    Page {
        items,
        next: None,
        total: total.and_then(|total| total.try_into().ok()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{FixedOffset, NaiveDate};
    use countersign_contract::order::{OrderQuery, OrderSort, OrderSummary};
    use serde_json::json;

    use super::list;

    fn order(number: u32, status: &str, total: &str, submitted: &str) -> OrderSummary {
        serde_json::from_value(json!({
            "id": format!("00000000-0000-0000-0000-{number:012}"),
            "number": format!("SO-{number}"),
            "customer": {
                "id": "00000000-0000-0000-0000-000000000001",
                "code": "C1",
                "name": { "zh": "客户", "en": "Customer" }
            },
            "status": status,
            "version": 1,
            "priority": "normal",
            "total": total,
            "line_count": 1,
            "submitted_at": submitted,
            "entered_at": submitted,
            "due_at": null,
            "promised_date": null,
            "to_receive": false,
            "to_answer": false
        }))
        .expect("an order")
    }

    fn numbers(query: &OrderQuery) -> Vec<String> {
        let all = [
            order(1, "completed", "30.00", "2026-11-01T15:59:59Z"),
            order(2, "pending_order_review", "10.00", "2026-11-01T16:00:00Z"),
            order(3, "completed", "20.00", "2026-11-03T00:00:00Z"),
        ];
        let shanghai = FixedOffset::east_opt(8 * 3_600).expect("an offset");
        let page = list(&all, query, shanghai, |order, word| {
            word == "rice" && order.number == "SO-2"
        });
        page.items.into_iter().map(|order| order.number).collect()
    }

    #[test]
    fn without_a_filter_the_newest_comes_first() {
        assert_eq!(numbers(&OrderQuery::default()), ["SO-3", "SO-2", "SO-1"]);
    }

    #[test]
    fn status_words_and_days_narrow_the_list() {
        let status = Some("completed,voided".to_owned());
        let completed = OrderQuery {
            status,
            sort: Some(OrderSort::Amount),
            ..OrderQuery::default()
        };
        assert_eq!(numbers(&completed), ["SO-1", "SO-3"]);
        for (words, expected) in [
            ("so-3", vec!["SO-3"]),
            ("Rice", vec!["SO-2"]),
            ("rice so-3", vec![]),
        ] {
            let query = OrderQuery {
                q: Some(words.to_owned()),
                ..OrderQuery::default()
            };
            assert_eq!(numbers(&query), expected, "{words}");
        }
        // The second order was submitted on the second of November where the days begin in Shanghai.
        let second = NaiveDate::from_ymd_opt(2026, 11, 2);
        let query = OrderQuery {
            from: second,
            to: second,
            ..OrderQuery::default()
        };
        assert_eq!(numbers(&query), ["SO-2"]);
    }
}
