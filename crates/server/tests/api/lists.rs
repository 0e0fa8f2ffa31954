//! `/lists`

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{BLACK_TEA, GREEN_TEA, KIOSK, TEA_HOUSE};
use crate::support::{Client, Seen, TestServer, draft, send};

pub async fn put(client: &Client, id: &str, version: u64, body: &Value) -> Seen {
    send(
        client
            .change(Method::PUT, &format!("/lists/{id}"))
            .header("if-match", format!("\"{version}\""))
            .json(body),
    )
    .await
}

async fn remove(client: &Client, id: &str, version: &str) -> Seen {
    send(
        client
            .change(Method::DELETE, &format!("/lists/{id}"))
            .header("if-match", version),
    )
    .await
}

fn body(name: &str) -> Value {
    json!({ "name": name, "items": [
        { "variant_id": GREEN_TEA, "quantity": "4", "note": "for the window" },
        { "variant_id": BLACK_TEA, "quantity": "2" },
    ] })
}

/// A new list, saved; its id and version.
async fn saved(client: &Client, name: &str) -> (String, u64) {
    let id = Uuid::new_v4().to_string();
    let seen = put(client, &id, 0, &body(name)).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    (id, version(&seen))
}

fn version(seen: &Seen) -> u64 {
    seen.json()["version"].as_u64().expect("a version")
}

fn problem(seen: &Seen) -> (u16, String) {
    (seen.status, seen.problem())
}

fn stale(seen: &Seen) -> u64 {
    assert_eq!(problem(seen), (412, "stale".to_owned()));
    version(seen)
}

#[tokio::test]
async fn a_list_is_saved_changed_renamed_and_removed() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    assert_eq!(client.get("/lists").await.json(), json!([]));
    let (id, first) = saved(&client, " Weekly ").await;
    let seen = client.get(&format!("/lists/{id}")).await;
    assert!(
        seen.header("etag")
            .is_some_and(|tag| tag.starts_with(&format!("\"{first}.")))
    );
    let list = seen.json();
    assert_eq!(list["name"], "Weekly");
    assert_eq!(list["items"][0]["sku"], "TEA-1");
    assert_eq!(list["items"][0]["name"]["en"], "Green tea");
    assert_eq!(list["items"][0]["quantity"], "4");
    assert_eq!(list["items"][0]["note"], "for the window");
    assert_eq!(
        list["items"][1]["sku"], "TEA-2",
        "off sale, and still on the list"
    );

    let second = put(&client, &id, first, &json!({ "name": "Monthly", "items": [] })).await;
    assert!(version(&second) > first, "{}", second.body);
    let all = client.get("/lists").await.json();
    assert_eq!(all.as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&all[0]["name"], &all[0]["items"]),
        (&json!("Monthly"), &json!(0))
    );
    assert_eq!(all[0]["version"], second.json()["version"]);

    let seen = remove(&client, &id, &format!("\"{}\"", version(&second))).await;
    assert_eq!((seen.status, seen.body.as_str()), (204, ""));
    let again = remove(&client, &id, "*").await;
    assert_eq!(problem(&again), (404, "not-found".to_owned()));
    let back = put(&client, &id, 0, &body("Weekly")).await;
    assert!(version(&back) > version(&second), "never an old version again");
}

#[tokio::test]
async fn whoever_was_slower_hears_which_version_there_is_and_a_repeat_is_no_conflict() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let (id, first) = saved(&client, "Weekly").await;
    let second = version(&put(&client, &id, first, &body("Second")).await);
    assert_eq!(stale(&put(&client, &id, first, &body("Late")).await), second);
    assert_eq!(
        stale(&remove(&client, &id, &format!("\"{first}\"")).await),
        second
    );
    let again = put(&client, &id, first, &body("Second")).await;
    assert_eq!(
        (again.status, version(&again)),
        (200, second),
        "it is there already"
    );
    assert_eq!(
        stale(&put(&client, &Uuid::new_v4().to_string(), 3, &body("x")).await),
        0
    );
    let unversioned = client
        .change(Method::PUT, &format!("/lists/{id}"))
        .json(&body("x"));
    assert_eq!(
        problem(&send(unversioned).await),
        (428, "version-required".to_owned())
    );
}

