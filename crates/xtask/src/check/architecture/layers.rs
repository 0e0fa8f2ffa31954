//! Who may know whom inside the app.

use std::collections::BTreeSet;

use crate::check::references::Reference;

/// What the design system may use from outside.
const UI_KNOWS: [&str; 7] = [
    "leptos",
    "web_sys",
    "wasm_bindgen",
    "js_sys",
    "std",
    "core",
    "alloc",
];

/// Crates of the app that the design system doesn't know. Only these are looked for, as a path may also start with
/// the name of a type.
const APP_CRATES: [&str; 14] = [
    "chrono",
    "countersign_contract",
    "countersign_domain",
    "countersign_sync",
    "gloo_net",
    "idb",
    "leptos_fetch",
    "leptos_i18n",
    "leptos_router",
    "rust_decimal",
    "serde",
    "serde_json",
    "sha2",
    "uuid",
];

/// Modules of the app that the layout knows. `text` is the macro of `i18n`, which Rust keeps at the root of the crate.
const LAYOUT_KNOWS: [&str; 6] = ["ui", "layout", "i18n", "text", "route", "session"];

pub(super) fn feature(path: &str) -> Option<&str> {
    let name = path
        .strip_prefix("src/features/")?
        .split('/')
        .next()?
        .trim_end_matches(".rs");
    (name != "mod").then_some(name)
}

pub(super) fn layer(area: &str, found: &Reference) -> Option<String> {
    let root = found.segments[0].as_str();
    let module = match root {
        "crate" | "countersign" => found.segments.get(1).map(String::as_str),
        _ => None,
    };
    let path = found.segments.join("::");
    match area {
        "ui" if module.is_some_and(|module| module != "ui") => {
            Some(format!("`{path}`: ui knows nothing of the app, only leptos"))
        }
        "ui" if APP_CRATES.contains(&root) => Some(format!(
            "`{path}`: ui knows leptos and the browser ({}), nothing else",
            UI_KNOWS.join(", ")
        )),
        "layout" if module.is_some_and(|module| !LAYOUT_KNOWS.contains(&module)) => {
            Some(format!("`{path}`: layout knows {} only", LAYOUT_KNOWS.join(", ")))
        }
        _ => None,
    }
}

pub(super) fn other_feature(path: &str, found: &Reference, features: &BTreeSet<&str>) -> Option<String> {
    let own = feature(path)?;
    let inside = found.starts_with(&["crate", "features"]) || found.starts_with(&["countersign", "features"]);
    let other = found.segments.get(2).filter(|_| inside)?;
    (other != own && features.contains(other.as_str()))
        .then(|| format!("feature `{own}` knows feature `{other}`: share through queries, domain or ui"))
}
