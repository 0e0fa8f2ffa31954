//! `/returns`: from a received order to the refund, and the claims of receipts.

use countersign_domain::permission::BuiltInRole;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::events::Listener;
use crate::fixture::{EAST, NORTH};
use crate::orders_desk::{Desk, act, done, look};
use crate::support::{Client, Seen, send};

/// The order of the tea house, received whole unless `short` says otherwise, and its line.
pub async fn received(desk: &Desk, short: Option<&str>) -> (String, Value) {
    let id = desk.order().await;
    desk.pay(&id).await;
    let steps = ["order-review", "finance-review", "outbound-review", "shipments"];
    let seen = desk.walk(&id, &steps).await;
    let line = seen["order"]["lines"][0]["id"].clone();
    let mut body = json!({ "shipment_id": seen["order"]["shipments"][0]["id"] });
    if let Some(short) = short {
        let rest = 4 - short.parse::<i32>().expect("a number");
        body["claim_id"] = json!(Uuid::new_v4());
        body["note"] = json!("one box was missing");
        body["lines"] = json!([{
            "line_id": line, "received": rest.to_string(), "short": short, "damaged": "0"
        }]);
    }
    done(&act(&desk.anna, &id, "receipts", &body).await);
    (id, line)
}

/// A return of so much of a line.
pub fn returning(line: &Value, quantity: &str) -> Value {
    json!({ "lines": [{ "line_id": line, "quantity": quantity, "reason": "quality" }], "note": "stale" })
}

/// Tries to return something under this key.
pub async fn submit(client: &Client, order: &str, body: &Value, key: &str) -> Seen {
    let request = client
        .change(Method::POST, &format!("/orders/{order}/returns"))
        .header("idempotency-key", key)
        .json(body);
    send(request).await
}

/// A return that has to be accepted.
pub async fn accepted(client: &Client, order: &str, body: &Value) -> Value {
    let seen = submit(client, order, body, &Uuid::new_v4().to_string()).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    seen.json()
}

/// The id of a return.
pub fn id(detail: &Value) -> String {
    detail["return"]["id"].as_str().expect("an id").to_owned()
}

async fn deed_on(client: &Client, id: &str, what: &str, body: &Value, tag: &str) -> Seen {
    let request = client
        .change(Method::POST, &format!("/returns/{id}/{what}"))
        .header("idempotency-key", Uuid::new_v4().to_string())
        .header("if-match", tag)
        .json(body);
    send(request).await
}

/// Does something to a return, whatever its version.
pub async fn deed(client: &Client, id: &str, what: &str, body: &Value) -> Seen {
    deed_on(client, id, what, body, "*").await
}

fn code(seen: &Seen) -> String {
    assert_eq!(
        (seen.status, seen.problem()),
        (409, "return-rejected".to_owned()),
        "{}",
        seen.body
    );
    seen.json()["rejection"]["code"]
        .as_str()
        .expect("a code")
        .to_owned()
}

