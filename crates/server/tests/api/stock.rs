//! `/warehouses` and `/stock`

use countersign_domain::id::{VariantId, WarehouseId};
use countersign_domain::product::StockDisplay;
use countersign_server::repo::settings;
use serde_json::{Value, json};
use sqlx::Row;
use uuid::Uuid;

use crate::fixture::{BLACK_TEA, GREEN_TEA, noon};
use crate::support::TestServer;

const MAIN: WarehouseId = WarehouseId(Uuid::from_u128(0x0a00));

fn count(variant: VariantId, on_hand: &str) -> Value {
    json!({
        "warehouse_id": MAIN,
        "counts": [{ "variant_id": variant, "on_hand": on_hand }],
        "reason": "yearly count",
    })
}

#[tokio::test]
async fn staff_see_the_warehouses() {
    let server = TestServer::start().await;
    let seen = server.sign_in("shipper").await.get("/warehouses").await;
    assert_eq!(
        seen.json(),
        json!([{ "id": MAIN, "name": { "zh": "主仓", "en": "Main" }, "is_default": true }])
    );
    let seen = server.sign_in("anna").await.get("/warehouses").await;
    assert_eq!(
        (seen.status, &seen.json()["reason"]["deny"]),
        (403, &json!("only_supplier"))
    );
    assert_eq!(server.client().get("/warehouses").await.status, 401);
}

#[tokio::test]
async fn a_count_sets_the_stock_and_is_told_to_the_catalog() {
    let server = TestServer::start().await;
    let done = server.running.state().db.write(|tx| {
        Box::pin(
            async move { settings::put(tx, settings::STOCK_DISPLAY, &StockDisplay::Number, noon()).await },
        )
    });
    done.await.expect("a setting can be stored");
    let anna = server.sign_in("anna").await;
    let cursor = anna.get("/catalog/changes").await.json()["cursor"].clone();
    let cursor = cursor.as_str().expect("a cursor");

    let admin = server.sign_in("admin").await;
    let seen = admin.post("/stock/counts", "c1", &count(GREEN_TEA, "7.5")).await;
    assert_eq!((seen.status, seen.json()), (200, json!({ "variants": 1 })));
    let step = anna.get(&format!("/catalog/changes?since={cursor}")).await.json();
    assert_eq!(
        step["products"][0]["variants"][0]["stock"],
        json!({ "kind": "number", "quantity": "7.5" })
    );

    // The same count again, after a lost reply: it does not undo what happened meanwhile.
    admin.post("/stock/counts", "c2", &count(GREEN_TEA, "9")).await;
    let again = admin.post("/stock/counts", "c1", &count(GREEN_TEA, "7.5")).await;
    assert!(again.is_replay());
    let page = anna.get("/products").await.json();
    assert_eq!(page["items"][0]["variants"][0]["stock"]["quantity"], "9");

    let mut connection = server.running.state().db.read().await.expect("a reader");
    let row = sqlx::query("SELECT COUNT(*), MIN(reason) FROM stock_counts")
        .fetch_one(&mut *connection)
        .await
        .expect("a row");
    assert_eq!((row.get::<i64, _>(0), row.get::<&str, _>(1)), (2, "yearly count"));
}

#[tokio::test]
async fn a_count_is_taken_whole_or_not_at_all() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let unknown = Uuid::from_u128(0xffff);
    let mut body = count(GREEN_TEA, "1");
    body["counts"] = json!([
        { "variant_id": BLACK_TEA, "on_hand": "1" },
        { "variant_id": unknown, "on_hand": "1" },
    ]);
    let seen = admin.post("/stock/counts", "k", &body).await;
    assert_eq!(
        seen.json()["errors"],
        json!([{ "pointer": "/counts/1/variant_id", "code": "unknown" }])
    );
    body["warehouse_id"] = json!(unknown);
    body["reason"] = json!(" ");
    body["counts"] = json!([
        { "variant_id": BLACK_TEA, "on_hand": "1" },
        { "variant_id": BLACK_TEA, "on_hand": "2" },
    ]);
    let seen = admin.post("/stock/counts", "k", &body).await;
    assert_eq!(
        seen.json()["errors"],
        json!([
            { "pointer": "/reason", "code": "required" },
            { "pointer": "/counts/1/variant_id", "code": "duplicate" },
        ])
    );
    let mut elsewhere = count(GREEN_TEA, "1");
    elsewhere["warehouse_id"] = json!(unknown);
    let seen = admin.post("/stock/counts", "k", &elsewhere).await;
    assert_eq!(
        seen.json()["errors"],
        json!([{ "pointer": "/warehouse_id", "code": "unknown" }])
    );
    for bad in ["-1", "0.00001", "a", "1000000001"] {
        let seen = admin.post("/stock/counts", "k", &count(GREEN_TEA, bad)).await;
        assert_eq!(seen.status, 422, "{bad}");
        assert_eq!(seen.json()["errors"][0]["pointer"], "/counts/0/on_hand");
    }
}

#[tokio::test]
async fn counting_needs_the_permission() {
    let server = TestServer::start().await;
    for (login, reason) in [("shipper", "needs_permission"), ("anna", "only_supplier")] {
        let client = server.sign_in(login).await;
        let seen = client.post("/stock/counts", "k", &count(GREEN_TEA, "1")).await;
        assert_eq!(
            (seen.status, &seen.json()["reason"]["deny"]),
            (403, &json!(reason))
        );
    }
}
