//! Sending a request of the contract and reading its reply.

use chrono::{DateTime, Utc};
use countersign_contract::buying::{CUSTOMER, asks_for_whom};
use countersign_contract::endpoint::Guard;
use countersign_contract::file::FILE_MEDIA_TYPE;
use countersign_contract::{
    CHANGE_HEADER, Endpoint, Method, PROBLEM_MEDIA_TYPE, PathParams, Problem, QueryParams,
};
use countersign_domain::id::CustomerId;
use gloo_net::http::{RequestBuilder, Response};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use web_sys::{AbortSignal, Blob, RequestCredentials};

use crate::api::{ApiError, Config};

/// Longest wait for an answer. A request that takes longer is unknown, not failed.
const TIMEOUT_MS: u32 = 30_000;

/// The same for a file, which may go over a slow line.
const UPLOAD_TIMEOUT_MS: u32 = 300_000;

/// How far the device's clock may be from the server's before somebody is told, in milliseconds.
const CLOCK_TOLERANCE_MS: u64 = 600_000;

/// Access to the backend. Cheap to copy; lives at the root of the app.
#[derive(Clone, Copy, Debug)]
pub struct Api {
    base: StoredValue<String>,
    /// The customer on whose behalf staff order.
    customer: Option<CustomerId>,
    /// When the backend last answered; what the sync state in the shell shows.
    pub last_contact: RwSignal<Option<DateTime<Utc>>>,
    /// Whether the last request got an answer.
    pub reachable: RwSignal<bool>,
    /// Whether this device's clock is far from the server's, as of the last answer: then ages and dates on the screen are
    /// wrong, which is all that hangs on it.
    pub is_clock_wrong: RwSignal<bool>,
    /// Counts answers that said nobody is signed in; the session watches it.
    pub signed_out: RwSignal<u32>,
    /// Counts sign-ins: what was asked before the last of them says nothing of the session there is now.
    pub sign_ins: RwSignal<u32>,
}

/// A change, frozen: the same bytes and key go out however often it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    method: Method,
    path: String,
    body: String,
    key: Option<String>,
    version: Option<u64>,
}

impl Change {
    /// Freezes a change of `E`. `key` is its idempotency key, `version` the version of the thing it changes; those that
    /// `E` has no use for are left out.
    pub fn new<E: Endpoint>(path: &E::Path, body: &E::Body, key: &str, version: Option<u64>) -> Self
    where
        E::Body: Serialize,
    {
        let keyed = matches!(E::GUARD, Guard::Key | Guard::KeyAndVersion);
        let versioned = matches!(E::GUARD, Guard::Version | Guard::KeyAndVersion);
        Self {
            method: E::METHOD,
            path: path.fill(E::PATH),
            // The bodies of the contract are plain data, which always serialises.
            body: serde_json::to_string(body).unwrap_or_default(),
            key: keyed.then(|| key.to_owned()),
            version: version.filter(|_| versioned),
        }
    }

    /// A change of `E` that was frozen earlier, perhaps before the app was restarted: `body` are the bytes that went out
    /// then, `key` is the key they went under.
    pub fn frozen<E: Endpoint>(path: &E::Path, body: String, key: String) -> Self {
        Self {
            method: E::METHOD,
            path: path.fill(E::PATH),
            body,
            key: Some(key),
            version: None,
        }
    }

    /// The bytes that go out.
    pub fn body(&self) -> &str {
        &self.body
    }
}

impl Api {
    /// Access to the backend that `config` names.
    pub fn new(config: &Config) -> Self {
        Self {
            base: StoredValue::new(config.api_base.clone()),
            customer: None,
            last_contact: RwSignal::new(None),
            reachable: RwSignal::new(true),
            is_clock_wrong: RwSignal::new(false),
            signed_out: RwSignal::new(0),
            sign_ins: RwSignal::new(0),
        }
    }

    /// The same access for staff who order on behalf of `customer`: whatever depends on for whom something is bought is asked
    /// for that customer. Its answers are nobody else's: they need a cache of their own.
    #[must_use]
    pub fn for_customer(self, customer: CustomerId) -> Self {
        Self {
            customer: Some(customer),
            ..self
        }
    }

    /// The whole address of `method` on `path`, with the customer where the contract asks for whom.
    fn address(&self, method: Method, path: &str) -> String {
        let mut url = self.url(path);
        if let Some(customer) = self.customer.filter(|_| asks_for_whom(method, path)) {
            url.push(if path.contains('?') { '&' } else { '?' });
            url.push_str(CUSTOMER);
            url.push('=');
            url.push_str(&customer.to_string());
        }
        url
    }

    /// The whole address of a path of the backend, such as a product's picture or the live stream.
    pub fn url(&self, path: &str) -> String {
        self.base.with_value(|base| format!("{base}{path}"))
    }

    /// Path and query of a read, as [`crate::queries`] names it.
    pub fn read_path<E: Endpoint>(path: &E::Path, query: &E::Query) -> String {
        let mut url = path.fill(E::PATH);
        for (position, (name, value)) in query.pairs().into_iter().enumerate() {
            url.push(if position == 0 { '?' } else { '&' });
            url.push_str(name);
            url.push('=');
            url.push_str(&String::from(js_sys::encode_uri_component(&value)));
        }
        url
    }

