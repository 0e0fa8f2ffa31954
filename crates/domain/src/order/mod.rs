//! The order: its life cycle from submission to completion (domain.md section 3).
//!
//! [`decide`] looks at an order, a command and the facts around it and answers with the events that follow, or with a
//! typed [`Rejection`]. [`apply`] makes those events true. The server stores both the events (the history, never
//! edited) and the order they lead to; replaying the events gives the same order.

mod apply;
mod command;
mod decide;
mod event;
mod facts;
mod lines;
mod model;
mod reject;
mod status;

pub use apply::*;
pub use command::*;
pub use decide::*;
pub use event::*;
pub use facts::*;
pub use model::*;
pub use reject::*;
pub use status::*;
