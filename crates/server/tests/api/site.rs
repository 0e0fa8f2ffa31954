//! What holds for every URL, and the app's files.

use std::collections::BTreeSet;

use countersign_server::routes;
use reqwest::Method;

use crate::support::{TestServer, send};

const APP: &[(&str, &str)] = &[
    ("index.html", "<!doctype html><title>app</title>"),
    ("config.json", "{}"),
    ("app-0123456789abcdef.js", "export {}"),
    ("app-0123456789abcdef.js.br", "compressed"),
];

#[tokio::test]
async fn everything_carries_the_security_headers_and_a_request_id() {
    let server = TestServer::with_app(APP).await;
    let client = server.client();
    for path in [
        "/",
        "/api/v1/meta",
        "/api/v1/nothing",
        "/healthz",
        "/app-0123456789abcdef.js",
        "/api/v1/media/none",
    ] {
        let seen = send(client.request(Method::GET, path)).await;
        let policy = seen.header("content-security-policy").expect("a policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("require-trusted-types-for 'script'")
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(seen.header(name), Some(value), "{path}");
        }
        assert!(seen.header("permissions-policy").is_some());
        assert!(seen.header("x-request-id").is_some(), "{path}");
    }
}

#[tokio::test]
async fn a_request_id_is_taken_over_and_named_in_the_problem() {
    let server = TestServer::start().await;
    let client = server.client();
    let request = client
        .request(Method::GET, "/api/v1/nothing")
        .header("x-request-id", "my-id.1");
    let seen = send(request).await;
    assert_eq!(seen.header("x-request-id"), Some("my-id.1"));
    assert_eq!(seen.json()["instance"], "my-id.1");
    let odd = client
        .request(Method::GET, "/api/v1/nothing")
        .header("x-request-id", "<script>");
    assert_ne!(send(odd).await.header("x-request-id"), Some("<script>"));
}

#[tokio::test]
async fn unknown_paths_and_methods_of_the_api_are_problems() {
    let server = TestServer::with_app(APP).await;
    let client = server.client();
    let page = client
        .request(Method::GET, "/api/v1/nothing")
        .header("accept", "text/html");
    assert_eq!(send(page).await.problem(), "not-found");
    let seen = send(client.change(Method::PUT, "/meta")).await;
    assert_eq!(
        (seen.status, seen.problem()),
        (405, "method-not-allowed".to_owned())
    );
    let odd_id = client
        .change(Method::POST, "/drafts/no-id/withdrawal")
        .header("idempotency-key", "k");
    assert_eq!(send(odd_id).await.problem(), "unauthenticated");
    let anna = server.sign_in("anna").await;
    assert_eq!(
        anna.post("/drafts/no-id/withdrawal", "k", &serde_json::json!({}))
            .await
            .problem(),
        "not-found"
    );
}

#[tokio::test]
async fn every_page_of_the_app_is_its_index() {
    let server = TestServer::with_app(APP).await;
    let client = server.client();
    let page = |path: &str| {
        client
            .request(Method::GET, path)
            .header("accept", "text/html,*/*")
    };
    for path in ["/", "/orders/7", "/settings"] {
        let seen = send(page(path)).await;
        assert_eq!(seen.status, 200, "{path}");
        assert!(seen.body.contains("<title>app</title>"));
        assert_eq!(seen.header("cache-control"), Some("no-cache"));
    }
    assert_eq!(send(client.request(Method::GET, "/missing.js")).await.status, 404);
    assert_eq!(
        send(page("/../Cargo.toml")).await.body,
        send(page("/")).await.body
    );
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_sent_compressed() {
    let server = TestServer::with_app(APP).await;
    let client = server.client();
    let plain = send(client.request(Method::GET, "/app-0123456789abcdef.js")).await;
    assert_eq!(plain.body, "export {}");
    assert_eq!(
        plain.header("cache-control"),
        Some("public, max-age=31536000, immutable")
    );
    let small = client
        .request(Method::GET, "/app-0123456789abcdef.js")
        .header("accept-encoding", "br");
    let small = send(small).await;
    assert_eq!(
        (small.header("content-encoding"), small.body.as_str()),
        (Some("br"), "compressed")
    );
    assert_eq!(small.header("content-type"), Some("text/javascript"));
}

#[tokio::test]
async fn unhashed_files_are_asked_for_again() {
    let server = TestServer::with_app(APP).await;
    let client = server.client();
    let seen = send(client.request(Method::GET, "/config.json")).await;
    assert_eq!(seen.header("cache-control"), Some("no-cache"));
    let tag = seen.header("etag").expect("a tag").to_owned();
    let again = send(
        client
            .request(Method::GET, "/config.json")
            .header("if-none-match", tag),
    )
    .await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[tokio::test]
async fn it_is_healthy_and_says_what_it_is() {
    let server = TestServer::start().await;
    let client = server.client();
    assert_eq!(send(client.request(Method::GET, "/healthz")).await.status, 200);
    let meta = client.get("/meta").await.json();
    assert_eq!(meta["demo_accounts"], serde_json::json!([]));
    assert_eq!(
        client.get("/openapi.json").await.json()["openapi"]
            .as_str()
            .map(|text| &text[..3]),
        Some("3.1")
    );
}

#[tokio::test]
async fn a_second_server_on_the_port_is_told_so() {
    use countersign_server::server::{Options, Running};
    let server = TestServer::start().await;
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options::new(server.running.address.to_string(), folder.path().join("other.db"));
    let error = Running::start(&options)
        .await
        .err()
        .expect("the port is taken")
        .to_string();
    assert!(error.contains("is in use"), "{error}");
}

#[test]
fn every_operation_of_the_contract_has_a_route_and_no_other() {
    let api = routes::api();
    let routed: BTreeSet<&str> = api.operations().iter().copied().collect();
    let defined: BTreeSet<&str> = countersign_contract::openapi::operations()
        .iter()
        .map(|one| one.operation)
        .collect();
    assert_eq!(
        routed.len(),
        api.operations().len(),
        "no operation is routed twice"
    );
    assert_eq!(
        defined.difference(&routed).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "not routed"
    );
    assert_eq!(
        routed.difference(&defined).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "not in the contract"
    );
}
