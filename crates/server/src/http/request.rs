//! The outermost layer: request id, log line, time limit, panics, and the writing of problem details.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use countersign_contract::file::UploadFile;
use countersign_contract::{BASE_PATH, Endpoint, PROBLEM_MEDIA_TYPE, Problem, ProblemKind};
use futures_util::FutureExt;
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderName, HeaderValue, Method};
use tracing::Instrument;
use uuid::Uuid;

use crate::db::text_of;
use crate::error::{ApiError, IsReplay};

/// The header that carries the request's id, in and out.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Says that an answer was given before, under the same key.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// A handler that takes longer is given up. Streams are not cut: the limit is on the head of the answer.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// The same for a file, which comes in over whatever connection a phone has.
const UPLOAD_LIMIT: Duration = Duration::from_secs(300);
/// Longest request id taken over from the caller.
const MAX_ID: usize = 64;

/// Runs the rest of the server for one request.
pub async fn observe(mut request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let span = tracing::info_span!(
        "request",
        id = id.to_str().unwrap_or_default(),
        method = %request.method(),
        path = request.uri().path(),
    );
    request.headers_mut().insert(REQUEST_ID, id.clone());
    async move {
        let started = Instant::now();
        let limit = time_limit(&request);
        let work = AssertUnwindSafe(next.run(request)).catch_unwind();
        let mut response = match tokio::time::timeout(limit, work).await {
            Ok(Ok(response)) => response,
            Ok(Err(panic)) => panicked(panic.as_ref()),
            Err(_) => {
                tracing::error!("given up after {} s", limit.as_secs());
                ApiError::from(ProblemKind::Unavailable).into_response()
            }
        };
        write_problem(&mut response, &id);
        let status = response.status().as_u16();
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(status, milliseconds, "answered");
        response.headers_mut().insert(REQUEST_ID, id);
        response
    }
    .instrument(span)
    .await
}

/// How long a request may take.
fn time_limit(request: &Request) -> Duration {
    let below = request.uri().path().strip_prefix(BASE_PATH);
    match below {
        Some(UploadFile::PATH) if request.method() == Method::POST => UPLOAD_LIMIT,
        _ => TIME_LIMIT,
    }
}

/// The id the caller (or a proxy) gave, where it is harmless; else a new one.
fn request_id(request: &Request) -> HeaderValue {
    let harmless = |id: &&HeaderValue| {
        (1..=MAX_ID).contains(&id.len())
            && id
                .as_bytes()
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
    };
    request
        .headers()
        .get(REQUEST_ID)
        .filter(harmless)
        .cloned()
        .unwrap_or_else(|| {
            HeaderValue::from_str(&Uuid::now_v7().to_string()).unwrap_or(HeaderValue::from_static("unknown"))
        })
}

fn panicked(panic: &(dyn Any + Send)) -> Response {
    tracing::error!(panic = text_of(panic), "a handler panicked");
    ApiError::from(ProblemKind::Internal).into_response()
}

/// Writes out the problem that a response carries beside it.
fn write_problem(response: &mut Response, id: &HeaderValue) {
    if response.extensions_mut().remove::<IsReplay>().is_some() {
        response
            .headers_mut()
            .insert(REPLAYED, HeaderValue::from_static("true"));
    }
    let Some(mut problem) = response.extensions_mut().remove::<Problem>() else {
        return;
    };
    problem.instance = id.to_str().unwrap_or_default().to_owned();
    let wait = match problem.kind {
        ProblemKind::RateLimited { retry_after } => Some(retry_after),
        ProblemKind::Unavailable => Some(5),
        _ => None,
    };
    let headers = response.headers_mut();
    if let Some(wait) = wait {
        headers.insert(RETRY_AFTER, HeaderValue::from(wait));
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_MEDIA_TYPE));
    headers.remove(http::header::CONTENT_LENGTH);
    *response.body_mut() = match serde_json::to_vec(&problem) {
        Ok(json) => Body::from(json),
        Err(error) => {
            tracing::error!(%error, "a problem could not be written");
            Body::empty()
        }
    };
}
