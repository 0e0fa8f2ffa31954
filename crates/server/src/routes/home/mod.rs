//! `/home` and `/queues`: what needs somebody first.

mod get_distributor;
mod get_supplier;
mod list_queues;

pub use get_distributor::get_distributor;
pub use get_supplier::get_supplier;
pub use list_queues::list_queues;
