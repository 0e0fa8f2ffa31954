//! `/orders/{order_id}/...`: goods that are made, checked twice, held, or short (rules 5, 9 and 10)

use countersign_domain::id::WarehouseId;
use countersign_domain::permission::BuiltInRole;
use countersign_domain::product::Product;
use countersign_domain::workflow::Stage;
use countersign_server::repo::products;
use countersign_server::repo::stock;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{BLACK_TEA, GREEN_TEA, noon};
use crate::orders_desk::{Desk, act, done, look};

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

/// From now on green tea is made only once it is ordered.
async fn make_to_order(desk: &Desk) {
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
}

fn line(detail: &Value) -> Value {
    detail["order"]["lines"][0]["id"].clone()
}

fn code(seen: &crate::support::Seen) -> Value {
    assert_eq!((seen.status, seen.problem()), (409, "rejected".to_owned()));
    seen.json()["rejection"]["code"].clone()
}

fn part(line: &Value, quantity: &str) -> Value {
    json!({ "shipment_id": Uuid::new_v4(), "carrier": "SF",
        "lines": [{ "line_id": line, "quantity": quantity }] })
}

/// Rule 9.
#[tokio::test]
async fn the_second_check_is_another_persons() {
    let desk = Desk::with(|workflow| workflow.second_check = true).await;
    let (one, other) = (
        desk.staff("chen", BuiltInRole::WarehouseReviewer, &[]).await,
        desk.staff("zhou", BuiltInRole::WarehouseReviewer, &[]).await,
    );
    let id = desk.order().await;
    desk.pay(&id).await;
    desk.walk(&id, &["order-review", "finance-review"]).await;
    let seen = done(&act(&one, &id, "outbound-review", &json!({})).await);
    assert_eq!(seen["order"]["status"], "pending_outbound_review");
    assert_eq!(desk.stock().await, (1_000, 4), "the first check reserves");
    let own = act(&one, &id, "outbound-review", &json!({})).await;
    assert_eq!(
        (own.status, &own.json()["reason"]["deny"]),
        (403, &json!("second_check_needs_another"))
    );
    let seen = done(&act(&other, &id, "outbound-review", &json!({})).await);
    assert_eq!(seen["order"]["status"], "pending_shipment");
    assert_eq!(desk.stock().await, (1_000, 4), "once is enough");
    let told = seen["history"].as_array().expect("a history");
    let who = |kind: &str| {
        let mut entries = told.iter().rev();
        let entry = entries.find(|entry| entry["kind"] == kind);
        entry.expect("an entry")["by"]["name"].clone()
    };
    assert_eq!(
        (who("first_check_done"), who("stage_passed")),
        (json!("CHEN"), json!("ZHOU"))
    );
}

/// Rules 3 and 9.
#[tokio::test]
async fn an_order_sent_back_between_the_checks_is_checked_twice_again() {
    let desk = Desk::with(|workflow| workflow.second_check = true).await;
    let one = desk.staff("chen", BuiltInRole::WarehouseReviewer, &[]).await;
    let id = desk.order().await;
    desk.pay(&id).await;
    desk.walk(&id, &["order-review", "finance-review"]).await;
    done(&act(&one, &id, "outbound-review", &json!({})).await);
    let seen = done(&act(&one, &id, "send-back", &json!({ "reason": "torn box" })).await);
    assert_eq!(seen["order"]["first_check"], Value::Null);
    assert_eq!(desk.stock().await, (1_000, 0));
}

/// Rule 1.
#[tokio::test]
async fn what_is_made_to_order_is_reported_until_it_is_finished() {
    let desk = Desk::with(|workflow| workflow.stages.set(Stage::Production, true)).await;
    make_to_order(&desk).await;
    let maker = desk.staff("chen", BuiltInRole::WarehouseReviewer, &[]).await;
    let id = desk.order().await;
    desk.pay(&id).await;
    let seen = desk.walk(&id, &["order-review", "finance-review"]).await;
    assert_eq!(seen["order"]["status"], "in_production");
    let report = |produced: &str| json!({ "lines": [{ "line_id": line(&seen), "produced": produced }] });
    let denied = act(&desk.anna, &id, "production-report", &report("1")).await;
    assert_eq!(denied.json()["reason"]["deny"], "only_supplier");
    let more = act(&maker, &id, "production-report", &report("5")).await;
    assert_eq!(code(&more), "quantity_too_large");
    let nothing = act(&maker, &id, "production-report", &report("0")).await;
    assert_eq!(code(&nothing), "nothing_to_do");
    let half = done(&act(&maker, &id, "production-report", &report("2")).await);
    assert_eq!(half["order"]["lines"][0]["produced"], "2");
    let early = act(&maker, &id, "production", &json!({})).await;
    assert_eq!(code(&early), "production_unfinished");
    done(&act(&maker, &id, "production-report", &report("4")).await);
    let seen = done(&act(&maker, &id, "production", &json!({ "note": "done" })).await);
    assert_eq!(seen["order"]["status"], "pending_outbound_review");
}

