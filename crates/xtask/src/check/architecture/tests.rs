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
