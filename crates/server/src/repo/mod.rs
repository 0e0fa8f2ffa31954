//! The SQL, by what it is about.
//!
//! Everything here speaks the part of SQL that SQLite and PostgreSQL share: `$1` placeholders, `ON CONFLICT`, no functions
//! on JSON or dates. Functions take a connection, so that a reader and a transaction use the same ones.

pub mod accounts;
pub mod catalog;
pub mod customers;
pub mod deployment;
pub mod drafts;
pub mod figures;
pub mod imported;
pub mod keys;
pub mod like;
pub mod media;
pub mod order_goods;
pub mod order_list;
pub mod order_people;
pub mod order_timers;
pub mod orders;
pub mod payments;
pub mod products;
pub mod sessions;
pub mod settings;
pub mod sight;
pub mod stock;
pub mod summaries;
pub mod sums;
