//! Importing files and replaying the orders in them, on a real database and over HTTP.

mod mistakes;
mod replaying;
mod storing;
mod support;
