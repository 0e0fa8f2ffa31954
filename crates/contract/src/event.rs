//! The live stream: `GET /events`, server-sent events (protocol.md, Conventions).
//!
//! The event's name is the `kind`; its data is one of these as JSON. An event says that something changed, not how: the
//! reader fetches it again under its own permissions.

use countersign_domain::id::{DraftId, OrderId, ReturnId};
use countersign_domain::order::OrderStatus;
use countersign_domain::returns::ReturnStatus;
use serde::{Deserialize, Serialize};

/// Path of the stream below [`BASE_PATH`](crate::BASE_PATH).
pub const EVENTS_PATH: &str = "/events";

/// Something changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LiveEvent {
    /// An order this account may see changed, or is new.
    OrderChanged {
        /// The order.
        order_id: OrderId,
        /// Its version now.
        version: u64,
        /// Its status now.
        status: OrderStatus,
    },
    /// A return this account may see changed, or is new.
    ReturnChanged {
        /// The return.
        return_id: ReturnId,
        /// Its order.
        order_id: OrderId,
        /// Its version now.
        version: u64,
        /// Its status now.
        status: ReturnStatus,
    },
    /// Somebody wrote in the conversation of an order this account may see, or this account has read it elsewhere.
    ConversationChanged {
        /// The order.
        order_id: OrderId,
    },
    /// A draft that this account keeps on the server changed there; only the account itself hears of it.
    DraftChanged {
        /// The draft.
        draft_id: DraftId,
        /// Its version now; 0 when it is not kept any more: removed, submitted or withdrawn.
        version: u64,
    },
    /// The settings changed.
    WorkflowChanged,
    /// Products, prices or stock changed.
    CatalogChanged,
    /// Saved lists or favourites of a customer changed; only its own accounts read them again.
    ListsChanged,
    /// Notices changed, or which of them this account has read.
    NoticesChanged,
    /// Events were missed: fetch everything again.
    Resync,
}

impl LiveEvent {
    /// The name of every kind: a browser hands a named event only to who listens for that name.
    pub const NAMES: [&'static str; 9] = [
        "order_changed",
        "return_changed",
        "conversation_changed",
        "draft_changed",
        "workflow_changed",
        "catalog_changed",
        "lists_changed",
        "notices_changed",
        "resync",
    ];
}
