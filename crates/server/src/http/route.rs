//! From an endpoint of the contract to a route: method and path are written there and nowhere else.

use std::future::Future;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use countersign_contract::{BASE_PATH, Endpoint, Method};

use super::answer::Reply;
use super::call::Call;
use crate::error::ApiError;
use crate::state::AppState;

/// The routes of the API, and which operations they answer.
#[derive(Debug, Default)]
pub struct Api {
    router: Router<AppState>,
    operations: Vec<&'static str>,
}

impl Api {
    /// Answers endpoint `E` with `handler`.
    pub fn route<E, H, F>(mut self, handler: H) -> Self
    where
        E: Endpoint + 'static,
        E::Path: Send,
        E::Query: Send,
        E::Body: Send,
        H: Fn(AppState, Call<E>) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Reply<E>> + Send,
    {
        let answer = move |State(state): State<AppState>, request: Request| {
            let handler = handler.clone();
            async move {
                answer::<E, _, _>(state, request, handler)
                    .await
                    .unwrap_or_else(ApiError::into_response)
            }
        };
        self.router = self
            .router
            .route(&format!("{BASE_PATH}{}", E::PATH), on(filter(E::METHOD), answer));
        self.operations.push(E::OPERATION);
        self
    }

    /// The operations answered, as the contract calls them.
    pub fn operations(&self) -> &[&'static str] {
        &self.operations
    }

    /// The routes.
    pub fn into_router(self) -> Router<AppState> {
        self.router
    }
}

async fn answer<E, H, F>(state: AppState, request: Request, handler: H) -> Result<Response, ApiError>
where
    E: Endpoint,
    H: Fn(AppState, Call<E>) -> F,
    F: Future<Output = Reply<E>>,
{
    let headers = request.headers().clone();
    let call = Call::<E>::read(&state, request).await?;
    handler(state, call)
        .await?
        .respond(E::SUCCESS, E::METHOD == Method::Get, &headers)
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Delete => MethodFilter::DELETE,
    }
}
