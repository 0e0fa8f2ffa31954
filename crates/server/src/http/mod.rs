//! HTTP itself: what happens to every request, and how an endpoint of the contract becomes a route.

pub mod answer;
pub mod call;
pub mod guard;
pub mod headers;
pub mod input;
pub mod once;
pub mod request;
pub mod route;
pub mod static_files;
