//! `/promotions`, `/managed-promotions` and `/promotion-previews`

use chrono::TimeDelta;
use countersign_domain::id::CategoryId;
use countersign_domain::text::LocalText;
use countersign_server::repo::products::{self, Category};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{BLACK_TEA, GREEN_TEA, KIOSK, LEVEL, TEA_HOUSE};
use crate::support::{Client, Seen, TestServer, send, value};

/// A tenth off green tea, from noon on, for everybody.
pub fn tenth_off() -> Value {
    json!({
        "name": { "zh": "绿茶九折", "en": "Tenth off" },
        "is_on": true,
        "from": "2026-11-22T04:00:00Z",
        "until": null,
        "rule": {
            "kind": "line",
            "goods": { "variants": [GREEN_TEA] },
            "effect": { "effect": "off", "share": "0.1" },
            "stacks_with_breaks": false,
        },
    })
}

/// Puts a promotion in its place.
pub async fn put(client: &Client, id: Uuid, tag: &str, body: &Value) -> Seen {
    let path = format!("/managed-promotions/{id}");
    send(
        client
            .change(Method::PUT, &path)
            .header("if-match", value(tag))
            .json(body),
    )
    .await
}

/// Makes a promotion.
pub async fn make(client: &Client, body: &Value) -> Uuid {
    let id = Uuid::new_v4();
    let seen = put(client, id, "\"0\"", body).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    id
}

async fn names(client: &Client) -> Vec<String> {
    let seen = client.get("/promotions").await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let found = seen.json()["promotions"].as_array().expect("a list").clone();
    found
        .iter()
        .map(|promotion| promotion["name"]["en"].as_str().expect("a name").to_owned())
        .collect()
}

#[tokio::test]
async fn a_promotion_is_made_changed_by_who_saw_it_last_and_ended() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let anna = server.sign_in("anna").await;
    assert_eq!(names(&anna).await, [""; 0]);
    let id = make(&admin, &tenth_off()).await;
    assert_eq!(names(&anna).await, ["Tenth off"]);

    let seen = admin.get(&format!("/managed-promotions/{id}")).await;
    let tag = seen.header("etag").expect("a tag").to_owned();
    assert_eq!(seen.json()["promotion"]["id"], id.to_string());
    let mut body = tenth_off();
    body["is_on"] = json!(false);
    let off = put(&admin, id, &tag, &body).await;
    assert_eq!((off.status, &off.json()["version"]), (200, &json!(2)));
    assert_eq!(names(&anna).await, [""; 0]);
    let stale = put(&admin, id, &tag, &body).await;
    assert_eq!((stale.status, stale.problem()), (412, "stale".to_owned()));
    let twice = put(&admin, id, "\"0\"", &body).await;
    assert_eq!(twice.status, 412, "it is there already");
    let all = admin.get("/managed-promotions").await.json();
    assert_eq!(all.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn customers_see_what_holds_for_them_now_and_nobody_elses_names() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let (anna, bao) = (server.sign_in("anna").await, server.sign_in("bao").await);
    let for_whom = |name: &str, audience: Value| {
        let mut body = tenth_off();
        body["name"]["en"] = json!(name);
        body["audience"] = audience;
        body
    };
    make(&admin, &for_whom("Gold", json!({ "levels": [LEVEL] }))).await;
    make(
        &admin,
        &for_whom("Tea house", json!({ "customers": [TEA_HOUSE] })),
    )
    .await;
    let mut later = for_whom("Later", json!({}));
    later["from"] = json!("2026-11-22T05:00:00Z");
    later["until"] = json!("2026-11-22T06:00:00Z");
    make(&admin, &later).await;
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(sorted(names(&anna).await), ["Gold", "Tea house"]);
    assert_eq!(names(&bao).await, ["Gold"]);
    let seen = anna.get("/promotions").await;
    assert!(!seen.body.contains("audience"), "{}", seen.body);
    server.clock.advance(TimeDelta::hours(1));
    assert_eq!(names(&bao).await.len(), 2);
    server.clock.advance(TimeDelta::hours(1));
    assert_eq!(names(&bao).await, ["Gold"]);
}