/// Rule 1.
#[tokio::test]
async fn an_order_with_goods_in_stock_passes_production_by() {
    let desk = Desk::with(|workflow| workflow.stages.set(Stage::Production, true)).await;
    let id = desk.order().await;
    desk.pay(&id).await;
    let seen = desk.walk(&id, &["order-review", "finance-review"]).await;
    assert_eq!(seen["order"]["status"], "pending_outbound_review");
    // Short of stock is a reason to make some, too.
    count(&desk, "3").await;
    let id = desk.order().await;
    desk.pay_as(&id, "bank 2").await;
    let seen = desk.walk(&id, &["order-review", "finance-review"]).await;
    assert_eq!(seen["order"]["status"], "in_production");
    // And it is made before the order goes on, as the plan has it.
    let early = act(&desk.admin, &id, "production", &json!({})).await;
    assert_eq!(code(&early), "production_unfinished");
    let report = json!({ "lines": [{ "line_id": line(&seen), "produced": "4" }] });
    done(&act(&desk.admin, &id, "production-report", &report).await);
    let seen = done(&act(&desk.admin, &id, "production", &json!({})).await);
    assert_eq!(seen["order"]["status"], "pending_outbound_review");
}

/// Rule 5.
#[tokio::test]
async fn a_held_line_stays_until_somebody_releases_it() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    desk.pay(&id).await;
    let seen = look(&desk.admin, &id).await.json();
    let (first, second) = (line(&seen), json!(Uuid::new_v4()));
    let split = json!({ "new_line_id": second, "quantity": "1", "held": true });
    let body = json!({ "lines": [{ "line_id": first, "split": split, "reason": "one is late" }] });
    done(&act(&desk.admin, &id, "order-review", &body).await);
    // A held line costs time, so that the customer is asked.
    done(&act(&desk.anna, &id, "confirmation", &json!({})).await);
    desk.walk(&id, &["finance-review", "outbound-review"]).await;
    assert_eq!(
        desk.stock().await,
        (1_000, 3),
        "nothing is reserved for a held line"
    );
    let seen = desk.walk(&id, &["shipments"]).await;
    assert_eq!(seen["order"]["status"], "pending_shipment");
    let seen = act(&desk.admin, &id, "shipments", &part(&second, "1")).await;
    assert_eq!(code(&seen), "quantity_too_large");

    let release = |line: &Value, reason: &str| json!({ "line_id": line, "reason": reason });
    let shipper = desk.server.sign_in("shipper").await;
    let seen = act(&shipper, &id, "line-release", &release(&second, "it came")).await;
    assert_eq!(
        seen.json()["reason"],
        json!({ "deny": "needs_permission", "permission": "order_modify" })
    );
    let seen = act(&desk.admin, &id, "line-release", &release(&second, " ")).await;
    assert_eq!(code(&seen), "reason_missing");
    let seen = act(&desk.admin, &id, "line-release", &release(&first, "it came")).await;
    assert_eq!(code(&seen), "nothing_to_do");
    let seen = done(&act(&desk.admin, &id, "line-release", &release(&second, "it came")).await);
    assert_eq!(seen["order"]["lines"][1]["held"], false);
    let told = seen["history"].as_array().expect("a history");
    assert!(
        told.iter()
            .any(|entry| entry["kind"] == "line_released" && entry["reason"] == "it came")
    );

    desk.walk(&id, &["outbound-review"]).await;
    assert_eq!(desk.stock().await, (997, 1));
    let seen = desk.walk(&id, &["shipments"]).await;
    assert_eq!(seen["order"]["status"], "pending_receipt");
    assert_eq!(desk.stock().await, (996, 0));
}

/// Rule 10.
#[tokio::test]
async fn without_an_outbound_review_no_more_leaves_than_there_is() {
    let desk = Desk::with(|workflow| workflow.stages.set(Stage::OutboundReview, false)).await;
    count(&desk, "3").await;
    let id = desk.order().await;
    desk.pay(&id).await;
    let seen = desk.walk(&id, &["order-review", "finance-review"]).await;
    assert_eq!(seen["order"]["status"], "pending_shipment");
    let line = line(&seen);
    let all = json!({ "shipment_id": Uuid::new_v4(), "carrier": "SF" });
    let seen = act(&desk.admin, &id, "shipments", &all).await;
    assert_eq!(code(&seen), "stock_short");
    assert_eq!(
        seen.json()["rejection"],
        json!({ "code": "stock_short", "line_id": line, "warehouse_id": MAIN, "available": "3" })
    );
    assert_eq!(desk.stock().await, (3, 0), "nothing has happened");

    let seen = done(&act(&desk.admin, &id, "shipments", &part(&line, "3")).await);
    assert_eq!(seen["order"]["status"], "pending_shipment");
    assert_eq!(seen["order"]["lines"][0]["reserved"], json!([]));
    assert_eq!(desk.stock().await, (0, 0));
    let rest = act(&desk.admin, &id, "shipments", &part(&line, "1")).await;
    assert_eq!(rest.json()["rejection"]["available"], "0");
    count(&desk, "10").await;
    let seen = desk.walk(&id, &["shipments"]).await;
    assert_eq!(seen["order"]["status"], "pending_receipt");
    assert_eq!(desk.stock().await, (9, 0));
}

