//! What the list of orders shows, as it stands in the address and as it is asked of the server.

use countersign_contract::order::{OrderQuery, OrderSort};
use countersign_domain::order::OrderStatus;

use crate::order_view::{status_name, status_named};
use crate::route::OrdersFilter;

/// Orders fetched at once.
pub const PAGE: u32 = 30;

/// The query behind a filter. What the address says wrongly - an unknown status, a date that is none - counts as not said.
pub fn query(filter: &OrdersFilter, after: Option<String>) -> OrderQuery {
    let statuses: Vec<&str> = statuses(filter).into_iter().map(status_name).collect();
    let q = filter.q.trim();
    OrderQuery {
        status: (!statuses.is_empty()).then(|| statuses.join(",")),
        q: (!q.is_empty()).then(|| q.to_owned()),
        from: filter.from.parse().ok(),
        to: filter.to.parse().ok(),
        sort: Some(sort(filter)).filter(|sort| *sort != OrderSort::default()),
        after,
        limit: Some(PAGE),
        ..OrderQuery::default()
    }
}

/// The statuses a filter names.
pub fn statuses(filter: &OrdersFilter) -> Vec<OrderStatus> {
    filter.status.split(',').filter_map(status_named).collect()
}

/// Every sort, the usual one first.
pub const SORTS: [OrderSort; 3] = [OrderSort::Newest, OrderSort::Deadline, OrderSort::Amount];

/// The sort a filter names, or the usual one.
pub fn sort(filter: &OrdersFilter) -> OrderSort {
    SORTS
        .into_iter()
        .find(|sort| sort.as_str() == filter.sort)
        .unwrap_or_default()
}

/// How a sort stands in the address: the usual one not at all.
pub fn sort_text(sort: OrderSort) -> String {
    if sort == OrderSort::default() {
        String::new()
    } else {
        sort.as_str().to_owned()
    }
}

/// Whether a filter leaves anything out.
pub fn is_narrowed(filter: &OrdersFilter) -> bool {
    query(filter, None)
        != query(
            &OrdersFilter {
                sort: filter.sort.clone(),
                ..OrdersFilter::default()
            },
            None,
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(status: &str, from: &str, sort: &str) -> OrdersFilter {
        OrdersFilter {
            q: "  ".to_owned(),
            status: status.to_owned(),
            from: from.to_owned(),
            to: String::new(),
            sort: sort.to_owned(),
        }
    }

    #[test]
    fn an_empty_address_asks_for_the_newest_of_everything() {
        let asked = query(&OrdersFilter::default(), None);
        let plain = OrderQuery {
            limit: Some(PAGE),
            ..OrderQuery::default()
        };
        assert_eq!(asked, plain);
    }

    #[test]
    fn what_the_address_names_is_asked_for() {
        let asked = query(
            &filter("sent_back,voided", "2026-11-01", "amount"),
            Some("c1".to_owned()),
        );
        assert_eq!(asked.status.as_deref(), Some("sent_back,voided"));
        assert_eq!(
            asked.from.map(|day| day.to_string()).as_deref(),
            Some("2026-11-01")
        );
        assert_eq!(asked.sort, Some(OrderSort::Amount));
        assert_eq!(asked.after.as_deref(), Some("c1"));
        assert_eq!(asked.q, None);
    }

    #[test]
    fn nonsense_in_the_address_counts_as_not_said() {
        let asked = query(&filter("lost,completed", "yesterday", "colour"), None);
        assert_eq!(asked.status.as_deref(), Some("completed"));
        assert_eq!((asked.from, asked.sort), (None, None));
    }

    #[test]
    fn sorting_alone_leaves_nothing_out() {
        assert!(!is_narrowed(&filter("", "", "amount")));
        assert!(is_narrowed(&filter("completed", "", "")));
    }

    #[test]
    fn every_sort_is_read_back_from_the_address() {
        for wanted in SORTS {
            assert_eq!(sort(&filter("", "", &sort_text(wanted))), wanted);
        }
    }
}
