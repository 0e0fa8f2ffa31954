//! `/settings/delegations`

use chrono::TimeDelta;
use countersign_domain::permission::BuiltInRole;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{EAST, NORTH};
use crate::orders_desk::{Desk, act, done, look};
use crate::support::{Client, Seen, send};

async fn account(client: &Client) -> Value {
    client.get("/session").await.json()["actor"]["account_id"].clone()
}

fn wish(from: &Value, to: &Value, first: &str, last: &str) -> Value {
    json!({ "id": Uuid::new_v4(), "from": from, "to": to, "first_day": first, "last_day": last })
}

async fn hand_over(client: &Client, wish: &Value) -> Seen {
    client
        .post("/settings/delegations", &Uuid::new_v4().to_string(), wish)
        .await
}

async fn end(client: &Client, id: &Value, version: u64) -> Seen {
    let id = id.as_str().expect("an id");
    let request = client.change(Method::DELETE, &format!("/settings/delegations/{id}"));
    send(request.header("if-match", format!("\"{version}\""))).await
}

async fn listed(client: &Client) -> Vec<Value> {
    let seen = client.get("/settings/delegations").await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    seen.json()["items"].as_array().expect("a list").clone()
}

/// An order that waits for its finance review and is paid.
async fn at_finance(desk: &Desk, reference: &str) -> String {
    let id = desk.order().await;
    desk.pay_as(&id, reference).await;
    desk.walk(&id, &["order-review"]).await;
    id
}

#[tokio::test]
async fn queues_are_worked_through_for_a_colleague_while_it_runs_and_the_history_says_so() {
    let desk = Desk::start().await;
    let chen = desk.staff("chen", BuiltInRole::FinanceReviewer, &[]).await;
    let shipper = desk.server.sign_in("shipper").await;
    let wish = wish(
        &account(&chen).await,
        &account(&shipper).await,
        "2026-11-23",
        "2026-11-23",
    );
    let seen = hand_over(&chen, &wish).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    assert_eq!(seen.json()["state"], "planned");
    let first = at_finance(&desk, "bank 1").await;
    let early = act(&shipper, &first, "finance-review", &json!({})).await;
    assert_eq!(
        early.json()["reason"],
        json!({ "deny": "needs_permission", "permission": "order_finance_review" })
    );

    desk.server.clock.advance(TimeDelta::days(1));
    assert_eq!(listed(&shipper).await[0]["state"], "running");
    let actor = shipper.get("/session").await.json()["actor"].clone();
    assert_eq!(actor["stands_in_for"][0]["name"], "CHEN");
    let queues = shipper.get("/queues").await.json();
    assert!(queues.as_array().is_some_and(|queues| !queues.is_empty()));
    let seen = done(&act(&shipper, &first, "finance-review", &json!({})).await);
    let history = seen["history"].as_array().expect("a history");
    let passed = history
        .iter()
        .rev()
        .find(|entry| entry["stage"] == "finance_review")
        .expect("the review is told");
    assert_eq!(
        (&passed["by"]["name"], &passed["by"]["stands_in_for"]),
        (&json!("SHIPPER"), &json!("CHEN"))
    );

    desk.server.clock.advance(TimeDelta::days(1));
    let second = at_finance(&desk, "bank 2").await;
    let late = act(&shipper, &second, "finance-review", &json!({})).await;
    assert_eq!(late.status, 403, "it is over: {}", late.body);
    assert_eq!(listed(&shipper).await[0]["state"], "over");
}

