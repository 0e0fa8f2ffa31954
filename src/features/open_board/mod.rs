//! The open-quantity board: what is ordered and has not left, by SKU, and what of it stock fills today.

mod export;
mod filters;
mod model;
mod page;
mod row;
mod table;

pub use page::OpenBoardPage;
