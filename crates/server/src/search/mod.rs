//! Finding products: what the rules of `countersign_domain::search` work on, held in memory and kept up to date.

pub mod readings;
mod shelf;

pub use shelf::{Shelf, Stock, Ware};
