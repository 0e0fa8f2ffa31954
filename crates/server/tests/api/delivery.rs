//! Delivery methods: offered by the company's settings, chosen with an order.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Client, Seen, TestServer, draft, send};

/// Offers these methods, whatever was offered before.
async fn offer(admin: &Client, methods: &Value) -> Seen {
    let mut workflow = admin.get("/settings/workflow").await.json()["workflow"].clone();
    workflow["delivery_methods"] = methods.clone();
    let put = admin
        .change(Method::PUT, "/settings/workflow")
        .header("if-match", "*")
        .json(&workflow);
    send(put).await
}

fn method(zh: &str, en: &str) -> Value {
    json!({ "id": Uuid::new_v4(), "name": { "zh": zh, "en": en } })
}

async fn order(client: &Client, accepted: &Seen) -> Value {
    let id = accepted.json()["order_id"].as_str().expect("an id").to_owned();
    client.get(&format!("/orders/{id}")).await.json()["order"].clone()
}

#[tokio::test]
async fn an_order_keeps_the_method_as_it_was_called_when_it_was_submitted() {
    let server = TestServer::start().await;
    let (admin, anna) = (server.sign_in("admin").await, server.sign_in("anna").await);
    let truck = method("供货方送货", "Supplier’s truck");
    let mut pick_up = method("客户自提", "Self pick-up");
    let offered = offer(&admin, &json!([truck, pick_up])).await;
    assert_eq!(offered.status, 200, "{}", offered.body);
    let seen = anna.get("/session").await.json();
    assert_eq!(seen["workflow"]["delivery_methods"], json!([truck, pick_up]));

    let mut chosen = draft();
    chosen["delivery_method"] = pick_up["id"].clone();
    let accepted = anna.submit(&chosen).await;
    assert_eq!(accepted.status, 201, "{}", accepted.body);
    assert_eq!(order(&anna, &accepted).await["delivery_method"], pick_up);
    let before = pick_up.clone();
    pick_up["name"]["en"] = json!("Collected");
    assert_eq!(offer(&admin, &json!([pick_up])).await.status, 200);
    assert_eq!(order(&admin, &accepted).await["delivery_method"], before);

    let mut gone = draft();
    gone["delivery_method"] = truck["id"].clone();
    let refused = anna.submit(&gone).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    let wrong = json!([{ "pointer": "/delivery_method", "code": "unknown" }]);
    assert_eq!(refused.json()["errors"], wrong);
}

#[tokio::test]
async fn an_order_from_before_there_was_a_choice_is_taken() {
    let server = TestServer::start().await;
    let (admin, anna) = (server.sign_in("admin").await, server.sign_in("anna").await);
    assert_eq!(
        offer(&admin, &json!([method("自提", "Pick-up")])).await.status,
        200
    );
    let accepted = anna.submit(&draft()).await;
    assert_eq!(accepted.status, 201, "{}", accepted.body);
    assert_eq!(order(&anna, &accepted).await["delivery_method"], Value::Null);
}

#[tokio::test]
async fn a_method_is_named_in_both_languages_and_offered_once() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let twice = method("自提", "Pick-up");
    let wrong = [method(" ", "Truck"), method("货运", ""), twice.clone(), twice];
    let refused = offer(&admin, &json!(wrong)).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert_eq!(
        refused.json()["errors"],
        json!([
            { "pointer": "/delivery_methods/0/name/zh", "code": "required" },
            { "pointer": "/delivery_methods/1/name/en", "code": "required" },
            { "pointer": "/delivery_methods/3/id", "code": "invalid" },
        ])
    );
    let many: Vec<_> = (0..21).map(|number| method("车", &number.to_string())).collect();
    let refused = offer(&admin, &json!(many)).await;
    let wrong = json!([{ "pointer": "/delivery_methods", "code": "too_long" }]);
    assert_eq!(refused.json()["errors"], wrong);
}
