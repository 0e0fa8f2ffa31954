//! `/drafts`

use countersign_contract::draft::{MAX_CONTENT, MAX_DRAFTS};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, Seen, TestServer, send};

/// Puts a draft under this key, made for this version.
pub async fn put(client: &Client, id: &str, version: u64, key: &str, body: &Value) -> Seen {
    send(
        client
            .change(Method::PUT, &format!("/drafts/{id}"))
            .header("if-match", format!("\"{version}\""))
            .header("idempotency-key", key)
            .json(body),
    )
    .await
}

pub async fn remove(client: &Client, id: &str, version: &str) -> Seen {
    send(
        client
            .change(Method::DELETE, &format!("/drafts/{id}"))
            .header("if-match", version),
    )
    .await
}

pub fn body(note: &str) -> Value {
    json!({ "name": "Spring", "content": { "schema": 1, "note": note, "lines": [] } })
}

/// A new draft, kept; its id and version.
pub async fn kept(client: &Client) -> (String, u64) {
    let id = Uuid::new_v4().to_string();
    let seen = put(client, &id, 0, &id, &body("first")).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    (id, version(&seen))
}

pub fn version(seen: &Seen) -> u64 {
    seen.json()["version"].as_u64().expect("a version")
}

pub async fn list(client: &Client) -> Vec<Value> {
    let page = client.get("/drafts?limit=200").await.json();
    assert_eq!(page.get("next"), None, "{page}");
    page["items"].as_array().expect("a page").clone()
}

pub fn problem(seen: &Seen) -> (u16, String) {
    (seen.status, seen.problem())
}

fn stale(seen: &Seen) -> u64 {
    assert_eq!(problem(seen), (412, "stale".to_owned()));
    version(seen)
}

#[tokio::test]
async fn what_was_begun_on_the_phone_is_there_on_the_desk() {
    let server = TestServer::start().await;
    let (phone, desk) = (server.sign_in("anna").await, server.sign_in("anna").await);
    assert!(list(&desk).await.is_empty());
    let id = Uuid::new_v4().to_string();
    let content = r#"{"z":1.10,"a":[ 1e400, {"b":null} ],"z":"é"}"#;
    let seen = send(
        phone
            .change(Method::PUT, &format!("/drafts/{id}"))
            .header("if-match", "\"0\"")
            .header("idempotency-key", "k")
            .header("content-type", "application/json")
            .body(format!(r#"{{"name":"春","content":{content}}}"#)),
    )
    .await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let first = version(&seen);
    assert!(first > 0);
    assert_eq!(seen.json()["id"], json!(id));
    assert!(
        seen.header("etag")
            .is_some_and(|tag| tag.starts_with(&format!("\"{first}.")))
    );

    let one = desk.get(&format!("/drafts/{id}")).await;
    assert!(
        one.body.contains(&format!(r#""content":{content}"#)),
        "the content is kept as it came: {}",
        one.body
    );
    let page = desk.get("/drafts").await;
    assert!(page.body.contains(&one.body), "{} in {}", one.body, page.body);

    let seen = put(&desk, &id, first, "k", &body("on the desk")).await;
    assert_eq!(
        problem(&seen),
        (422, "key-reused".to_owned()),
        "keys are the account's"
    );
    let seen = put(&desk, &id, first, "k2", &body("on the desk")).await;
    assert!(version(&seen) > first, "{}", seen.body);
    let back = phone.get(&format!("/drafts/{id}")).await.json();
    assert_eq!(
        (&back["name"], &back["content"], &back["version"]),
        (
            &json!("Spring"),
            &body("on the desk")["content"],
            &seen.json()["version"]
        )
    );
    assert_eq!(back["updated_at"], seen.json()["updated_at"]);
}

#[tokio::test]
async fn whoever_was_slower_hears_which_version_there_is() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let (id, first) = kept(&client).await;
    let second = version(&put(&client, &id, first, "second", &body("second")).await);
    for (old, key) in [(0, "a"), (first, "b"), (second + 7, "c")] {
        let seen = put(&client, &id, old, key, &body("late")).await;
        assert_eq!(stale(&seen), second);
        let seen = remove(&client, &id, &format!("\"{}\"", old)).await;
        assert_eq!(stale(&seen), second);
    }
    // A refusal of that kind is not kept: under the same key the right version is accepted.
    let third = put(&client, &id, second, "a", &body("late")).await;
    assert_eq!((third.status, third.is_replay()), (200, false));
    // What is not there has version 0.
    let unknown = Uuid::new_v4().to_string();
    assert_eq!(stale(&put(&client, &unknown, 3, "d", &body("x")).await), 0);
}

#[tokio::test]
async fn a_put_says_what_it_was_made_for() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let path = format!("/drafts/{}", Uuid::new_v4());
    let keyed = client
        .change(Method::PUT, &path)
        .header("idempotency-key", "k")
        .json(&body("x"));
    assert_eq!(problem(&send(keyed).await), (428, "version-required".to_owned()));
    let versioned = client
        .change(Method::PUT, &path)
        .header("if-match", "\"0\"")
        .json(&body("x"));
    assert_eq!(problem(&send(versioned).await), (400, "key-required".to_owned()));
    let neither = client.change(Method::DELETE, &path);
    assert_eq!(
        problem(&send(neither).await),
        (428, "version-required".to_owned())
    );
}

#[tokio::test]
async fn a_removed_draft_is_gone_and_never_has_an_old_version_again() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let (id, first) = kept(&client).await;
    let seen = remove(&client, &id, &format!("\"{first}\"")).await;
    assert_eq!((seen.status, seen.body.as_str()), (204, ""));
    assert!(list(&client).await.is_empty());
    let again = remove(&client, &id, &format!("\"{first}\"")).await;
    assert_eq!(problem(&again), (404, "not-found".to_owned()));
    assert_eq!(
        stale(&put(&client, &id, first, "late", &body("late")).await),
        0,
        "another device hears that it is gone"
    );
    let back = put(&client, &id, 0, "back", &body("back")).await;
    assert!(version(&back) > first, "{}", back.body);
    assert_eq!(remove(&client, &id, "*").await.status, 204);
}

#[tokio::test]
async fn drafts_of_another_account_look_unknown() {
    let server = TestServer::start().await;
    let (anna, bao) = (server.sign_in("anna").await, server.sign_in("bao").await);
    let (id, first) = kept(&anna).await;
    let unknown = Uuid::new_v4().to_string();
    assert!(list(&bao).await.is_empty());
    for id in [&id, &unknown] {
        let path = format!("/drafts/{id}");
        assert_eq!(problem(&bao.get(&path).await), (404, "not-found".to_owned()));
        let seen = remove(&bao, id, "*").await;
        assert_eq!(problem(&seen), (404, "not-found".to_owned()));
        let seen = put(&bao, id, first, &format!("a {id}"), &body("x")).await;
        assert_eq!(stale(&seen), 0);
        // Each account keeps its own under this id.
        assert_eq!(
            put(&bao, id, 0, &format!("b {id}"), &body("bao's")).await.status,
            200
        );
    }
    let mine = anna.get(&format!("/drafts/{id}")).await.json();
    assert_eq!(
        (&mine["version"], &mine["content"]["note"]),
        (&json!(first), &json!("first"))
    );
    let staff = server.sign_in("shipper").await;
    assert_eq!(
        problem(&staff.get("/drafts").await),
        (403, "forbidden".to_owned())
    );
    let seen = put(&staff, &id, 0, "k", &body("x")).await;
    assert_eq!(problem(&seen), (403, "forbidden".to_owned()));
    let nobody = server.client();
    assert_eq!(nobody.get("/drafts").await.problem(), "unauthenticated");
    assert_eq!(
        put(&nobody, &id, 0, "k", &body("x")).await.problem(),
        "unauthenticated"
    );
}

#[tokio::test]
async fn what_is_not_a_draft_is_refused_by_its_field() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let id = Uuid::new_v4().to_string();
    let long = "x".repeat(201);
    // What is around the note, `{"note":""}`, are eleven bytes.
    let fits = "x".repeat(MAX_CONTENT - 11);
    let large = "x".repeat(MAX_CONTENT - 10);
    for (body, field, code) in [
        (json!({ "name": "" }), "/content", "required"),
        (json!({ "content": {} }), "/name", "required"),
        (json!({ "name": "", "content": [] }), "/content", "invalid"),
        (json!({ "name": "", "content": null }), "/content", "invalid"),
        (json!({ "name": "", "content": "{}" }), "/content", "invalid"),
        (json!({ "name": long, "content": {} }), "/name", "too_long"),
        (json!({ "name": "a\u{0}", "content": {} }), "/name", "invalid"),
        (
            json!({ "name": "", "content": { "note": large } }),
            "/content",
            "too_long",
        ),
    ] {
        let seen = put(&client, &id, 0, "k", &body).await;
        assert_eq!(problem(&seen), (422, "invalid-input".to_owned()));
        assert_eq!(seen.json()["errors"], json!([{ "pointer": field, "code": code }]));
    }
    let seen = put(
        &client,
        &id,
        0,
        "k",
        &json!({ "name": "", "content": { "note": fits } }),
    )
    .await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let seen = put(&client, "tea", 0, "k", &body("x")).await;
    assert_eq!(problem(&seen), (404, "not-found".to_owned()));
}

