//! `GET /events`: the live stream.

use axum::extract::{Request, State};
use axum::response::Response;

use crate::auth::session;
use crate::error::ApiError;
use crate::events::stream;
use crate::state::AppState;

/// The stream of whoever is signed in.
pub async fn listen(State(state): State<AppState>, request: Request) -> Result<Response, ApiError> {
    let caller = session::of_headers(&state, request.headers()).await?;
    let last = request
        .headers()
        .get("last-event-id")
        .and_then(|id| id.to_str().ok());
    Ok(stream(state, caller, last))
}
