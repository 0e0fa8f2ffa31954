//! `/orders/{order_id}/rating`

use countersign_domain::permission::BuiltInRole;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::events::Listener;
use crate::fixture::NORTH;
use crate::orders_desk::{Desk, look};
use crate::returns::received;
use crate::support::{Client, Seen};

async fn rate(client: &Client, order: &str, body: &Value) -> Seen {
    let key = Uuid::new_v4().to_string();
    client.post(&format!("/orders/{order}/rating"), &key, body).await
}

fn code(seen: &Seen) -> Value {
    assert_eq!(
        (seen.status, seen.problem().as_str()),
        (409, "rating-rejected"),
        "{}",
        seen.body
    );
    seen.json()["rejection"].clone()
}

#[tokio::test]
async fn the_customer_rates_a_completed_order_once_and_both_sides_see_it() {
    let desk = Desk::start().await;
    let (order, _) = received(&desk, None).await;
    let before = look(&desk.admin, &order).await;
    let mut staff = Listener::open(&desk.server.sign_in("east").await, None).await;
    let body = json!({ "stars": 4, "comment": " One box was dented. " });
    let path = format!("/orders/{order}/rating");
    let first = desk.anna.post(&path, "a key", &body).await;
    assert_eq!(first.status, 201, "{}", first.body);
    assert!(desk.anna.post(&path, "a key", &body).await.is_replay());
    assert_eq!(staff.event().await.1["kind"], "order_changed");
    for client in [&desk.anna, &desk.admin] {
        let seen = look(client, &order).await.json();
        assert_eq!(seen["rating"]["stars"], 4);
        assert_eq!(seen["rating"]["comment"], "One box was dented.");
        let history = seen["history"].as_array().expect("a history");
        let last = history.last().expect("an entry");
        assert_eq!(
            (
                &last["kind"],
                &last["stars"],
                &last["reason"],
                &last["by"]["name"]
            ),
            (
                &json!("rated"),
                &json!(4),
                &json!("One box was dented."),
                &json!("ANNA")
            )
        );
        assert_eq!(
            seen["order"]["version"],
            before.json()["order"]["version"],
            "the order has not changed by it"
        );
    }
    assert_eq!(
        code(&rate(&desk.anna, &order, &json!({ "stars": 5 })).await)["code"],
        "already_rated"
    );
    assert_eq!(look(&desk.anna, &order).await.json()["rating"]["stars"], 4);
}

#[tokio::test]
async fn only_its_customer_and_only_what_is_completed() {
    let desk = Desk::start().await;
    let open = desk.order().await;
    let five = json!({ "stars": 5 });
    assert_eq!(
        code(&rate(&desk.anna, &open, &five).await),
        json!({ "code": "not_completed", "status": "pending_order_review" })
    );
    let (order, _) = received(&desk, None).await;
    for stars in [0, 6] {
        let seen = rate(&desk.anna, &order, &json!({ "stars": stars })).await;
        assert_eq!(code(&seen), json!({ "code": "stars_invalid", "most": 5 }));
    }
    let long = json!({ "stars": 5, "comment": "长".repeat(1_001) });
    let seen = rate(&desk.anna, &order, &long).await;
    assert_eq!(seen.json()["errors"][0]["pointer"], "/comment");
    let seen = rate(&desk.admin, &order, &five).await;
    assert_eq!(
        (seen.status, &seen.json()["reason"]["deny"]),
        (403, &json!("only_customer"))
    );
    let far = desk.staff("far", BuiltInRole::OrderReviewer, &[NORTH]).await;
    for client in [&far, &desk.server.sign_in("bao").await] {
        assert_eq!(rate(client, &order, &five).await.problem(), "not-found");
    }
    assert_eq!(look(&desk.anna, &order).await.json()["rating"], Value::Null);
}
