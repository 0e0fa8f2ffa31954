//! One folder for each thing a user does. No feature knows another.

pub mod auth;