    /// Reads `path` (with its query) and gives the reply's text.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn get(self, path: &str) -> Result<String, ApiError> {
        self.exchange(
            RequestBuilder::new(&self.address(Method::Get, path)).method(gloo_net::http::Method::GET),
            None,
            TIMEOUT_MS,
        )
        .await
    }

    /// Sends `change` and gives the reply's text.
    ///
    /// # Errors
    /// See [`ApiError`]; where [`ApiError::is_unknown`], the same change may be sent again as it is.
    pub async fn send(self, change: &Change) -> Result<String, ApiError> {
        let method = match change.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Delete => gloo_net::http::Method::DELETE,
        };
        let mut request = RequestBuilder::new(&self.address(change.method, &change.path))
            .method(method)
            .header(CHANGE_HEADER, "1");
        if let Some(key) = &change.key {
            request = request.header("idempotency-key", key);
        }
        if let Some(version) = change.version {
            request = request.header("if-match", &format!("\"{version}\""));
        }
        let body = ("application/json", JsValue::from_str(&change.body));
        self.exchange(request, Some(body), TIMEOUT_MS).await
    }

    /// Sends a file to `E` under `key`, and gives the reply's text.
    ///
    /// # Errors
    /// See [`ApiError`]; where [`ApiError::is_unknown`], the same file may be sent again under the same key.
    pub async fn upload<E: Endpoint<Path = ()>>(
        self,
        query: &E::Query,
        file: &Blob,
        key: &str,
    ) -> Result<String, ApiError> {
        let request = RequestBuilder::new(&self.url(&Self::read_path::<E>(&(), query)))
            .method(gloo_net::http::Method::POST)
            .header(CHANGE_HEADER, "1")
            .header("idempotency-key", key);
        let body = (FILE_MEDIA_TYPE, JsValue::from(file.clone()));
        self.exchange(request, Some(body), UPLOAD_TIMEOUT_MS).await
    }

    /// Reads the reply of `E` from its text.
    ///
    /// # Errors
    /// [`ApiError::NotOurs`] when it is something else.
    pub fn decode<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
        let text = if text.is_empty() { "{}" } else { text };
        serde_json::from_str(text).map_err(|_| ApiError::NotOurs)
    }

    async fn exchange(
        self,
        request: RequestBuilder,
        body: Option<(&str, JsValue)>,
        timeout_ms: u32,
    ) -> Result<String, ApiError> {
        let sign_ins = self.sign_ins.try_get_untracked();
        let mut clock = None;
        let outcome = exchange(request, body, timeout_ms, &mut clock).await;
        // The app may be on its way out while the answer arrives: nothing here may panic then.
        let answered = matches!(outcome, Ok(_) | Err(ApiError::Problem(_)));
        if self.reachable.try_get_untracked() != Some(answered) {
            self.reachable.try_set(answered);
        }
        if answered {
            self.last_contact.try_set(Some(now()));
        }
        if let Some(off) = clock.filter(|_| answered) {
            let is_wrong = off > CLOCK_TOLERANCE_MS;
            if self.is_clock_wrong.try_get_untracked() != Some(is_wrong) {
                self.is_clock_wrong.try_set(is_wrong);
            }
        }
        let is_of_now = self.sign_ins.try_get_untracked() == sign_ins;
        if is_of_now && matches!(&outcome, Err(error) if error.is_signed_out()) {
            self.signed_out.try_update(|count| *count += 1);
        }
        outcome
    }
}

/// Asks, and notes in `clock` how far the answer says that this device's clock is off, in milliseconds.
async fn exchange(
    request: RequestBuilder,
    body: Option<(&str, JsValue)>,
    timeout_ms: u32,
    clock: &mut Option<u64>,
) -> Result<String, ApiError> {
    let request = request
        .credentials(RequestCredentials::Include)
        .header("accept", "application/json")
        .abort_signal(Some(&AbortSignal::timeout_with_u32(timeout_ms)));
    let request = match body {
        Some((media_type, body)) => request.header("content-type", media_type).body(body),
        None => request.build(),
    };
    let response = request
        .map_err(|_| ApiError::Unreachable)?
        .send()
        .await
        .map_err(|_| ApiError::Unreachable)?;
    let sent = response.headers().get("date").and_then(|date| moment(&date));
    *clock = sent.map(|sent| now().timestamp_millis().abs_diff(sent));
    let ours = response.ok() && !response.redirected() && is_json(&response, "application/json");
    let no_content = response.status() == 204;
    let problem = !response.ok() && is_json(&response, PROBLEM_MEDIA_TYPE);
    let text = response.text().await.map_err(|_| ApiError::Unreachable)?;
    if ours || no_content {
        Ok(text)
    } else if problem {
        let problem: Problem = Api::decode(&text)?;
        Err(ApiError::Problem(Box::new(problem)))
    } else {
        Err(ApiError::NotOurs)
    }
}

/// A moment as HTTP writes it, in milliseconds since 1970.
fn moment(date: &str) -> Option<i64> {
    let parsed = js_sys::Date::parse(date);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 fit for 290 million years"
    )]
    let millis = parsed as i64;
    (!parsed.is_nan()).then_some(millis)
}

fn is_json(response: &Response, media_type: &str) -> bool {
    response
        .headers()
        .get("content-type")
        .is_some_and(|value| value.starts_with(media_type))
}

/// Now, by the device's clock.
pub fn now() -> DateTime<Utc> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "milliseconds since 1970 fit for 290 million years"
    )]
    let millis = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(millis).unwrap_or(DateTime::UNIX_EPOCH)
}