/// Returns.
#[tokio::test]
async fn a_return_goes_its_whole_way_and_touches_order_and_stock() {
    let desk = Desk::start().await;
    let (order, line) = received(&desk, None).await;
    assert_eq!(desk.stock().await, (996, 0));
    let seen = accepted(&desk.anna, &order, &returning(&line, "3")).await;
    let id = id(&seen);
    assert_eq!(seen["return"]["number"], "DH-R-20261122-0001");
    assert_eq!(seen["return"]["status"], "pending_return_review");
    assert_eq!(seen["return"]["total"], "37.50");
    let of_order = desk.anna.get(&format!("/orders/{order}/returns")).await.json();
    assert_eq!(of_order["returns"][0]["id"], json!(id));
    assert_eq!(
        of_order["returnable"],
        json!([{ "line_id": line, "quantity": "1" }])
    );

    let cut = json!({ "lines": [{ "line_id": line, "quantity": "2", "reason": "one was opened" }] });
    let seen = done(&deed(&desk.admin, &id, "review", &cut).await);
    assert_eq!(seen["return"]["status"], "pending_goods_receipt");
    let goods = json!({ "lines": [{ "line_id": line, "arrived": "2", "sellable": "1" }] });
    let seen = done(&deed(&desk.admin, &id, "goods-receipt", &goods).await);
    assert_eq!(seen["return"]["status"], "pending_refund");
    assert_eq!(desk.stock().await, (997, 0));
    let on_order = look(&desk.anna, &order).await.json();
    assert_eq!(on_order["order"]["lines"][0]["returned"], "2");
    let told = on_order["history"].as_array().expect("a history");
    assert!(told.iter().any(|entry| entry["kind"] == "goods_returned"));

    let seen = done(&deed(&desk.admin, &id, "refund", &json!({ "target": "receivable" })).await);
    assert_eq!(
        (&seen["return"]["status"], &seen["return"]["refunded_to"]),
        (&json!("completed"), &json!("receivable"))
    );
    assert_eq!(seen["return"]["total"], "25.00");
    // It is off what is owed: 50.00 were paid before.
    assert_eq!(look(&desk.anna, &order).await.json()["paid"], "75.00");
    let history = desk.anna.get(&format!("/returns/{id}")).await.json()["history"].clone();
    let kinds: Vec<_> = history.as_array().expect("a history").iter().collect();
    assert_eq!(kinds.len(), 4);
    assert_eq!(kinds[1]["changes"][0]["reason"], "one was opened");
    assert_eq!(kinds[2]["stage"], "goods_receipt");
    assert_eq!(
        kinds[3]["changes"],
        json!([{ "change": "refunded", "target": "receivable", "amount": "25.00" }])
    );
    assert_eq!(kinds[3]["to"], "completed");
}

/// Returns.
#[tokio::test]
async fn no_more_comes_back_than_was_received_and_not_returned() {
    let desk = Desk::start().await;
    let (order, line) = received(&desk, None).await;
    let key = Uuid::new_v4().to_string();
    let seen = submit(&desk.anna, &order, &returning(&line, "5"), &key).await;
    assert_eq!(code(&seen), "quantity_too_large");
    assert_eq!(seen.json()["rejection"]["maximum"], "4");
    let first = accepted(&desk.anna, &order, &returning(&line, "3")).await;
    let over = Uuid::new_v4().to_string();
    let seen = submit(&desk.anna, &order, &returning(&line, "2"), &over).await;
    assert_eq!(seen.json()["rejection"]["maximum"], "1");
    // What came to nothing can be returned after all.
    let refusal = json!({ "reason": "too late" });
    let seen = done(&deed(&desk.admin, &id(&first), "refusal", &refusal).await);
    assert_eq!(
        (&seen["return"]["status"], &seen["return"]["reason"]),
        (&json!("refused"), &json!("too late"))
    );
    let again = accepted(&desk.anna, &order, &returning(&line, "4")).await;
    let seen = done(&deed(&desk.anna, &id(&again), "void", &json!({ "reason": "sold it" })).await);
    assert_eq!(seen["return"]["status"], "voided");
}

