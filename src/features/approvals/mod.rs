//! The supplier's queues: one per stage, the open order beside the list.

mod model;
mod open;
mod page;
mod queue;

pub use page::QueuePage;
