//! `/open-quantities`

use chrono::TimeDelta;
use countersign_domain::id::WarehouseId;
use countersign_server::repo::stock;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{GREEN_TEA, KIOSK_ADDRESS};
use crate::orders_desk::{Desk, act, done};
use crate::support::{Client, draft};

const MAIN: WarehouseId = WarehouseId(Uuid::from_u128(0x0a00));

/// Counts green tea.
async fn count(desk: &Desk, boxes: &str) {
    let boxes = boxes.parse().expect("a quantity");
    let write = desk
        .server
        .running
        .state()
        .db
        .write(move |tx| Box::pin(async move { stock::set_on_hand(tx, GREEN_TEA, MAIN, boxes).await }));
    write.await.expect("stock can be counted");
}

/// The rows somebody sees.
async fn board(client: &Client, query: &str) -> Vec<Value> {
    let seen = client.get(&format!("/open-quantities?{query}")).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    seen.json()["items"].as_array().expect("a list").clone()
}

/// Ordered, shipped, closed, open, reserved, in stock, fillable.
fn figures(row: &Value) -> [&str; 7] {
    [
        "ordered", "shipped", "closed", "open", "reserved", "in_stock", "fillable",
    ]
    .map(|name| row[name].as_str().expect("a quantity"))
}

/// An order of the kiosk, in the north.
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
async fn what_is_open_is_added_up_by_sku_with_what_stock_fills_of_it() {
    let desk = Desk::start().await;
    assert_eq!(board(&desk.admin, "").await, Vec::<Value>::new());
    count(&desk, "10").await;
    let first = desk.order().await;
    desk.pay(&first).await;
    desk.walk(&first, &["order-review", "finance-review", "outbound-review"])
        .await;
    let line = desk.admin.get(&format!("/orders/{first}")).await.json()["order"]["lines"][0]["id"].clone();
    let part = json!({ "shipment_id": Uuid::new_v4(), "carrier": "SF",
        "lines": [{ "line_id": line, "quantity": "1" }] });
    done(&act(&desk.admin, &first, "shipments", &part).await);
    desk.server.clock.advance(TimeDelta::minutes(1));
    let second = desk.order().await;
    desk.server.clock.advance(TimeDelta::minutes(1));
    let third = desk.order().await;

    let rows = board(&desk.admin, "total=true").await;
    assert_eq!(rows.len(), 1);
    // 9 boxes are there, 3 of them the first order's; 6 are free for the two of 4 that wait.
    assert_eq!(figures(&rows[0]), ["12", "1", "0", "11", "3", "9", "9"]);
    let lines = rows[0]["lines"].as_array().expect("a list");
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["order_id"].clone(), line["fillable"].clone()))
        .collect();
    assert_eq!(
        told,
        [
            (json!(first), json!("3")),
            (json!(second), json!("4")),
            (json!(third), json!("2"))
        ],
        "who is promised a day comes before who is not, and then who came first"
    );

    let close = json!({ "line_ids": [line], "reason": "out of season" });
    done(&act(&desk.admin, &first, "closure", &close).await);
    let rows = board(&desk.admin, "").await;
    assert_eq!(figures(&rows[0]), ["8", "0", "0", "8", "0", "9", "8"]);
    done(
        &act(
            &desk.admin,
            &second,
            "send-back",
            &json!({ "reason": "no pallets" }),
        )
        .await,
    );
    let rows = board(&desk.admin, "").await;
    assert_eq!(rows[0]["open"], "4", "nobody delivers what was sent back");
}

#[tokio::test]
async fn staff_of_a_region_see_their_own_orders_and_no_more_stock_than_the_others_leave() {
    let desk = Desk::start().await;
    count(&desk, "6").await;
    kiosk_order(&desk).await;
    desk.server.clock.advance(TimeDelta::minutes(1));
    desk.order().await;
    let (east, north) = (
        desk.server.sign_in("east").await,
        desk.server.sign_in("north").await,
    );
    assert_eq!(
        figures(&board(&north, "").await[0]),
        ["4", "0", "0", "4", "0", "6", "4"]
    );
    assert_eq!(
        figures(&board(&east, "").await[0]),
        ["4", "0", "0", "4", "0", "6", "2"]
    );
    assert_eq!(
        figures(&board(&desk.admin, "").await[0]),
        ["8", "0", "0", "8", "0", "6", "6"]
    );
    let denied = desk.anna.get("/open-quantities").await;
    assert_eq!(denied.json()["reason"]["deny"], "only_supplier");
}

#[tokio::test]
async fn the_board_is_searched_narrowed_and_paged() {
    let desk = Desk::start().await;
    desk.order().await;
    let category = Uuid::from_u128(0x0800);
    for (query, found) in [
        ("q=green".to_owned(), 1),
        ("q=TEA-1%20%E7%BB%BF%E8%8C%B6".to_owned(), 1),
        ("q=coffee".to_owned(), 0),
        (format!("category={category}"), 1),
        (format!("category={}", Uuid::from_u128(7)), 0),
        ("after=TEA-1".to_owned(), 0),
        ("after=TEA-0&limit=1".to_owned(), 1),
    ] {
        assert_eq!(board(&desk.admin, &query).await.len(), found, "{query}");
    }
    let there = board(&desk.admin, &format!("warehouse={MAIN}")).await;
    assert_eq!(
        (&there[0]["in_stock"], &there[0]["fillable"]),
        (&json!("1000"), &json!("4"))
    );
    let nowhere = board(&desk.admin, &format!("warehouse={}", Uuid::from_u128(7))).await;
    assert_eq!(
        (&nowhere[0]["in_stock"], &nowhere[0]["fillable"]),
        (&json!("0"), &json!("0"))
    );
    assert_eq!(nowhere[0]["open"], "4");
}
