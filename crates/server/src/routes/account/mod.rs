//! `/account`: the customer who is signed in.

mod get;

pub use get::get;
