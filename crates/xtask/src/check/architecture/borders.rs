//! What only one place may do: speak HTTP, touch storage, write paths. And what a pure crate may not do at all.

use crate::check::Finding;
use crate::check::references::Reference;
use crate::check::source::Source;

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

pub(super) fn only_here(source: &Source, area: &str) -> Vec<Finding> {
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
pub(super) fn urls(source: &Source, area: &str) -> Vec<Finding> {
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

pub(super) fn impure(source: &Source, found: &Reference) -> Option<Finding> {
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

fn has_word(line: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].chars().next_back().is_some_and(part)
            && !line[at + word.len()..].chars().next().is_some_and(part)
    })
}
