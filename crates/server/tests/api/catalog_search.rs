//! `/products?q=` and `/product-facets`: pinyin, typos, the order of what is found, and what can be chosen among it

use countersign_domain::id::{CategoryId, ProductId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::product::{Product, StockDisplay};
use countersign_domain::text::LocalText;
use countersign_server::db::DbError;
use countersign_server::repo::{catalog, products, settings};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixture::{TEA_HOUSE, noon, variant_of};
use crate::support::{Client, TestServer};

const TEA: CategoryId = CategoryId(Uuid::from_u128(0x0800));

/// What one product is made of: names, brand, tags, the list price.
struct Ware(
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
    i64,
);

const WARES: [Ware; 6] = [
    Ware("静态矿泉水", "Still Mineral Water", "南部", &["冷藏"], 8),
    Ware(
        "气泡矿泉水",
        "Sparkling Mineral Water",
        "南部",
        &["冷藏", "新品"],
        12,
    ),
    Ware("重庆小面", "Noodles", "北方", &["新品"], 20),
    Ware("水壶", "Kettle", "北方", &[], 60),
    Ware("音乐盒", "Music Box", "", &[], 120),
    Ware("Waterproof bag", "Waterproof bag", "", &[], 300),
];

fn variant(number: u32) -> VariantId {
    VariantId(Uuid::from_u128(0x5_0000 + u128::from(number)))
}

fn product(number: u32, ware: &Ware) -> Product {
    let Ware(zh, en, brand, tags, price) = ware;
    let mut variant = variant_of(variant(number), number);
    variant.sku = format!("W-{number:03}");
    variant.barcode = None;
    variant.prices.list = Money::new(*price, 0);
    variant.prices.levels.clear();
    variant.prices.breaks.clear();
    Product {
        id: ProductId(Uuid::from_u128(0x5_1000 + u128::from(number))),
        name: LocalText::new(*zh, *en),
        brand: LocalText::new(*brand, ""),
        description: LocalText::default(),
        category_id: TEA,
        tags: tags.iter().map(|tag| LocalText::new(*tag, "")).collect(),
        picture: None,
        on_sale: true,
        variants: vec![variant],
    }
}

async fn server() -> (TestServer, Client) {
    let server = TestServer::start().await;
    let done = server.running.state().db.write(move |tx| {
        Box::pin(async move {
            for (number, ware) in (1..).zip(&WARES) {
                products::put(tx, &product(number, ware), 100 + number, noon()).await?;
            }
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("products can be stored");
    let client = server.sign_in("anna").await;
    (server, client)
}

async fn found(client: &Client, query: &str) -> Vec<String> {
    let page = client.get(&format!("/products?{query}")).await.json();
    let items = page["items"].as_array().expect("a list");
    items
        .iter()
        .map(|item| item["name"]["zh"].as_str().expect("a name").to_owned())
        .collect()
}

async fn facets(client: &Client, query: &str) -> Value {
    client.get(&format!("/product-facets?{query}")).await.json()
}

/// Keys and counts of a kind of facet.
fn counts(facets: &Value, kind: &str) -> Vec<(String, u64)> {
    let all = facets[kind].as_array().expect("a list");
    let one = |one: &Value| {
        (
            one["key"].as_str().expect("a key").to_owned(),
            one["products"].as_u64(),
        )
    };
    all.iter()
        .map(one)
        .map(|(key, count)| (key, count.expect("a count")))
        .collect()
}

#[tokio::test]
async fn pinyin_initials_and_typos_find_what_is_meant() {
    let (_server, client) = server().await;
    for (q, names) in [
        ("kqs", &["静态矿泉水", "气泡矿泉水"][..]),
        ("kuangquanshui", &["静态矿泉水", "气泡矿泉水"]),
        ("qpkqs", &["气泡矿泉水"]),
        ("chongqing", &["重庆小面"]),
        ("zhongqing", &["重庆小面"]),
        ("yinyue", &["音乐盒"]),
        ("yinle", &["音乐盒"]),
        ("nb+still", &["静态矿泉水"]),
        ("minerla", &["静态矿泉水", "气泡矿泉水"]),
        ("sprkling+mineral", &["气泡矿泉水"]),
        ("w-0033", &[]),
        ("ketle", &["水壶"]),
    ] {
        assert_eq!(found(&client, &format!("q={q}")).await, names, "{q}");
    }
}

#[tokio::test]
async fn the_best_come_first_on_every_page() {
    let (_server, client) = server().await;
    let all = ["水壶", "静态矿泉水", "气泡矿泉水"];
    assert_eq!(
        found(&client, "q=%E6%B0%B4").await,
        all,
        "a name that begins with it is better"
    );
    assert_eq!(
        found(&client, "q=water").await,
        ["Waterproof bag", "静态矿泉水", "气泡矿泉水"]
    );
    let mut query = "q=%E6%B0%B4&limit=1".to_owned();
    let mut paged = Vec::new();
    loop {
        let page = client.get(&format!("/products?{query}")).await.json();
        paged.push(
            page["items"][0]["name"]["zh"]
                .as_str()
                .expect("a name")
                .to_owned(),
        );
        match page["next"].as_str() {
            Some(next) => query = format!("q=%E6%B0%B4&limit=1&after={next}"),
            None => break,
        }
    }
    assert_eq!(paged, all);
}

#[tokio::test]
async fn facets_count_what_each_choice_would_leave() {
    let (_server, client) = server().await;
    let all = facets(&client, "").await;
    assert_eq!(
        counts(&all, "brands")[..2],
        [("北方".to_owned(), 2), ("南部".to_owned(), 2)]
    );
    assert_eq!(
        counts(&all, "tags")[..2],
        [("冷藏".to_owned(), 2), ("新品".to_owned(), 2)]
    );

    let chosen = facets(&client, "q=kqs&tag=%E6%96%B0%E5%93%81").await;
    assert_eq!(counts(&chosen, "brands"), [("南部".to_owned(), 1)]);
    assert_eq!(
        counts(&chosen, "tags"),
        [("冷藏".to_owned(), 2), ("新品".to_owned(), 1)],
        "a choice does not count for its own kind"
    );
    assert_eq!(
        found(&client, "q=kqs&tag=%E6%96%B0%E5%93%81").await,
        ["气泡矿泉水"]
    );
    let both = "brand=%E5%8C%97%E6%96%B9%7C%E5%8D%97%E9%83%A8&price_from=10&price_to=60";
    assert_eq!(found(&client, both).await, ["气泡矿泉水", "重庆小面"]);
    let category = json!({ "id": TEA, "products": 2 });
    assert!(
        facets(&client, both).await["categories"]
            .as_array()
            .expect("a list")
            .contains(&category)
    );
    assert_eq!(found(&client, "brand=nobody").await, [""; 0]);

    let prices = facets(&client, "brand=%E5%8C%97%E6%96%B9%7C%E5%8D%97%E9%83%A8").await;
    for step in prices["prices"].as_array().expect("a list") {
        let bound = |name: &str| {
            let bound = step[name].as_str().map(|price| format!("&price_{name}={price}"));
            bound.unwrap_or_default()
        };
        let query = format!(
            "brand=%E5%8C%97%E6%96%B9%7C%E5%8D%97%E9%83%A8{}{}",
            bound("from"),
            bound("to")
        );
        let count = found(&client, &query).await.len();
        assert_eq!(json!(count), step["products"], "{query}");
    }
}

#[tokio::test]
async fn prices_and_stock_are_those_the_customer_sees() {
    let (server, client) = server().await;
    let cheap = "price_to=5";
    assert!(!found(&client, cheap).await.contains(&"音乐盒".to_owned()));
    let done = server.running.state().db.write(|tx| {
        Box::pin(async move {
            products::put_agreed_price(tx, TEA_HOUSE, variant(5), Money::new(4, 0)).await?;
            settings::put(tx, settings::STOCK_DISPLAY, &StockDisplay::Hidden, noon()).await
        })
    });
    done.await.expect("a price can be agreed");
    assert!(found(&client, cheap).await.contains(&"音乐盒".to_owned()));
    let admin = server.sign_in("admin").await;
    assert!(!found(&admin, cheap).await.contains(&"音乐盒".to_owned()));
    assert!(facets(&client, "").await.get("in_stock").is_none());
    assert!(facets(&admin, "").await["in_stock"].is_number());
}

#[tokio::test]
async fn products_from_before_readings_were_kept_get_theirs() {
    let (server, _client) = server().await;
    let done = server.running.state().db.write(|tx| {
        Box::pin(async move {
            let id = product(3, &WARES[2]).id;
            let before = catalog::find(tx, id).await?.expect("a product");
            let newest = catalog::newest(tx).await?;
            sqlx::query("UPDATE products SET pinyin = NULL")
                .execute(&mut **tx)
                .await?;
            let mut steps = Vec::new();
            loop {
                let added = products::add_readings(tx, 5).await?;
                if added == 0 {
                    break;
                }
                steps.push(added);
            }
            assert_eq!(steps, [5, 3], "two teas and six wares");
            assert_eq!(catalog::find(tx, id).await?, Some(before));
            assert_eq!(
                catalog::newest(tx).await?,
                newest,
                "it is no change of the catalog"
            );
            Ok::<_, DbError>(())
        })
    });
    done.await.expect("readings can be computed");
}
