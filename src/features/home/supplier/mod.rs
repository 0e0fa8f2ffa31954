//! Staff's home page.

mod chart;
mod escalated;
mod model;
mod page;
mod queues;

pub use page::SupplierHomePage;
