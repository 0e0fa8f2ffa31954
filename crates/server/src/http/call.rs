//! A request to an endpoint, read and checked.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Path, Request};
use bytes::Bytes;
use countersign_contract::endpoint::Guard;
use countersign_contract::{Endpoint, ProblemKind};
use countersign_domain::id::AccountId;
use http::header::{CONTENT_TYPE, IF_MATCH};
use http::request::Parts;
use http::{HeaderMap, HeaderName};

use super::input::{read_body, read_file, read_query};
use super::once::Key;
use crate::auth::{Caller, session};
use crate::digest::sha256_hex;
use crate::error::ApiError;
use crate::state::AppState;

/// The header that names a change, so that its repeat is known.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Longest `Idempotency-Key`.
const MAX_KEY: usize = 128;

/// A request to endpoint `E`: everything in it is well-formed, and who asks is known where `E` needs it.
#[derive(Clone, Debug)]
pub struct Call<E: Endpoint> {
    /// Path parameters.
    pub path: E::Path,
    /// Query parameters.
    pub query: E::Query,
    /// The body.
    pub body: E::Body,
    /// SHA-256 of the bytes of the body, in lower-case hex.
    pub fingerprint: String,
    /// Which version the caller saw, where it said so.
    pub if_match: Option<IfMatch>,
    /// Address of the caller.
    pub address: IpAddr,
    /// The session's id as the cookie carries it, whether it is valid or not.
    pub cookie: Option<String>,
    caller: Option<Caller>,
    key: Option<String>,
    target: String,
}

/// Which version a change is meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// `*`: whatever is there.
    Any,
    /// This one.
    Version(u64),
    /// A tag no thing has.
    Unknown,
}

impl IfMatch {
    /// Whether the change is meant for `version`, which is the one there is.
    ///
    /// # Errors
    /// 412 with that version when not.
    pub fn check(self, version: u64) -> Result<(), ProblemKind> {
        match self {
            Self::Any => Ok(()),
            Self::Version(seen) if seen == version => Ok(()),
            Self::Version(_) | Self::Unknown => Err(ProblemKind::Stale { version }),
        }
    }

    fn parse(tag: &str) -> Self {
        if tag.trim() == "*" {
            return Self::Any;
        }
        let tag = tag.trim().trim_start_matches("W/").trim_matches('"');
        let version = tag.split('.').next().unwrap_or_default();
        version.parse().map_or(Self::Unknown, Self::Version)
    }
}

impl<E: Endpoint> Call<E> {
    /// Who asks.
    ///
    /// # Errors
    /// 401 when nobody is signed in, which only endpoints without `SIGNED_IN` have to expect.
    pub fn caller(&self) -> Result<&Caller, ApiError> {
        self.caller.as_ref().ok_or(ProblemKind::Unauthenticated.into())
    }

    /// Which version the change is meant for.
    ///
    /// # Errors
    /// 428 when the caller did not say.
    pub fn expected(&self) -> Result<IfMatch, ApiError> {
        self.if_match.ok_or(ProblemKind::VersionRequired.into())
    }

    /// The key that names this change.
    ///
    /// # Errors
    /// 400 when there is none, 401 when nobody is signed in.
    pub fn key(&self) -> Result<Key, ApiError> {
        let account_id: AccountId = self.caller()?.actor.account_id;
        let key = self.key.clone().ok_or(ProblemKind::KeyRequired)?;
        Ok(Key {
            account_id,
            key,
            operation: format!("{} {}", E::OPERATION, self.target),
            fingerprint: self.fingerprint.clone(),
            usual: E::SUCCESS,
        })
    }

    /// Reads a request. Refusals come in the order: who, where, what.
    pub(super) async fn read(state: &AppState, request: Request) -> Result<Self, ApiError> {
        let (mut parts, body) = request.into_parts();
        let cookie = state.site.cookies().read(&parts.headers).map(str::to_owned);
        let caller = match (&cookie, E::SIGNED_IN) {
            (Some(id), true) => session::find(state, &sha256_hex(id.as_bytes())).await?,
            _ => None,
        };
        if E::SIGNED_IN && caller.is_none() {
            return Err(ProblemKind::Unauthenticated.into());
        }
        // An id that is no id names nothing.
        let Path(path) = Path::<E::Path>::from_request_parts(&mut parts, state)
            .await
            .map_err(|_| ProblemKind::NotFound)?;
        let query = read_query(parts.uri.query().unwrap_or_default())?;
        let bytes: Bytes = axum::body::to_bytes(body, E::MAX_BODY)
            .await
            .map_err(|_| ProblemKind::TooLarge)?;
        let key = key(&parts.headers);
        let if_match = parts
            .headers
            .get(IF_MATCH)
            .map(|value| value.to_str().map_or(IfMatch::Unknown, IfMatch::parse));
        if matches!(E::GUARD, Guard::Key | Guard::KeyAndVersion) && key.is_none() {
            return Err(ProblemKind::KeyRequired.into());
        }
        if matches!(E::GUARD, Guard::Version | Guard::KeyAndVersion) && if_match.is_none() {
            return Err(ProblemKind::VersionRequired.into());
        }
        let body = if E::TAKES_FILE {
            read_file(&bytes)?
        } else {
            read_body(&bytes, parts.headers.get(CONTENT_TYPE))?
        };
        Ok(Self {
            path,
            query,
            body,
            fingerprint: sha256_hex(&bytes),
            if_match,
            address: address(&parts, state.site.behind_proxy),
            cookie,
            caller,
            key,
            target: parts.uri.path().to_owned(),
        })
    }
}

/// A usable `Idempotency-Key`.
fn key(headers: &HeaderMap) -> Option<String> {
    let key = headers.get(IDEMPOTENCY_KEY)?.to_str().ok()?.trim();
    (1..=MAX_KEY).contains(&key.len()).then(|| key.to_owned())
}

/// Where the request comes from; behind a proxy what that one says, which is the last entry.
fn address(parts: &Parts, behind_proxy: bool) -> IpAddr {
    let forwarded = || {
        let header = parts.headers.get_all("x-forwarded-for").iter().next_back()?;
        header.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
    };
    let direct = || {
        parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|ConnectInfo(peer)| peer.ip())
    };
    behind_proxy
        .then(forwarded)
        .flatten()
        .or_else(direct)
        .unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn if_match_reads_the_version_of_a_tag() {
        assert_eq!(IfMatch::parse("\"7\""), IfMatch::Version(7));
        assert_eq!(IfMatch::parse("\"7.0123456789abcdef\""), IfMatch::Version(7));
        assert_eq!(IfMatch::parse("W/\"7\""), IfMatch::Version(7));
        assert_eq!(IfMatch::parse("*"), IfMatch::Any);
        assert_eq!(IfMatch::parse("\"abc\""), IfMatch::Unknown);
        assert!(IfMatch::Version(7).check(8).is_err());
    }
}
