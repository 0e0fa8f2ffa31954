//! `/warehouses` and `/stock`: for staff.

mod count;
mod list_warehouses;

pub use count::count;
pub use list_warehouses::list_warehouses;
