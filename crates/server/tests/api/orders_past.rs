//! `/orders/{order_id}`: what a reviewer sees of the customer's past beside the order

use chrono::TimeDelta;
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::money::Money;
use serde_json::json;

use crate::orders_desk::{Desk, act, done, look};

#[tokio::test]
async fn the_last_orders_and_the_oldest_overdue_payment_stand_beside_an_order() {
    let desk = Desk::start().await;
    let limit = Some(Money::new(100_000, 2));
    desk.policy(PaymentPolicy::Credit { limit, days: 30 }).await;
    let first = desk.order().await;
    let way = ["order-review", "finance-review", "outbound-review", "shipments"];
    let shipped = desk.walk(&first, &way).await;
    let shipment = shipped["order"]["shipments"][0]["id"].clone();
    done(
        &act(
            &desk.anna,
            &first,
            "receipts",
            &json!({ "shipment_id": shipment }),
        )
        .await,
    );
    let number = shipped["order"]["number"].clone();

    let mut seen = Vec::new();
    for days in [29, 2] {
        desk.server.clock.advance(TimeDelta::days(days));
        // The sessions of before are long over.
        let (anna, admin) = (
            desk.server.sign_in("anna").await,
            desk.server.sign_in("admin").await,
        );
        let order = anna.submit(&crate::support::draft()).await.json();
        let id = order["order_id"].as_str().expect("an id").to_owned();
        let detail = look(&admin, &id).await.json();
        assert!(look(&anna, &id).await.json()["card"].is_null());
        seen.push(detail["card"].clone());
    }
    assert_eq!(seen[0]["overdue"], json!(null));
    assert_eq!(seen[0]["last_orders"].as_array().map(Vec::len), Some(2));
    assert_eq!(seen[0]["last_orders"][1]["number"], number);
    let overdue = &seen[1]["overdue"];
    assert_eq!(
        (&overdue["number"], &overdue["amount"]),
        (&number, &json!("50.00"))
    );
    assert_eq!(overdue["due_at"], "2026-12-22T04:00:00Z");
    assert_eq!(seen[1]["last_orders"].as_array().map(Vec::len), Some(3));
}
