//! `/drafts`

use serde_json::json;

use crate::support::{TestServer, draft};

#[tokio::test]
async fn a_withdrawn_draft_never_becomes_an_order() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let draft = draft();
    let path = format!(
        "/drafts/{}/withdrawal",
        draft["draft_id"].as_str().expect("an id")
    );
    let seen = client.post(&path, "w1", &json!({})).await;
    assert_eq!(
        (seen.status, seen.json()),
        (200, json!({ "outcome": "withdrawn" }))
    );
    assert!(client.post(&path, "w1", &json!({})).await.is_replay());
    assert_eq!(
        client.post(&path, "w2", &json!({})).await.json(),
        json!({ "outcome": "withdrawn" })
    );
    let seen = client.submit(&draft).await;
    assert_eq!((seen.status, seen.problem()), (410, "draft-withdrawn".to_owned()));
}

#[tokio::test]
async fn an_ordered_draft_is_not_withdrawn() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let draft = draft();
    let order_id = client.submit(&draft).await.json()["order_id"].clone();
    let path = format!(
        "/drafts/{}/withdrawal",
        draft["draft_id"].as_str().expect("an id")
    );
    let seen = client.post(&path, "w", &json!({})).await;
    assert_eq!(
        seen.json(),
        json!({ "outcome": "already_ordered", "order_id": order_id })
    );
    let foreign = server.sign_in("bao").await.post(&path, "w", &json!({})).await;
    assert_eq!((foreign.status, foreign.problem()), (404, "not-found".to_owned()));
}
