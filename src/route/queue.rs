//! What a queue shows, as it stands in the address.

use countersign_domain::id::{OrderId, ReturnId};
use countersign_domain::returns::ReturnStage;
use countersign_domain::workflow::Stage;

use super::query::with_query;

/// The stages as they stand in the address. Nothing waits at submit, so that no queue is named after it.
const STAGES: [(Stage, &str); 8] = [
    (Stage::OrderReview, "order-review"),
    (Stage::CustomerConfirmation, "customer-confirmation"),
    (Stage::ExecutiveApproval, "executive-approval"),
    (Stage::FinanceReview, "finance-review"),
    (Stage::Production, "production"),
    (Stage::OutboundReview, "outbound-review"),
    (Stage::Ship, "shipping"),
    (Stage::Receive, "receiving"),
];

/// The stages of a return in the address.
pub(super) const RETURN_STAGES: [(ReturnStage, &str); 3] = [
    (ReturnStage::Review, "review"),
    (ReturnStage::GoodsReceipt, "goods-receipt"),
    (ReturnStage::Refund, "refund"),
];

/// The stage of a return of that name.
pub(super) fn return_stage_named(name: &str) -> Option<ReturnStage> {
    let found = RETURN_STAGES.iter().find(|(_, known)| *known == name);
    found.map(|(stage, _)| *stage)
}

/// The path of the queue of returns of `stage`, with what is open and where its page begins in the query.
pub(super) fn returns_path(stage: ReturnStage, open: Option<ReturnId>, after: &str) -> String {
    let found = RETURN_STAGES.iter().find(|(known, _)| *known == stage);
    let name = found.map_or("review", |(_, name)| name);
    let open = open.map(|id| id.to_string()).unwrap_or_default();
    with_query(
        &format!("/return-queues/{name}"),
        &[("after", after), ("open", &open)],
    )
}

/// The stage of that name.
pub(super) fn stage_named(name: &str) -> Option<Stage> {
    let found = STAGES.iter().find(|(_, known)| *known == name);
    found.map(|(stage, _)| *stage)
}

/// Which orders of a queue, and from which place on. The values are the contract's; what they mean is the page's business.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueFilter {
    /// Words searched for: number, customer, goods.
    pub q: String,
    /// The region; empty means all.
    pub region: String,
    /// The priority; empty means any.
    pub priority: String,
    /// The smallest amount.
    pub amount_from: String,
    /// The largest amount.
    pub amount_to: String,
    /// Where the page begins; empty means at the front of the queue.
    pub after: String,
}

impl QueueFilter {
    /// Reads it out of the fields of a query.
    pub(super) fn read(field: impl Fn(&str) -> String) -> Self {
        Self {
            q: field("q"),
            region: field("region"),
            priority: field("priority"),
            amount_from: field("amount_from"),
            amount_to: field("amount_to"),
            after: field("after"),
        }
    }

    /// The path of the queue of `stage`, with what is shown and what is open in its query.
    pub(super) fn to_path(&self, stage: Stage, open: Option<OrderId>) -> String {
        let name = STAGES
            .iter()
            .find(|(known, _)| *known == stage)
            .map_or("order-review", |(_, name)| name);
        let open = open.map(|id| id.to_string()).unwrap_or_default();
        with_query(
            &format!("/queues/{name}"),
            &[
                ("q", &self.q),
                ("region", &self.region),
                ("priority", &self.priority),
                ("amount_from", &self.amount_from),
                ("amount_to", &self.amount_to),
                ("after", &self.after),
                ("open", &open),
            ],
        )
    }
}