/// Returns.
#[tokio::test]
async fn what_is_not_said_properly_is_refused() {
    let desk = Desk::start().await;
    let (order, line) = received(&desk, None).await;
    let with = |reason: &str, note: &str| json!({ "lines": [{ "line_id": line, "quantity": "1", "reason": reason, "note": note }] });
    let try_it = async |body: Value| submit(&desk.anna, &order, &body, &Uuid::new_v4().to_string()).await;
    assert_eq!(code(&try_it(with("other", " ")).await), "note_missing");
    assert_eq!(code(&try_it(json!({ "lines": [] })).await), "no_lines");
    let zero = try_it(returning(&line, "0")).await;
    assert_eq!(code(&zero), "quantity_zero");
    let seen = try_it(with("short", "")).await;
    assert_eq!(seen.json()["errors"][0]["pointer"], "/lines/0/reason");
    let subject = id(&accepted(&desk.anna, &order, &returning(&line, "2")).await);
    let none = json!({ "lines": [{ "line_id": line, "quantity": "0", "reason": "no" }] });
    assert_eq!(
        code(&deed(&desk.admin, &subject, "review", &none).await),
        "no_lines"
    );
    let silent = json!({ "lines": [{ "line_id": line, "quantity": "1", "reason": "" }] });
    assert_eq!(
        code(&deed(&desk.admin, &subject, "review", &silent).await),
        "reason_missing"
    );
    done(&deed(&desk.admin, &subject, "review", &json!({})).await);
    let nowhere = json!({ "warehouse_id": Uuid::new_v4() });
    let seen = deed(&desk.admin, &subject, "goods-receipt", &nowhere).await;
    assert_eq!(seen.json()["errors"][0]["pointer"], "/warehouse_id");
    let nothing = json!({ "lines": [{ "line_id": line, "arrived": "0", "sellable": "0" }] });
    let seen = deed(&desk.admin, &subject, "goods-receipt", &nothing).await;
    assert_eq!(code(&seen), "nothing_arrived");
    assert_eq!(desk.stock().await, (996, 0), "nothing has happened");
}

