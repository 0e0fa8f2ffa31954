//! `/categories`, `/products` and `/catalog`

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::customer::PaymentPolicy;
use countersign_domain::id::{CategoryId, LevelId, ProductId, VariantId};
use countersign_domain::money::{Money, Rate};
use countersign_domain::price::{BreakEffect, QuantityBreak};
use countersign_domain::product::{Product, StockDisplay};
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use countersign_server::db::DbError;
use countersign_server::repo::accounts::{self, Named};
use countersign_server::repo::customers::{self, Customer};
use countersign_server::repo::products::{self, Category};
use countersign_server::repo::settings;
use reqwest::Method;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{BLACK_TEA, EAST, GREEN_TEA, LEVEL, TEA_HOUSE, noon, variant_of};
use crate::support::{Client, TestServer, send, value};

const TEA: CategoryId = CategoryId(Uuid::from_u128(0x0800));
const POTS: CategoryId = CategoryId(Uuid::from_u128(0x0801));
const IRON_POTS: CategoryId = CategoryId(Uuid::from_u128(0x0802));
const GREEN_TEA_PRODUCT: ProductId = ProductId(Uuid::from_u128(0x0901));
const BLACK_TEA_PRODUCT: ProductId = ProductId(Uuid::from_u128(0x0902));

/// A pot: product and variant number `number`, in the catalog behind the teas.
fn pot(number: u32, category_id: CategoryId) -> Product {
    let mut variant = variant_of(VariantId(Uuid::from_u128(0x4_0000 + u128::from(number))), number);
    variant.sku = format!("POT-{number:04}");
    variant.barcode = Some(format!("69{number:011}"));
    Product {
        id: ProductId(Uuid::from_u128(0x9_0000 + u128::from(number))),
        name: LocalText::new(format!("铁壶{number}号"), format!("Iron pot {number}")),
        brand: LocalText::new("南部", "Nambu"),
        description: LocalText::default(),
        category_id,
        tags: Vec::new(),
        picture: None,
        on_sale: true,
        variants: vec![variant],
    }
}

