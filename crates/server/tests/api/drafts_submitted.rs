//! What becomes of drafts kept under `/drafts` once they are submitted or withdrawn.

use serde_json::json;

use crate::drafts::{body, kept, list, problem, put, remove, version};
use crate::support::{TestServer, draft};

#[tokio::test]
async fn a_submitted_draft_is_kept_no_longer() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let mut draft = draft();
    let id = draft["draft_id"].as_str().expect("an id").to_owned();
    let first = version(&put(&client, &id, 0, "first", &body("first")).await);
    // A refused submission takes nothing away.
    draft["lines"][0]["seen_price"] = json!("1.00");
    assert_eq!(client.submit(&draft).await.problem(), "submission-changed");
    assert_eq!(list(&client).await.len(), 1);
    draft["lines"][0]["seen_price"] = json!("12.50");
    draft["rev"] = json!(2);
    let order = client.submit(&draft).await;
    assert_eq!(order.status, 201, "{}", order.body);
    assert!(list(&client).await.is_empty());
    for (version, key) in [(first, "a"), (0, "b")] {
        let seen = put(&client, &id, version, key, &body("late")).await;
        assert_eq!(problem(&seen), (409, "already-ordered".to_owned()));
        assert_eq!(seen.json()["order_id"], order.json()["order_id"]);
        assert_eq!(seen.header("location"), order.header("location"));
    }
    // The key comes first: a repeat of what was kept gets its answer.
    assert!(put(&client, &id, 0, "first", &body("first")).await.is_replay());
    assert!(list(&client).await.is_empty());
    let foreign = put(&server.sign_in("bao").await, &id, 0, "k", &body("x")).await;
    assert_eq!(problem(&foreign), (404, "not-found".to_owned()));
}

#[tokio::test]
async fn what_another_device_typed_after_a_submission_was_written_is_kept() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    for (seen, left) in [(None, false), (Some(0), true), (Some(1), true), (Some(2), false)] {
        let mut draft = draft();
        let id = draft["draft_id"].as_str().expect("an id").to_owned();
        let first = version(&put(&client, &id, 0, &format!("{id}a"), &body("first")).await);
        let second = version(&put(&client, &id, first, &format!("{id}b"), &body("second")).await);
        let versions = [0, first, second];
        if let Some(seen) = seen {
            draft["copy_version"] = json!(versions[seen]);
        }
        let order = client.submit(&draft).await;
        assert_eq!(order.status, 201, "{}", order.body);
        let there = list(&client).await;
        assert_eq!(!there.is_empty(), left, "{seen:?}: {there:?}");
        if left {
            assert_eq!(there[0]["content"], body("second")["content"]);
            let late = put(&client, &id, second, &format!("{id}c"), &body("late")).await;
            assert_eq!(problem(&late), (409, "already-ordered".to_owned()));
            assert_eq!(remove(&client, &id, &format!("\"{second}\"")).await.status, 204);
        }
    }
}

#[tokio::test]
async fn the_copy_of_a_withdrawn_draft_goes_with_who_has_seen_it() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let (id, first) = kept(&client).await;
    let path = format!("/drafts/{id}/withdrawal");
    assert_eq!(client.post(&path, "w", &json!({})).await.status, 200);
    assert_eq!(list(&client).await.len(), 1);
    for (version, key) in [(first, "a"), (0, "b")] {
        let seen = put(&client, &id, version, key, &body("late")).await;
        assert_eq!(problem(&seen), (410, "draft-withdrawn".to_owned()));
    }
    assert_eq!(remove(&client, &id, &format!("\"{first}\"")).await.status, 204);
    assert!(list(&client).await.is_empty());
}

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
