//! Quick order: a sheet of codes and quantities, typed, scanned, pasted or read from a file, and put into the cart.

mod grid;
mod import;
mod keeping;
mod model;
mod page;
mod row;
mod save;
mod scan;
mod state;
mod tools;
mod words;

pub use page::QuickOrderPage;
pub use state::QuickOrder;
