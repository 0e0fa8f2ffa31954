//! The published OpenAPI 3.1 document, made of the endpoint definitions.

use crate::endpoint::Endpoint;

/// Receives every endpoint.
pub trait Visit {
    /// One endpoint.
    fn endpoint(&mut self, operation: &'static str);
}

/// Describes `E` to `visitor`.
pub(crate) fn describe<E: Endpoint>(visitor: &mut dyn Visit) {
    visitor.endpoint(E::OPERATION);
}
