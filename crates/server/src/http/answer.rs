//! What a handler answers with, and how that becomes a response.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use countersign_contract::Endpoint;

use super::request::REPLAYED;
use crate::db::row::from_json;
use crate::digest::sha256_hex;
use crate::error::ApiError;

/// What a handler of endpoint `E` returns.
pub type Reply<E> = Result<Answer<<E as Endpoint>::Reply>, ApiError>;

/// A success: the reply and what goes with it.
#[derive(Clone, Debug)]
pub struct Answer<R> {
    body: AnswerBody<R>,
    status: Option<u16>,
    version: Option<u64>,
    location: Option<String>,
    cookie: Option<String>,
    replayed: bool,
}

/// The reply, or the JSON of one given before.
#[derive(Clone, Debug)]
enum AnswerBody<R> {
    Reply(R),
    Json(String),
}

impl<R> Answer<R> {
    /// This reply with the endpoint's usual status.
    pub fn new(reply: R) -> Self {
        Self {
            body: AnswerBody::Reply(reply),
            status: None,
            version: None,
            location: None,
            cookie: None,
            replayed: false,
        }
    }

    /// The same for a thing with a version, which the next change has to name in `If-Match`.
    pub fn versioned(reply: R, version: u64) -> Self {
        Self {
            version: Some(version),
            ..Self::new(reply)
        }
    }

    /// With another status of success.
    pub fn status(self, status: StatusCode) -> Self {
        Self {
            status: Some(status.as_u16()),
            ..self
        }
    }

    /// With the path of the thing that was made.
    pub fn at(self, location: String) -> Self {
        Self {
            location: Some(location),
            ..self
        }
    }

    /// With a `Set-Cookie`.
    pub fn cookie(self, cookie: String) -> Self {
        Self {
            cookie: Some(cookie),
            ..self
        }
    }

    /// Marked as the repeat of an answer that was given in another way.
    pub fn replayed(self) -> Self {
        Self {
            replayed: true,
            ..self
        }
    }
}

/// An answer as it is stored under its `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its status.
    pub status: u16,
    /// Version of the thing it shows.
    pub version: Option<u64>,
    /// Path of the thing that was made.
    pub location: Option<String>,
    /// Its JSON.
    pub body: String,
}

impl<R: Serialize> Answer<R> {
    /// What is stored of it; `usual` is the endpoint's status of success.
    ///
    /// # Errors
    /// An [`ApiError`] when the reply has no JSON form.
    pub fn keep(&self, usual: u16) -> Result<Kept, ApiError> {
        Ok(Kept {
            status: self.status.unwrap_or(usual),
            version: self.version,
            location: self.location.clone(),
            body: self.json()?,
        })
    }

    fn json(&self) -> Result<String, ApiError> {
        match &self.body {
            AnswerBody::Json(json) => Ok(json.clone()),
            AnswerBody::Reply(reply) => {
                serde_json::to_string(reply).map_err(|error| ApiError::internal(&error))
            }
        }
    }

    /// The response; `usual` is the endpoint's status of success. A read whose tag the caller has is 304.
    pub(super) fn respond(self, usual: u16, read: bool, request: &HeaderMap) -> Result<Response, ApiError> {
        let usual =
            StatusCode::from_u16(self.status.unwrap_or(usual)).map_err(|error| ApiError::internal(&error))?;
        if usual == StatusCode::NO_CONTENT {
            let mut response = usual.into_response();
            add(response.headers_mut(), SET_COOKIE, self.cookie)?;
            return Ok(response);
        }
        let json = self.json()?;
        let tag = tag(self.version, &json);
        let known = read
            && request
                .get_all(IF_NONE_MATCH)
                .iter()
                .any(|known| lists(known, &tag));
        let mut response = if known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            (
                usual,
                [(CONTENT_TYPE, HeaderValue::from_static("application/json"))],
                json,
            )
                .into_response()
        };
        let headers = response.headers_mut();
        add(headers, SET_COOKIE, self.cookie)?;
        add(headers, LOCATION, self.location)?;
        if read || self.version.is_some() {
            add(headers, ETAG, Some(tag))?;
        }
        if self.replayed {
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
        }
        Ok(response)
    }
}

impl<R: DeserializeOwned> Answer<R> {
    /// The reply itself, also where it was given before.
    ///
    /// # Errors
    /// An [`ApiError`] when what was given before is something else.
    pub fn into_reply(self) -> Result<R, ApiError> {
        match self.body {
            AnswerBody::Reply(reply) => Ok(reply),
            AnswerBody::Json(json) => Ok(from_json(&json, "a stored answer")?),
        }
    }
}

impl<R> From<Kept> for Answer<R> {
    /// The same answer again.
    fn from(kept: Kept) -> Self {
        Self {
            body: AnswerBody::Json(kept.body),
            status: Some(kept.status),
            version: kept.version,
            location: kept.location,
            cookie: None,
            replayed: true,
        }
    }
}

/// The entity tag: the version where there is one, then a digest of what is shown. `If-Match` looks at the version
/// alone, `If-None-Match` at all of it: a page may show more than the thing itself, such as stock.
fn tag(version: Option<u64>, json: &str) -> String {
    let digest = &sha256_hex(json.as_bytes())[..16];
    match version {
        Some(version) => format!("\"{version}.{digest}\""),
        None => format!("\"{digest}\""),
    }
}

/// Whether a list of entity tags names `tag`.
fn lists(known: &HeaderValue, tag: &str) -> bool {
    known.to_str().is_ok_and(|known| {
        known
            .split(',')
            .any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*")
    })
}

fn add(headers: &mut HeaderMap, name: http::HeaderName, value: Option<String>) -> Result<(), ApiError> {
    if let Some(value) = value {
        headers.insert(
            name,
            HeaderValue::from_str(&value).map_err(|error| ApiError::internal(&error))?,
        );
    }
    Ok(())
}
