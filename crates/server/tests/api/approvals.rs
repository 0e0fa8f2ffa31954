//! `/approvals`: a stage passed for several orders, each by itself

use countersign_domain::id::RegionId;
use countersign_domain::permission::BuiltInRole;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{EAST, KIOSK_ADDRESS, NORTH};
use crate::orders_desk::{Desk, act, done, look};
use crate::support::{Client, Seen, draft};

/// Approves these orders, each at the version there is now.
async fn approve(desk: &Desk, client: &Client, stage: &str, ids: &[String], key: &str) -> Seen {
    let mut orders = Vec::new();
    for id in ids {
        let version = look(&desk.admin, id).await.json()["order"]["version"].clone();
        orders.push(json!({ "order_id": id, "version": version }));
    }
    send(client, stage, &orders, key).await
}

async fn send(client: &Client, stage: &str, orders: &[Value], key: &str) -> Seen {
    let body = json!({ "stage": stage, "orders": orders });
    client.post("/approvals", key, &body).await
}

async fn orders(desk: &Desk, count: usize) -> Vec<String> {
    let mut ids = Vec::new();
    for _ in 0..count {
        ids.push(desk.order().await);
    }
    ids
}

/// What became of each, in short: its new status, or the problem's type.
fn outcomes(seen: &Seen) -> Vec<String> {
    assert_eq!(seen.status, 200, "{}", seen.body);
    let all = seen.json();
    let short = |approval: &Value| {
        let outcome = &approval["outcome"];
        let word = match outcome["outcome"].as_str() {
            Some("passed") => &outcome["status"],
            _ => &outcome["problem"]["type"],
        };
        word.as_str()
            .expect("a word")
            .trim_start_matches("/problems/")
            .to_owned()
    };
    all.as_array().expect("a list").iter().map(short).collect()
}

#[tokio::test]
async fn each_order_has_an_outcome_of_its_own_and_one_failure_stops_none_of_the_others() {
    let desk = Desk::start().await;
    let ids = orders(&desk, 4).await;
    let mut named = Vec::new();
    for id in &ids {
        named.push(json!({ "order_id": id, "version": 1 }));
    }
    // A colleague was faster with the second, and sends the third back.
    desk.walk(&ids[1], &["order-review"]).await;
    done(
        &act(
            &desk.admin,
            &ids[2],
            "send-back",
            &json!({ "reason": "no pallets" }),
        )
        .await,
    );
    named.push(json!({ "order_id": Uuid::new_v4(), "version": 1 }));
    let seen = send(&desk.admin, "order_review", &named, "batch").await;
    assert_eq!(
        outcomes(&seen),
        [
            "pending_finance_review",
            "stale",
            "stale",
            "pending_finance_review",
            "not-found"
        ]
    );
    let first = &seen.json()[0];
    let order = look(&desk.admin, &ids[0]).await.json()["order"].clone();
    assert_eq!(first["order_id"], json!(ids[0]));
    assert_eq!(first["outcome"]["version"], order["version"]);
    assert_eq!(order["passed"][0]["stage"], "order_review");
}

#[tokio::test]
async fn the_same_key_and_bytes_act_on_nothing_twice_and_get_the_first_answers() {
    let desk = Desk::start().await;
    let ids = orders(&desk, 3).await;
    let named: Vec<Value> = ids
        .iter()
        .map(|id| json!({ "order_id": id, "version": 1 }))
        .collect();
    // As if the first request had been cut off after the first order.
    let cut_off = send(&desk.admin, "order_review", &named[..1], "k").await;
    assert_eq!(outcomes(&cut_off), ["pending_finance_review"]);
    let whole = send(&desk.admin, "order_review", &named, "k").await;
    assert_eq!(outcomes(&whole), ["pending_finance_review"; 3]);
    let again = send(&desk.admin, "order_review", &named, "k").await;
    assert_eq!(again.body, whole.body);
    for id in &ids {
        let detail = look(&desk.admin, id).await.json();
        let passed = detail["order"]["passed"].as_array().expect("a list").len();
        assert_eq!(passed, 1);
    }
    // Another version under the same key is another request.
    let other = [json!({ "order_id": ids[0], "version": 2 })];
    assert_eq!(
        outcomes(&send(&desk.admin, "order_review", &other, "k").await),
        ["key-reused"]
    );
}

