//! `/customers`: for staff, within their regions.

mod get;
mod list;

pub use get::get;
pub use list::list;
