//! `/settings`

use reqwest::Method;
use serde_json::json;

use crate::support::{TestServer, draft, send, value};

#[tokio::test]
async fn the_workflow_is_replaced_by_who_saw_it_last() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    server.sign_in("anna").await.submit(&draft()).await;
    let seen = admin.get("/settings/workflow").await;
    let tag = seen.header("etag").expect("a tag").to_owned();
    let mut workflow = seen.json()["workflow"].clone();
    assert_eq!(seen.json()["waiting"][0]["status"], "pending_order_review");
    assert_eq!(seen.json()["waiting"][0]["count"], 1);

    workflow["stages"]["finance_review"] = json!(false);
    let put = |tag: &str| {
        admin
            .change(Method::PUT, "/settings/workflow")
            .header("if-match", value(tag))
            .json(&workflow)
    };
    let without = admin.change(Method::PUT, "/settings/workflow").json(&workflow);
    assert_eq!(send(without).await.status, 428);
    let changed = send(put(&tag)).await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(changed.json()["workflow"]["stages"]["finance_review"], false);
    let stale = send(put(&tag)).await;
    assert_eq!((stale.status, stale.problem()), (412, "stale".to_owned()));
    assert_eq!(stale.json()["version"], changed.json()["version"]);
}

#[tokio::test]
async fn a_read_that_has_not_changed_is_not_sent_again() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let tag = admin
        .get("/settings/workflow")
        .await
        .header("etag")
        .expect("a tag")
        .to_owned();
    let again = admin
        .request(Method::GET, "/api/v1/settings/workflow")
        .header("if-none-match", value(&tag));
    let seen = send(again).await;
    assert_eq!((seen.status, seen.body.as_str()), (304, ""));
    assert_eq!(seen.header("etag"), Some(tag.as_str()));
}

#[tokio::test]
async fn only_staff_with_the_permission_see_the_settings() {
    let server = TestServer::start().await;
    for (login, reason) in [("shipper", "needs_permission"), ("anna", "only_supplier")] {
        let seen = server.sign_in(login).await.get("/settings/workflow").await;
        assert_eq!((seen.status, seen.problem()), (403, "forbidden".to_owned()));
        assert_eq!(seen.json()["reason"]["deny"], reason);
    }
}

#[tokio::test]
async fn deadlines_have_bounds() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let mut workflow = admin.get("/settings/workflow").await.json()["workflow"].clone();
    workflow["confirmation_hours"] = json!(0);
    workflow["review_hours"]["urgent"] = json!(1_000_000);
    let put = admin
        .change(Method::PUT, "/settings/workflow")
        .header("if-match", "*")
        .json(&workflow);
    let seen = send(put).await;
    assert_eq!(
        seen.json()["errors"],
        json!([
            { "pointer": "/confirmation_hours", "code": "too_small" },
            { "pointer": "/review_hours/urgent", "code": "too_large" },
        ])
    );
}
