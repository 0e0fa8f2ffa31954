//! Every route of the server: one file per verb of a resource, put together here.

pub mod drafts;
pub mod events;
pub mod health;
pub mod meta;
pub mod openapi;
pub mod orders;
pub mod session;
pub mod settings;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use countersign_contract::event::EVENTS_PATH;
use countersign_contract::session::{GetSession, SignIn, SignOut};
use countersign_contract::settings::{GetWorkflow, PutWorkflow};
use countersign_contract::submission::{SubmitOrder, WithdrawDraft};
use countersign_contract::{BASE_PATH, ProblemKind, meta::GetMeta};

use crate::error::ApiError;
use crate::http::route::Api;
use crate::http::{guard, headers, request, static_files};
use crate::state::AppState;

/// The endpoints of the contract and who answers them.
pub fn api() -> Api {
    Api::default()
        .route::<GetMeta, _, _>(meta::get)
        .route::<SignIn, _, _>(session::sign_in)
        .route::<GetSession, _, _>(session::get)
        .route::<SignOut, _, _>(session::sign_out)
        .route::<GetWorkflow, _, _>(settings::get_workflow)
        .route::<PutWorkflow, _, _>(settings::put_workflow)
        .route::<SubmitOrder, _, _>(orders::submit)
        .route::<WithdrawDraft, _, _>(drafts::withdraw)
}

/// The whole server: the API, the live stream, pictures, the app's files, and what happens to every request.
pub fn router(state: AppState) -> Router {
    Router::new()
        .merge(api().into_router())
        .route(&format!("{BASE_PATH}{EVENTS_PATH}"), get(events::listen))
        .route(&format!("{BASE_PATH}/openapi.json"), get(openapi::document))
        .route("/healthz", get(health::check))
        .route("/media/{name}", get(static_files::picture))
        .method_not_allowed_fallback(method_not_allowed)
        .fallback(static_files::serve)
        .layer(from_fn_with_state(state.clone(), guard::same_origin))
        .layer(from_fn(request::observe))
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .with_state(state)
}

async fn method_not_allowed() -> Response {
    ApiError::from(ProblemKind::MethodNotAllowed).into_response()
}
