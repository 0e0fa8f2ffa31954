//! One folder for each thing a user does. No feature knows another.

pub mod approvals;
pub mod auth;
pub mod cart;
pub mod catalog;
pub mod home;
pub mod orders;
pub mod outbox;
pub mod settings;
