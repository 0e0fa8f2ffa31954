//! What a customer keeps to order from again: saved lists, favourites, the usual list, and ordering an order or a list again.

mod again;
mod edit;
mod list_page;
mod model;
mod page;
mod row;
mod rows;
mod saved;

pub use again::{ListAgainPage, OrderAgainPage};
pub use list_page::ListPage;
pub use page::ListsPage;
