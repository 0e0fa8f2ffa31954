//! The session's cookie.
//!
//! Over https it is `__Host-countersign` with `Secure`: no subdomain and no plain connection can set or see it. Over
//! plain http - a server on the own machine - it is `countersign` without `Secure`: Safari keeps no `Secure` cookie
//! from `http://localhost`, and neither do most HTTP clients.

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};

/// How the cookie is written, which depends on how the deployment is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CookieStyle {
    /// Reached by https.
    Secure,
    /// Reached by plain http on the own machine.
    Plain,
}

impl CookieStyle {
    fn name(self) -> &'static str {
        match self {
            Self::Secure => "__Host-countersign",
            Self::Plain => "countersign",
        }
    }

    fn attributes(self) -> &'static str {
        match self {
            Self::Secure => "Path=/; HttpOnly; SameSite=Lax; Secure",
            Self::Plain => "Path=/; HttpOnly; SameSite=Lax",
        }
    }

    /// `Set-Cookie` that starts a session. It ends with the browser: a device is not trusted by default.
    pub fn start(self, id: &str) -> String {
        format!("{}={id}; {}", self.name(), self.attributes())
    }

    /// `Set-Cookie` that takes the cookie away.
    pub fn clear(self) -> String {
        format!("{}=; {}; Max-Age=0", self.name(), self.attributes())
    }

    /// The session's id as the request carries it.
    pub fn read(self, headers: &HeaderMap) -> Option<&str> {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value: &HeaderValue| value.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find_map(|(name, value)| (name == self.name()).then_some(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=1; countersign=abc; b=2"));
        assert_eq!(CookieStyle::Plain.read(&headers), Some("abc"));
        assert_eq!(CookieStyle::Secure.read(&headers), None);
    }
}
