//! The business rules of Countersign, written once and used by the server, by the app in the browser and by the tests.
//!
//! Everything here is pure: no I/O, no clock, no randomness, no async. Time and ids are passed in, so that the
//! same input gives the same answer on a phone and on the server. `unwrap` and `panic!` have no place here: a rule that
//! does not hold is a typed [`order::Rejection`] or [`policy::DenyReason`].
//!
//! Start with [`order`] for the order life cycle, [`policy`] for who may do what and [`price`] for what it costs.

pub mod actor;
pub mod customer;
pub mod id;
pub mod money;
pub mod order;
pub mod permission;
pub mod policy;
pub mod price;
pub mod product;
pub mod quantity;
pub mod returns;
pub mod text;
pub mod workflow;
