//! Orders of either side: the list, and one order with what may be done about it.

mod filters;
mod list;
mod model;
mod order_page;
mod page;
mod receive;
mod receive_form;
mod resubmit;
mod resubmit_form;

pub use order_page::OrderPage;
pub use page::OrdersPage;
