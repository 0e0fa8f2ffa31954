//! What lists of returns show, as it stands in the address and as it is asked of the server.

use countersign_contract::page::MAX_LIMIT;
use countersign_contract::returns::{ReturnDetail, ReturnEntry, ReturnQuery, ReturnSort};
use countersign_domain::returns::{ReturnStage, ReturnStatus};

use crate::route::ReturnsFilter;
use crate::ui::Tone;

/// Returns fetched at once.
pub const PAGE: u32 = 30;

/// The name of a status on the wire and in addresses.
pub fn status_name(status: ReturnStatus) -> &'static str {
    match status {
        ReturnStatus::PendingReturnReview => "pending_return_review",
        ReturnStatus::PendingGoodsReceipt => "pending_goods_receipt",
        ReturnStatus::PendingRefund => "pending_refund",
        ReturnStatus::Completed => "completed",
        ReturnStatus::Refused => "refused",
        ReturnStatus::Voided => "voided",
    }
}

/// The tone of a status: what ended badly, what went well, what waits.
pub fn status_tone(status: ReturnStatus) -> Tone {
    match status {
        ReturnStatus::Refused | ReturnStatus::Voided => Tone::Bad,
        ReturnStatus::Completed => Tone::Accent,
        ReturnStatus::PendingReturnReview
        | ReturnStatus::PendingGoodsReceipt
        | ReturnStatus::PendingRefund => Tone::Plain,
    }
}

/// The query behind a filter. What the address says wrongly counts as not said.
pub fn query(filter: &ReturnsFilter, after: Option<String>) -> ReturnQuery {
    let statuses: Vec<&str> = filter
        .status
        .split(',')
        .filter(|name| {
            ReturnStatus::ALL
                .iter()
                .any(|status| status_name(*status) == *name)
        })
        .collect();
    let q = filter.q.trim();
    ReturnQuery {
        status: (!statuses.is_empty()).then(|| statuses.join(",")),
        q: (!q.is_empty()).then(|| q.to_owned()),
        from: filter.from.parse().ok(),
        to: filter.to.parse().ok(),
        after,
        limit: Some(PAGE),
        ..ReturnQuery::default()
    }
}

/// The query behind a queue, from its place `after` on: who came first stands first. All that one page may hold: working
/// through a queue means knowing what comes next.
pub fn queue_query(stage: ReturnStage, after: &str) -> ReturnQuery {
    let waiting = ReturnStatus::ALL
        .into_iter()
        .find(|status| status.stage() == Some(stage));
    ReturnQuery {
        status: waiting.map(|status| status_name(status).to_owned()),
        sort: Some(ReturnSort::Oldest),
        after: (!after.is_empty()).then(|| after.to_owned()),
        limit: Some(MAX_LIMIT),
        total: Some(true),
        ..ReturnQuery::default()
    }
}

/// Who took a return out of the queue of a stage, where that was one of the staff and it has left. A customer who voided it
/// has taken it from nobody.
pub fn taken_by(detail: &ReturnDetail, stage: ReturnStage) -> Option<String> {
    if detail.subject.status.stage() == Some(stage) {
        return None;
    }
    let stood = |status: Option<ReturnStatus>| status.and_then(ReturnStatus::stage) == Some(stage);
    let left = |entry: &&ReturnEntry| stood(entry.from) && !stood(entry.to);
    let by = detail.history.iter().rev().find(left)?.by.as_ref()?;
    (by.role != detail.customer.name).then(|| by.name.clone())
}

/// Whether a filter leaves anything out.
pub fn is_narrowed(filter: &ReturnsFilter) -> bool {
    query(filter, None) != query(&ReturnsFilter::default(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_named_as_on_the_wire() {
        for status in ReturnStatus::ALL {
            let wire = serde_json::to_value(status).expect("a status is plain data");
            assert_eq!(wire, status_name(status));
        }
    }

    #[test]
    fn nonsense_in_the_address_counts_as_not_said() {
        let filter = ReturnsFilter {
            status: "lost,completed".to_owned(),
            from: "yesterday".to_owned(),
            ..ReturnsFilter::default()
        };
        let asked = query(&filter, None);
        assert_eq!((asked.status.as_deref(), asked.from), (Some("completed"), None));
        assert!(is_narrowed(&filter));
        assert!(!is_narrowed(&ReturnsFilter::default()));
    }

    #[test]
    fn a_queue_asks_for_its_status_and_serves_who_came_first() {
        let asked = queue_query(ReturnStage::Refund, "");
        assert_eq!(asked.status.as_deref(), Some("pending_refund"));
        assert_eq!((asked.sort, asked.after), (Some(ReturnSort::Oldest), None));
        let later = queue_query(ReturnStage::Refund, "oldest_7");
        assert_eq!(later.after.as_deref(), Some("oldest_7"));
    }
}
