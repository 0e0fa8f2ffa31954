//! `/alerts`

use chrono::TimeDelta;
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::money::Money;
use countersign_domain::permission::BuiltInRole;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{EAST, GREEN_TEA, NORTH};
use crate::orders_desk::{Desk, act, done};
use crate::support::Client;

/// The names of the alerts about orders.
async fn alerts(client: &Client) -> Vec<String> {
    let seen = client.get("/alerts").await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let all = seen.json();
    let orders = all["orders"].as_array().expect("a list").iter();
    orders
        .map(|one| one["alert"].as_str().expect("a name").to_owned())
        .collect()
}

async fn first(client: &Client) -> Value {
    client.get("/alerts").await.json()["orders"][0].clone()
}

async fn count(client: &Client, on_hand: &str) {
    let counted = json!({
        "warehouse_id": Uuid::from_u128(0x0a00),
        "counts": [{ "variant_id": GREEN_TEA, "on_hand": on_hand }],
        "reason": "yearly count",
    });
    let seen = client
        .post("/stock/counts", &Uuid::new_v4().to_string(), &counted)
        .await;
    assert_eq!(seen.status, 200, "{}", seen.body);
}

#[tokio::test]
async fn nothing_is_the_matter_at_first() {
    let desk = Desk::start().await;
    desk.order().await;
    let nothing = json!({ "orders": [], "stock": [], "has_more": false });
    for client in [&desk.admin, &desk.anna] {
        assert_eq!(client.get("/alerts").await.json(), nothing);
    }
    assert_eq!(desk.server.client().get("/alerts").await.status, 401);
}

