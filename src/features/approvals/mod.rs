//! The supplier's queues: one per stage, the open order beside the list.

mod arranged;
mod batch;
mod filters;
mod model;
mod open;
mod page;
mod passing;
mod queue;
mod row;

pub use batch::Batch;
pub use page::QueuePage;
