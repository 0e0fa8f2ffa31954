//! The REST contract of Countersign (protocol.md), written once.
//!
//! Each operation is a type that implements [`Endpoint`]. The app's client sends them, the reference server routes them
//! and the published OpenAPI document is made of them, so that the three can't drift apart. Any other backend that
//! speaks this contract serves the same app.

pub mod account;
pub mod catalog;
pub mod draft;
pub mod endpoint;
pub mod event;
pub mod home;
pub mod meta;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod order;
pub mod page;
pub mod problem;
pub mod session;
pub mod settings;
pub mod stock;
pub mod submission;

pub use endpoint::{Endpoint, Method, NoContent, PathParams, QueryParams};
pub use page::Page;
pub use problem::{FieldError, Problem, ProblemKind};

/// Where every operation lives below the server's address.
pub const BASE_PATH: &str = "/api/v1";

/// Header that every change must carry; a form on another site can't send it.
pub const CHANGE_HEADER: &str = "x-countersign";

/// Media type of problem details (RFC 9457).
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";