/// Rule 10.
#[tokio::test]
async fn what_others_have_reserved_does_not_leave_for_somebody_else() {
    let desk = Desk::start().await;
    count(&desk, "5").await;
    let first = desk.order().await;
    desk.pay(&first).await;
    desk.walk(&first, &["order-review", "finance-review", "outbound-review"])
        .await;
    desk.set(|workflow| workflow.stages.set(Stage::OutboundReview, false))
        .await;
    let second = desk.order().await;
    desk.pay_as(&second, "bank 2").await;
    desk.walk(&second, &["order-review", "finance-review"]).await;
    let all = json!({ "shipment_id": Uuid::new_v4(), "carrier": "SF" });
    let seen = act(&desk.admin, &second, "shipments", &all).await;
    assert_eq!(seen.json()["rejection"]["available"], "1");
    assert_eq!(desk.stock().await, (5, 4));
}

/// Rule 10.
#[tokio::test]
async fn goods_that_are_short_do_not_leave_by_themselves() {
    let desk = Desk::with(|workflow| {
        workflow.stages.set(Stage::OutboundReview, false);
        workflow.stages.set(Stage::Ship, false);
    })
    .await;
    count(&desk, "3").await;
    let id = desk.order().await;
    desk.pay(&id).await;
    let seen = desk.walk(&id, &["order-review", "finance-review"]).await;
    assert_eq!(
        (&seen["order"]["status"], &seen["order"]["shipments"]),
        (&json!("pending_outbound_review"), &json!([]))
    );
    assert_eq!(desk.stock().await, (3, 0));
    count(&desk, "4").await;
    let seen = desk.walk(&id, &["outbound-review"]).await;
    assert_eq!(seen["order"]["status"], "pending_receipt");
    assert_eq!(desk.stock().await, (0, 0));
}

/// A line of black tea that goes in the place of something else. All but what it is and how much is the server's to say.
fn black_tea(id: &Value, quantity: &str) -> Value {
    let name = json!({ "zh": "", "en": "" });
    json!({
        "id": id, "product_id": Uuid::nil(), "variant_id": BLACK_TEA, "sku": "", "name": name,
        "unit": { "code": "", "name": name, "factor": "1" }, "quantity": quantity, "price": "0.01",
        "reasons": [], "note": "", "made_to_order": false,
    })
}

#[tokio::test]
async fn rule_09_a_substitute_costs_what_was_agreed_or_what_the_customer_pays_for_it() {
    for (keeps_price, price, kind) in [(true, "10.00", "special"), (false, "12.50", "list")] {
        let desk = Desk::start().await;
        count(&desk, "1").await;
        let write = desk.server.running.state().db.write(|tx| {
            Box::pin(async move {
                let plenty = "100".parse().expect("a quantity");
                stock::set_on_hand(tx, BLACK_TEA, MAIN, plenty).await
            })
        });
        write.await.expect("stock can be counted");
        let id = desk.order().await;
        let green = line(&look(&desk.admin, &id).await.json());
        let cheaper = json!({ "lines": [{ "line_id": green, "price": "10.00", "reason": "a regular" }] });
        done(&act(&desk.admin, &id, "order-review", &cheaper).await);
        desk.pay(&id).await;
        desk.walk(&id, &["finance-review"]).await;
        let new = json!(Uuid::new_v4());
        let outbound = |reason: &str| {
            json!({ "lines": [{
                "line_id": green, "warehouse_id": MAIN, "quantity": "1",
                "shortage": { "choice": "substitute", "line_id": new, "reason": reason },
                "substitute": black_tea(&new, "3"), "keeps_price": keeps_price,
            }] })
        };
        let silent = act(&desk.admin, &id, "outbound-review", &outbound(" ")).await;
        assert_eq!(code(&silent), "reason_missing");
        let seen = done(&act(&desk.admin, &id, "outbound-review", &outbound("Anna agreed")).await);
        let lines = seen["order"]["lines"].as_array().expect("lines");
        assert_eq!((&lines[0]["closed"], lines.len()), (&json!("3"), 2));
        let added = &lines[1];
        assert_eq!(
            (&added["sku"], &added["approved"], &added["price"]),
            (&json!("TEA-2"), &json!("3"), &json!(price)),
            "the price is the server's, whatever was sent"
        );
        let reasons = added["reasons"].as_array().expect("reasons");
        assert_eq!(reasons.last().map(|reason| &reason["rule"]), Some(&json!(kind)));
        let told = seen["history"].as_array().expect("a history");
        assert!(
            told.iter()
                .any(|entry| entry["kind"] == "shortage_decided" && entry["reason"] == "Anna agreed")
        );
    }
}

