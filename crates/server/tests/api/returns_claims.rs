//! The claims that receipts open (domain.md section 3, rule 11), and returns with stages switched off.

use serde_json::json;
use uuid::Uuid;

use crate::orders_desk::{Desk, act, done, look};
use crate::returns::{accepted, deed, id, received, returning, submit};

#[tokio::test]
async fn a_short_receipt_opens_its_claim_which_skips_the_goods_receipt() {
    let desk = Desk::start().await;
    let (order, line) = received(&desk, Some("1")).await;
    let all = desk.anna.get("/returns").await.json();
    let claim = &all["items"][0];
    assert_eq!(
        (&claim["is_claim"], &claim["order_id"], &claim["status"]),
        (&json!(true), &json!(order), &json!("pending_return_review"))
    );
    let id = claim["id"].as_str().expect("an id").to_owned();
    let detail = desk.admin.get(&format!("/returns/{id}")).await.json();
    assert_eq!(
        (&detail["return"]["kind"], &detail["return"]["note"]),
        (&json!("claim"), &json!("one box was missing"))
    );
    assert_eq!(detail["return"]["lines"][0]["reason"], "short");
    assert_eq!(detail["return"]["total"], "12.50");
    // What never came can't come back.
    let key = Uuid::new_v4().to_string();
    let seen = submit(&desk.anna, &order, &returning(&line, "4"), &key).await;
    assert_eq!(seen.json()["rejection"]["maximum"], "3");
    let seen = done(&deed(&desk.admin, &id, "review", &json!({})).await);
    assert_eq!(seen["return"]["status"], "pending_refund");
    let seen = done(&deed(&desk.admin, &id, "refund", &json!({})).await);
    assert_eq!(seen["return"]["status"], "completed");
    assert_eq!(desk.stock().await, (996, 0));
}

#[tokio::test]
async fn a_claim_does_not_take_the_id_of_another_return() {
    let desk = Desk::start().await;
    let (order, line) = received(&desk, None).await;
    let taken = id(&accepted(&desk.anna, &order, &returning(&line, "1")).await);
    let next = desk.order().await;
    desk.pay_as(&next, "bank 2").await;
    let steps = ["order-review", "finance-review", "outbound-review", "shipments"];
    let seen = desk.walk(&next, &steps).await;
    let line = &seen["order"]["lines"][0]["id"];
    let body = json!({
        "shipment_id": seen["order"]["shipments"][0]["id"], "claim_id": taken,
        "lines": [{ "line_id": line, "received": "3", "short": "0", "damaged": "1" }]
    });
    let seen = act(&desk.anna, &next, "receipts", &body).await;
    assert_eq!(seen.json()["errors"][0]["pointer"], "/claim_id");
    let order = look(&desk.anna, &next).await.json();
    assert_eq!(
        order["order"]["status"], "pending_receipt",
        "nothing was received"
    );
}

#[tokio::test]
async fn with_both_stages_off_the_review_is_all_there_is() {
    let desk = Desk::with(|workflow| {
        workflow.return_goods_receipt = false;
        workflow.return_refund = false;
    })
    .await;
    let (order, line) = received(&desk, None).await;
    let id = id(&accepted(&desk.anna, &order, &returning(&line, "2")).await);
    let seen = done(&deed(&desk.admin, &id, "review", &json!({})).await);
    assert_eq!(
        (&seen["return"]["status"], &seen["return"]["refunded_to"]),
        (&json!("completed"), &json!("prepay_account"))
    );
    // Nobody has seen it, and it came back for its quality: it is not sold again.
    assert_eq!(desk.stock().await, (996, 0));
    let queues = desk.admin.get("/return-queues").await.json();
    assert_eq!(queues.as_array().map(Vec::len), Some(1));
}
