//! The order: its life cycle from submission to completion (domain.md section 3).
//!
//! [`decide`] looks at an order, a command and the facts around it and answers with the events that follow, or with a
//! typed [`Rejection`]. [`apply`] makes those events true. The server stores both the events (the history, never
//! edited) and the order they lead to; replaying the events gives the same order.

mod apply;
mod command;
mod deadline;
mod decide;
mod event;
mod facts;
mod funding;
mod graph;
mod lines;
mod model;
mod passed;
mod promise;
mod reject;
mod shipment;
mod status;
mod together;
mod track;

pub use apply::*;
pub use command::*;
use deadline::hours_after;
pub use deadline::{review_due, urgency};
pub use decide::*;
pub use event::*;
pub use facts::*;
pub use funding::*;
pub use graph::*;
pub(crate) use lines::less_share;
pub use model::*;
pub use passed::*;
pub use promise::*;
pub use reject::*;
pub use shipment::*;
pub use status::*;
pub use together::*;
pub use track::*;
