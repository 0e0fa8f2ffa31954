//! Delegation with dates: handing the queues of one's roles to a colleague, and who stands in for whom.

mod form;
mod list;
mod model;
mod page;

pub use page::DelegationsPage;
