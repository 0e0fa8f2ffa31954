//! Who may know whom inside the app and the pure crates (docs/ARCHITECTURE.md).

use std::collections::BTreeSet;

use super::Finding;
use super::references::{Reference, references};
use super::source::Source;

/// Longest file of code, without its test modules.
const MOST_LINES: usize = 400;

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

/// Words of code that speak HTTP, allowed in `src/api` alone.
const HTTP: [&str; 6] = [
    "gloo_net",
    "EventSource",
    "XmlHttpRequest",
    "WebSocket",
    "fetch_with_str",
    "fetch_with_request",
];

/// Words of code that touch browser storage, allowed in `src/offline` alone.
const STORAGE: [&str; 7] = [
    "local_storage",
    "session_storage",
    "indexed_db",
    "idb",
    "IdbFactory",
    "IdbDatabase",
    "CacheStorage",
];

/// What a pure crate has to be handed instead of getting it itself: runtimes, the browser, the clock, randomness.
const IMPURE: [&[&str]; 17] = [
    &["tokio"],
    &["async_std"],
    &["web_sys"],
    &["js_sys"],
    &["wasm_bindgen"],
    &["leptos"],
    &["reqwest"],
    &["gloo_net"],
    &["rand"],
    &["getrandom"],
    &["SystemTime"],
    &["std", "time", "SystemTime"],
    &["std", "time", "Instant"],
    &["Instant"],
    &["Utc", "now"],
    &["Local", "now"],
    &["chrono", "Local"],
];

/// Checks all files against all rules.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let features: BTreeSet<&str> = sources
        .iter()
        .filter_map(|source| feature(&source.path))
        .collect();
    sources
        .iter()
        .flat_map(|source| check_file(source, &features))
        .collect()
}

fn check_file(source: &Source, features: &BTreeSet<&str>) -> Vec<Finding> {
    let mut findings = length(source);
    let references = references(&source.path, &source.code);
    if let Some(area) = source.path.strip_prefix("src/") {
        let area = area.split('/').next().unwrap_or(area).trim_end_matches(".rs");
        findings.extend(references.iter().filter_map(|found| {
            let rule = layer(area, found).or_else(|| other_feature(&source.path, found, features))?;
            Some(Finding::new(&source.path, found.line, rule))
        }));
        findings.extend(only_here(source, area));
        findings.extend(urls(source, area));
    }
    if ["crates/domain/src/", "crates/contract/src/", "crates/sync/src/"]
        .iter()
        .any(|pure| source.path.starts_with(pure))
    {
        findings.extend(references.iter().filter_map(|found| impure(source, found)));
    }
    findings
}

fn feature(path: &str) -> Option<&str> {
    let name = path
        .strip_prefix("src/features/")?
        .split('/')
        .next()?
        .trim_end_matches(".rs");
    (name != "mod").then_some(name)
}

