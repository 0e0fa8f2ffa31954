//! Countersign's app: everything but mounting it, so that tests can use the parts.

pub mod api;
pub mod app;
pub mod features;
pub mod i18n;
pub mod offline;
pub mod queries;
pub mod route;
pub mod session;