async fn put(server: &TestServer, products: Vec<Product>) {
    let done = server.running.state().db.write(move |tx| {
        Box::pin(async move {
            for (position, product) in (10..).zip(&products) {
                products::put(tx, product, position, noon()).await?;
            }
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("products can be stored");
}

/// Adds the categories of pots below tea, and this many pots, every other one of iron.
async fn add_pots(server: &TestServer, count: u32) {
    let done = server.running.state().db.write(|tx| {
        Box::pin(async move {
            for (id, parent_id, code) in [(POTS, TEA, "pots"), (IRON_POTS, POTS, "iron")] {
                let category = Category {
                    id,
                    parent_id: Some(parent_id),
                    code: code.to_owned(),
                    name: LocalText::new(code, code),
                    position: 2,
                };
                products::put_category(tx, &category).await?;
            }
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("categories can be stored");
    let category = |number: u32| if number.is_multiple_of(2) { IRON_POTS } else { POTS };
    put(
        server,
        (1..=count).map(|number| pot(number, category(number))).collect(),
    )
    .await;
}

/// A copy of the catalog on a device, kept up to date as the contract says.
#[derive(Default)]
struct Copy {
    cursor: Option<String>,
    products: BTreeMap<String, Value>,
    /// What the copy had before it began anew and has not been sent since.
    old: BTreeSet<String>,
}

impl Copy {
    /// Brings it up to date; how many steps began anew, and how many products came in each step.
    async fn update(&mut self, client: &Client, limit: u32) -> (usize, Vec<usize>) {
        let (mut restarts, mut sizes) = (0, Vec::new());
        loop {
            let since = self.cursor.as_ref().map(|cursor| format!("&since={cursor}"));
            let path = format!("/catalog/changes?limit={limit}{}", since.unwrap_or_default());
            let step = client.get(&path).await.json();
            if step["restart"] == true {
                restarts += 1;
                self.old = self.products.keys().cloned().collect();
            }
            let products = step["products"].as_array().expect("a list");
            for product in products {
                self.old.remove(&product["id"].to_string());
                self.products.insert(product["id"].to_string(), product.clone());
            }
            let removed = step["removed"].as_array().expect("a list");
            for id in removed {
                self.products.remove(&id.to_string());
            }
            assert!(products.len() + removed.len() <= limit as usize);
            sizes.push(products.len());
            self.cursor = Some(step["cursor"].as_str().expect("a cursor").to_owned());
            if step["more"] == false {
                for id in std::mem::take(&mut self.old) {
                    self.products.remove(&id);
                }
                return (restarts, sizes);
            }
        }
    }

    /// It has what a reader of the whole catalog sees, in the same order.
    async fn check(&self, client: &Client) {
        let mut online = Vec::new();
        let mut path = "/products?limit=200".to_owned();
        loop {
            let page = client.get(&path).await.json();
            online.extend(page["items"].as_array().expect("a page").iter().cloned());
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/products?limit=200&after={next}");
        }
        let mut own: Vec<Value> = self.products.values().cloned().collect();
        own.sort_by_key(|product| (product["position"].as_u64(), product["id"].to_string()));
        assert_eq!(own, online);
    }
}

async fn display(server: &TestServer, display: StockDisplay) {
    let done = server.running.state().db.write(move |tx| {
        Box::pin(async move { settings::put(tx, settings::STOCK_DISPLAY, &display, noon()).await })
    });
    done.await.expect("a setting can be stored");
}

/// The English names of the products an address lists.
async fn names(client: &Client, path: &str) -> Vec<String> {
    let seen = client.get(path).await;
    assert_eq!(seen.status, 200, "{path}: {}", seen.body);
    let page = seen.json();
    let items = page["items"].as_array().expect("a page").iter();
    items
        .map(|item| item["name"]["en"].as_str().expect("a name").to_owned())
        .collect()
}

/// Price 1 and 2.
#[tokio::test]
async fn everybody_sees_the_prices_that_are_theirs() {
    let server = TestServer::start().await;
    let mut product = pot(1, TEA);
    let prices = &mut product.variants[0].prices;
    prices.levels.insert(LEVEL, Money::new(1100, 2));
    prices.breaks = vec![QuantityBreak {
        from: Quantity::whole(10),
        effect: BreakEffect::Off {
            share: Rate::new(Decimal::new(1, 1)).expect("a share"),
        },
    }];
    let (id, variant) = (product.id, product.variants[0].id);
    put(&server, vec![product]).await;
    let done = server.running.state().db.write(move |tx| {
        Box::pin(async move { products::put_agreed_price(tx, TEA_HOUSE, variant, Money::new(1000, 2)).await })
    });
    done.await.expect("a price can be agreed");

    let breaks = json!([{ "from": "10", "effect": "off", "share": "0.1" }]);
    for (login, terms) in [
        (
            "anna",
            json!({ "list": "12.50", "level": "11.00", "agreed": "10.00", "breaks": breaks }),
        ),
        (
            "bao",
            json!({ "list": "12.50", "level": "11.00", "breaks": breaks }),
        ),
        ("admin", json!({ "list": "12.50", "breaks": breaks })),
    ] {
        let client = server.sign_in(login).await;
        let one = client.get(&format!("/products/{id}")).await.json();
        assert_eq!(one["variants"][0]["terms"], terms, "{login}");
        let listed = client.get("/products?q=pot").await.json();
        assert_eq!(listed["items"], json!([one]), "{login}");
    }
}

#[tokio::test]
async fn what_is_not_on_sale_is_not_there() {
    let server = TestServer::start().await;
    for login in ["anna", "admin"] {
        let client = server.sign_in(login).await;
        assert_eq!(names(&client, "/products").await, ["Green tea"]);
        let path = format!("/products?variants={BLACK_TEA}");
        assert_eq!(names(&client, &path).await, [""; 0]);
        let unknown = ProductId(Uuid::from_u128(0xffff));
        for id in [BLACK_TEA_PRODUCT.to_string(), unknown.to_string(), "x".to_owned()] {
            let seen = client.get(&format!("/products/{id}")).await;
            assert_eq!(
                (seen.status, seen.problem()),
                (404, "not-found".to_owned()),
                "{id}"
            );
        }
    }
}

#[tokio::test]
async fn products_are_found_by_words_codes_and_barcodes() {
    let server = TestServer::start().await;
    add_pots(&server, 12).await;
    let client = server.sign_in("anna").await;
    for (q, found) in [
        ("green", 1),
        ("GREEN+tea", 1),
        ("tea+green", 1),
        ("绿茶", 1),
        ("铁壶", 12),
        ("nambu+铁壶+pot", 12),
        ("green+pot", 0),
        ("tea-1", 1),
        ("pot-001", 3),
        ("POT-0012", 1),
        ("0012", 1),
        ("12", 1),
        ("6900000000012", 1),
        ("690000000001", 3),
        ("69000", 0),
        ("++", 13),
    ] {
        let names = names(&client, &format!("/products?q={q}")).await;
        assert_eq!(names.len(), found, "{q}: {names:?}");
    }
}

#[tokio::test]
async fn a_category_has_what_is_below_it() {
    let server = TestServer::start().await;
    add_pots(&server, 5).await;
    let client = server.sign_in("anna").await;
    let tree = client.get("/categories").await.json();
    let counts: Vec<(&Value, &Value)> = tree
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (&one["id"], &one["products"]))
        .collect();
    assert_eq!(counts.len(), 3);
    for (id, count) in [(TEA, 6), (POTS, 5), (IRON_POTS, 2)] {
        assert!(counts.contains(&(&json!(id), &json!(count))), "{tree}");
        let listed = names(&client, &format!("/products?category={id}")).await;
        assert_eq!(listed.len(), count, "{id}");
    }
    let unknown = CategoryId(Uuid::from_u128(0xffff));
    assert_eq!(
        names(&client, &format!("/products?category={unknown}")).await,
        [""; 0]
    );
}

#[tokio::test]
async fn the_pages_have_everything_once() {
    let server = TestServer::start().await;
    add_pots(&server, 23).await;
    let client = server.sign_in("anna").await;
    let whole = names(&client, "/products?limit=200").await;
    assert_eq!(whole.len(), 24);
    let mut paged = Vec::new();
    let mut path = "/products?limit=5&total=true".to_owned();
    loop {
        let page = client.get(&path).await.json();
        assert_eq!(page["total"], 24);
        let items = page["items"].as_array().expect("a page");
        assert!((1..=5).contains(&items.len()));
        paged.extend(
            items
                .iter()
                .map(|item| item["name"]["en"].as_str().unwrap_or_default().to_owned()),
        );
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/products?limit=5&total=true&after={next}");
    }
    assert_eq!(paged, whole);
    let page = client.get("/products").await.json();
    assert_eq!(page.get("total"), None, "nobody asked");
}

#[tokio::test]
async fn a_cart_asks_for_its_variants() {
    let server = TestServer::start().await;
    add_pots(&server, 3).await;
    let client = server.sign_in("anna").await;
    let second = pot(2, POTS).variants[0].id;
    let unknown = VariantId(Uuid::from_u128(0xffff));
    let path = format!("/products?variants={second},{GREEN_TEA},{unknown}");
    assert_eq!(names(&client, &path).await, ["Green tea", "Iron pot 2"]);
    assert_eq!(names(&client, "/products?variants=").await, [""; 0]);
    let seen = client.get("/products?variants=tea").await;
    assert_eq!(
        seen.json()["errors"],
        json!([{ "pointer": "?variants", "code": "invalid" }])
    );
}

#[tokio::test]
async fn stock_is_shown_as_the_company_wants() {
    let server = TestServer::start().await;
    add_pots(&server, 1).await;
    let client = server.sign_in("anna").await;
    let number = json!({ "kind": "number", "quantity": "1000" });
    for (policy, tea, pot, in_stock) in [
        (
            StockDisplay::Level,
            json!({ "kind": "enough" }),
            json!({ "kind": "none" }),
            1,
        ),
        (
            StockDisplay::Number,
            number.clone(),
            json!({ "kind": "number", "quantity": "0" }),
            1,
        ),
        // Nobody finds out by way of the filter.
        (
            StockDisplay::Hidden,
            json!({ "kind": "hidden" }),
            json!({ "kind": "hidden" }),
            2,
        ),
    ] {
        display(&server, policy).await;
        let page = client.get("/products").await.json();
        assert_eq!(page["items"][0]["variants"][0]["stock"], tea);
        assert_eq!(page["items"][1]["variants"][0]["stock"], pot);
        let found = names(&client, "/products?in_stock=true").await;
        assert_eq!(found.len(), in_stock, "{policy:?}");
        let staff = server.sign_in("shipper").await.get("/products").await.json();
        assert_eq!(staff["items"][0]["variants"][0]["stock"], number);
    }
}

#[tokio::test]
async fn a_copy_of_the_catalog_is_brought_up_to_date_in_steps() {
    let server = TestServer::start().await;
    add_pots(&server, 5).await;
    let client = server.sign_in("anna").await;
    let mut ids = BTreeSet::new();
    let mut path = "/catalog/changes?limit=2".to_owned();
    let cursor = loop {
        let step = client.get(&path).await.json();
        for product in step["products"].as_array().expect("a list") {
            assert!(ids.insert(product["id"].to_string()), "twice: {product}");
        }
        assert_eq!(step["removed"], json!([]), "there is nothing to take away yet");
        let cursor = step["cursor"].as_str().expect("a cursor").to_owned();
        if step["more"] == false {
            break cursor;
        }
        path = format!("/catalog/changes?limit=2&since={cursor}");
    };
    assert_eq!(ids.len(), 6);
    let since = |cursor: &str| format!("/catalog/changes?since={cursor}");
    let nothing = client.get(&since(&cursor)).await.json();
    assert_eq!(
        nothing,
        json!({ "products": [], "removed": [], "cursor": cursor, "more": false, "restart": false })
    );

    let gone = Product {
        on_sale: false,
        ..pot(1, POTS)
    };
    let gone_id = gone.id;
    put(&server, vec![gone]).await;
    let done = server.running.state().db.write(|tx| {
        Box::pin(
            async move { products::put_agreed_price(tx, TEA_HOUSE, GREEN_TEA, Money::new(1000, 2)).await },
        )
    });
    done.await.expect("a price can be agreed");
    let step = client.get(&since(&cursor)).await.json();
    assert_eq!(step["removed"], json!([gone_id]));
    assert_eq!(step["products"].as_array().map(Vec::len), Some(1));
    assert_eq!(step["products"][0]["id"], json!(GREEN_TEA_PRODUCT));
    assert_eq!(step["products"][0]["variants"][0]["terms"]["agreed"], "10.00");
}

#[tokio::test]
async fn a_device_has_everything_after_its_first_walk_and_then_fetches_what_changed() {
    let server = TestServer::start().await;
    add_pots(&server, 1_200).await;
    let client = server.sign_in("anna").await;
    let mut copy = Copy::default();
    let (restarts, sizes) = copy.update(&client, 500).await;
    assert_eq!((restarts, sizes.len()), (1, 3));
    assert_eq!(copy.products.len(), 1_201);
    copy.check(&client).await;
    assert_eq!(copy.update(&client, 500).await, (0, vec![0]));

    // Another place, another price of the level, another agreed price, another stock, gone, back, and new.
    let mut moved = pot(1, TEA);
    moved.name = LocalText::new("旧壶", "Old pot");
    let mut cheaper = pot(2, IRON_POTS);
    cheaper.variants[0]
        .prices
        .levels
        .insert(LEVEL, Money::new(900, 2));
    let gone = Product {
        on_sale: false,
        ..pot(3, POTS)
    };
    put(&server, vec![moved, cheaper, gone, pot(1_201, POTS)]).await;
    let agreed = pot(4, IRON_POTS).variants[0].id;
    let done = server.running.state().db.write(move |tx| {
        Box::pin(async move { products::put_agreed_price(tx, TEA_HOUSE, agreed, Money::new(800, 2)).await })
    });
    done.await.expect("a price can be agreed");
    let counted = pot(5, POTS).variants[0].id;
    let admin = server.sign_in("admin").await;
    let warehouse = admin.get("/warehouses").await.json()[0]["id"].clone();
    let count = json!({
        "warehouse_id": warehouse,
        "reason": "count",
        "counts": [{ "variant_id": counted, "on_hand": "7" }],
    });
    let seen = admin.post("/stock/counts", "c", &count).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let (restarts, sizes) = copy.update(&client, 500).await;
    assert_eq!((restarts, sizes), (0, vec![5]));
    copy.check(&client).await;
    assert_eq!(copy.products.len(), 1_201);

    put(&server, vec![pot(3, POTS)]).await;
    assert_eq!(copy.update(&client, 500).await, (0, vec![1]));
    copy.check(&client).await;
}

#[tokio::test]
async fn a_cursor_that_is_good_for_nothing_begins_anew() {
    let server = TestServer::start().await;
    add_pots(&server, 5).await;
    let client = server.sign_in("anna").await;
    let mut copy = Copy::default();
    copy.update(&client, 2).await;

    // Stock is shown in another way: every product looks different.
    display(&server, StockDisplay::Number).await;
    let (restarts, sizes) = copy.update(&client, 2).await;
    assert_eq!((restarts, sizes.iter().sum::<usize>()), (1, 6));
    copy.check(&client).await;

    // A later time than the database knows, a cursor of an earlier server, one of another account.
    let viewer = copy.cursor.clone().expect("a cursor");
    let viewer = viewer.split_once('.').expect("two parts").1.to_owned();
    let other = server.sign_in("bao").await.get("/catalog/changes").await.json();
    for cursor in [
        format!("99999.{viewer}"),
        format!("3.{}", LevelId(Uuid::from_u128(0x0600))),
        "3".to_owned(),
        other["cursor"].as_str().expect("a cursor").to_owned(),
    ] {
        copy.cursor = Some(cursor);
        copy.products.insert("\"lost\"".to_owned(), json!({}));
        let (restarts, _) = copy.update(&client, 2).await;
        assert_eq!(restarts, 1);
        copy.check(&client).await;
    }
    assert_eq!(client.get("/catalog/changes?since=tea").await.status, 422);
}

#[tokio::test]
async fn what_changes_during_a_walk_is_in_it() {
    let server = TestServer::start().await;
    add_pots(&server, 6).await;
    let client = server.sign_in("anna").await;
    let mut copy = Copy::default();
    let step = client.get("/catalog/changes?limit=3").await.json();
    assert_eq!((&step["more"], &step["restart"]), (&json!(true), &json!(true)));
    copy.cursor = step["cursor"].as_str().map(str::to_owned);
    for product in step["products"].as_array().expect("a list") {
        copy.products.insert(product["id"].to_string(), product.clone());
    }
    let mut first = pot(1, POTS);
    first.name = LocalText::new("新壶", "New pot");
    let second = Product {
        on_sale: false,
        ..pot(2, IRON_POTS)
    };
    put(&server, vec![first, second]).await;
    assert_eq!(copy.update(&client, 3).await.0, 0);
    copy.check(&client).await;
}

#[tokio::test]
async fn another_level_means_other_prices_for_everything() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let step = client.get("/catalog/changes").await.json();
    let cursor = step["cursor"].as_str().expect("a cursor");
    let done = server.running.state().db.write(|tx| {
        Box::pin(async move {
            let level = Named {
                id: LevelId(Uuid::from_u128(0x0601)),
                code: "silver".to_owned(),
                name: LocalText::new("银牌", "Silver"),
            };
            accounts::put_level(tx, &level).await?;
            let customer = Customer {
                id: TEA_HOUSE,
                code: "C001".to_owned(),
                name: LocalText::new("茶馆", "Tea House"),
                level_id: level.id,
                region_id: EAST,
                policy: PaymentPolicy::Prepaid,
            };
            customers::put(tx, &customer, noon()).await
        })
    });
    done.await.expect("a customer can be changed");
    let step = client
        .get(&format!("/catalog/changes?since={cursor}"))
        .await
        .json();
    assert_eq!(step["products"].as_array().map(Vec::len), Some(1));
    assert_ne!(step["cursor"], cursor);
    assert_eq!(step["restart"], true);
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    for path in ["/products", "/categories", "/catalog/changes"] {
        let seen = client.get(path).await;
        let tag = seen.header("etag").expect("a tag").to_owned();
        let again = client
            .request(Method::GET, &format!("/api/v1{path}"))
            .header("if-none-match", value(&tag));
        assert_eq!(send(again).await.status, 304, "{path}");
    }
}

#[tokio::test]
async fn the_catalog_is_for_those_who_are_signed_in() {
    let server = TestServer::start().await;
    for path in [
        "/products".to_owned(),
        format!("/products/{GREEN_TEA_PRODUCT}"),
        "/categories".to_owned(),
        "/catalog/changes".to_owned(),
    ] {
        let seen = server.client().get(&path).await;
        assert_eq!(
            (seen.status, seen.problem()),
            (401, "unauthenticated".to_owned()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn nothing_a_caller_writes_breaks_a_list() {
    let server = TestServer::start().await;
    let client = server.sign_in("anna").await;
    let admin = server.sign_in("admin").await;
    let long = "x".repeat(4_000);
    let words = "a+".repeat(90);
    for text in [
        "%25",
        "_",
        "%25%25__",
        "%5C",
        "'",
        "%27%27--",
        "%22",
        "%F0%9F%8D%B5",
        "%00",
        "%FF",
        "-1",
        "99999999999999999999",
        "NaN",
        ".",
        "1.2.3",
        "0.",
        ",,,",
        &words,
        &long,
    ] {
        for parameter in [
            "q",
            "category",
            "variants",
            "in_stock",
            "brand",
            "tag",
            "price_from",
            "price_to",
            "after",
            "limit",
            "total",
        ] {
            for path in ["products", "product-facets"] {
                let seen = client.get(&format!("/{path}?{parameter}={text}")).await;
                assert!(
                    matches!(seen.status, 200 | 422),
                    "{path}?{parameter}={text}: {}",
                    seen.body
                );
            }
        }
        for parameter in ["since", "limit"] {
            let seen = client.get(&format!("/catalog/changes?{parameter}={text}")).await;
            assert!(
                matches!(seen.status, 200 | 422),
                "{parameter}={text}: {}",
                seen.body
            );
        }
        for parameter in ["q", "after", "limit"] {
            let seen = admin.get(&format!("/customers?{parameter}={text}")).await;
            assert!(
                matches!(seen.status, 200 | 422),
                "{parameter}={text}: {}",
                seen.body
            );
        }
    }
    for sign in ["%25", "_", "%5C"] {
        assert_eq!(
            names(&client, &format!("/products?q={sign}")).await,
            [""; 0],
            "{sign} is no pattern"
        );
    }
}
