//! What a level hides looks to its customers as if it were not there, wherever they could meet it

use std::collections::BTreeSet;

use countersign_contract::session::Session;
use countersign_domain::assortment::Assortment;
use countersign_domain::id::{CategoryId, CustomerId, LevelId, ProductId, VariantId};
use countersign_domain::product::Product;
use countersign_domain::text::LocalText;
use countersign_server::db::DbError;
use countersign_server::repo::accounts::{self, Named};
use countersign_server::repo::products::{self, Category};
use countersign_server::repo::{assortments, catalog, customers};
use countersign_server::state::AppState;
use countersign_sync::catalog::CatalogCopy;
use countersign_sync::memory::MemoryStore;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::catalog_copy::{Demo, compare_all, walk};
use crate::fixture::{GREEN_TEA, TEA_HOUSE, noon, variant_of};
use crate::lists::put as put_list;
use crate::promotions::{make, tenth_off};
use crate::support::{Client, TestServer, draft, send};

const SHOPS: LevelId = LevelId(Uuid::from_u128(0x0601));
const WARE: CategoryId = CategoryId(Uuid::from_u128(0x0801));
const CUPS: CategoryId = CategoryId(Uuid::from_u128(0x0802));
const CUP: ProductId = ProductId(Uuid::from_u128(0x0950));
const CUP_VARIANT: VariantId = VariantId(Uuid::from_u128(0x0450));

async fn hide(state: &AppState, level: LevelId, categories: Vec<CategoryId>) {
    let done = state.db.write(move |tx| {
        Box::pin(async move {
            let assortment = Assortment {
                hidden_categories: categories.into_iter().collect(),
                hidden_products: BTreeSet::new(),
            };
            assortments::put(tx, level, &assortment, noon()).await
        })
    });
    done.await.expect("an assortment can be stored");
}

/// A cup on sale in a category below another, and the tea house as a shop.
async fn server() -> TestServer {
    let server = TestServer::start().await;
    let done = server.running.state().db.write(|tx| {
        Box::pin(async move {
            for (id, parent_id, code) in [(WARE, None, "ware"), (CUPS, Some(WARE), "cups")] {
                let category = Category {
                    id,
                    parent_id,
                    code: code.to_owned(),
                    name: LocalText::new(code, code),
                    position: 9,
                };
                products::put_category(tx, &category).await?;
            }
            let mut variant = variant_of(CUP_VARIANT, 50);
            variant.sku = "CUP-50".to_owned();
            let cup = Product {
                id: CUP,
                name: LocalText::new("茶杯", "Teacup"),
                brand: LocalText::default(),
                description: LocalText::default(),
                category_id: CUPS,
                tags: Vec::new(),
                picture: None,
                on_sale: true,
                variants: vec![variant],
            };
            products::put(tx, &cup, 50, noon()).await?;
            let level = Named {
                id: SHOPS,
                code: "shops".to_owned(),
                name: LocalText::new("店", "Shops"),
            };
            accounts::put_level(tx, &level).await?;
            let mut shop = customers::find(tx, TEA_HOUSE).await?.expect("the tea house");
            shop.level_id = SHOPS;
            customers::put(tx, &shop, noon()).await
        })
    });
    done.await.expect("a cup can be stored");
    server
}

async fn names(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/products?total=true&{query}")).await.json();
    let items = page["items"].as_array().expect("a list");
    assert_eq!(page["total"], json!(items.len()));
    let name = |item: &Value| item["name"]["en"].as_str().expect("a name").to_owned();
    items.iter().map(name).collect()
}

/// A draft for one line of cups.
fn cups() -> Value {
    let mut draft = draft();
    draft["lines"][0]["variant_id"] = json!(CUP_VARIANT);
    draft
}

