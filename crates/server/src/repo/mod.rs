//! The SQL, by what it is about.
//!
//! Everything here speaks the part of SQL that SQLite and PostgreSQL share: `$1` placeholders, `ON CONFLICT`, no functions
//! on JSON or dates. Functions take a connection, so that a reader and a transaction use the same ones.

pub mod accounts;
pub mod alerts;
pub mod assortments;
pub mod bought;
pub mod catalog;
pub mod codes;
pub mod customer_past;
pub mod customers;
pub mod delegations;
pub mod deployment;
pub mod drafts;
pub mod favourites;
pub mod figures;
pub mod files;
pub mod imported;
pub mod keys;
pub mod like;
pub mod lists;
pub mod media;
pub mod messages;
pub mod notices;
pub mod open_orders;
pub mod order_files;
pub mod order_goods;
pub mod order_list;
pub mod order_people;
pub mod order_timers;
pub mod order_turn;
pub mod orders;
pub mod payments;
pub mod products;
pub mod promotion_names;
pub mod promotions;
pub mod purchases;
pub mod ratings;
pub mod regions;
pub mod replacements;
pub mod return_list;
pub mod returns;
pub mod sessions;
pub mod settings;
pub mod sight;
pub mod stock;
pub mod summaries;
pub mod sums;
pub mod views;
