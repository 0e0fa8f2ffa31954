//! The only place that speaks HTTP: the typed client of the contract, its errors and the live stream.
//!
//! [`Api`] is made once at start from the deployment's `config.json` and provided at the root. Reads go through
//! [`crate::queries`]; changes go through [`crate::queries::change`], which keeps their idempotency key.

mod config;
mod error;
mod http;
mod live;

pub use config::{Brand, Config, SignInWay, load_config};
pub use error::ApiError;
pub use http::{Api, Change, now};
pub use live::{Live, listen};
