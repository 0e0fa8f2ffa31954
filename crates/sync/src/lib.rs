//! What keeps an order safe between the first keystroke and the server's acknowledgement, and what is readable without a
//! connection (protocol.md; docs/OFFLINE.md).
//!
//! Everything here is a machine without I/O: it works over a [`Store`], speaks through a [`Transport`] and a [`CatalogWay`]
//! and gets time, ids and chance from a [`Device`]. The app gives it IndexedDB, HTTP and the browser; native tests give it a
//! memory that can lose power, a network that can lie and a clock that jumps. It is the same code in both.
//!
//! ```text
//! draft --submit--> queued --> sending --> accepted        (a receipt; the entry is gone)
//!   ^                 ^          |  \----> needs attention  (the server said no: back to a draft, or once more)
//!   |                 +--silence-+
//!   +---- taken back (for certain never sent, or withdrawn at the server) ----+
//! ```

pub mod catalog;
pub mod draft;
pub mod drafts;
pub mod files;
pub mod fingerprint;
pub mod memory;
pub mod orders;
pub mod outbox;
pub mod quick_sheet;
pub mod reads;
pub mod receipt;
pub mod record;
pub mod store;
mod surroundings;

pub use store::{Store, StoreError};
pub use surroundings::{CatalogWay, Device, Reply, Transport};