#[tokio::test]
async fn what_is_hidden_is_neither_listed_nor_counted() {
    let server = server().await;
    let (anna, bao, admin) = (
        server.sign_in("anna").await,
        server.sign_in("bao").await,
        server.sign_in("admin").await,
    );
    assert_eq!(names(&anna, "").await, ["Green tea", "Teacup"]);
    // What is below it is hidden with it.
    hide(server.running.state(), SHOPS, vec![WARE]).await;
    assert_eq!(names(&anna, "").await, ["Green tea"]);
    for query in [
        "q=teacup",
        "q=cup-50",
        "q=taecup",
        &format!("category={CUPS}"),
        &format!("category={WARE}"),
        &format!("variants={CUP_VARIANT}"),
    ] {
        assert!(names(&anna, query).await.is_empty(), "{query}");
        for other in [&bao, &admin] {
            assert_eq!(names(other, query).await, ["Teacup"], "{query}");
        }
    }
    let ids = |all: &Value| -> Vec<String> {
        let all = all.as_array().expect("a list");
        all.iter()
            .map(|one| one["id"].as_str().expect("an id").to_owned())
            .collect()
    };
    let tree = ids(&anna.get("/categories").await.json());
    assert_eq!(tree.len(), 1, "{tree:?}");
    assert_eq!(ids(&bao.get("/categories").await.json()).len(), 3);
    let facets = anna.get("/product-facets").await.json();
    assert_eq!(ids(&facets["categories"]), tree);
    assert_eq!(facets["bought"], json!(0));
}

#[tokio::test]
async fn a_single_hidden_product_is_not_counted_in_its_category() {
    let server = server().await;
    let done = server.running.state().db.write(|tx| {
        Box::pin(async move {
            let assortment = Assortment {
                hidden_categories: BTreeSet::new(),
                hidden_products: BTreeSet::from([CUP]),
            };
            assortments::put(tx, SHOPS, &assortment, noon()).await
        })
    });
    done.await.expect("an assortment can be stored");
    let anna = server.sign_in("anna").await;
    assert_eq!(names(&anna, "").await, ["Green tea"]);
    let tree = anna.get("/categories").await.json();
    let counts: Vec<&Value> = tree
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| &one["products"])
        .collect();
    assert_eq!(counts, [&json!(1), &json!(0), &json!(0)]);
}

#[tokio::test]
async fn what_is_hidden_looks_unknown() {
    let server = server().await;
    hide(server.running.state(), SHOPS, vec![WARE]).await;
    let (anna, bao) = (server.sign_in("anna").await, server.sign_in("bao").await);

    let hidden = anna.get(&format!("/products/{CUP}")).await;
    let unknown = anna.get(&format!("/products/{}", Uuid::nil())).await;
    assert_eq!(
        (hidden.status, hidden.problem()),
        (unknown.status, unknown.problem())
    );
    assert_eq!(bao.get(&format!("/products/{CUP}")).await.status, 200);

    let kind = |seen: Value| seen[0]["meaning"]["kind"].clone();
    assert_eq!(
        kind(anna.get("/catalog/lookup?codes=cup-50").await.json()),
        "unknown"
    );
    assert_eq!(
        kind(bao.get("/catalog/lookup?codes=cup-50").await.json()),
        "offered"
    );

    let favourite = |client: &Client| client.change(Method::PUT, &format!("/favourites/{CUP_VARIANT}"));
    assert_eq!(send(favourite(&anna)).await.status, 404);
    assert_eq!(send(favourite(&bao)).await.status, 200);

    let list = json!({ "name": "Cups", "items": [{ "variant_id": CUP_VARIANT, "quantity": "2" }] });
    let refused = put_list(&anna, &Uuid::new_v4().to_string(), 0, &list).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("/items/0/variant_id"), "{}", refused.body);

    let refused = anna.submit(&cups()).await;
    assert_eq!(refused.problem(), "submission-changed");
    assert_eq!(refused.json()["changes"][0]["change"], "unavailable");
    assert_eq!(anna.submit(&draft()).await.status, 201);
}

