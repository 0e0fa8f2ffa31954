//! `/catalog/lookup`

use countersign_contract::Problem;
use countersign_contract::lookup::{CodeAnswer, CodesQuery, MAX_CODES};
use countersign_domain::id::{CategoryId, ProductId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::product::Product;
use countersign_domain::text::LocalText;
use countersign_server::db::DbError;
use countersign_server::repo::products;
use countersign_sync::catalog::CatalogCopy;
use countersign_sync::memory::MemoryStore;
use serde_json::Value;
use uuid::Uuid;

use crate::catalog_copy::{Demo, path, walk};
use crate::fixture::{GREEN_TEA, TEA_HOUSE, noon, variant_of};
use crate::support::{Client, Seen, TestServer};

/// A cup on sale with this number, of this code.
fn cup(number: u32, sku: &str, barcode: Option<&str>) -> Product {
    let mut variant = variant_of(VariantId(Uuid::from_u128(0x5_0000 + u128::from(number))), number);
    variant.sku = sku.to_owned();
    variant.barcode = barcode.map(str::to_owned);
    Product {
        id: ProductId(Uuid::from_u128(0xa_0000 + u128::from(number))),
        name: LocalText::new(format!("杯{number}号"), format!("Cup {number}")),
        brand: LocalText::default(),
        description: LocalText::default(),
        category_id: CategoryId(Uuid::from_u128(0x0800)),
        tags: Vec::new(),
        picture: Some(format!("/media/cup-{number}.svg")),
        on_sale: true,
        variants: vec![variant],
    }
}

async fn add_cups(server: &TestServer) {
    let done = server.running.state().db.write(|tx| {
        Box::pin(async move {
            let mut gone = cup(5, "CUP-5", Some("6900000000055"));
            gone.on_sale = false;
            let cups = [
                cup(1, "Cup-1", Some("6900000000017")),
                cup(2, "CUP-2", Some("690000000002X")),
                cup(3, "CUP-3", Some("6900000000031")),
                cup(4, "CUP-4", Some("6900000000031")),
                gone,
                // Its code is another's barcode.
                cup(6, "6900000000017", None),
                // Both ways of writing the same kind of barcode.
                cup(7, "CUP-7", Some("0036000291452")),
                cup(8, "CUP-8", Some("036000291469")),
            ];
            for (position, cup) in (20..).zip(&cups) {
                products::put(tx, cup, position, noon()).await?;
            }
            products::put_agreed_price(tx, TEA_HOUSE, GREEN_TEA, Money::new(999, 2)).await?;
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("cups can be stored");
}

async fn look_up(client: &Client, codes: &[&str]) -> Seen {
    let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    client
        .get(&path("/catalog/lookup", &CodesQuery::of(&codes)))
        .await
}

fn kinds(seen: &Seen) -> Vec<String> {
    let answers = seen.json();
    let kind = |answer: &Value| answer["meaning"]["kind"].as_str().expect("a kind").to_owned();
    answers.as_array().expect("a list").iter().map(kind).collect()
}

#[tokio::test]
async fn each_code_is_answered_in_its_order() {
    let server = TestServer::start().await;
    add_cups(&server).await;
    let anna = server.sign_in("anna").await;
    let codes = [
        "cup-1",
        "  CUP-2 ",
        "690000000002x",
        "6900000000031",
        "CUP-5",
        "6900000000055",
        "CUP",
        "TEA-2",
        "cup-1",
        "ＣＵＰ－３",
    ];
    let seen = look_up(&anna, &codes).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    assert_eq!(
        kinds(&seen),
        [
            "offered",
            "offered",
            "offered",
            "ambiguous",
            "off_sale",
            "off_sale",
            "unknown",
            "off_sale",
            "offered",
            "offered"
        ]
    );
    let answers = seen.json();
    assert_eq!(answers[1]["code"], "CUP-2");
    assert_eq!(answers[0]["meaning"]["offer"]["variant"]["sku"], "Cup-1");
    assert_eq!(answers[0]["meaning"]["offer"]["product_name"]["en"], "Cup 1");
    assert_eq!(answers[0]["meaning"]["offer"]["picture"], "/media/cup-1.svg");
    let offers = answers[3]["meaning"]["offers"].as_array().expect("a list");
    let skus: Vec<_> = offers
        .iter()
        .map(|offer| offer["variant"]["sku"].clone())
        .collect();
    assert_eq!(skus, ["CUP-3", "CUP-4"]);
}

#[tokio::test]
async fn a_barcode_is_found_with_its_leading_zero_and_without() {
    let server = TestServer::start().await;
    add_cups(&server).await;
    let anna = server.sign_in("anna").await;
    let seen = look_up(
        &anna,
        &["036000291452", "0036000291452", "036000291469", "0036000291469"],
    )
    .await;
    assert_eq!(kinds(&seen), ["offered"; 4]);
}

#[tokio::test]
async fn a_sku_code_counts_before_a_barcode() {
    let server = TestServer::start().await;
    add_cups(&server).await;
    let anna = server.sign_in("anna").await;
    let seen = look_up(&anna, &["6900000000017"]).await.json();
    assert_eq!(seen[0]["meaning"]["offer"]["variant"]["sku"], "6900000000017");
}

#[tokio::test]
async fn an_offer_is_what_the_catalog_shows_to_whoever_asks() {
    let server = TestServer::start().await;
    add_cups(&server).await;
    for (login, agreed) in [("anna", true), ("bao", false), ("admin", false)] {
        let client = server.sign_in(login).await;
        let listed = client
            .get(&format!("/products?variants={GREEN_TEA}"))
            .await
            .json();
        let found = look_up(&client, &["tea-1"]).await.json();
        let variant = &found[0]["meaning"]["offer"]["variant"];
        assert_eq!(*variant, listed["items"][0]["variants"][0], "{login}");
        assert_eq!(!variant["terms"]["agreed"].is_null(), agreed, "{login}");
    }
}

#[tokio::test]
async fn as_many_codes_as_a_question_may_have_are_answered_and_no_more() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let mut codes = vec!["nothing"; MAX_CODES];
    codes[0] = "TEA-1";
    let seen = look_up(&anna, &codes).await;
    let answers: Vec<CodeAnswer> = serde_json::from_str(&seen.body).expect("answers");
    assert_eq!(answers.len(), MAX_CODES);
    codes.push("one more");
    let seen = look_up(&anna, &codes).await;
    assert_eq!(seen.status, 422);
    assert_eq!(seen.json()["errors"][0]["pointer"], "?codes");
    assert_eq!(look_up(&anna, &[]).await.body, "[]");
    assert_eq!(look_up(&server.client(), &["TEA-1"]).await.status, 401);
}

#[tokio::test]
async fn a_copy_knows_what_codes_mean() {
    let demo = Demo::start().await;
    let customer = demo.sign_in("credit").await;
    let copy = CatalogCopy::new(MemoryStore::default());
    let catalog = walk(&copy, &customer).await;
    let variants: Vec<_> = catalog.products().flat_map(|product| &product.variants).collect();
    assert!(
        variants.len() > MAX_CODES,
        "the sample has more than one question's worth"
    );
    let mut codes: Vec<String> = variants
        .iter()
        .flat_map(|variant| {
            [
                variant.sku.to_lowercase(),
                variant.barcode.clone().unwrap_or_default(),
            ]
        })
        .filter(|code| !code.is_empty())
        .collect();
    codes.push("no such code".to_owned());
    for part in codes.chunks(MAX_CODES) {
        let query = CodesQuery::of(part);
        let seen = customer.client.get(&path("/catalog/lookup", &query)).await;
        let said: Vec<CodeAnswer> = serde_json::from_str(&seen.body).expect("answers");
        assert_eq!(said.len(), part.len());
        assert_eq!(catalog.look_up(&query), Ok(said));
    }
    let too_many = CodesQuery::of(&vec!["x".to_owned(); MAX_CODES + 1]);
    let seen = customer.client.get(&path("/catalog/lookup", &too_many)).await;
    let problem: Problem = serde_json::from_str(&seen.body).expect("a problem");
    assert_eq!(catalog.look_up(&too_many), Err(problem.kind));
}
