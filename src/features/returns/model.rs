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
    use countersign_contract::account::CustomerRef;
    use countersign_contract::order::HistoryActor;
    use countersign_contract::returns::ReturnEntryKind;
    use countersign_domain::id::{AccountId, ReturnId};
    use countersign_domain::order::OrderStatus;
    use countersign_domain::returns::{RefundTarget, Return, ReturnKind};
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::*;
    use crate::order_view::sample;

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

    fn detail(status: ReturnStatus, by: Option<(&str, &str)>) -> ReturnDetail {
        let order = sample::order(OrderStatus::Completed);
        let customer = sample::summary(OrderStatus::Completed).customer;
        let left = ReturnEntry {
            at: sample::morning(),
            by: by.map(|(name, role)| HistoryActor {
                name: name.to_owned(),
                role: LocalText::new(role, role),
                stands_in_for: None,
                is_you: false,
            }),
            kind: ReturnEntryKind::StagePassed,
            stage: Some(ReturnStage::Review),
            from: Some(ReturnStatus::PendingReturnReview),
            to: Some(ReturnStatus::PendingGoodsReceipt),
            reason: String::new(),
            changes: Vec::new(),
        };
        let subject = Return {
            id: ReturnId(Uuid::from_u128(1)),
            number: "DH-R-1".to_owned(),
            order_id: order.id,
            order_number: order.number,
            customer_id: order.customer_id,
            region_id: order.region_id,
            kind: ReturnKind::Goods,
            status,
            version: 2,
            submitted_at: sample::morning(),
            submitted_by: AccountId(Uuid::from_u128(2)),
            on_behalf: false,
            entered_at: sample::morning(),
            lines: Vec::new(),
            currency: order.currency,
            total: order.total,
            refunded_to: None,
            note: String::new(),
            passed: Vec::new(),
            reason: None,
        };
        ReturnDetail {
            subject,
            customer: CustomerRef {
                name: LocalText::new("晨光", "晨光"),
                ..customer
            },
            usual_target: RefundTarget::Receivable,
            history: vec![left],
        }
    }

    #[test]
    fn who_of_the_staff_took_a_return_is_known_once_it_has_left() {
        let (review, receipt) = (
            ReturnStatus::PendingReturnReview,
            ReturnStatus::PendingGoodsReceipt,
        );
        let taken = |status, by| taken_by(&detail(status, by), ReturnStage::Review);
        let staff = Some(("Wang", "Order reviewer"));
        assert_eq!(taken(receipt, staff).as_deref(), Some("Wang"));
        assert_eq!(taken(review, staff), None, "it is here");
        assert_eq!(taken(receipt, Some(("Anna", "晨光"))), None);
        assert_eq!(taken(receipt, None), None, "what happens by itself is nobody's");
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
