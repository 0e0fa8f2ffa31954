//! `GET /healthz`: whether the server can do its work.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use countersign_contract::ProblemKind;

use crate::error::ApiError;
use crate::state::AppState;

/// 200 when the database reads and takes changes, else 503.
pub async fn check(State(state): State<AppState>) -> Response {
    match state.db.ping().await {
        Ok(()) => "ok\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "not healthy");
            ApiError::from(ProblemKind::Unavailable).into_response()
        }
    }
}
