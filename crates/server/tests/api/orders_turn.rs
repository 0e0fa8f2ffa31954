//! `/orders/{order_id}/...`: passing a review out of turn, which is allowed and counted

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::fixture::KIOSK_ADDRESS;
use crate::orders_desk::{Desk, act, done, look};
use crate::support::{Client, draft};

/// How many stood before the order, each time it was passed out of turn, as `client` reads it.
async fn jumps(client: &Client, id: &str) -> Vec<Value> {
    let detail = look(client, id).await.json();
    let history = detail["history"].as_array().expect("a list").iter();
    history
        .filter(|entry| entry["kind"] == "passed_out_of_turn")
        .map(|entry| entry["waiting_before"].clone())
        .collect()
}

async fn counted(client: &Client) -> Value {
    client.get("/home/supplier").await.json()["out_of_turn_30_days"].clone()
}

/// Priority.
#[tokio::test]
async fn a_review_out_of_turn_is_told_to_staff_and_counted_on_their_home_page() {
    let desk = Desk::start().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(desk.order().await);
        desk.server.clock.advance(TimeDelta::minutes(1));
    }
    desk.walk(&ids[2], &["order-review"]).await;
    assert_eq!(jumps(&desk.admin, &ids[2]).await, [json!(2)]);
    assert_eq!(counted(&desk.admin).await, 1);
    // Who waits in the supplier's queues is nothing for the customer.
    assert_eq!(jumps(&desk.anna, &ids[2]).await, Vec::<Value>::new());
    // In turn: the first, and then the one that has become the first.
    desk.walk(&ids[0], &["order-review"]).await;
    desk.walk(&ids[1], &["order-review"]).await;
    assert_eq!(jumps(&desk.admin, &ids[0]).await, Vec::<Value>::new());
    assert_eq!(jumps(&desk.admin, &ids[1]).await, Vec::<Value>::new());
    // Sending back passes nothing.
    done(
        &act(
            &desk.admin,
            &ids[2],
            "send-back",
            &json!({ "reason": "no pallets" }),
        )
        .await,
    );
    assert_eq!(counted(&desk.admin).await, 1);
    desk.server.clock.advance(TimeDelta::days(31));
    let admin = desk.server.sign_in("admin").await;
    assert_eq!(counted(&admin).await, 0);
}

/// Priority.
#[tokio::test]
async fn what_is_urgent_stands_first_and_what_somebody_does_not_see_stands_before_nothing() {
    let desk = Desk::start().await;
    let bao = desk.server.sign_in("bao").await;
    let mut kiosk = draft();
    kiosk["owner"] = bao.get("/session").await.json()["actor"]["account_id"].clone();
    kiosk["address_id"] = json!(KIOSK_ADDRESS);
    assert_eq!(bao.submit(&kiosk).await.status, 201);
    desk.server.clock.advance(TimeDelta::minutes(1));
    let normal = desk.order().await;
    desk.server.clock.advance(TimeDelta::minutes(1));
    let mut urgent = draft();
    urgent["priority"] = json!("urgent");
    let urgent = desk.anna.submit(&urgent).await.json()["order_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let east = desk.server.sign_in("east").await;
    done(&act(&east, &normal, "order-review", &json!({})).await);
    assert_eq!(jumps(&east, &normal).await, [json!(1)], "only the urgent one");
    done(&act(&east, &urgent, "order-review", &json!({})).await);
    assert_eq!(jumps(&east, &urgent).await, Vec::<Value>::new());
    assert_eq!(counted(&east).await, 1);
    assert_eq!(counted(&desk.server.sign_in("north").await).await, 0);
}