#[tokio::test]
async fn an_account_keeps_a_hundred_drafts() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let mut last = (String::new(), 0);
    for _ in 0..MAX_DRAFTS {
        last = kept(&client).await;
    }
    let id = Uuid::new_v4().to_string();
    let seen = put(&client, &id, 0, "one more", &body("one more")).await;
    assert_eq!(problem(&seen), (409, "too-many-drafts".to_owned()));
    assert_eq!(seen.json()["most"], MAX_DRAFTS);
    // Those there are can be changed, others have their own hundred, and a place that is free can be taken at once.
    assert_eq!(
        put(&client, &last.0, last.1, "change", &body("x")).await.status,
        200
    );
    kept(&server.sign_in("bao").await).await;
    assert_eq!(remove(&client, &last.0, "*").await.status, 204);
    assert_eq!(
        put(&client, &id, 0, "one more", &body("one more")).await.status,
        200
    );

    let mut found = Vec::new();
    let mut path = "/drafts?limit=30".to_owned();
    loop {
        let page = client.get(&path).await.json();
        let items = page["items"].as_array().expect("a page");
        assert!((1..=30).contains(&items.len()));
        found.extend(items.iter().map(|item| item["id"].to_string()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/drafts?limit=30&after={next}");
    }
    assert_eq!(found.len(), 100);
    assert!(found.is_sorted());
    found.dedup();
    assert_eq!(found.len(), 100);
    assert_eq!(client.get("/drafts?after=x").await.status, 422);
}

#[tokio::test]
async fn large_drafts_make_the_page_shorter() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let text = "x".repeat(500_000);
    for _ in 0..6 {
        let id = Uuid::new_v4().to_string();
        assert_eq!(put(&client, &id, 0, &id, &body(&text)).await.status, 200);
    }
    let page = client.get("/drafts").await.json();
    assert_eq!(page["items"].as_array().map(Vec::len), Some(4));
    let next = page["next"].as_str().expect("there is more");
    let rest = client.get(&format!("/drafts?after={next}")).await.json();
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(rest.get("next"), None);
}
