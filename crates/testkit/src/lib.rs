//! What demo deployments and tests of Countersign stand on.
//!
//! [`sample`] is an invented food-and-drink wholesaler: its catalog, customers, staff, some months of orders, and the
//! pictures of its goods. It is plain data of its own; whoever seeds a server turns it into values of the domain.

pub mod sample;
