//! `/promotion-desk`, `/managed-promotions/{promotion_id}/names` and what a preview says of both sides

use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{GREEN_TEA, KIOSK, LEVEL, TEA_HOUSE};
use crate::promotions::{make, put, tenth_off};
use crate::support::{Seen, TestServer};

#[tokio::test]
async fn the_desk_plans_by_the_company_s_clock_and_for_its_levels() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let desk = admin.get("/promotion-desk").await;
    assert_eq!(desk.status, 200, "{}", desk.body);
    assert_eq!(desk.json()["offset_minutes"], 480);
    let levels = desk.json()["levels"].as_array().expect("a list").clone();
    assert!(levels.iter().any(|level| level["id"] == json!(LEVEL)));
    let shipper = server.sign_in("shipper").await.get("/promotion-desk").await;
    assert_eq!((shipper.status, shipper.problem()), (403, "forbidden".to_owned()));
}

#[tokio::test]
async fn everything_a_promotion_names_is_named_once() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let mut body = tenth_off();
    body["audience"] = json!({ "customers": [KIOSK, TEA_HOUSE] });
    body["rule"] = json!({
        "kind": "buy_get", "buy": [GREEN_TEA], "quantity": "4", "gift": GREEN_TEA, "gives": "1",
        "repeats": true, "most": null,
    });
    let id = make(&admin, &body).await;
    let names = admin.get(&format!("/managed-promotions/{id}/names")).await;
    assert_eq!(names.status, 200, "{}", names.body);
    let names = names.json();
    assert_eq!(names["variants"][0]["sku"], "TEA-1");
    assert_eq!(names["variants"].as_array().map(Vec::len), Some(1));
    assert_eq!(names["customers"].as_array().map(Vec::len), Some(2));
    let nowhere = format!("/managed-promotions/{}/names", Uuid::new_v4());
    assert_eq!(admin.get(&nowhere).await.status, 404);
}

#[tokio::test]
async fn a_preview_says_what_a_cart_comes_to_with_the_promotion_and_without_it() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let id = make(&admin, &tenth_off()).await;
    let mut promotion = tenth_off();
    promotion["id"] = json!(id);
    promotion["audience"] = json!({});
    promotion["rule"] = json!({ "kind": "order", "steps": [{ "from": "40", "effect": "free_freight" }] });
    let sample = |promotion: &Value, freight: &str| {
        json!({
            "customer_id": TEA_HOUSE,
            "lines": [{ "variant_id": GREEN_TEA, "quantity": "4" }],
            "freight": freight,
            "promotion": promotion,
        })
    };
    let seen = admin
        .post("/promotion-previews", "a", &sample(&promotion, "12.00"))
        .await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let of = |seen: &Seen, side: &str, what: &str| seen.json()[side][what].clone();
    assert_eq!(of(&seen, "with", "freight"), "0.00");
    assert_eq!(of(&seen, "with", "total"), "50.00");
    assert_eq!(of(&seen, "with", "reasons")[0]["freight"], "12.00");
    assert_eq!(
        of(&seen, "without", "total"),
        "62.00",
        "what is kept under its id does not count"
    );
    assert_eq!(seen.json()["holds"], true);

    promotion["audience"] = json!({ "customers": [KIOSK] });
    let others = admin
        .post("/promotion-previews", "b", &sample(&promotion, "0"))
        .await;
    assert_eq!(others.json()["holds"], false);
    assert_eq!(others.json()["with"], others.json()["without"]);
    let negative = admin
        .post("/promotion-previews", "c", &sample(&promotion, "-1"))
        .await;
    assert_eq!(negative.json()["errors"][0]["pointer"], "/freight");
    let stale = put(&admin, id, "\"9\"", &tenth_off()).await;
    assert_eq!(stale.status, 412, "a preview keeps nothing");
}