#[tokio::test]
async fn what_is_wrong_is_named_by_its_place() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let id = Uuid::new_v4().to_string();
    let wrong = json!({ "name": " ", "items": [
        { "variant_id": GREEN_TEA, "quantity": "0" },
        { "variant_id": GREEN_TEA, "quantity": "1", "note": "x".repeat(201) },
    ] });
    let seen = put(&client, &id, 0, &wrong).await;
    assert_eq!(problem(&seen), (422, "invalid-input".to_owned()));
    let errors = json!([
        { "pointer": "/name", "code": "required" },
        { "pointer": "/items/0/quantity", "code": "too_small" },
        { "pointer": "/items/1/variant_id", "code": "duplicate" },
        { "pointer": "/items/1/note", "code": "too_long" },
    ]);
    assert_eq!(seen.json()["errors"], errors);
    let unknown = json!({ "name": "x", "items": [{ "variant_id": Uuid::new_v4(), "quantity": "1" }] });
    let seen = put(&client, &id, 0, &unknown).await;
    assert_eq!(
        seen.json()["errors"],
        json!([{ "pointer": "/items/0/variant_id", "code": "unknown" }])
    );
    let items: Vec<Value> = (0..2_001)
        .map(|_| json!({ "variant_id": Uuid::new_v4(), "quantity": "1" }))
        .collect();
    let seen = put(&client, &id, 0, &json!({ "name": "x", "items": items })).await;
    assert_eq!(
        seen.json()["errors"],
        json!([{ "pointer": "/items", "code": "too_long" }])
    );
}

#[tokio::test]
async fn a_customer_has_at_most_a_hundred_lists() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let (id, first) = saved(&client, "0").await;
    for number in 1..100 {
        saved(&client, &number.to_string()).await;
    }
    let seen = put(&client, &Uuid::new_v4().to_string(), 0, &body("one more")).await;
    assert_eq!(problem(&seen), (409, "too-many-lists".to_owned()));
    assert_eq!(seen.json()["most"], 100);
    assert_eq!(put(&client, &id, first, &body("changed")).await.status, 200);
}

#[tokio::test]
async fn lists_of_another_customer_look_unknown() {
    let server = TestServer::start().await;
    let (anna, bao) = (server.sign_in("anna").await, server.sign_in("bao").await);
    let (id, first) = saved(&anna, "Anna's").await;
    let not_found = (404, "not-found".to_owned());
    assert_eq!(bao.get("/lists").await.json(), json!([]));
    assert_eq!(problem(&bao.get(&format!("/lists/{id}")).await), not_found);
    assert_eq!(
        problem(&bao.get(&format!("/lists/{id}/reorder")).await),
        not_found
    );
    assert_eq!(
        problem(&bao.get(&format!("/lists?customer={TEA_HOUSE}")).await),
        not_found
    );
    assert_eq!(problem(&remove(&bao, &id, "*").await), not_found);
    assert_eq!(stale(&put(&bao, &id, first, &body("x")).await), 0);
    assert_eq!(
        put(&bao, &id, 0, &body("Bao's")).await.status,
        200,
        "each has its own ids"
    );
    assert_eq!(anna.get(&format!("/lists/{id}")).await.json()["name"], "Anna's");
}

#[tokio::test]
async fn staff_read_lists_of_customers_they_order_for_and_change_none() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let (id, _) = saved(&anna, "Anna's").await;
    let shipper = server.sign_in("shipper").await;
    let path = format!("/lists?customer={TEA_HOUSE}");
    for path in [&path, "/lists", "/lists/usual", "/favourites"] {
        let seen = shipper.get(path).await;
        assert_eq!(problem(&seen), (403, "forbidden".to_owned()), "{path}");
        assert_eq!(seen.json()["reason"]["permission"], "order_create_on_behalf");
    }
    let east = server.sign_in("east").await;
    assert_eq!(east.get(&path).await.json()[0]["name"], "Anna's");
    let one = east.get(&format!("/lists/{id}?customer={TEA_HOUSE}")).await;
    assert_eq!(one.status, 200, "{}", one.body);
    let seen = east.get("/lists").await;
    assert_eq!(
        seen.json()["errors"],
        json!([{ "pointer": "?customer", "code": "required" }])
    );
    for customer in [KIOSK.to_string(), Uuid::new_v4().to_string()] {
        let seen = east.get(&format!("/lists?customer={customer}")).await;
        assert_eq!(
            problem(&seen),
            (404, "not-found".to_owned()),
            "outside the region"
        );
    }
    assert_eq!(
        problem(&put(&east, &id, 0, &body("x")).await),
        (403, "forbidden".to_owned())
    );
    assert_eq!(
        problem(&remove(&east, &id, "*").await),
        (403, "forbidden".to_owned())
    );
    let nobody = server.client().get("/lists").await;
    assert_eq!(problem(&nobody), (401, "unauthenticated".to_owned()));
}

