//! The reference backend of Countersign: the contract over axum and SQLite.
//!
//! A request passes [`http::headers`], [`http::request`] and [`http::guard`], is read into a [`http::call::Call`] of its endpoint,
//! and reaches a handler in [`routes`]. That asks the rules of the domain crate and works on the tables through [`repo`];
//! every change goes through the one writer of [`db`], which announces it to [`events`] after the commit.
//!
//! What must never be here: a rule of the business (it belongs into the domain, so that the app knows it too), a method or
//! path of the API (the contract has them), SQL outside of [`repo`] and the routes' own lists.

pub mod assortment;
pub mod auth;
pub mod buying;
pub mod cli;
pub mod clock;
pub mod db;
pub mod digest;
pub mod error;
pub mod events;
pub mod giving;
pub mod http;
pub mod import;
pub mod log;
pub mod notices;
pub mod ordering;
pub mod promotions;
pub mod replay;
pub mod repo;
pub mod returning;
pub mod routes;
pub mod search;
pub mod seed;
pub mod server;
pub mod sheet;
pub mod state;
pub mod submission;
pub mod timers;
