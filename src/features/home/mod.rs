//! The home pages of both sides: what needs whoever signed in, first.

mod distributor;
mod supplier;

pub use distributor::DistributorHomePage;
pub use supplier::SupplierHomePage;
