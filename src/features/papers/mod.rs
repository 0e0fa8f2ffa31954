//! Papers that are printed: what to pick for an order or for several, by warehouse, and what goes with a shipment.

mod delivery_note;
mod model;
mod paper;
mod pick_list;
mod shared_list;

pub use delivery_note::DeliveryNotePage;
pub use pick_list::PickListPage;
pub use shared_list::SharedPickListPage;
