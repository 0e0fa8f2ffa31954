//! The `_headers` file: what a CDN has to send with the static files (protocol.md, "Security of the static files").

use serde_json::Value;

use crate::failure::{Failure, Outcome};

/// Sent with every file. The reference server sends the same.
const EVERYWHERE: [(&str, &str); 6] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("X-Frame-Options", "DENY"),
];

/// Files whose name stays while their content changes.
const REVALIDATED: [&str; 6] = [
    "/",
    "/index.html",
    "/recover.html",
    "/config.json",
    "/manifest.webmanifest",
    "/sw.js",
];

/// What not every CDN knows by the name.
const TYPES: [(&str, &str); 1] = [("/manifest.webmanifest", "application/manifest+json")];

/// Writes the file for a deployment with this `config.json`, whose page loads `hashed` files.
///
/// # Errors
/// Fails when the configuration isn't JSON or has no `api_base`.
pub fn file(config: &str, hashed: &[String]) -> Outcome<String> {
    let mut text = format!(
        "/*\n  Content-Security-Policy: {}\n",
        content_security_policy(&api_origin(config)?)
    );
    for (name, value) in EVERYWHERE {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    for path in REVALIDATED {
        text.push_str(&format!("{path}\n  Cache-Control: no-cache\n"));
        for (_, content_type) in TYPES.iter().filter(|(of, _)| *of == path) {
            text.push_str(&format!("  Content-Type: {content_type}\n"));
        }
    }
    for path in hashed {
        text.push_str(&format!(
            "{path}\n  Cache-Control: public, max-age=31536000, immutable\n"
        ));
    }
    Ok(text)
}

/// The policy, with the origin of an API on another site added to what may be connected to.
fn content_security_policy(api_origin: &str) -> String {
    let connect = if api_origin.is_empty() {
        "'self'".to_owned()
    } else {
        format!("'self' {api_origin}")
    };
    [
        "default-src 'none'".to_owned(),
        "script-src 'self' 'wasm-unsafe-eval'".to_owned(),
        "style-src 'self'".to_owned(),
        format!("connect-src {connect}"),
        "img-src 'self' data: blob:".to_owned(),
        "manifest-src 'self'".to_owned(),
        "worker-src 'self'".to_owned(),
        "base-uri 'none'".to_owned(),
        "form-action 'self'".to_owned(),
        "frame-ancestors 'none'".to_owned(),
        "require-trusted-types-for 'script'".to_owned(),
        "trusted-types default".to_owned(),
    ]
    .join("; ")
}

/// The origin of an absolute `api_base`; empty when the API is on the site itself.
fn api_origin(config: &str) -> Outcome<String> {
    let config: Value = serde_json::from_str(config)
        .map_err(|error| Failure::new(format!("public/config.json is not JSON: {error}.")))?;
    let base = config["api_base"]
        .as_str()
        .ok_or_else(|| Failure::new("public/config.json has no `api_base`."))?;
    Ok(match base.split_once("://") {
        Some((scheme, rest)) => format!("{scheme}://{}", rest.split('/').next().unwrap_or(rest)),
        None => String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_api_on_the_same_site_needs_no_origin() -> Outcome {
        let text = file(r#"{"api_base":"/api/v1"}"#, &["/app-1.js".to_owned()])?;
        assert!(text.contains("connect-src 'self';"));
        assert!(text.contains("/app-1.js\n  Cache-Control: public, max-age=31536000, immutable\n"));
        assert!(!text.contains("unsafe-inline"));
        Ok(())
    }

    #[test]
    fn a_worker_and_a_manifest_are_asked_for_anew() -> Outcome {
        let text = file(r#"{"api_base":"/api/v1"}"#, &[])?;
        assert!(text.contains("/sw.js\n  Cache-Control: no-cache\n"));
        assert!(text.contains(
            "/manifest.webmanifest\n  Cache-Control: no-cache\n  Content-Type: application/manifest+json\n"
        ));
        Ok(())
    }

    #[test]
    fn an_api_elsewhere_may_be_connected_to_by_origin() -> Outcome {
        assert!(
            file(r#"{"api_base":"https://api.example:8443/v1"}"#, &[])?
                .contains("connect-src 'self' https://api.example:8443;")
        );
        Ok(())
    }

    #[test]
    fn a_configuration_without_an_api_is_refused() {
        assert!(file("{}", &[]).is_err());
        assert!(file("nonsense", &[]).is_err());
    }
}