#[tokio::test]
async fn the_usual_list_is_what_was_bought_with_the_reason_for_what_is_due() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let usual = anna.get("/lists/usual").await.json();
    assert_eq!(usual, json!({ "on": "2026-11-22", "items": [] }));
    for quantity in ["4", "8", "6"] {
        // Signed in again: a week is longer than a session may rest.
        let anna = server.sign_in("anna").await;
        let mut draft = draft();
        draft["lines"][0]["quantity"] = json!(quantity);
        let seen = anna.submit(&draft).await;
        assert_eq!(seen.status, 201, "{}", seen.body);
        server.clock.advance(chrono::TimeDelta::days(7));
    }
    let anna = server.sign_in("anna").await;
    let voided = anna.submit(&draft()).await.json();
    let admin = server.sign_in("admin").await;
    let id = voided["order_id"].as_str().expect("an order");
    let order = admin.get(&format!("/orders/{id}")).await.json();
    let seen = send(
        admin
            .change(Method::POST, &format!("/orders/{id}/void"))
            .header("idempotency-key", "void")
            .header("if-match", format!("\"{}\"", order["order"]["version"]))
            .json(&json!({ "reason": "a mistake" })),
    )
    .await;
    assert_eq!(seen.status, 200, "{}", seen.body);

    let usual = anna.get("/lists/usual").await.json();
    assert_eq!(usual["on"], "2026-12-13");
    let item = &usual["items"][0];
    assert_eq!(usual["items"].as_array().map(Vec::len), Some(1));
    assert_eq!((&item["sku"], &item["orders"]), (&json!("TEA-1"), &json!(3)));
    assert_eq!(
        (&item["quantity"], &item["last_on"]),
        (&json!("6"), &json!("2026-12-06"))
    );
    assert_eq!(
        (&item["rhythm"], &item["every"], &item["ago"]),
        (&json!("due"), &json!(7), &json!(7))
    );
    assert_eq!(item["suggested"], "6");
    let bao = server.sign_in("bao").await;
    assert_eq!(bao.get("/lists/usual").await.json()["items"], json!([]));
}

async fn favourite(client: &Client, method: Method, id: impl std::fmt::Display) -> Seen {
    send(client.change(method, &format!("/favourites/{id}"))).await
}

#[tokio::test]
async fn favourites_are_a_set_of_the_customer() {
    let server = TestServer::start().await;
    let (anna, bao) = (server.sign_in("anna").await, server.sign_in("bao").await);
    let first = favourite(&anna, Method::PUT, GREEN_TEA).await;
    assert_eq!((first.status, &first.json()["sku"]), (200, &json!("TEA-1")));
    server.clock.advance(chrono::TimeDelta::minutes(1));
    let again = favourite(&anna, Method::PUT, GREEN_TEA).await;
    assert_eq!(again.body, first.body, "it is one already, since then");
    assert_eq!(favourite(&anna, Method::PUT, BLACK_TEA).await.status, 200);
    let all = anna.get("/favourites").await.json();
    assert_eq!(
        (&all[0]["sku"], &all[1]["sku"]),
        (&json!("TEA-2"), &json!("TEA-1"))
    );
    assert_eq!(bao.get("/favourites").await.json(), json!([]));
    assert_eq!(favourite(&bao, Method::DELETE, GREEN_TEA).await.status, 204);
    for _ in 0..2 {
        assert_eq!(favourite(&anna, Method::DELETE, BLACK_TEA).await.status, 204);
    }
    assert_eq!(
        anna.get("/favourites").await.json().as_array().map(Vec::len),
        Some(1)
    );
    let unknown = favourite(&anna, Method::PUT, Uuid::new_v4()).await;
    assert_eq!(problem(&unknown), (404, "not-found".to_owned()));
    let admin = server.sign_in("admin").await;
    let seen = favourite(&admin, Method::PUT, GREEN_TEA).await;
    assert_eq!(problem(&seen), (403, "forbidden".to_owned()));
}
