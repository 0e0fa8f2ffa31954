//! The REST contract of Countersign (protocol.md), written once.
//!
//! Each operation is a type that implements [`Endpoint`]. The app's client sends them, the reference server routes them
//! and the published OpenAPI document is made of them, so that the three can't drift apart. Any other backend that
//! speaks this contract serves the same app.

pub mod account;
pub mod alert;
pub mod approval;
pub mod asked;
pub mod buying;
pub mod catalog;
pub mod conversation;
pub mod delegation;
pub mod draft;
pub mod endpoint;
pub mod event;
pub mod file;
pub mod home;
pub mod list;
pub mod lookup;
pub mod meta;
pub mod notice;
pub mod open;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod order;
pub mod page;
pub mod plan;
pub mod problem;
pub mod promotion;
pub mod promotion_desk;
pub mod rating;
pub mod region;
pub mod reorder;
pub mod returns;
pub mod session;
pub mod settings;
pub mod sheet;
pub mod stock;
pub mod submission;
pub mod view;

pub use endpoint::{Endpoint, Method, NoContent, PathParams, QueryParams};
pub use page::Page;
pub use problem::{FieldError, Problem, ProblemKind};

/// Where every operation lives below the server's address.
pub const BASE_PATH: &str = "/api/v1";

/// Header that every change must carry; a form on another site can't send it.
pub const CHANGE_HEADER: &str = "x-countersign";

/// Media type of problem details (RFC 9457).
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";