/// Priority.
#[tokio::test]
async fn an_overdue_review_escalates_to_the_lead_and_is_none_of_the_customers_business() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    let reviewer = desk.staff("reviewer", BuiltInRole::OrderReviewer, &[EAST]).await;
    let elsewhere = desk
        .staff("elsewhere", BuiltInRole::OrderReviewer, &[NORTH])
        .await;
    let lead = desk.staff("lead", BuiltInRole::BusinessLead, &[]).await;
    let finance = desk.staff("finance", BuiltInRole::FinanceReviewer, &[]).await;
    desk.server.clock.advance(TimeDelta::hours(24));
    assert_eq!(alerts(&lead).await, Vec::<String>::new());
    desk.server.clock.advance(TimeDelta::minutes(1));
    let overdue = first(&lead).await;
    assert_eq!(overdue["order_id"], json!(id));
    assert_eq!(overdue["customer"]["code"], "C001");
    assert_eq!(overdue["stage"], "order_review");
    assert_eq!(overdue["due_at"], "2026-11-23T04:00:00Z");
    assert_eq!(alerts(&reviewer).await, ["review_overdue"]);
    for client in [&elsewhere, &finance, &desk.anna] {
        assert_eq!(alerts(client).await, Vec::<String>::new());
    }
    // Once it is passed on, those of the next review hear of it, and the lead still does.
    done(&act(&desk.admin, &id, "order-review", &json!({})).await);
    assert_eq!(alerts(&finance).await, ["review_overdue"]);
    assert_eq!(alerts(&reviewer).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_promise_at_risk_is_told_to_both_sides_until_something_leaves() {
    let desk = Desk::with(|workflow| workflow.review_hours.normal = 240).await;
    let id = desk.order().await;
    desk.pay(&id).await;
    desk.walk(&id, &["order-review", "finance-review", "outbound-review"])
        .await;
    let shipper = desk.server.sign_in("shipper").await;
    let bao = desk.server.sign_in("bao").await;
    // Two days to deliver and one of slack: the day before is the 24th, which begins in China while it is the 23rd here.
    desk.server
        .clock
        .advance(TimeDelta::hours(36) - TimeDelta::seconds(1));
    assert_eq!(alerts(&shipper).await, Vec::<String>::new());
    desk.server.clock.advance(TimeDelta::seconds(1));
    for client in [&shipper, &desk.anna, &desk.admin] {
        let risk = first(client).await;
        assert_eq!(
            (&risk["alert"], &risk["work"], &risk["promised_date"]),
            (
                &json!("promise_at_risk"),
                &json!("shipment"),
                &json!("2026-11-25")
            )
        );
    }
    assert_eq!(alerts(&bao).await, Vec::<String>::new());
    desk.walk(&id, &["shipments"]).await;
    assert_eq!(alerts(&shipper).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_shipment_without_news_is_told_after_the_days_of_the_setting() {
    let desk = Desk::with(|workflow| workflow.shipment_news_days = 3).await;
    let id = desk.order().await;
    desk.pay(&id).await;
    let steps = ["order-review", "finance-review", "outbound-review", "shipments"];
    let detail = desk.walk(&id, &steps).await;
    desk.server
        .clock
        .advance(TimeDelta::days(3) - TimeDelta::seconds(1));
    // No session lasts that long.
    let anna = desk.server.sign_in("anna").await;
    let admin = desk.server.sign_in("admin").await;
    assert_eq!(alerts(&anna).await, Vec::<String>::new());
    desk.server.clock.advance(TimeDelta::seconds(1));
    let silent = first(&anna).await;
    assert_eq!(
        (&silent["alert"], &silent["position"], &silent["shipped_at"]),
        (
            &json!("shipment_silent"),
            &json!(1),
            &json!("2026-11-22T04:00:00Z")
        )
    );
    assert_eq!(alerts(&admin).await, ["shipment_silent"]);
    let received = json!({ "shipment_id": detail["order"]["shipments"][0]["id"] });
    done(&act(&anna, &id, "receipts", &received).await);
    assert_eq!(alerts(&anna).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_overdue_payment_is_told_to_the_customer_and_to_finance_until_it_is_paid() {
    let mut desk = Desk::start().await;
    desk.policy(PaymentPolicy::Credit {
        limit: Some(Money::new(1_000, 0)),
        days: 10,
    })
    .await;
    let id = desk.order().await;
    let steps = ["order-review", "finance-review", "outbound-review", "shipments"];
    let detail = desk.walk(&id, &steps).await;
    let received = json!({ "shipment_id": detail["order"]["shipments"][0]["id"] });
    done(&act(&desk.anna, &id, "receipts", &received).await);
    desk.staff("finance", BuiltInRole::FinanceReviewer, &[]).await;
    desk.server.clock.advance(TimeDelta::days(10));
    // No session lasts that long.
    desk.anna = desk.server.sign_in("anna").await;
    desk.admin = desk.server.sign_in("admin").await;
    let finance = desk.server.sign_in("finance").await;
    let shipper = desk.server.sign_in("shipper").await;
    assert_eq!(alerts(&finance).await, Vec::<String>::new());
    desk.server.clock.advance(TimeDelta::seconds(1));
    for client in [&finance, &desk.anna] {
        let owed = first(client).await;
        assert_eq!(
            (&owed["alert"], &owed["owed"], &owed["due_at"]),
            (
                &json!("payment_overdue"),
                &json!("50.00"),
                &json!("2026-12-02T04:00:00Z")
            )
        );
    }
    assert_eq!(alerts(&shipper).await, Vec::<String>::new());
    desk.pay(&id).await;
    assert_eq!(alerts(&desk.anna).await, Vec::<String>::new());
}

#[tokio::test]
async fn an_order_let_pass_beyond_the_credit_limit_is_told_to_its_customer_alone() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    desk.policy(PaymentPolicy::Credit {
        limit: Some(Money::new(40, 0)),
        days: 30,
    })
    .await;
    desk.walk(&id, &["order-review"]).await;
    assert_eq!(alerts(&desk.anna).await, Vec::<String>::new());
    let body = json!({ "override_reason": "an old friend" });
    done(&act(&desk.admin, &id, "finance-review", &body).await);
    let told = first(&desk.anna).await;
    assert_eq!(
        (&told["alert"], &told["order_id"], &told["passed_at"]),
        (
            &json!("credit_overridden"),
            &json!(id),
            &json!("2026-11-22T04:00:00Z")
        )
    );
    let bao = desk.server.sign_in("bao").await;
    for client in [&desk.admin, &bao] {
        assert_eq!(alerts(client).await, Vec::<String>::new());
    }
    desk.pay(&id).await;
    assert_eq!(alerts(&desk.anna).await, Vec::<String>::new());
}

#[tokio::test]
async fn low_stock_is_told_to_who_counts_it() {
    let desk = Desk::start().await;
    let warehouse = desk
        .staff("warehouse", BuiltInRole::WarehouseReviewer, &[NORTH])
        .await;
    // The level is ten boxes.
    count(&desk.admin, "10").await;
    assert_eq!(warehouse.get("/alerts").await.json()["stock"], json!([]));
    count(&desk.admin, "9.5").await;
    let stock = warehouse.get("/alerts").await.json()["stock"].clone();
    assert_eq!(
        stock.as_array().map(Vec::len),
        Some(1),
        "what is off sale is none"
    );
    assert_eq!(
        (&stock[0]["sku"], &stock[0]["name"]["en"]),
        (&json!("TEA-1"), &json!("Green tea"))
    );
    assert_eq!(
        (
            &stock[0]["free"],
            &stock[0]["reorder_level"],
            &stock[0]["unit"]["code"]
        ),
        (&json!("9.5"), &json!("10"), &json!("box"))
    );
    for login in ["anna", "shipper", "east"] {
        let client = desk.server.sign_in(login).await;
        assert_eq!(client.get("/alerts").await.json()["stock"], json!([]), "{login}");
    }
    // What is set aside for an order is not free.
    count(&desk.admin, "12").await;
    assert_eq!(warehouse.get("/alerts").await.json()["stock"], json!([]));
    let id = desk.order().await;
    desk.pay(&id).await;
    desk.walk(&id, &["order-review", "finance-review", "outbound-review"])
        .await;
    let stock = warehouse.get("/alerts").await.json()["stock"].clone();
    assert_eq!(stock[0]["free"], "8");
}