#[tokio::test]
async fn gifts_that_are_not_to_be_had_are_not_promised() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let anna = server.sign_in("anna").await;
    let gift = |variant: Value| {
        let mut body = tenth_off();
        body["rule"] = json!({
            "kind": "buy_get", "buy": [GREEN_TEA], "quantity": "4", "gift": variant, "gives": "1",
            "repeats": true, "most": null,
        });
        body
    };
    make(&admin, &gift(json!(BLACK_TEA))).await;
    assert_eq!(names(&anna).await, [""; 0], "black tea is not on sale");
    make(&admin, &gift(json!(GREEN_TEA))).await;
    let seen = anna.get("/promotions").await.json();
    assert_eq!(seen["gifts"][0]["sku"], "TEA-1");
    assert_eq!(seen["gifts"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_category_reaches_what_is_below_it() {
    let server = TestServer::start().await;
    let (tea, oolong) = (
        CategoryId(Uuid::from_u128(0x0800)),
        CategoryId(Uuid::from_u128(0x0801)),
    );
    let below = Category {
        id: oolong,
        parent_id: Some(tea),
        code: "oolong".to_owned(),
        name: LocalText::new("乌龙", "Oolong"),
        position: 1,
    };
    let db = &server.running.state().db;
    db.write(move |tx| Box::pin(async move { products::put_category(tx, &below).await }))
        .await
        .expect("a category fits the schema");
    let mut body = tenth_off();
    body["rule"]["goods"] = json!({ "categories": [tea] });
    make(&server.sign_in("admin").await, &body).await;
    let seen = server.sign_in("anna").await.get("/promotions").await.json();
    assert_eq!(
        seen["promotions"][0]["rule"]["goods"]["categories"],
        json!([tea, oolong])
    );
}

#[tokio::test]
async fn only_who_manages_promotions_sees_and_changes_them() {
    let server = TestServer::start().await;
    for (login, reason) in [("shipper", "needs_permission"), ("anna", "only_supplier")] {
        let client = server.sign_in(login).await;
        let sample = json!({ "customer_id": TEA_HOUSE, "lines": [] });
        let answers = [
            client.get("/managed-promotions").await,
            client
                .get(&format!("/managed-promotions/{}", Uuid::new_v4()))
                .await,
            put(&client, Uuid::new_v4(), "\"0\"", &tenth_off()).await,
            client.post("/promotion-previews", "key", &sample).await,
        ];
        for seen in answers {
            assert_eq!((seen.status, seen.problem()), (403, "forbidden".to_owned()));
            assert_eq!(seen.json()["reason"]["deny"], reason);
        }
    }
    let staff = server.sign_in("shipper").await.get("/promotions").await;
    assert_eq!(staff.json()["reason"]["deny"], "needs_permission");
}

#[tokio::test]
async fn every_field_that_is_wrong_is_named() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let mut body = tenth_off();
    body["name"]["zh"] = json!(" ");
    body["until"] = json!("2026-11-22T04:00:00Z");
    body["audience"] = json!({ "levels": [Uuid::new_v4()] });
    body["rule"]["goods"] = json!({ "products": [Uuid::new_v4()] });
    body["rule"]["effect"] = json!({ "effect": "cut", "amount": "0" });
    let seen = put(&admin, Uuid::new_v4(), "\"0\"", &body).await;
    assert_eq!(seen.status, 422, "{}", seen.body);
    assert_eq!(
        seen.json()["errors"],
        json!([
            { "pointer": "/name/zh", "code": "required" },
            { "pointer": "/until", "code": "too_small" },
            { "pointer": "/rule/effect/amount", "code": "too_small" },
            { "pointer": "/audience/levels", "code": "unknown" },
            { "pointer": "/rule/goods/products", "code": "unknown" },
        ])
    );
    body["rule"]["effect"] = json!({ "effect": "off", "share": "1.5" });
    assert_eq!(put(&admin, Uuid::new_v4(), "\"0\"", &body).await.status, 422);
}

#[tokio::test]
async fn a_promotion_is_tried_on_a_sample_cart_before_it_is_kept() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let mut promotion = tenth_off();
    promotion["id"] = json!(Uuid::new_v4());
    promotion["audience"] = json!({ "customers": [KIOSK] });
    let sample = |customer: Value| {
        json!({
            "customer_id": customer,
            "lines": [{ "variant_id": GREEN_TEA, "quantity": "4" }],
            "promotion": promotion,
        })
    };
    let total = |seen: Seen| {
        assert_eq!(seen.status, 200, "{}", seen.body);
        seen.json()["with"]["total"].clone()
    };
    let kiosk = admin
        .post("/promotion-previews", "a", &sample(json!(KIOSK)))
        .await;
    assert_eq!(total(kiosk), "45.00");
    let tea_house = admin
        .post("/promotion-previews", "b", &sample(json!(TEA_HOUSE)))
        .await;
    assert_eq!(total(tea_house), "50.00");
    let nobody = admin
        .post("/promotion-previews", "c", &sample(json!(Uuid::new_v4())))
        .await;
    assert_eq!(nobody.json()["errors"][0]["pointer"], "/customer_id");
    assert_eq!(
        admin.get("/managed-promotions").await.json(),
        json!([]),
        "nothing is kept"
    );
}