#[tokio::test]
async fn a_delegation_ends_at_once_when_either_of_the_two_ends_it() {
    let desk = Desk::start().await;
    let chen = desk.staff("chen", BuiltInRole::FinanceReviewer, &[]).await;
    let zhou = desk.staff("zhou", BuiltInRole::FinanceReviewer, &[]).await;
    let shipper = desk.server.sign_in("shipper").await;
    let id = at_finance(&desk, "bank 1").await;
    let wish = wish(
        &account(&chen).await,
        &account(&shipper).await,
        "2026-11-22",
        "2026-11-30",
    );
    let made = hand_over(&chen, &wish).await.json();
    assert_eq!(listed(&zhou).await, Vec::<Value>::new(), "it is none of theirs");
    assert_eq!(listed(&desk.admin).await.len(), 1);
    assert_eq!(end(&zhou, &made["id"], 1).await.status, 404);
    assert_eq!(end(&shipper, &made["id"], 7).await.status, 412);
    assert_eq!(end(&shipper, &made["id"], 1).await.status, 204);
    assert_eq!(listed(&chen).await[0]["state"], "over");
    let denied = act(&shipper, &id, "finance-review", &json!({})).await;
    assert_eq!(denied.status, 403);
}

#[tokio::test]
async fn everybody_hands_over_their_own_queues_and_settings_those_of_others() {
    let desk = Desk::start().await;
    let chen = desk.staff("chen", BuiltInRole::FinanceReviewer, &[]).await;
    let shipper = desk.server.sign_in("shipper").await;
    let (from, to) = (account(&chen).await, account(&shipper).await);
    let theirs = wish(&from, &to, "2026-11-22", "2026-11-22");
    let denied = hand_over(&shipper, &theirs).await;
    assert_eq!(
        (denied.status, &denied.json()["reason"]),
        (
            403,
            &json!({ "deny": "needs_permission", "permission": "settings_manage" })
        )
    );
    assert_eq!(hand_over(&desk.admin, &theirs).await.status, 201);
    let again = hand_over(&desk.admin, &theirs).await;
    assert_eq!(again.json()["errors"][0]["pointer"], "/id");
    let anna = account(&desk.anna).await;
    for (wish, pointer) in [
        (wish(&from, &anna, "2026-11-22", "2026-11-22"), "/to"),
        (wish(&from, &from, "2026-11-22", "2026-11-22"), "/to"),
        (wish(&from, &to, "2026-11-22", "2026-11-21"), "/last_day"),
        (wish(&from, &to, "2026-11-20", "2026-11-21"), "/last_day"),
        (wish(&from, &to, "2026-11-22", "2028-11-21"), "/last_day"),
    ] {
        let seen = hand_over(&chen, &wish).await;
        assert_eq!((seen.status, seen.problem()), (422, "invalid-input".to_owned()));
        assert_eq!(seen.json()["errors"][0]["pointer"], pointer, "{wish}");
    }
}

#[tokio::test]
async fn what_was_handed_over_counts_where_the_colleague_acts() {
    let desk = Desk::start().await;
    let chen = desk.staff("chen", BuiltInRole::OrderReviewer, &[EAST]).await;
    let zhou = desk.staff("zhou", BuiltInRole::Shipper, &[NORTH]).await;
    let id = desk.order().await;
    assert_eq!(look(&zhou, &id).await.status, 404, "the tea house is in the east");
    assert_eq!(zhou.get("/orders").await.json()["items"], json!([]));
    let wish = wish(
        &account(&chen).await,
        &account(&zhou).await,
        "2026-11-22",
        "2026-11-22",
    );
    assert_eq!(hand_over(&chen, &wish).await.status, 201);
    assert_eq!(zhou.get("/orders").await.json()["items"][0]["id"], id);
    done(&act(&zhou, &id, "order-review", &json!({})).await);
    desk.pay(&id).await;
    desk.walk(&id, &["finance-review", "outbound-review"]).await;
    let denied = act(
        &zhou,
        &id,
        "shipments",
        &json!({ "shipment_id": Uuid::new_v4(), "carrier": "SF" }),
    )
    .await;
    assert_eq!(
        denied.json()["reason"],
        json!({ "deny": "outside_your_regions" }),
        "shipping is zhou's own permission, which ends in the north"
    );
}
