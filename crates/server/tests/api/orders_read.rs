//! `/orders` and `/orders/{order_id}`: reading

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::KIOSK_ADDRESS;
use crate::orders_desk::{Desk, act, look};
use crate::support::{Client, draft, send};

fn numbers(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("a list");
    let number = |item: &Value| item["number"].as_str().expect("a number").to_owned();
    items.iter().map(number).collect()
}

async fn list(client: &Client, query: &str) -> Value {
    let seen = client.get(&format!("/orders?{query}")).await;
    assert_eq!(seen.status, 200, "{query}: {}", seen.body);
    seen.json()
}

/// An order of the kiosk.
async fn kiosk_order(desk: &Desk) -> String {
    let bao = desk.server.sign_in("bao").await;
    let mut draft = draft();
    draft["owner"] = bao.get("/session").await.json()["actor"]["account_id"].clone();
    draft["address_id"] = json!(KIOSK_ADDRESS);
    let seen = bao.submit(&draft).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    seen.json()["order_id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn everybody_lists_what_they_see() {
    let desk = Desk::start().await;
    desk.order().await;
    let foreign = kiosk_order(&desk).await;
    for (login, count) in [("anna", 1), ("bao", 1), ("admin", 2), ("east", 1), ("north", 1)] {
        let client = desk.server.sign_in(login).await;
        let page = list(&client, "total=true").await;
        assert_eq!(
            (numbers(&page).len(), &page["total"]),
            (count, &json!(count)),
            "{login}"
        );
    }
    let unknown = look(&desk.anna, &Uuid::new_v4().to_string()).await;
    let foreign = look(&desk.anna, &foreign).await;
    assert_eq!((unknown.status, foreign.status), (404, 404));
    assert_eq!(unknown.problem(), foreign.problem());
    let mut unknown = unknown.json();
    unknown["instance"] = foreign.json()["instance"].clone();
    assert_eq!(unknown, foreign.json(), "the two are not told apart");
}

#[tokio::test]
async fn pages_join_without_gap_in_every_sort() {
    let desk = Desk::start().await;
    for quantity in ["2", "8", "4", "8", "6"] {
        let mut draft = draft();
        draft["lines"][0]["quantity"] = json!(quantity);
        let seen = desk.anna.submit(&draft).await;
        assert_eq!(seen.status, 201, "{}", seen.body);
        desk.server.clock.advance(TimeDelta::minutes(1));
    }
    // Two of them without a deadline.
    let last = list(&desk.admin, "limit=2").await;
    for item in last["items"].as_array().expect("a list") {
        let id = item["id"].as_str().expect("an id");
        let seen = act(&desk.admin, id, "send-back", &json!({ "reason": "why not" })).await;
        assert_eq!(seen.status, 200, "{}", seen.body);
    }
    for sort in ["newest", "deadline", "amount"] {
        let all = numbers(&list(&desk.admin, &format!("sort={sort}")).await);
        assert_eq!(all.len(), 5);
        let (mut joined, mut after) = (Vec::new(), String::new());
        loop {
            let page = list(&desk.admin, &format!("sort={sort}&limit=2{after}")).await;
            joined.extend(numbers(&page));
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(joined, all, "{sort}");
    }
    let newest = numbers(&list(&desk.admin, "").await);
    assert!(newest.is_sorted_by(|one, next| one > next), "{newest:?}");
}

#[tokio::test]
async fn lists_are_filtered_and_wrong_filters_are_named() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    desk.walk(&id, &["order-review"]).await;
    desk.order().await;
    for (query, count) in [
        ("status=pending_order_review", 1),
        ("status=pending_order_review,pending_finance_review", 2),
        ("q=0002", 1),
        ("q=%E7%BB%BF%E8%8C%B6", 2),
        ("q=TEA-1", 2),
        ("q=%25", 0),
        ("from=2026-11-22&to=2026-11-22", 2),
        ("from=2026-11-23", 0),
        ("to=2026-11-21", 0),
    ] {
        assert_eq!(numbers(&list(&desk.admin, query).await).len(), count, "{query}");
    }
    for (query, pointer) in [
        ("status=nowhere", "?status"),
        ("sort=colour", "?sort"),
        ("from=yesterday", "?from"),
        ("from=2026-11-22&to=2026-11-21", "?to"),
        ("after=somewhere", "?after"),
        (
            "sort=amount&after=newest_2026-11-22T04:00:00.000000Z_00000000-0000-0000-0000-000000000001",
            "?after",
        ),
        ("limit=many", "?limit"),
    ] {
        let seen = desk.admin.get(&format!("/orders?{query}")).await;
        assert_eq!(seen.status, 422, "{query}: {}", seen.body);
        assert_eq!(seen.json()["errors"][0]["pointer"], pointer, "{query}");
    }
}

#[tokio::test]
async fn an_order_that_did_not_change_is_not_sent_again() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    let tag = look(&desk.anna, &id)
        .await
        .header("etag")
        .expect("a tag")
        .to_owned();
    let again = |tag: String| {
        let path = format!("/api/v1/orders/{id}");
        send(desk.anna.request(Method::GET, &path).header("if-none-match", tag))
    };
    assert_eq!(again(tag.clone()).await.status, 304);
    desk.pay(&id).await;
    assert_eq!(again(tag).await.status, 200, "a payment is something new to see");
}

#[tokio::test]
async fn a_queue_is_narrowed_by_region_priority_and_amount() {
    let desk = Desk::start().await;
    desk.order().await;
    kiosk_order(&desk).await;
    let mut urgent = draft();
    urgent["priority"] = json!("urgent");
    urgent["lines"][0]["quantity"] = json!("8");
    assert_eq!(desk.anna.submit(&urgent).await.status, 201);
    let (east, north) = (crate::fixture::EAST, crate::fixture::NORTH);
    for (query, found) in [
        (format!("region={east}"), 2),
        (format!("region={north}"), 1),
        (format!("region={}", Uuid::new_v4()), 0),
        ("priority=urgent".to_owned(), 1),
        ("priority=normal&amount_to=50.00".to_owned(), 2),
        ("amount_from=50.01".to_owned(), 1),
        ("amount_from=100&amount_to=100".to_owned(), 1),
        (format!("region={north}&priority=urgent"), 0),
    ] {
        let page = list(&desk.admin, &query).await;
        assert_eq!(numbers(&page).len(), found, "{query}");
    }
    let wrong = desk.admin.get("/orders?priority=soon").await;
    assert_eq!(wrong.json()["errors"][0]["pointer"], "?priority");
    let regions = |seen: crate::support::Seen| seen.json().as_array().map(Vec::len);
    assert_eq!(regions(desk.admin.get("/regions").await), Some(2));
    let east = desk.server.sign_in("east").await;
    assert_eq!(regions(east.get("/regions").await), Some(1), "its own");
}
