//! Orders under promotions: priced by the server, compared with what the customer saw, frozen (domain.md section 5 and
//! section 3, rule 6).

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::GREEN_TEA;
use crate::promotions::{make, put, tenth_off};
use crate::support::{Client, TestServer, draft};

/// 5 off an order of 40 or more.
fn five_off() -> Value {
    let mut body = tenth_off();
    body["name"]["en"] = json!("Five off");
    body["rule"] = json!({
        "kind": "order", "steps": [{ "from": "40", "effect": "minus", "amount": "5" }],
    });
    body
}

/// One green tea for every four.
fn one_for_four() -> Value {
    let mut body = tenth_off();
    body["rule"] = json!({
        "kind": "buy_get", "buy": [GREEN_TEA], "quantity": "4", "gift": GREEN_TEA, "gives": "1",
        "repeats": true, "most": null,
    });
    body
}

async fn order(client: &Client, draft: &Value) -> Value {
    let seen = client.submit(draft).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    let id = seen.json()["order_id"].as_str().expect("an id").to_owned();
    client.get(&format!("/orders/{id}")).await.json()["order"].clone()
}

/// The draft at another seen price, and with what was seen of it as a whole.
fn seen(price: &str, total: &str, gifts: Value) -> Value {
    let mut draft = draft();
    draft["lines"][0]["seen_price"] = json!(price);
    draft["seen"] = json!({ "total": total, "gifts": gifts });
    draft
}

/// Rule 6 and price 3.
#[tokio::test]
async fn a_line_promotion_is_the_price_and_stays_it_when_it_has_ended() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let anna = server.sign_in("anna").await;
    let id = make(&admin, &tenth_off()).await;
    let refused = anna.submit(&draft()).await;
    assert_eq!(refused.problem(), "submission-changed");
    let change = &refused.json()["changes"][0];
    assert_eq!(
        (&change["change"], &change["now"]),
        (&json!("price"), &json!("11.25"))
    );
    assert_eq!(change["reasons"][1]["rule"], "promotion");

    let placed = order(&anna, &seen("11.25", "45.00", json!([]))).await;
    assert_eq!(
        (&placed["total"], &placed["lines"][0]["price"]),
        (&json!("45.00"), &json!("11.25"))
    );
    let mut off = tenth_off();
    off["is_on"] = json!(false);
    put(&admin, id, "\"1\"", &off).await;
    let order_id = placed["id"].as_str().expect("an id");
    let after = anna.get(&format!("/orders/{order_id}")).await.json();
    assert_eq!(after["order"]["total"], "45.00");
    assert_eq!(
        after["order"]["lines"][0]["reasons"][1]["name"]["en"],
        "Tenth off"
    );
}

/// Price 5 and 6.
#[tokio::test]
async fn an_order_discount_is_in_the_lines_and_the_order_says_why() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let anna = server.sign_in("anna").await;
    make(&admin, &five_off()).await;
    let mut draft = seen("12.50", "70.00", json!([]));
    let second = json!({
        "id": Uuid::new_v4(), "variant_id": GREEN_TEA, "quantity": "2", "seen_price": "12.50", "note": "",
    });
    draft["lines"].as_array_mut().expect("lines").push(second);
    let placed = order(&anna, &draft).await;
    assert_eq!(placed["total"], "70.00");
    let shares: Vec<&str> = placed["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| line["share"]["amount"].as_str().expect("a share"))
        .collect();
    let mut sorted = shares.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["1.67", "3.33"]);
    assert_eq!(placed["promotions"][0]["rule"], "discount");
    assert_eq!(placed["promotions"][0]["amount"], "5.00");
}

/// Price 4.
#[tokio::test]
async fn gifts_are_lines_that_cost_nothing() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let anna = server.sign_in("anna").await;
    let promotion = make(&admin, &one_for_four()).await;
    let gift = json!([{ "promotion_id": promotion, "variant_id": GREEN_TEA, "quantity": "1" }]);
    let without = anna.submit(&seen("12.50", "50.00", json!([]))).await;
    assert_eq!(without.problem(), "submission-changed");
    assert_eq!(without.json()["changes"][0]["change"], "order");
    assert_eq!(without.json()["changes"][0]["now"]["gifts"], gift);

    let draft = seen("12.50", "50.00", gift);
    let placed = order(&anna, &draft).await;
    assert_eq!(placed["total"], "50.00");
    let line = &placed["lines"][1];
    assert_eq!((&line["ordered"], &line["sku"]), (&json!("1"), &json!("TEA-1")));
    assert_eq!(line["reasons"][0]["rule"], "gift");
    assert_eq!(line["amount"], "0.00");
    // The same bytes again are the same order, not another gift.
    let again = anna.submit(&draft).await;
    assert!(again.is_replay());
    assert_eq!(again.json()["order_id"], placed["id"]);
    // Who orders the same again buys four, and is given the fifth again.
    let path = format!("/orders/{}/reorder", placed["id"].as_str().expect("an id"));
    let lines = anna.get(&path).await.json()["lines"].clone();
    assert_eq!(lines.as_array().map(Vec::len), Some(1));
    assert_eq!(lines[0]["quantity"], "4");
    let usual = anna.get("/lists/usual").await.json();
    assert_eq!(usual["items"][0]["quantity"], "4");
}

/// Price 5.
#[tokio::test]
async fn a_promotion_that_ended_meanwhile_comes_back_with_the_new_total() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let anna = server.sign_in("anna").await;
    let mut ends = five_off();
    ends["until"] = json!("2026-11-22T05:00:00Z");
    make(&admin, &ends).await;
    let mut draft = seen("12.50", "45.00", json!([]));
    server.clock.advance(TimeDelta::hours(1));
    let refused = anna.submit(&draft).await;
    assert_eq!(
        (refused.status, refused.problem()),
        (409, "submission-changed".to_owned())
    );
    let change = refused.json()["changes"][0].clone();
    assert_eq!(change["seen"]["total"], "45.00");
    assert_eq!(change["now"]["total"], "50.00");
    // Agreed to: the next revision, as it is now.
    draft["rev"] = json!(2);
    draft["seen"] = change["now"].clone();
    assert_eq!(order(&anna, &draft).await["total"], "50.00");
}

#[tokio::test]
async fn a_submission_that_says_nothing_of_the_whole_is_compared_by_its_lines() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    make(&admin, &five_off()).await;
    let placed = order(&server.sign_in("anna").await, &draft()).await;
    assert_eq!(placed["total"], "45.00");
}
