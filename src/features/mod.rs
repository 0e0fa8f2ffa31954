//! One folder for each thing a user does. No feature knows another.

pub mod approvals;
pub mod auth;
pub mod cart;
pub mod catalog;
pub mod delegations;
pub mod home;
pub mod lists;
pub mod notices;
pub mod on_behalf;
pub mod open_board;
pub mod orders;
pub mod outbox;
pub mod papers;
pub mod plan;
pub mod promotions;
pub mod quick_order;
pub mod returns;
pub mod settings;
