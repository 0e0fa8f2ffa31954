//! `/orders/{order_id}/reorder` and `/lists/{list_id}/reorder`

use countersign_domain::id::{CategoryId, ProductId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::product::Product;
use countersign_domain::quantity::{Quantity, QuantityRule};
use countersign_domain::text::LocalText;
use countersign_server::db::DbError;
use countersign_server::repo::products;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{BLACK_TEA, GREEN_TEA, KIOSK, TEA_HOUSE, noon, variant_of};
use crate::lists::put;
use crate::support::{Client, TestServer, draft};

const TEA: CategoryId = CategoryId(Uuid::from_u128(0x0800));

fn variant_id(number: u32) -> VariantId {
    VariantId(Uuid::from_u128(0x5_0000 + u128::from(number)))
}

/// A tea with a variant for each of `numbers`, at this price.
fn tea(id: u128, on_sale: bool, numbers: &[(VariantId, u32)], cents: i64) -> Product {
    let variants = numbers.iter().map(|(id, number)| {
        let mut variant = variant_of(*id, *number);
        variant.prices.list = Money::new(cents, 2);
        variant
    });
    Product {
        id: ProductId(Uuid::from_u128(id)),
        name: LocalText::new("茶", "Tea"),
        brand: LocalText::default(),
        description: LocalText::default(),
        category_id: TEA,
        tags: Vec::new(),
        picture: None,
        on_sale,
        variants: variants.collect(),
    }
}

async fn store(server: &TestServer, all: Vec<(u32, Product)>) {
    let done = server.running.state().db.write(move |tx| {
        Box::pin(async move {
            for (position, product) in &all {
                products::put(tx, product, *position, noon()).await?;
            }
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("products can be stored");
}

/// Submits an order of green tea and gives its id.
async fn ordered(client: &Client, quantities: &[&str]) -> String {
    let mut draft = draft();
    let lines: Vec<Value> = quantities
        .iter()
        .map(|quantity| {
            let mut line = draft["lines"][0].clone();
            line["id"] = json!(Uuid::new_v4());
            line["quantity"] = json!(quantity);
            line
        })
        .collect();
    draft["lines"] = json!(lines);
    let seen = client.submit(&draft).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    seen.json()["order_id"].as_str().expect("an id").to_owned()
}

async fn preview(client: &Client, path: &str) -> Value {
    let seen = client.get(&format!("{path}/reorder")).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    seen.json()
}

#[tokio::test]
async fn an_order_can_be_had_as_it_was_its_lines_together() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let id = ordered(&anna, &["4", "2"]).await;
    let seen = preview(&anna, &format!("/orders/{id}")).await;
    assert!(
        seen["title"]
            .as_str()
            .is_some_and(|title| title.starts_with("DH-O-"))
    );
    assert_eq!(seen["lines"].as_array().map(Vec::len), Some(1));
    let line = &seen["lines"][0];
    assert_eq!((&line["verdict"], &line["was"]), (&json!("same"), &json!("6")));
    assert_eq!(
        (&line["quantity"], &line["price"]),
        (&json!("6"), &json!("12.50"))
    );
    assert_eq!(line["offer"]["variant"]["sku"], "TEA-1");
    assert_eq!(line["offer"]["quantity"], "6");
    assert_eq!(line["replacements"], json!([]));

    let bao = server.sign_in("bao").await;
    let foreign = bao.get(&format!("/orders/{id}/reorder")).await;
    assert_eq!((foreign.status, foreign.problem()), (404, "not-found".to_owned()));
    let shipper = server.sign_in("shipper").await;
    let staff = shipper.get(&format!("/orders/{id}/reorder")).await;
    assert_eq!((staff.status, staff.problem()), (403, "forbidden".to_owned()));
    let admin = server.sign_in("admin").await;
    let asked = |customer| format!("/orders/{id}/reorder?customer={customer}");
    assert_eq!(admin.get(&asked(TEA_HOUSE)).await.status, 200, "on its behalf");
    let other = admin.get(&asked(KIOSK)).await;
    assert_eq!(other.status, 404, "an order of another than is bought for");
}

#[tokio::test]
async fn another_price_and_a_quantity_that_is_no_longer_valid_are_said() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let id = ordered(&anna, &["4"]).await;
    let path = format!("/orders/{id}");
    store(&server, vec![(1, tea(0x0901, true, &[(GREEN_TEA, 1)], 1300))]).await;
    let line = &preview(&anna, &path).await["lines"][0];
    assert_eq!(line["verdict"], "price_changed");
    assert_eq!(
        (&line["before"], &line["price"]),
        (&json!("12.50"), &json!("13.00"))
    );

    let mut dearer = tea(0x0901, true, &[(GREEN_TEA, 1)], 1300);
    dearer.variants[0].rule = QuantityRule {
        minimum: None,
        multiple: Some(Quantity::whole(3)),
        maximum: None,
    };
    store(&server, vec![(1, dearer)]).await;
    let line = &preview(&anna, &path).await["lines"][0];
    assert_eq!(line["verdict"], "breach");
    assert_eq!(
        (&line["breach"]["below"], &line["breach"]["above"]),
        (&json!("3"), &json!("6"))
    );
    assert_eq!(
        (&line["before"], &line["offer"]["quantity"]),
        (&json!("12.50"), &json!("6"))
    );
}

#[tokio::test]
async fn what_is_gone_comes_with_siblings_first_and_then_the_nearest_price() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let id = ordered(&anna, &["4"]).await;
    // Green tea goes off sale; others of its category stay, the sibling of black tea among them.
    let others = [
        (11, 2_000),
        (12, 1_300),
        (13, 1_000),
        (14, 1_260),
        (15, 5_000),
        (16, 6_000),
    ];
    let mut all: Vec<(u32, Product)> = others
        .iter()
        .map(|(number, cents)| {
            let product = tea(
                0xa000 + u128::from(*number),
                true,
                &[(variant_id(*number), *number)],
                *cents,
            );
            (*number, product)
        })
        .collect();
    all.push((1, tea(0x0901, false, &[(GREEN_TEA, 1)], 1250)));
    store(&server, all).await;
    let line = &preview(&anna, &format!("/orders/{id}")).await["lines"][0];
    assert_eq!((&line["verdict"], &line["offer"]), (&json!("gone"), &json!(null)));
    let skus: Vec<&str> = line["replacements"]
        .as_array()
        .expect("replacements")
        .iter()
        .filter_map(|one| one["variant"]["sku"].as_str())
        .collect();
    assert_eq!(skus, ["TEA-14", "TEA-12", "TEA-13", "TEA-11", "TEA-15"]);
    assert_eq!(line["replacements"][0]["quantity"], "4");

    // The product is on sale again without this variant: what is left of it comes first, whatever it costs.
    store(
        &server,
        vec![(1, tea(0x0901, true, &[(variant_id(17), 17)], 9_900))],
    )
    .await;
    let line = &preview(&anna, &format!("/orders/{id}")).await["lines"][0];
    assert_eq!(line["verdict"], "gone");
    assert_eq!(line["replacements"][0]["variant"]["sku"], "TEA-17");
    assert_eq!(line["replacements"][1]["variant"]["sku"], "TEA-14");
}

#[tokio::test]
async fn a_list_is_compared_with_what_was_paid_last() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let id = Uuid::new_v4().to_string();
    let body = json!({ "name": "Weekly", "items": [
        { "variant_id": GREEN_TEA, "quantity": "4" },
        { "variant_id": BLACK_TEA, "quantity": "3" },
    ] });
    assert_eq!(put(&anna, &id, 0, &body).await.status, 200);
    let path = format!("/lists/{id}");
    let seen = preview(&anna, &path).await;
    assert_eq!(seen["title"], "Weekly");
    assert_eq!(seen["lines"][0]["verdict"], "same", "nothing was paid yet");
    assert_eq!(seen["lines"][1]["verdict"], "gone");
    let replacement = &seen["lines"][1]["replacements"][0];
    assert_eq!(replacement["variant"]["sku"], "TEA-1");
    assert_eq!(replacement["quantity"], "4", "three are no multiple of two");
    ordered(&anna, &["4"]).await;
    store(&server, vec![(1, tea(0x0901, true, &[(GREEN_TEA, 1)], 1100))]).await;
    let line = &preview(&anna, &path).await["lines"][0];
    assert_eq!(
        (&line["verdict"], &line["before"]),
        (&json!("price_changed"), &json!("12.50"))
    );
}
