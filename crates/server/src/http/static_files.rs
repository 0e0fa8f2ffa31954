//! The built app: hashed files for ever, everything else asked for anew, and `index.html` for every page of the app.

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use countersign_contract::ProblemKind;
use http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

use crate::error::ApiError;
use crate::repo::media;
use crate::state::AppState;

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");
/// Hex digits of the hash that the build puts into a name.
const HASH_DIGITS: usize = 16;

/// Answers whatever no route answers: a file of the app, its `index.html`, or 404.
pub async fn serve(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    let Some(dist) = state
        .site
        .dist
        .as_ref()
        .filter(|_| path != "/api" && !path.starts_with("/api/"))
    else {
        return ApiError::from(ProblemKind::NotFound).into_response();
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return ApiError::from(ProblemKind::MethodNotAllowed).into_response();
    }
    let hashed = is_hashed(path);
    let wants_page = wants_page(request.headers());
    let (mut parts, _) = request.into_parts();
    let known = parts.headers.remove(IF_NONE_MATCH);
    if !hashed {
        // By its date a file that was rolled back looks unchanged; our tag tells.
        parts.headers.remove(IF_MODIFIED_SINCE);
    }
    let again = Request::from_parts(parts.clone(), Body::empty());
    let mut response = match ServeDir::new(dist)
        .precompressed_br()
        .oneshot(Request::from_parts(parts, Body::empty()))
        .await
    {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    };
    if response.status() == StatusCode::NOT_FOUND {
        if !wants_page {
            return ApiError::from(ProblemKind::NotFound).into_response();
        }
        response = match ServeFile::new(dist.join("index.html"))
            .precompressed_br()
            .oneshot(again)
            .await
        {
            Ok(response) => response.map(Body::new),
            Err(never) => match never {},
        };
        if response.status() == StatusCode::NOT_FOUND {
            return ApiError::from(ProblemKind::NotFound).into_response();
        }
    }
    if hashed {
        response.headers_mut().insert(CACHE_CONTROL, FOR_EVER);
        response
    } else {
        revalidated(response, known)
    }
}

/// A file that is asked for anew each time: its tag, and 304 for who has it.
fn revalidated(mut response: Response, known: Option<HeaderValue>) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, ASK_AGAIN);
    let part = |headers: &HeaderMap, name| {
        let text = headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
            .unwrap_or_default();
        text.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
    };
    let tag = format!(
        "\"{}-{}\"",
        part(headers, CONTENT_LENGTH),
        part(headers, LAST_MODIFIED)
    );
    headers.remove(LAST_MODIFIED);
    let Ok(tag) = HeaderValue::from_str(&tag) else {
        return response;
    };
    let unchanged = response.status() == StatusCode::OK && known.as_ref() == Some(&tag);
    response.headers_mut().insert(ETAG, tag);
    if unchanged {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().remove(CONTENT_LENGTH);
        *response.body_mut() = Body::empty();
    }
    response
}

/// Whether the name carries a hash of its content: `app-0123456789abcdef.js`, `app-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((stem, _)) = name.split_once('.') else {
        return false;
    };
    stem.split(['-', '_'])
        .skip(1)
        .any(|part| part.len() == HASH_DIGITS && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Whether a browser asks for a page rather than for a script or a picture.
fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get_all(ACCEPT)
        .iter()
        .any(|accept| accept.to_str().is_ok_and(|accept| accept.contains("text/html")))
}

/// A product picture.
pub async fn picture(State(state): State<AppState>, Path(name): Path<String>) -> Result<Response, ApiError> {
    let mut connection = state.db.read().await?;
    let picture = media::get(&mut connection, &name)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    let content_type =
        HeaderValue::from_str(&picture.content_type).map_err(|error| ApiError::internal(&error))?;
    let caching = if is_hashed(&name) { FOR_EVER } else { ASK_AGAIN };
    Ok((
        [(CONTENT_TYPE, content_type), (CACHE_CONTROL, caching)],
        picture.body,
    )
        .into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_known_by_their_hash() {
        for name in [
            "/app-0123456789abcdef.js",
            "/app-0123456789abcdef_bg.wasm",
            "/x/index-89abcdef01234567.css",
        ] {
            assert!(is_hashed(name), "{name}");
        }
        for name in [
            "/index.html",
            "/config.json",
            "/",
            "/app-0123.js",
            "/0123456789abcdef",
            "/a-b-c.svg",
        ] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
