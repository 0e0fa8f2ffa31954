//! The business rules of Countersign, written once and used by the server, by the app in the browser and by the tests.
//!
//! Everything here is pure: no I/O, no clock, no randomness, no async. Time and ids are passed in, so that the
//! same input gives the same answer on a phone and on the server. `unwrap` and `panic!` have no place here: a rule that
//! does not hold is a typed [`order::Rejection`] or [`policy::DenyReason`].
//!
//! Start with [`order`] for the order life cycle, [`policy`] for who may do what and [`price`] and
//! [`promotion`] for what it costs.

pub mod actor;
pub mod alert;
pub mod assortment;
pub mod conversation;
pub mod customer;
pub mod delegation;
pub mod delivery;
pub mod file;
pub mod id;
pub mod money;
pub mod notice;
pub mod open;
pub mod order;
pub mod permission;
pub mod plan;
pub mod policy;
pub mod price;
pub mod product;
pub mod promotion;
pub mod quantity;
pub mod rating;
pub mod reorder;
pub mod returns;
pub mod search;
pub mod sheet;
pub mod text;
pub mod usual;
pub mod variant_sums;
pub mod workflow;
