//! Approving several orders of a queue together: choosing them, a look at what is about to happen, what became of each.

pub mod model;
mod panel;
mod picking;
mod results;
mod sending;

pub use panel::BatchPanel;
pub use picking::Picking;
pub use sending::Batch;
