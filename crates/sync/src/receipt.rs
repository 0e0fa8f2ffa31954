//! What a device keeps of an order that arrived.

use chrono::{DateTime, Utc};
use countersign_domain::id::{DraftId, OrderId};
use serde::{Deserialize, Serialize};

use crate::record::Record;

/// Proof that a draft is an order: written in the same transaction that ends its outbox entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The draft.
    pub draft_id: DraftId,
    /// The order it became.
    pub order_id: OrderId,
    /// That order's number, where the server told it.
    pub number: Option<String>,
    /// When the device heard of it, by its own clock.
    pub heard_at: DateTime<Utc>,
}

impl Record for Receipt {
    const SCHEMA: u32 = 1;
}