#[tokio::test]
async fn a_rule_that_does_not_hold_is_told_for_the_order_it_is_about() {
    let desk = Desk::start().await;
    let ids = orders(&desk, 2).await;
    for id in &ids {
        desk.walk(id, &["order-review"]).await;
    }
    desk.pay(&ids[1]).await;
    let seen = approve(&desk, &desk.admin, "finance_review", &ids, "f").await;
    assert_eq!(outcomes(&seen), ["rejected", "pending_outbound_review"]);
    let refused = &seen.json()[0]["outcome"]["problem"]["rejection"];
    assert_eq!(refused["code"], "payment_missing");
    assert_eq!(refused["due"], "50.00");
    let outbound = approve(&desk, &desk.admin, "outbound_review", &ids[1..], "o").await;
    assert_eq!(outcomes(&outbound), ["pending_shipment"]);
    assert_eq!(desk.stock().await.1, 4, "what passed is set aside");
}

#[tokio::test]
async fn an_order_of_another_region_looks_unknown() {
    let desk = Desk::start().await;
    let own = desk.order().await;
    let bao = desk.server.sign_in("bao").await;
    let mut kiosk = draft();
    kiosk["owner"] = bao.get("/session").await.json()["actor"]["account_id"].clone();
    kiosk["address_id"] = json!(KIOSK_ADDRESS);
    let foreign = bao.submit(&kiosk).await.json()["order_id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let regions: [(&'static str, &'static [RegionId], [&str; 2]); 2] = [
        ("b-north", &[NORTH], ["not-found", "pending_finance_review"]),
        ("b-east", &[EAST], ["pending_finance_review", "not-found"]),
    ];
    for (login, region, expected) in regions {
        let client = desk.staff(login, BuiltInRole::RegionalManager, region).await;
        let ids = [own.clone(), foreign.clone()];
        assert_eq!(
            outcomes(&approve(&desk, &client, "order_review", &ids, login).await),
            expected
        );
    }
}

/// Duties.
#[tokio::test]
async fn duties_and_permissions_hold_for_each_order() {
    let desk = Desk::with(|workflow| workflow.one_stage_per_person = true).await;
    let ids = orders(&desk, 1).await;
    let seen = approve(&desk, &desk.admin, "order_review", &ids, "1").await;
    assert_eq!(outcomes(&seen), ["pending_finance_review"]);
    desk.pay(&ids[0]).await;
    let seen = approve(&desk, &desk.admin, "finance_review", &ids, "2").await;
    assert_eq!(outcomes(&seen), ["forbidden"]);
    let reason = &seen.json()[0]["outcome"]["problem"]["reason"];
    assert_eq!(reason["deny"], "passed_another_stage");

    let shipper = desk.server.sign_in("shipper").await;
    let seen = approve(&desk, &shipper, "finance_review", &ids, "3").await;
    assert_eq!(outcomes(&seen), ["forbidden"]);
    // What was refused for lack of a permission is not remembered: it can be given.
    let finance = desk.staff("b-finance", BuiltInRole::FinanceReviewer, &[]).await;
    let seen = approve(&desk, &finance, "finance_review", &ids, "4").await;
    assert_eq!(outcomes(&seen), ["pending_outbound_review"]);
}

#[tokio::test]
async fn a_request_that_can_not_be_followed_does_nothing() {
    let desk = Desk::with(|workflow| workflow.second_check = true).await;
    let id = desk.order().await;
    let one = json!({ "order_id": id, "version": 1 });
    let many: Vec<Value> = (0..101)
        .map(|_| json!({ "order_id": Uuid::new_v4(), "version": 1 }))
        .collect();
    for (stage, orders, pointer) in [
        (
            "order_review",
            vec![one.clone(), one.clone()],
            "/orders/1/order_id",
        ),
        ("order_review", vec![], "/orders"),
        ("order_review", many, "/orders"),
        ("ship", vec![one.clone()], "/stage"),
        ("production", vec![one.clone()], "/stage"),
        ("outbound_review", vec![one.clone()], "/stage"),
        ("customer_confirmation", vec![one], "/stage"),
    ] {
        let seen = send(&desk.admin, stage, &orders, "wrong").await;
        assert_eq!(
            (seen.status, seen.problem()),
            (422, "invalid-input".to_owned()),
            "{stage}"
        );
        assert_eq!(seen.json()["errors"][0]["pointer"], pointer, "{stage}");
    }
    let order = look(&desk.admin, &id).await.json()["order"].clone();
    assert_eq!(order["version"], 1);
    let body = json!({ "stage": "order_review", "orders": [{ "order_id": id, "version": 1 }] });
    assert_eq!(desk.anna.post("/approvals", "k", &body).await.status, 403);
    assert_eq!(
        desk.server.client().post("/approvals", "k", &body).await.status,
        401
    );
}
