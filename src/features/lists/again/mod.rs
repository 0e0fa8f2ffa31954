//! Ordering an order or a list again: how each line stands now, and only then into the cart.

mod line;
mod model;
mod page;

pub use page::{ListAgainPage, OrderAgainPage};
