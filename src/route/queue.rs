//! What a queue shows, as it stands in the address.

use countersign_domain::id::OrderId;
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