/// Returns.
#[tokio::test]
async fn the_same_key_returns_once_and_who_is_late_is_told() {
    let desk = Desk::start().await;
    let (order, line) = received(&desk, None).await;
    let key = Uuid::new_v4().to_string();
    let first = submit(&desk.anna, &order, &returning(&line, "2"), &key).await;
    let second = submit(&desk.anna, &order, &returning(&line, "2"), &key).await;
    assert_eq!(first.json()["return"]["id"], second.json()["return"]["id"]);
    assert_eq!(
        desk.anna.get("/returns").await.json()["items"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    let other = submit(&desk.anna, &order, &returning(&line, "1"), &key).await;
    assert_eq!(other.problem(), "key-reused");

    let id = id(&first.json());
    let tag = first.header("etag").expect("a version").to_owned();
    assert_eq!(
        deed_on(&desk.admin, &id, "review", &json!({}), &tag).await.status,
        200
    );
    let late = deed_on(&desk.anna, &id, "void", &json!({ "reason": "sold" }), &tag).await;
    assert_eq!((late.status, late.problem().as_str()), (412, "stale"));
    let seen = deed(&desk.anna, &id, "void", &json!({ "reason": "sold" })).await;
    assert_eq!(
        seen.json()["reason"],
        json!({ "deny": "waits_at", "stage": "goods_receipt" })
    );
}

/// Returns.
#[tokio::test]
async fn every_step_needs_its_permission() {
    let desk = Desk::start().await;
    let reviewer = desk.staff("reviewer", BuiltInRole::OrderReviewer, &[]).await;
    let warehouse = desk.staff("warehouse", BuiltInRole::WarehouseReviewer, &[]).await;
    let finance = desk.staff("finance", BuiltInRole::FinanceReviewer, &[]).await;
    let (order, line) = received(&desk, None).await;
    let denied = |seen: &Seen, permission: &str| {
        assert_eq!((seen.status, seen.problem().as_str()), (403, "return-forbidden"));
        assert_eq!(
            seen.json()["reason"],
            json!({ "deny": "needs_permission", "permission": permission })
        );
    };
    let key = || Uuid::new_v4().to_string();
    let seen = submit(&warehouse, &order, &returning(&line, "1"), &key()).await;
    denied(&seen, "return_create_on_behalf");
    let id = id(&accepted(&desk.anna, &order, &returning(&line, "2")).await);
    let reason = json!({ "reason": "no" });
    let none = json!({});
    denied(&deed(&finance, &id, "review", &none).await, "return_review");
    denied(&deed(&finance, &id, "refusal", &reason).await, "return_review");
    denied(&deed(&finance, &id, "void", &reason).await, "return_review");
    done(&deed(&reviewer, &id, "review", &none).await);
    denied(
        &deed(&reviewer, &id, "goods-receipt", &none).await,
        "return_receive_goods",
    );
    done(&deed(&warehouse, &id, "goods-receipt", &none).await);
    denied(&deed(&warehouse, &id, "refund", &none).await, "return_refund");
    let seen = done(&deed(&finance, &id, "refund", &none).await);
    assert_eq!(seen["return"]["refunded_to"], "prepay_account");
    let customer = deed(&desk.anna, &id, "refund", &none).await;
    assert_eq!(customer.json()["reason"]["deny"], "only_supplier");
    // Whoever entered a return for the customer does not pass its review.
    let own = accepted(&reviewer, &order, &returning(&line, "1")).await;
    let seen = deed(
        &reviewer,
        own["return"]["id"].as_str().expect("an id"),
        "review",
        &none,
    )
    .await;
    assert_eq!(seen.json()["reason"]["deny"], "created_by_yourself");
}

#[tokio::test]
async fn what_is_not_theirs_looks_unknown_and_is_in_no_list() {
    let desk = Desk::start().await;
    let (order, line) = received(&desk, None).await;
    let mut own = Listener::open(&desk.server.sign_in("east").await, None).await;
    let subject = id(&accepted(&desk.anna, &order, &returning(&line, "1")).await);
    let (_, event) = own.event().await;
    assert_eq!(
        (&event["kind"], &event["return_id"]),
        (&json!("return_changed"), &json!(subject))
    );
    let stranger = desk.server.sign_in("bao").await;
    let elsewhere = desk.staff("far", BuiltInRole::OrderReviewer, &[NORTH]).await;
    let near = desk.staff("near", BuiltInRole::OrderReviewer, &[EAST]).await;
    for client in [&stranger, &elsewhere] {
        assert_eq!(client.get(&format!("/returns/{subject}")).await.status, 404);
        assert_eq!(client.get(&format!("/orders/{order}/returns")).await.status, 404);
        assert_eq!(client.get("/returns").await.json()["items"], json!([]));
        let key = Uuid::new_v4().to_string();
        assert_eq!(
            submit(client, &order, &returning(&line, "1"), &key).await.status,
            404
        );
        assert_eq!(
            deed(client, &subject, "void", &json!({ "reason": "x" }))
                .await
                .status,
            404
        );
    }
    let waiting = |queues: Value| queues[0]["count"].clone();
    assert_eq!(waiting(near.get("/return-queues").await.json()), 1);
    assert_eq!(waiting(elsewhere.get("/return-queues").await.json()), 0);
    assert_eq!(stranger.get("/return-queues").await.status, 403);
    let near = &near;
    let listed =
        |path: &'static str| async move { near.get(path).await.json()["items"].as_array().map(Vec::len) };
    assert_eq!(
        listed("/returns?status=pending_return_review&q=dh-r").await,
        Some(1)
    );
    assert_eq!(listed("/returns?status=completed,voided").await, Some(0));
    assert_eq!(listed("/returns?to=2026-11-21").await, Some(0));
    assert_eq!(near.get("/returns?status=lost").await.problem(), "invalid-input");
}

#[tokio::test]
async fn a_list_goes_on_from_its_cursor_in_either_order() {
    let desk = Desk::start().await;
    let (order, line) = received(&desk, None).await;
    for _ in 0..3 {
        accepted(&desk.anna, &order, &returning(&line, "1")).await;
    }
    for sort in ["newest", "oldest"] {
        let first = desk
            .anna
            .get(&format!("/returns?sort={sort}&limit=2&total=true"))
            .await
            .json();
        assert_eq!(first["total"], 3);
        let next = first["next"].as_str().expect("there is more");
        let rest = desk
            .anna
            .get(&format!("/returns?sort={sort}&limit=2&after={next}"))
            .await
            .json();
        assert_eq!(rest["items"].as_array().map(Vec::len), Some(1));
        let mut all: Vec<_> = [&first, &rest]
            .into_iter()
            .flat_map(|page| page["items"].as_array().expect("a list").clone())
            .map(|one| one["id"].to_string())
            .collect();
        all.dedup();
        assert_eq!(all.len(), 3);
    }
}
