//! Changes come from the app itself: the origin check and the required header (protocol.md, Sign-in).

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use countersign_contract::{CHANGE_HEADER, ProblemKind};
use http::HeaderMap;
use http::header::{HOST, ORIGIN};

use crate::error::ApiError;
use crate::state::AppState;

/// Refuses changes that another site could have caused.
pub async fn same_origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.method().is_safe() || comes_from_the_app(request.headers(), &state.site.origins) {
        next.run(request).await
    } else {
        ApiError::from(ProblemKind::WrongOrigin).into_response()
    }
}

/// The header is there, which a form can't send and a script of another site only after a preflight nobody
/// answers; and the origin, where the caller is a browser and so sends one, is ours.
fn comes_from_the_app(headers: &HeaderMap, origins: &[String]) -> bool {
    let marked = headers.get(CHANGE_HEADER).is_some_and(|value| value == "1");
    let cross_site = headers
        .get("sec-fetch-site")
        .is_some_and(|site| site == "cross-site");
    let ours = match headers.get(ORIGIN) {
        None => true,
        Some(origin) if origins.is_empty() => {
            let host = headers.get(HOST).map(|host| host.as_bytes()).unwrap_or_default();
            let authority = origin.as_bytes().splitn(3, |byte| *byte == b'/').nth(2);
            authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
        }
        Some(origin) => origins.iter().any(|ours| origin == ours.as_str()),
    };
    marked && ours && !cross_site
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    http::HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn the_header_is_needed() {
        assert!(!comes_from_the_app(&headers(&[("host", "localhost:1")]), &[]));
        assert!(comes_from_the_app(
            &headers(&[("host", "localhost:1"), ("x-countersign", "1")]),
            &[]
        ));
    }

    #[test]
    fn another_origin_is_refused() {
        let host = ("host", "localhost:1");
        let mark = ("x-countersign", "1");
        assert!(comes_from_the_app(
            &headers(&[host, mark, ("origin", "http://localhost:1")]),
            &[]
        ));
        for origin in [
            "http://evil.example",
            "http://localhost:2",
            "null",
            "http://localhost:1/x",
        ] {
            assert!(
                !comes_from_the_app(&headers(&[host, mark, ("origin", origin)]), &[]),
                "{origin}"
            );
        }
    }

    #[test]
    fn configured_origins_count_alone() {
        let ours = ["https://order.example.com".to_owned()];
        let mark = ("x-countersign", "1");
        assert!(comes_from_the_app(
            &headers(&[mark, ("origin", "https://order.example.com")]),
            &ours
        ));
        let other = headers(&[mark, ("host", "localhost:1"), ("origin", "http://localhost:1")]);
        assert!(!comes_from_the_app(&other, &ours));
    }
}
