//! `/production-plan`

use chrono::TimeDelta;
use countersign_domain::permission::BuiltInRole;
use countersign_domain::product::Product;
use countersign_domain::workflow::Stage;
use countersign_server::repo::products;
use serde_json::{Value, json};

use crate::fixture::{EAST, GREEN_TEA, NORTH, noon};
use crate::orders_desk::{Desk, act, done};
use crate::support::Client;

/// A desk with production, where green tea is made only once it is ordered, and an order that waits to be made.
async fn in_production() -> (Desk, String) {
    let desk = Desk::with(|workflow| workflow.stages.set(Stage::Production, true)).await;
    let write = desk.server.running.state().db.write(|tx| {
        Box::pin(async move {
            let found = products::by_variant(tx, &[GREEN_TEA]).await?;
            let mut product: Product = found.get(&GREEN_TEA).cloned().expect("green tea");
            for variant in &mut product.variants {
                variant.made_to_order = true;
            }
            products::put(tx, &product, 1, noon()).await
        })
    });
    write.await.expect("a product can be changed");
    let id = desk.order().await;
    desk.pay(&id).await;
    desk.walk(&id, &["order-review", "finance-review"]).await;
    (desk, id)
}

async fn plan(client: &Client) -> Value {
    let seen = client.get("/production-plan").await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    seen.json()
}

#[tokio::test]
async fn what_is_to_be_made_stands_in_the_plan_until_it_is_finished_and_passed_on() {
    let (desk, id) = in_production().await;
    let seen = plan(&desk.admin).await;
    let order = &seen["orders"][0];
    let line = &order["lines"][0];
    assert_eq!(
        (seen["today"].as_str(), &order["id"]),
        (Some("2026-11-22"), &json!(id))
    );
    // Two days to make it and one of slack.
    assert_eq!(order["promised"], "2026-11-25");
    assert_eq!(
        (&line["quantity"], &line["produced"], &line["standing"]),
        (&json!("4"), &json!("0"), &json!("on_time"))
    );
    desk.server.clock.advance(TimeDelta::days(2));
    let admin = desk.server.sign_in("admin").await;
    assert_eq!(plan(&admin).await["orders"][0]["lines"][0]["standing"], "at_risk");
    let report = |count: &str| json!({ "lines": [{ "line_id": line["id"], "produced": count }] });
    done(&act(&admin, &id, "production-report", &report("1")).await);
    desk.server.clock.advance(TimeDelta::days(2));
    let admin = desk.server.sign_in("admin").await;
    let late = plan(&admin).await["orders"][0]["lines"][0].clone();
    assert_eq!(
        (&late["produced"], &late["standing"]),
        (&json!("1"), &json!("late"))
    );
    done(&act(&admin, &id, "production-report", &report("4")).await);
    assert_eq!(plan(&admin).await["orders"][0]["lines"][0]["standing"], "done");
    done(&act(&admin, &id, "production", &json!({})).await);
    assert_eq!(plan(&admin).await["orders"], json!([]));
}

#[tokio::test]
async fn the_plan_has_the_orders_of_ones_regions() {
    let (desk, _) = in_production().await;
    let east = desk.staff("chen", BuiltInRole::WarehouseReviewer, &[EAST]).await;
    let north = desk.staff("zhou", BuiltInRole::WarehouseReviewer, &[NORTH]).await;
    assert_eq!(plan(&east).await["orders"].as_array().map(Vec::len), Some(1));
    assert_eq!(plan(&north).await["orders"].as_array().map(Vec::len), Some(0));
    let denied = desk.anna.get("/production-plan").await;
    assert_eq!(denied.json()["reason"]["deny"], "only_supplier");
}
