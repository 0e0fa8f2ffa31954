//! `/drafts` as several devices of an account, and a device that repeats itself, see it.

use reqwest::Method;
use serde_json::json;
use sqlx::Row;

use crate::drafts::{body, kept, put, remove, version};
use crate::events::Listener;
use crate::fixture::ANNA;
use crate::support::{TestServer, draft, send};

#[tokio::test]
async fn a_repeat_after_a_lost_reply_is_no_conflict() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let (id, first) = kept(&client).await;
    let seen = put(&client, &id, first, "second", &body("second")).await;
    let second = version(&seen);
    let again = put(&client, &id, first, "second", &body("second")).await;
    assert_eq!((again.status, &again.body), (200, &seen.body));
    assert_eq!(again.header("etag"), seen.header("etag"));
    assert!(again.is_replay());
    // So it is without its key: what is there already can be put again, and changes nothing.
    for (version, key) in [(first, "later"), (0, "much later"), (second, "now")] {
        let again = put(&client, &id, version, key, &body("second")).await;
        assert_eq!((again.status, &again.body), (200, &seen.body));
    }
    // After the change of another device the repeat still gets its first answer.
    let third = version(&put(&client, &id, second, "third", &body("third")).await);
    assert!(third > second);
    let again = put(&client, &id, first, "second", &body("second")).await;
    assert_eq!((again.status, version(&again)), (200, second));
    let stored = client.get(&format!("/drafts/{id}")).await.json();
    assert_eq!(
        (&stored["version"], &stored["content"]["note"]),
        (&json!(third), &json!("third"))
    );
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let (id, _) = kept(&client).await;
    for path in ["/drafts".to_owned(), format!("/drafts/{id}")] {
        let tag = client.get(&path).await.header("etag").expect("a tag").to_owned();
        let again = client
            .request(Method::GET, &format!("/api/v1{path}"))
            .header("if-none-match", tag);
        assert_eq!(send(again).await.status, 304, "{path}");
    }
}

#[tokio::test]
async fn the_devices_of_the_account_hear_of_its_drafts_and_nobody_else() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let mut other = Listener::open(&server.sign_in("anna").await, None).await;
    let mut stranger = Listener::open(&server.sign_in("bao").await, None).await;
    let mut staff = Listener::open(&server.sign_in("east").await, None).await;
    let (id, first) = kept(&client).await;
    let mut hears = async |version: u64| {
        let (_, event) = other.event().await;
        assert_eq!(
            event,
            json!({ "kind": "draft_changed", "draft_id": id, "version": version })
        );
    };
    hears(first).await;
    // A repeat is no change.
    put(&client, &id, 0, &id, &body("first")).await;
    put(&client, &id, first, "again", &body("first")).await;
    let second = version(&put(&client, &id, first, "second", &body("second")).await);
    hears(second).await;
    assert_eq!(remove(&client, &id, "*").await.status, 204);
    hears(0).await;

    let mut draft = draft();
    draft["draft_id"] = json!(id);
    let third = version(&put(&client, &id, 0, "third", &body("third")).await);
    hears(third).await;
    assert_eq!(client.submit(&draft).await.status, 201);
    let mut kinds = Vec::new();
    for _ in 0..2 {
        let (_, event) = other.event().await;
        kinds.push((event["kind"].clone(), event["version"].clone()));
    }
    assert!(kinds.contains(&(json!("draft_changed"), json!(0))), "{kinds:?}");
    assert!(kinds.contains(&(json!("order_changed"), json!(1))), "{kinds:?}");

    // What everybody hears is the first thing the others do.
    let admin = server.sign_in("admin").await;
    let workflow = admin.get("/settings/workflow").await.json()["workflow"].clone();
    let put = admin
        .change(Method::PUT, "/settings/workflow")
        .header("if-match", "*")
        .json(&workflow);
    assert_eq!(send(put).await.status, 200);
    assert_eq!(stranger.event().await.1["kind"], "workflow_changed");
    // Staff hear of the order, never of the draft.
    assert_eq!(staff.event().await.1["kind"], "order_changed");
    assert_eq!(staff.event().await.1["kind"], "workflow_changed");
}

#[tokio::test]
async fn a_version_is_never_that_of_another_draft_of_the_account() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let mut versions = Vec::new();
    for _ in 0..3 {
        let (id, first) = kept(&client).await;
        versions.extend([
            first,
            version(&put(&client, &id, first, &format!("{id} 2"), &body("2")).await),
        ]);
    }
    assert_eq!(versions, [1, 2, 3, 4, 5, 6]);
    let mut connection = server.running.state().db.read().await.expect("a reader");
    let owners: Vec<String> = sqlx::query("SELECT DISTINCT account_id FROM drafts")
        .fetch_all(&mut *connection)
        .await
        .expect("rows")
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert_eq!(owners, [ANNA.to_string()]);
}
