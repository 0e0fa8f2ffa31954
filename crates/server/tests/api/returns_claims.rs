//! The claims that receipts open (domain.md section 3, rule 11), and returns with stages switched off.

use serde_json::json;
use uuid::Uuid;

use crate::files::{id as file_id, kept, picture};
use crate::orders_desk::{Desk, act, done, look};
use crate::returns::{accepted, deed, id, received, returning, submit};

/// Rule 11 and returns.
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

/// Rule 11.
#[tokio::test]
async fn photos_of_the_damage_are_on_the_claim_for_both_sides() {
    let desk = Desk::start().await;
    let order = desk.order().await;
    desk.pay(&order).await;
    let steps = ["order-review", "finance-review", "outbound-review", "shipments"];
    let seen = desk.walk(&order, &steps).await;
    let line = &seen["order"]["lines"][0]["id"];
    let photo = file_id(&kept(&desk.anna, "dented.png", picture()).await);
    let document = file_id(&kept(&desk.anna, "a.pdf", b"%PDF-1.7\n".to_vec()).await);
    let body = |damaged: &str, whole: &str, photos: &[&str]| {
        json!({
            "shipment_id": seen["order"]["shipments"][0]["id"],
            "claim_id": Uuid::new_v4(),
            "lines": [{ "line_id": line, "received": whole, "short": "0", "damaged": damaged }],
            "photos": [{ "line_id": line, "photos": photos }]
        })
    };
    for (photos, pointer) in [
        (&[document.as_str()][..], "/photos/0/photos/0"),
        (&[photo.as_str(), photo.as_str()][..], "/photos/0/photos/1"),
        (&[photo.as_str(); 6][..], "/photos/0/photos"),
    ] {
        let seen = act(&desk.anna, &order, "receipts", &body("1", "3", photos)).await;
        assert_eq!(seen.status, 422, "{}", seen.body);
        assert_eq!(seen.json()["errors"][0]["pointer"], pointer);
    }
    let seen_whole = act(&desk.anna, &order, "receipts", &body("0", "4", &[&photo])).await;
    assert_eq!(seen_whole.json()["rejection"]["code"], "nothing_to_claim");
    let waits = look(&desk.anna, &order).await.json();
    assert_eq!(
        waits["order"]["status"], "pending_receipt",
        "nothing was received"
    );

    done(&act(&desk.anna, &order, "receipts", &body("1", "3", &[&photo])).await);
    let claim = desk.anna.get("/returns").await.json()["items"][0]["id"].clone();
    let claim = claim.as_str().expect("an id");
    let bao = desk.server.sign_in("bao").await;
    for client in [&desk.anna, &desk.admin] {
        let shown = client.get(&format!("/returns/{claim}")).await.json();
        assert_eq!(shown["return"]["lines"][0]["photos"], json!([photo]));
        assert_eq!(client.get(&format!("/files/{photo}")).await.status, 200);
    }
    assert_eq!(bao.get(&format!("/files/{photo}")).await.status, 404);
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

/// Returns.
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
