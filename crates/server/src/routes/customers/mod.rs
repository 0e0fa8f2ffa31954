//! `/customers`: for staff, within their regions.

mod get;
mod list;
mod list_addresses;

pub use get::get;
pub use list::list;
pub use list_addresses::list_addresses;
