//! `config.json`: what a deployment decides without a rebuild.

use gloo_net::http::Request;
use serde::Deserialize;
use web_sys::AbortSignal;

use crate::api::ApiError;

/// Longest wait for the settings. Nothing can be shown before, and a small file that takes longer does not come.
const TIMEOUT_MS: u32 = 12_000;

/// The runtime settings of a deployment, read once at start.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Config {
    /// Where the backend is: a path on this origin or a whole URL, without the slash at the end.
    pub api_base: String,
    /// How people sign in.
    pub sign_in: SignInWay,
    /// What the deployment calls itself.
    pub brand: Brand,
    /// Whether the sign-in page lists the demo accounts.
    pub demo: bool,
}

/// What the deployment calls itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Brand {
    /// Its name, in the shell and in the page titles.
    pub name: String,
}

/// How people sign in (protocol.md, Sign-in).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInWay {
    /// Local accounts; the server keeps the session in an HttpOnly cookie.
    Cookie,
}

/// Reads `config.json` from beside `index.html`.
///
/// # Errors
/// [`ApiError::Unreachable`] without an answer in time, [`ApiError::NotOurs`] when the file is not what it should be.
pub async fn load_config() -> Result<Config, ApiError> {
    let response = Request::get("/config.json")
        .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)))
        .send()
        .await
        .map_err(|_| ApiError::Unreachable)?;
    let text = response.text().await.map_err(|_| ApiError::Unreachable)?;
    serde_json::from_str(&text).map_err(|_| ApiError::NotOurs)
}
