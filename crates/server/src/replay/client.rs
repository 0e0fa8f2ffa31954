//! A person with a session: sends what the contract defines, again where the answer is lost.

use std::time::Duration;

use countersign_contract::session::{Credentials, Session, SignIn};
use countersign_contract::{BASE_PATH, CHANGE_HEADER, Endpoint, Method, PathParams as _, Problem};
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, IF_MATCH};

use super::error::ReplayError;
use crate::http::call::IDEMPOTENCY_KEY;

/// How often something is sent before the server counts as unreachable: within about a minute.
const ATTEMPTS: u32 = 10;
/// The first wait between two attempts; each is twice as long as the one before.
const FIRST_WAIT: Duration = Duration::from_millis(200);
/// The longest.
const LONGEST_WAIT: Duration = Duration::from_secs(15);
/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Somebody who is signed in.
pub(super) struct Person {
    http: reqwest::Client,
    server: String,
    credentials: Credentials,
    pub(super) session: Session,
}

/// What names a change.
pub(super) struct Guarded {
    /// The `Idempotency-Key`.
    pub(super) key: String,
    /// The version it is meant for, where it changes something that is there.
    pub(super) version: Option<u64>,
}

/// What was answered: the reply, or the server's refusal.
type Answer<T> = Result<T, Box<Problem>>;

impl Person {
    /// Signs in.
    pub(super) async fn sign_in(server: &str, login: &str, password: &str) -> Result<Self, ReplayError> {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| ReplayError::Unreachable(error.to_string()))?;
        let credentials = Credentials {
            login: login.to_owned(),
            password: password.to_owned(),
        };
        let session = open(&http, server, &credentials).await?;
        Ok(Self {
            http,
            server: server.to_owned(),
            credentials,
            session,
        })
    }

    /// Reads.
    pub(super) async fn get<E: Endpoint>(
        &self,
        what: &'static str,
        path: &E::Path,
    ) -> Result<E::Reply, ReplayError> {
        let answer = self.exchange::<E>(path, Vec::new(), None).await?;
        answer.map_err(|problem| ReplayError::Refused(what, problem))
    }

    /// Changes; a refusal is an answer like any other.
    pub(super) async fn send<E: Endpoint>(
        &self,
        path: &E::Path,
        bytes: Vec<u8>,
        guarded: Guarded,
    ) -> Result<Answer<E::Reply>, ReplayError> {
        self.exchange::<E>(path, bytes, Some(guarded)).await
    }

    async fn exchange<E: Endpoint>(
        &self,
        path: &E::Path,
        bytes: Vec<u8>,
        guarded: Option<Guarded>,
    ) -> Result<Answer<E::Reply>, ReplayError> {
        let request = || {
            let request = request::<E>(&self.http, &self.server, path, bytes.clone());
            match &guarded {
                Some(Guarded { key, version }) => {
                    let request = request.header(IDEMPOTENCY_KEY, key);
                    match version {
                        Some(version) => request.header(IF_MATCH, format!("\"{version}\"")),
                        None => request,
                    }
                }
                None => request,
            }
        };
        let answer = patiently(request).await?;
        // A session ends after a while: the same person goes on with a new one, and with the same key.
        if matches!(&answer, Err(problem) if problem.status == 401) {
            open(&self.http, &self.server, &self.credentials).await?;
            return patiently(request).await;
        }
        Ok(answer)
    }
}

async fn open(
    http: &reqwest::Client,
    server: &str,
    credentials: &Credentials,
) -> Result<Session, ReplayError> {
    let bytes = to_bytes(credentials)?;
    let answer = patiently(|| request::<SignIn>(http, server, &(), bytes.clone())).await?;
    answer.map_err(|problem| ReplayError::SignIn(credentials.login.clone(), problem))
}

fn request<E: Endpoint>(
    http: &reqwest::Client,
    server: &str,
    path: &E::Path,
    bytes: Vec<u8>,
) -> reqwest::RequestBuilder {
    let url = format!("{server}{BASE_PATH}{}", path.fill(E::PATH));
    let method = match E::METHOD {
        Method::Get => return http.get(url),
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Delete => reqwest::Method::DELETE,
    };
    http.request(method, url)
        .header(CHANGE_HEADER, "1")
        .header(CONTENT_TYPE, "application/json")
        .body(bytes)
}

/// The bytes of a body.
pub(super) fn to_bytes<T: serde::Serialize>(body: &T) -> Result<Vec<u8>, ReplayError> {
    serde_json::to_vec(body).map_err(|error| ReplayError::NotOurs(error.to_string()))
}

/// Sends until there is an answer that will not change: a lost one, a busy server or one that restarts is asked again.
async fn patiently<T: serde::de::DeserializeOwned>(
    request: impl Fn() -> reqwest::RequestBuilder,
) -> Result<Answer<T>, ReplayError> {
    let mut wait = FIRST_WAIT;
    let mut last = String::new();
    for _ in 0..ATTEMPTS {
        match once(request()).await {
            Ok((status, bytes)) if status.is_success() => {
                let bytes: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
                let reply = serde_json::from_slice(bytes);
                return reply
                    .map(Ok)
                    .map_err(|error| ReplayError::NotOurs(error.to_string()));
            }
            Ok((status, bytes)) if is_final(status) => {
                let problem = serde_json::from_slice(&bytes);
                return problem
                    .map(|problem| Err(Box::new(problem)))
                    .map_err(|_| ReplayError::NotOurs(format!("it answers with {status}")));
            }
            Ok((status, _)) => last = format!("it answers with {status}"),
            Err(error) => last = error.to_string(),
        }
        tokio::time::sleep(wait).await;
        wait = wait.saturating_mul(2).min(LONGEST_WAIT);
    }
    Err(ReplayError::Unreachable(last))
}

async fn once(request: reqwest::RequestBuilder) -> Result<(StatusCode, bytes::Bytes), reqwest::Error> {
    let response = request.send().await?;
    Ok((response.status(), response.bytes().await?))
}

/// Whether asking again would get the same answer.
fn is_final(status: StatusCode) -> bool {
    !status.is_server_error() && status != StatusCode::TOO_MANY_REQUESTS
}