fn layer(area: &str, found: &Reference) -> Option<String> {
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

fn other_feature(path: &str, found: &Reference, features: &BTreeSet<&str>) -> Option<String> {
    let own = feature(path)?;
    let inside = found.starts_with(&["crate", "features"]) || found.starts_with(&["countersign", "features"]);
    let other = found.segments.get(2).filter(|_| inside)?;
    (other != own && features.contains(other.as_str()))
        .then(|| format!("feature `{own}` knows feature `{other}`: share through queries, domain or ui"))
}

fn only_here(source: &Source, area: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let rules: [(&str, &[&str], &str); 2] = [
        ("api", &HTTP, "only src/api speaks HTTP"),
        ("offline", &STORAGE, "only src/offline touches browser storage"),
    ];
    for (owner, words, rule) in rules {
        if area == owner {
            continue;
        }
        for (number, line) in source.lines() {
            for word in words {
                if has_word(line, word) {
                    findings.push(Finding::new(&source.path, number, format!("`{word}`: {rule}")));
                }
            }
        }
    }
    findings
}

/// A path of the app written by hand. `api`, `queries`, `offline` and the configuration name endpoints and files, which
/// aren't pages.
fn urls(source: &Source, area: &str) -> Vec<Finding> {
    if ["route", "api", "queries", "offline", "config"].contains(&area) {
        return Vec::new();
    }
    let is_page = |text: &str| {
        text.strip_prefix('/')
            .and_then(|rest| rest.chars().next())
            .is_some_and(|first| first.is_ascii_lowercase() || first == '{')
    };
    source
        .strings
        .iter()
        .filter(|piece| is_page(&piece.text))
        .map(|piece| {
            Finding::new(
                &source.path,
                piece.line,
                format!("\"{}\": only src/route.rs writes paths", piece.text),
            )
        })
        .collect()
}

fn impure(source: &Source, found: &Reference) -> Option<Finding> {
    let path = found.segments.join("::");
    let random_id = found
        .segments
        .iter()
        .any(|segment| ["new_v4", "now_v7", "new_v7"].contains(&segment.as_str()));
    let impure = random_id || IMPURE.iter().any(|forbidden| found.starts_with(forbidden));
    (impure && !source.is_test_line(found.line)).then(|| {
        Finding::new(
            &source.path,
            found.line,
            format!("`{path}`: time, ids, randomness and I/O are handed to this crate"),
        )
    })
}

fn length(source: &Source) -> Vec<Finding> {
    let exempt = source.path.starts_with("tests/")
        || ["/tests/", "/tests.rs", "/data/"]
            .iter()
            .any(|part| source.path.contains(part));
    let lines = source.lines().count();
    if exempt || lines <= MOST_LINES {
        return Vec::new();
    }
    vec![Finding::new(
        &source.path,
        MOST_LINES + 1,
        format!("{lines} lines: over {MOST_LINES} asks for a split"),
    )]
}

fn has_word(line: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(part)
            && !line[at + word.len()..].chars().next().is_some_and(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules that a file with this code breaks, in an app that also has the features `orders` and `cart`.
    fn broken(path: &str, code: &str) -> Vec<String> {
        let sources = [
            Source::new(path, code),
            Source::new("src/features/orders/mod.rs", ""),
            Source::new("src/features/cart/mod.rs", ""),
        ];
        check(&sources).into_iter().map(|finding| finding.rule).collect()
    }

    fn breaks(path: &str, code: &str, part: &str) {
        let rules = broken(path, code);
        assert!(
            rules.len() == 1 && rules[0].contains(part),
            "{path}: {code} -> {rules:?}"
        );
    }

    fn is_fine(path: &str, code: &str) {
        assert_eq!(broken(path, code), Vec::<String>::new(), "{path}: {code}");
    }

    #[test]
    fn ui_knows_leptos_only() {
        is_fine(
            "src/ui/table.rs",
            "use leptos::prelude::*; use crate::ui::Button; use web_sys::Element;",
        );
        breaks("src/ui/table.rs", "use crate::route::Route;", "ui knows nothing");
        breaks(
            "src/ui/table.rs",
            "fn a(x: countersign_domain::Money) {}",
            "ui knows leptos",
        );
        breaks(
            "src/ui/table.rs",
            "use super::super::session::Session;",
            "ui knows nothing",
        );
        breaks("src/ui/mod.rs", "use leptos_router::hooks;", "ui knows leptos");
    }

    #[test]
    fn layout_adds_language_route_and_session() {
        is_fine(
            "src/layout/shell.rs",
            "use crate::{ui::Button, route::Route, session::Session, i18n::t};",
        );
        breaks(
            "src/layout/shell.rs",
            "use crate::queries::orders;",
            "layout knows",
        );
        breaks(
            "src/layout/shell.rs",
            "fn a() { crate::features::cart::open(); }",
            "layout knows",
        );
    }

    #[test]
    fn features_do_not_know_each_other() {
        is_fine(
            "src/features/cart/view.rs",
            "use crate::features::cart::model; use super::model::Cart; use crate::queries::orders;",
        );
        breaks(
            "src/features/cart/view.rs",
            "use crate::features::orders::OrderPage;",
            "feature `cart` knows feature `orders`",
        );
        breaks(
            "src/features/cart/view.rs",
            "use super::super::orders::OrderPage;",
            "feature `cart` knows feature `orders`",
        );
        breaks(
            "src/features/cart/view.rs",
            "use crate::features::{cart::a, orders::b};",
            "feature `cart` knows feature `orders`",
        );
        is_fine(
            "src/features/cart/mod.rs",
            "#[cfg(test)]\nmod tests { use super::Cart; }",
        );
        is_fine("src/app.rs", "use crate::features::{cart, orders};");
    }

    #[test]
    fn only_api_speaks_http() {
        is_fine("src/api/http.rs", "use gloo_net::http::Request;");
        breaks(
            "src/queries/orders.rs",
            "use gloo_net::http::Request;",
            "only src/api",
        );
        breaks(
            "src/app.rs",
            "let events = EventSource::new(url);",
            "only src/api",
        );
    }

    #[test]
    fn only_offline_touches_storage() {
        is_fine("src/offline/local.rs", "window().local_storage()");
        breaks("src/session.rs", "window().local_storage()", "only src/offline");
        is_fine(
            "src/session.rs",
            "// local_storage is not for here\nlet my_local_storage_like = 1;",
        );
    }

    #[test]
    fn only_route_writes_paths() {
        is_fine("src/route.rs", "format!(\"/orders/{id}\")");
        breaks(
            "src/features/orders/view.rs",
            "format!(\"/orders/{id}\")",
            "only src/route.rs",
        );
        breaks(
            "src/layout/nav.rs",
            "view! { <a href=\"/orders\">x</a> }",
            "only src/route.rs",
        );
        breaks("src/app.rs", "format!(\"/{side}/home\")", "only src/route.rs");
        is_fine(
            "src/features/orders/view.rs",
            "let a = \"1/orders\"; let b = \"/\"; #[cfg(test)]\nmod tests { const A: &str = \"/orders\"; }",
        );
    }

    #[test]
    fn pure_crates_are_handed_time_and_ids() {
        is_fine(
            "crates/domain/src/order.rs",
            "use chrono::{DateTime, Utc}; use uuid::Uuid; fn a(now: DateTime<Utc>) {}",
        );
        breaks(
            "crates/domain/src/order.rs",
            "fn a() { Utc::now(); }",
            "handed to this crate",
        );
        breaks(
            "crates/contract/src/a.rs",
            "fn a() { Uuid::new_v4(); }",
            "handed to this crate",
        );
        breaks(
            "crates/sync/src/a.rs",
            "use std::time::{Duration, SystemTime};",
            "handed to this crate",
        );
        breaks(
            "crates/domain/src/a.rs",
            "use tokio::time;",
            "handed to this crate",
        );
        is_fine("crates/server/src/a.rs", "fn a() { Utc::now(); Uuid::new_v4(); }");
    }

    #[test]
    fn long_files_are_split_but_tests_may_be_long() {
        let long = "fn a() {}\n".repeat(MOST_LINES + 1);
        breaks("src/app.rs", &long, "401 lines");
        is_fine("tests/web/main.rs", &long);
        is_fine("crates/domain/src/order/tests.rs", &long);
        is_fine(
            "src/app.rs",
            &format!("fn a() {{}}\n#[cfg(test)]\nmod tests {{\n{long}}}\n"),
        );
    }
}
