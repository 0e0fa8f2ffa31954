//! Approving several returns of a queue together: choosing them, a look at what is about to happen, what became of each.

mod foot;
mod picking;
mod sending;

pub use foot::BatchFoot;
pub use picking::Picking;
pub use sending::Batch;
