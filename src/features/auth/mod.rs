//! Signing in.

mod form;
mod page;

pub use form::{FieldErrors, check};
pub use page::{SignInForm, SignInPage};
