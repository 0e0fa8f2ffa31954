//! `GET /openapi.json`: the published contract.

use std::sync::LazyLock;

use axum::response::{IntoResponse, Response};
use countersign_contract::openapi;
use http::HeaderValue;
use http::header::CONTENT_TYPE;

use crate::error::ApiError;

static DOCUMENT: LazyLock<Result<String, String>> =
    LazyLock::new(|| openapi::document().to_json().map_err(|error| error.to_string()));

/// The OpenAPI document.
pub async fn document() -> Response {
    match &*DOCUMENT {
        Ok(json) => (
            [(CONTENT_TYPE, HeaderValue::from_static("application/json"))],
            json.as_str(),
        )
            .into_response(),
        Err(error) => ApiError::Internal(error.clone()).into_response(),
    }
}
