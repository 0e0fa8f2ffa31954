//! Writing notices: the list of those that are kept, and the form of one.

mod days;
mod edit;
mod fields;
mod list;
mod model;
mod page;

pub use list::ManagedNoticesPage;
pub use page::ManagedNoticePage;
