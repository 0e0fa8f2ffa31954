//! A customer's home page.

mod again;
mod model;
mod page;

pub use page::DistributorHomePage;