/// Rule 12.
#[tokio::test]
async fn single_lines_are_closed_while_the_others_go_on() {
    let desk = Desk::start().await;
    let id = desk.order().await;
    desk.pay(&id).await;
    let first = line(&look(&desk.admin, &id).await.json());
    let second = json!(Uuid::new_v4());
    let split = json!({ "new_line_id": second, "quantity": "2" });
    let body = json!({ "lines": [{ "line_id": first, "split": split, "reason": "two boxes apart" }] });
    done(&act(&desk.admin, &id, "order-review", &body).await);
    let close = |ids: &[&Value]| json!({ "line_ids": ids, "reason": "out of season" });
    let early = act(&desk.admin, &id, "closure", &close(&[&second])).await;
    assert_eq!(early.status, 403, "before the goods move a cut is the review's");
    let seen = look(&desk.admin, &id).await.json();
    if seen["order"]["status"] == "pending_customer_confirmation" {
        done(&act(&desk.anna, &id, "confirmation", &json!({})).await);
    }
    desk.walk(&id, &["finance-review", "outbound-review"]).await;
    let seen = done(&act(&desk.admin, &id, "closure", &close(&[&second])).await);
    assert_eq!(seen["order"]["status"], "pending_shipment");
    let closed: Vec<&Value> = seen["order"]["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|line| &line["closed"])
        .collect();
    assert_eq!(closed, [&json!("0"), &json!("2")]);
    assert_eq!(
        desk.stock().await,
        (1_000, 2),
        "what was set aside for it is given back"
    );
    let all = act(&desk.admin, &id, "closure", &close(&[])).await;
    assert_eq!(
        all.json()["reason"]["deny"],
        "nothing_shipped",
        "an order of nothing is void, which is another deed"
    );
}

#[tokio::test]
async fn rule_09_a_line_is_reserved_in_several_warehouses_and_leaves_in_one_shipment() {
    let desk = Desk::start().await;
    let other = WarehouseId(Uuid::from_u128(0x0a01));
    count(&desk, "3").await;
    let write = desk.server.running.state().db.write(move |tx| {
        Box::pin(async move {
            let second = stock::Warehouse {
                id: other,
                code: "second".to_owned(),
                name: countersign_domain::text::LocalText::default(),
                is_default: false,
            };
            stock::put_warehouse(tx, &second).await?;
            stock::set_on_hand(tx, GREEN_TEA, other, "2".parse().expect("a quantity")).await
        })
    });
    write.await.expect("there can be a second warehouse");
    let id = desk.order().await;
    desk.pay(&id).await;
    let seen = desk.walk(&id, &["order-review", "finance-review"]).await;
    let line = line(&seen);
    let outbound = |elsewhere: &str| {
        json!({ "lines": [{
            "line_id": line, "warehouse_id": MAIN, "quantity": "3",
            "elsewhere": [{ "warehouse_id": other, "quantity": elsewhere }],
        }] })
    };
    let seen = act(&desk.admin, &id, "outbound-review", &outbound("2")).await;
    assert_eq!(code(&seen), "quantity_too_large");
    let seen = done(&act(&desk.admin, &id, "outbound-review", &outbound("1")).await);
    assert_eq!(
        seen["order"]["lines"][0]["reserved"],
        json!([
            { "warehouse_id": MAIN, "quantity": "3" },
            { "warehouse_id": other, "quantity": "1" }
        ])
    );
    let seen = desk.walk(&id, &["shipments"]).await;
    assert_eq!(
        seen["order"]["shipments"][0]["lines"],
        json!([{ "line_id": line, "quantity": "4" }])
    );
    let mut connection = desk.server.running.state().db.read().await.expect("a reader");
    let free = stock::free(&mut connection, &[GREEN_TEA])
        .await
        .expect("what is free");
    let left = |warehouse| {
        let here = free.iter().find(|there| there.warehouse_id == warehouse);
        here.map(|there| there.free.to_string())
    };
    assert_eq!(
        (left(MAIN), left(other)),
        (Some("0".to_owned()), Some("1".to_owned()))
    );
}
