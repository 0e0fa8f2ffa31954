//! `GET /events`: the live stream.

use axum::extract::{Request, State};
use axum::response::Response;
use countersign_contract::ProblemKind;

use crate::auth::session;
use crate::digest::sha256_hex;
use crate::error::ApiError;
use crate::events::stream;
use crate::state::AppState;

/// The stream of whoever is signed in.
pub async fn listen(State(state): State<AppState>, request: Request) -> Result<Response, ApiError> {
    let cookie = state
        .site
        .cookies()
        .read(request.headers())
        .ok_or(ProblemKind::Unauthenticated)?;
    let caller = session::find(&state, &sha256_hex(cookie.as_bytes()))
        .await?
        .ok_or(ProblemKind::Unauthenticated)?;
    let last = request
        .headers()
        .get("last-event-id")
        .and_then(|id| id.to_str().ok());
    Ok(stream(state, caller, last))
}
