//! A customer's home page.

mod again;
mod model;
mod page;
mod promotions;

pub use page::DistributorHomePage;
