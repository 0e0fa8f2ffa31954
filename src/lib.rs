//! Countersign's app: everything but mounting it, so that tests can use the parts.

pub mod api;
pub mod app;
pub mod features;
pub mod files_view;
pub mod goods_view;
pub mod i18n;
pub mod layout;
pub mod notice_view;
pub mod offline;
pub mod order_view;
pub mod queries;
pub mod queue_view;
pub mod route;
pub mod saved_views;
pub mod session;
pub mod ui;
