//! The SQL, by what it is about.
//!
//! Everything here speaks the part of SQL that SQLite and PostgreSQL share: `$1` placeholders, `ON CONFLICT`, no functions
//! on JSON or dates. Functions take a connection, so that a reader and a transaction use the same ones.

pub mod accounts;
pub mod customers;
pub mod keys;
pub mod media;
pub mod orders;
pub mod products;
pub mod sessions;
pub mod settings;
pub mod stock;
