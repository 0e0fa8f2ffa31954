//! Queues on the screen, of orders as of returns: what keeps its place, what comes next, and what stands around the rows.
//! Knows contract, domain, ui, i18n and queries; no feature.

mod arranged;
mod choosing;
mod parts;

pub use arranged::{Arranged, Presence, Queued, Row, Turn};
pub use choosing::{listen_to_choosing, row_in_focus};
pub use parts::{PageLinks, QueueTools, behind, focus_heading_after};