#[tokio::test]
async fn what_goes_out_of_sight_later_goes_from_what_was_kept() {
    let server = server().await;
    let anna = server.sign_in("anna").await;
    let favourite = anna.change(Method::PUT, &format!("/favourites/{CUP_VARIANT}"));
    assert_eq!(send(favourite).await.status, 200);
    let id = Uuid::new_v4().to_string();
    let list = json!({ "name": "Cups", "items": [
        { "variant_id": CUP_VARIANT, "quantity": "2" },
        { "variant_id": GREEN_TEA, "quantity": "2" },
    ] });
    assert_eq!(put_list(&anna, &id, 0, &list).await.status, 200);
    assert_eq!(anna.submit(&cups()).await.status, 201);
    assert_eq!(anna.get("/bought-goods").await.json(), json!([CUP_VARIANT]));
    assert_eq!(names(&anna, "bought=true").await, ["Teacup"]);
    assert_eq!(names(&anna, "favourite=true").await, ["Teacup"]);

    hide(server.running.state(), SHOPS, vec![CUPS]).await;
    for path in ["/favourites", "/bought-goods"] {
        assert_eq!(anna.get(path).await.json(), json!([]), "{path}");
    }
    assert_eq!(anna.get("/lists/usual").await.json()["items"], json!([]));
    let facets = anna.get("/product-facets").await.json();
    assert_eq!((&facets["favourites"], &facets["bought"]), (&json!(0), &json!(0)));
    let again = anna.get(&format!("/lists/{id}/reorder")).await.json();
    assert_eq!(again["lines"][0]["verdict"], "gone", "{again}");
    assert!(again["lines"][0].get("offer").is_none_or(Value::is_null));
    // The list is theirs: with what is on it, it may be saved again.
    let mut renamed = list.clone();
    renamed["name"] = json!("Cups and tea");
    let version = anna.get(&format!("/lists/{id}")).await.json()["version"].as_u64();
    assert_eq!(
        put_list(&anna, &id, version.expect("a version"), &renamed)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_device_keeps_what_its_customer_may_see_and_no_more() {
    let demo = Demo::start().await;
    // A shop: the sample hides the category of food for babies from shops.
    let device = demo.sign_in("pingjiang").await;
    let copy = CatalogCopy::new(MemoryStore::default());
    let catalog = walk(&copy, &device).await;
    let dealer = demo.sign_in("credit").await;
    let whole = walk(&CatalogCopy::new(MemoryStore::default()), &dealer).await;
    let hidden: Vec<ProductId> = whole
        .products()
        .map(|product| product.id)
        .filter(|id| catalog.product(*id).is_none())
        .collect();
    assert!(!hidden.is_empty() && hidden.len() < whole.products().len() / 2);
    compare_all(&catalog, &device).await;

    // A product that moves to where nothing is visible is taken away.
    let moved = catalog.products().next().expect("a product").clone();
    let nowhere = whole.product(hidden[0]).expect("a product").category_id;
    let id = moved.id;
    let done = demo.state().db.write(move |tx| {
        Box::pin(async move {
            let mut one = catalog::find(tx, id).await?.expect("a product on sale");
            one.product.category_id = nowhere;
            products::put(tx, &one.product, one.position, noon()).await?;
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("a product can be moved");
    let before = catalog.generation();
    let catalog = walk(&copy, &device).await;
    assert!(catalog.product(moved.id).is_none());
    assert_eq!(catalog.generation(), before, "only what changed came");

    // Another assortment is another catalog.
    let session: Session =
        serde_json::from_str(&device.client.get("/session").await.body).expect("a session");
    let customer: CustomerId = session.actor.customer_id().expect("a customer's account");
    let level = {
        let mut connection = demo.state().db.read().await.expect("a connection");
        let customer = customers::find(&mut connection, customer)
            .await
            .expect("a database");
        customer.expect("the customer").level_id
    };
    let shown = catalog.products().next().expect("a product").category_id;
    hide(demo.state(), level, vec![shown]).await;
    let changed = walk(&copy, &device).await;
    assert_eq!(changed.generation(), before + 1);
    assert!(changed.products().all(|product| product.category_id != shown));
    assert!(changed.product(hidden[0]).is_some(), "it is hidden no longer");
}

#[tokio::test]
async fn a_gift_is_promised_only_to_those_who_may_see_it() {
    let server = server().await;
    let (admin, anna) = (server.sign_in("admin").await, server.sign_in("anna").await);
    let mut promotion = tenth_off();
    promotion["rule"] = json!({
        "kind": "buy_get", "buy": [GREEN_TEA], "quantity": "4", "gift": CUP_VARIANT, "gives": "1",
        "repeats": true, "most": null,
    });
    make(&admin, &promotion).await;
    let promised = anna.get("/promotions").await.json();
    assert_eq!(promised["gifts"][0]["sku"], "CUP-50");
    hide(server.running.state(), SHOPS, vec![WARE]).await;
    let promised = anna.get("/promotions").await.json();
    assert_eq!(
        (&promised["gifts"], &promised["promotions"]),
        (&json!([]), &json!([]))
    );
}
