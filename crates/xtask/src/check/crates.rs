//! Which crate may depend on which: domain <- contract <- sync <- app; domain, contract <- server.
//!
//! The server also knows testkit, for one thing: `serve --demo` fills an empty database with its sample wholesaler
//! (`crates/server/src/seed`). Testkit knows nothing of the server, and what it has is data, so that no deployment rests
//! on a rule that stands there. Faults runs device and server against each other, so it knows both, and nobody knows it.

use super::Finding;
use crate::failure::{AtPath, Outcome};
use crate::paths;

/// A manifest and the crates of this workspace that it may name under `[dependencies]`.
const ALLOWED: [(&str, &[&str]); 8] = [
    ("crates/domain/Cargo.toml", &[]),
    ("crates/contract/Cargo.toml", &["countersign-domain"]),
    (
        "crates/sync/Cargo.toml",
        &["countersign-contract", "countersign-domain"],
    ),
    (
        "crates/server/Cargo.toml",
        &[
            "countersign-contract",
            "countersign-domain",
            "countersign-testkit",
        ],
    ),
    (
        "crates/testkit/Cargo.toml",
        &["countersign-contract", "countersign-domain", "countersign-sync"],
    ),
    (
        "crates/faults/Cargo.toml",
        &[
            "countersign-contract",
            "countersign-domain",
            "countersign-server",
            "countersign-sync",
        ],
    ),
    ("crates/xtask/Cargo.toml", &[]),
    (
        "Cargo.toml",
        &["countersign-contract", "countersign-domain", "countersign-sync"],
    ),
];

/// Crates that would give a pure crate a runtime, a clock or a browser.
const IMPURE: [&str; 10] = [
    "async-std",
    "axum",
    "getrandom",
    "gloo-net",
    "js-sys",
    "leptos",
    "rand",
    "reqwest",
    "tokio",
    "web-sys",
];

const PURE: [&str; 3] = [
    "crates/domain/Cargo.toml",
    "crates/contract/Cargo.toml",
    "crates/sync/Cargo.toml",
];

/// Checks the manifests that exist.
pub fn check() -> Outcome<Vec<Finding>> {
    let mut findings = Vec::new();
    for (manifest, allowed) in ALLOWED {
        let path = paths::root().join(manifest);
        if path.is_file() {
            let text = std::fs::read_to_string(&path).at("read", &path)?;
            findings.extend(check_manifest(manifest, &text, allowed));
        }
    }
    Ok(findings)
}

fn check_manifest(manifest: &str, text: &str, allowed: &[&str]) -> Vec<Finding> {
    dependencies(text)
        .into_iter()
        .filter_map(|(line, name)| {
            if name.starts_with("countersign") && !allowed.contains(&name) {
                Some(Finding::new(manifest, line, format!("must not depend on {name}")))
            } else if PURE.contains(&manifest) && IMPURE.contains(&name) {
                Some(Finding::new(
                    manifest,
                    line,
                    format!("is pure and must not depend on {name}"),
                ))
            } else {
                None
            }
        })
        .collect()
}

/// The names under `[dependencies]` and `[target.*.dependencies]` with their lines. Tests may use more.
fn dependencies(manifest: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut inside = false;
    for (index, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = section == "dependencies"
                || (section.starts_with("target.") && section.ends_with(".dependencies"));
            if let Some(name) = section.strip_prefix("dependencies.") {
                found.push((index + 1, name));
            }
        } else if inside && !line.starts_with('#') {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            if !name.is_empty() {
                found.push((index + 1, name));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const BAD: &str = "[package]\nname = \"x\"\n[dependencies]\ntokio = \"1\"\ncountersign-contract.workspace = true\n[dev-dependencies]\nrand = \"1\"\n[dependencies.web-sys]\nversion = \"1\"\n";

    #[test]
    fn a_pure_crate_has_neither_runtime_nor_what_builds_on_it() {
        let rules: Vec<String> = check_manifest("crates/domain/Cargo.toml", BAD, &[])
            .iter()
            .map(Finding::to_string)
            .collect();
        assert_eq!(
            rules,
            [
                "crates/domain/Cargo.toml:4: is pure and must not depend on tokio",
                "crates/domain/Cargo.toml:5: must not depend on countersign-contract",
                "crates/domain/Cargo.toml:8: is pure and must not depend on web-sys",
            ]
        );
    }

    #[test]
    fn what_is_allowed_is_fine() {
        assert!(check_manifest("crates/server/Cargo.toml", BAD, &["countersign-contract"]).is_empty());
    }
}
