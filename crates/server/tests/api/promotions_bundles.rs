//! Bundles: kept, promised to who can have them whole, tried, ordered and frozen (domain.md section 5.4).

use countersign_domain::id::{CategoryId, ProductId};
use countersign_domain::product::Product;
use countersign_domain::text::LocalText;
use countersign_server::db::DbError;
use countersign_server::repo::products;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{BLACK_TEA, GREEN_TEA, TEA_HOUSE, noon, variant_of};
use crate::promotions::{make, put, tenth_off};
use crate::support::{Client, TestServer, draft};

/// Two boxes of green tea and two of black, 50.00 by themselves, for 44.44.
fn bundle() -> Value {
    let mut body = tenth_off();
    body["name"] = json!({ "zh": "红绿茶组合", "en": "Both teas" });
    body["rule"] = json!({
        "kind": "bundle", "price": "44.44", "components": [
            { "variant_id": GREEN_TEA, "quantity": "2" }, { "variant_id": BLACK_TEA, "quantity": "2" },
        ],
    });
    body
}

/// Puts black tea on sale.
async fn sell_black_tea(server: &TestServer) {
    let black_tea = Product {
        id: ProductId(Uuid::from_u128(0x0902)),
        name: LocalText::new("红茶", "Black tea"),
        brand: LocalText::default(),
        description: LocalText::default(),
        category_id: CategoryId(Uuid::from_u128(0x0800)),
        tags: Vec::new(),
        picture: None,
        on_sale: true,
        variants: vec![variant_of(BLACK_TEA, 2)],
    };
    let done = server.running.state().db.write(move |tx| {
        Box::pin(async move {
            products::put(tx, &black_tea, 2, noon()).await?;
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("a product can be stored");
}

/// Four boxes of green tea and two of black: one bundle and two boxes more.
fn both_teas(total: &str) -> Value {
    let mut draft = draft();
    let black = json!({
        "id": Uuid::new_v4(), "variant_id": BLACK_TEA, "quantity": "2", "seen_price": "12.50", "note": "",
    });
    draft["lines"].as_array_mut().expect("lines").push(black);
    draft["seen"] = json!({ "total": total, "gifts": [] });
    draft
}

async fn order(client: &Client, id: &str) -> Value {
    client.get(&format!("/orders/{id}")).await.json()["order"].clone()
}

#[tokio::test]
async fn a_bundle_is_promised_only_where_all_of_it_is_to_be_had() {
    let server = TestServer::start().await;
    let (admin, anna) = (server.sign_in("admin").await, server.sign_in("anna").await);
    let id = make(&admin, &bundle()).await;
    let seen = anna.get("/promotions").await.json();
    assert_eq!(seen["promotions"], json!([]), "black tea is not on sale");
    sell_black_tea(&server).await;
    let seen = anna.get("/promotions").await.json();
    assert_eq!(seen["promotions"][0]["rule"]["kind"], "bundle");
    assert_eq!(seen["promotions"][0]["rule"]["price"], "44.44");
    let named: Vec<&Value> = (seen["gifts"].as_array().expect("a list").iter())
        .map(|goods| &goods["sku"])
        .collect();
    assert_eq!(named, ["TEA-1", "TEA-2"], "a device names what is lacking");
    assert_eq!(seen["gifts"][0]["product_id"], json!(Uuid::from_u128(0x0901)));
    let names = admin.get(&format!("/managed-promotions/{id}/names")).await;
    assert_eq!(names.json()["variants"].as_array().map(Vec::len), Some(2));
}

/// Rule 6 and price 4.
#[tokio::test]
async fn a_bundle_is_ordered_at_its_price_and_stays_what_it_was_when_it_is_switched_off() {
    let server = TestServer::start().await;
    let (admin, anna) = (server.sign_in("admin").await, server.sign_in("anna").await);
    sell_black_tea(&server).await;
    let id = make(&admin, &bundle()).await;
    let unaware = anna.submit(&both_teas("75.00")).await;
    assert_eq!(unaware.problem(), "submission-changed");
    let change = unaware.json()["changes"][0].clone();
    assert_eq!(
        (&change["change"], &change["now"]["total"]),
        (&json!("order"), &json!("69.44"))
    );
    assert_eq!(change["reasons"][0]["rule"], "bundle");

    let submitted = anna.submit(&both_teas("69.44")).await;
    assert_eq!(submitted.status, 201, "{}", submitted.body);
    let order_id = submitted.json()["order_id"].as_str().expect("an id").to_owned();
    let placed = order(&anna, &order_id).await;
    assert_eq!(placed["total"], "69.44");
    let of = |what: &dyn Fn(&Value) -> Value| -> Vec<Value> {
        placed["lines"]
            .as_array()
            .expect("lines")
            .iter()
            .map(what)
            .collect()
    };
    assert_eq!(of(&|line| line["price"].clone()), ["12.50", "12.50"]);
    assert_eq!(of(&|line| line["amount"].clone()), ["47.22", "22.22"]);
    assert_eq!(of(&|line| line["reasons"][1]["saved"].clone()), ["2.78", "2.78"]);
    assert_eq!(of(&|line| line["reasons"][1]["quantity"].clone()), ["2", "2"]);
    let said = &placed["promotions"][0];
    assert_eq!(
        (&said["rule"], &said["count"], &said["price"], &said["saved"]),
        (&json!("bundle"), &json!("1"), &json!("44.44"), &json!("5.56"))
    );
    assert_eq!(said["components"].as_array().map(Vec::len), Some(2));

    let mut off = bundle();
    off["is_on"] = json!(false);
    let switched = put(&admin, id, "\"1\"", &off).await;
    assert_eq!(switched.status, 200, "{}", switched.body);
    assert_eq!(order(&anna, &order_id).await, placed, "nothing of it has changed");
    let late = anna.submit(&both_teas("69.44")).await;
    assert_eq!(late.json()["changes"][0]["now"]["total"], "75.00");
}

#[tokio::test]
async fn a_bundle_that_is_not_whole_is_refused_where_it_is_wrong() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    let refused = |rule: Value| {
        let mut body = bundle();
        body["rule"] = rule;
        let admin = &admin;
        async move {
            let seen = put(admin, Uuid::new_v4(), "\"0\"", &body).await;
            assert_eq!(seen.status, 422, "{}", seen.body);
            seen.json()["errors"].clone()
        }
    };
    let part = |variant: Value, quantity: &str| json!({ "variant_id": variant, "quantity": quantity });
    let alone = json!({
        "kind": "bundle", "price": "-1", "components": [part(json!(GREEN_TEA), "1")],
    });
    assert_eq!(
        refused(alone).await,
        json!([
            { "pointer": "/rule/components", "code": "required" },
            { "pointer": "/rule/price", "code": "too_small" },
        ])
    );
    let twice = json!({
        "kind": "bundle", "price": "1", "components": [
            part(json!(GREEN_TEA), "0"), part(json!(GREEN_TEA), "1"), part(json!(Uuid::new_v4()), "1"),
        ],
    });
    assert_eq!(
        refused(twice).await,
        json!([
            { "pointer": "/rule/components/0/quantity", "code": "too_small" },
            { "pointer": "/rule/components/1/variant_id", "code": "duplicate" },
            { "pointer": "/rule/components", "code": "unknown" },
        ])
    );
}

#[tokio::test]
async fn a_bundle_is_tried_on_a_sample_cart() {
    let server = TestServer::start().await;
    let admin = server.sign_in("admin").await;
    sell_black_tea(&server).await;
    let mut promotion = bundle();
    promotion["id"] = json!(Uuid::new_v4());
    promotion["audience"] = json!({});
    let sample = json!({
        "customer_id": TEA_HOUSE,
        "lines": [
            { "variant_id": GREEN_TEA, "quantity": "4" }, { "variant_id": BLACK_TEA, "quantity": "6" },
        ],
        "promotion": promotion,
    });
    let seen = admin.post("/promotion-previews", "a", &sample).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let preview = seen.json();
    assert_eq!(preview["without"]["total"], "125.00");
    assert_eq!(preview["with"]["total"], "113.88");
    assert_eq!(preview["with"]["reasons"][0]["count"], "2");
    assert_eq!(preview["with"]["lines"][1]["reasons"][1]["quantity"], "4");
}
