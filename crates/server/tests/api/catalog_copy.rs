//! The copy of the catalog that a device keeps (crates/sync), filled over HTTP: read without a connection, it answers as
//! the server does with one.

use std::cell::Cell;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use countersign_contract::catalog::{CatalogChanges, CatalogProduct, Category, ChangesQuery, ProductQuery};
use countersign_contract::list::Favourite;
use countersign_contract::promotion::CustomerPromotions;
use countersign_contract::session::Session;
use countersign_contract::{Page, Problem, QueryParams};
use countersign_domain::id::{CategoryId, ProductId};
use countersign_domain::money::Money;
use countersign_domain::product::StockDisplay;
use countersign_domain::search::{Facets, Own, Promoted, label_key};
use countersign_domain::text::LocalText;
use countersign_server::auth::password::Effort;
use countersign_server::clock::ManualClock;
use countersign_server::db::DbError;
use countersign_server::repo::{catalog, products, settings};
use countersign_server::seed::{self, Seeded};
use countersign_server::server::{Options, Running};
use countersign_server::state::AppState;
use countersign_sync::catalog::{Catalog, CatalogCopy, End};
use countersign_sync::memory::MemoryStore;
use countersign_sync::{CatalogWay, Device, Reply};
use countersign_testkit::sample::DEMO_PASSWORD;
use countersign_testkit::sample::customers::customers;
use serde_json::json;
use uuid::Uuid;

use crate::fixture::noon;
use crate::support::Client;

/// A device of somebody who is signed in.
pub struct Signed {
    pub client: Client,
    ids: Cell<u128>,
    /// Steps it has asked for.
    steps: Cell<u32>,
    /// Most products in a step, whatever is asked for.
    most: u32,
    /// Whether the next cursor arrives damaged.
    damaged: Cell<bool>,
}

impl CatalogWay for Signed {
    async fn changes(&self, since: Option<&str>, limit: u32) -> Reply<CatalogChanges> {
        self.steps.set(self.steps.get() + 1);
        let since = match self.damaged.take() {
            true => Some("no cursor".to_owned()),
            false => since.map(str::to_owned),
        };
        let query = ChangesQuery {
            since,
            limit: Some(limit.min(self.most)),
            customer: None,
        };
        let seen = self.client.get(&path("/catalog/changes", &query)).await;
        match seen.status {
            200 => Reply::Answered(serde_json::from_str(&seen.body).expect("a step")),
            _ => Reply::Problem(
                serde_json::from_str::<Problem>(&seen.body)
                    .expect("a problem")
                    .kind,
            ),
        }
    }
}

impl Device for Signed {
    fn now(&self) -> DateTime<Utc> {
        noon()
    }

    fn new_id(&self) -> Uuid {
        self.ids.set(self.ids.get() + 1);
        Uuid::from_u128(self.ids.get())
    }

    fn chance(&self) -> u32 {
        0
    }
}

pub fn path(path: &str, query: &impl QueryParams) -> String {
    let pairs = query.pairs();
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("{path}?{query}")
}

/// The sample wholesaler.
pub struct Demo {
    running: Running,
    _folder: tempfile::TempDir,
}

impl Demo {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let options = Options {
            effort: Effort::Least,
            clock: Arc::new(ManualClock::at(noon())),
            ..Options::new("127.0.0.1:0", folder.path().join("test.db"))
        };
        let running = Running::start(&options).await.expect("the server starts");
        let seeded = seed::sample(running.state()).await;
        assert!(matches!(seeded, Ok(Seeded::Filled(_))), "{seeded:?}");
        Self {
            running,
            _folder: folder,
        }
    }

    pub fn state(&self) -> &AppState {
        self.running.state()
    }

    pub async fn sign_in(&self, login: &str) -> Signed {
        let client = Client::of(&self.running);
        let seen = client.sign_in(login, DEMO_PASSWORD).await;
        assert_eq!(seen.status, 200, "{login}: {}", seen.body);
        Signed {
            client,
            ids: Cell::new(0),
            steps: Cell::new(0),
            most: 60,
            damaged: Cell::new(false),
        }
    }

    async fn display(&self, display: StockDisplay) {
        let done = self.running.state().db.write(move |tx| {
            Box::pin(async move { settings::put(tx, settings::STOCK_DISPLAY, &display, noon()).await })
        });
        done.await.expect("a setting can be stored");
    }

    /// Renames one product, takes another off sale, moves a third and agrees a price for a fourth.
    async fn change(&self, changed: [ProductId; 4], customer: &Signed) {
        let session = customer.client.get("/session").await;
        let session: Session = serde_json::from_str(&session.body).expect("a session");
        let customer = session.actor.customer_id().expect("a customer's account");
        let [renamed, gone, moved, agreed] = changed;
        let done = self.running.state().db.write(move |tx| {
            Box::pin(async move {
                let mut found = Vec::new();
                for id in [renamed, gone, moved, agreed] {
                    found.push(catalog::find(tx, id).await?.expect("a product on sale"));
                }
                found[0].product.name = LocalText::new("改名茶", "Renamed ÉCLAIR");
                found[1].product.on_sale = false;
                found[2].position += 1_000;
                for one in &found[..3] {
                    products::put(tx, &one.product, one.position, noon()).await?;
                }
                let variant = found[3].product.variants[0].id;
                products::put_agreed_price(tx, customer, variant, Money::new(123, 2)).await?;
                Ok::<_, DbError>(())
            })
        });
        done.await.expect("products can be changed");
    }
}

/// Brings the copy up to date and reads it.
pub async fn walk(copy: &CatalogCopy<MemoryStore>, device: &Signed) -> Catalog {
    let walk = copy
        .sync(device, device, |_| {})
        .await
        .expect("storage that works");
    assert_eq!(walk.end, End::UpToDate);
    let catalog = copy.load().await.expect("storage that works").expect("a copy");
    assert!(catalog.is_complete() && !catalog.is_walking());
    catalog.tie(own(device).await);
    catalog
}

/// What the server tells a device of its customer.
async fn own(device: &Signed) -> Own {
    let favourites = device.client.get("/favourites").await.body;
    let favourites: Vec<Favourite> = serde_json::from_str(&favourites).expect("favourites");
    let bought = device.client.get("/bought-goods").await.body;
    let promotions = device.client.get("/promotions").await.body;
    let promotions: CustomerPromotions = serde_json::from_str(&promotions).expect("promotions");
    Own {
        favourites: Some(favourites.iter().map(|one| one.goods.variant_id).collect()),
        bought: Some(serde_json::from_str(&bought).expect("variants")),
        promoted: Some(Promoted::of(&promotions.promotions, promotions.at)),
    }
}

/// Asks both for each page. Gives how many products there were.
async fn compare(catalog: &Catalog, device: &Signed, tree: &[Category], query: &ProductQuery) -> usize {
    let mut query = query.clone();
    let is_whole = query.after.is_none() && query.skip.is_none();
    let mut found = 0;
    loop {
        let seen = device.client.get(&path("/products", &query)).await;
        let copied = match catalog.list(&query, tree) {
            Ok(page) => page,
            Err(problem) => {
                let online: Problem = serde_json::from_str(&seen.body).expect("a problem");
                assert_eq!(problem, online.kind, "{query:?}");
                return 0;
            }
        };
        assert_eq!(seen.status, 200, "{query:?}: {}", seen.body);
        let online: Page<CatalogProduct> = serde_json::from_str(&seen.body).expect("a page");
        assert_eq!(copied, online, "{query:?}");
        found += online.items.len();
        query.after = copied.next;
        if query.after.is_none() {
            break;
        }
    }
    if is_whole {
        let hits = catalog.hits(&query, tree).map(|hits| hits.len());
        assert_eq!(hits, Ok(found), "{query:?}");
    }
    let seen = device.client.get(&path("/product-facets", &query)).await;
    let online: Facets = serde_json::from_str(&seen.body).expect("facets");
    assert_eq!(catalog.facets(&query, tree), Ok(online), "{query:?}");
    found
}

/// Queries of every kind about these products; with each, whether it has to find something.
fn queries(tree: &[Category], some: &[CatalogProduct]) -> Vec<(ProductQuery, bool)> {
    let all = ProductQuery {
        limit: Some(200),
        total: Some(true),
        ..ProductQuery::default()
    };
    let q = |q: &str| ProductQuery {
        q: Some(q.to_owned()),
        ..all.clone()
    };
    let mut queries = vec![
        (ProductQuery::default(), true),
        (all.clone(), true),
        (
            ProductQuery {
                limit: Some(7),
                ..ProductQuery::default()
            },
            true,
        ),
        (
            ProductQuery {
                in_stock: Some(true),
                ..all.clone()
            },
            true,
        ),
        (
            ProductQuery {
                in_stock: Some(false),
                limit: Some(0),
                category: Some(some[0].category_id),
                ..all.clone()
            },
            true,
        ),
    ];
    for skip in [1, 6, 100_000] {
        let limit = Some(7);
        let skip = Some(skip);
        queries.push((
            ProductQuery {
                skip,
                limit,
                ..all.clone()
            },
            skip != Some(100_000),
        ));
    }
    let ties = [
        (Some(true), None, None),
        (None, Some(true), None),
        (None, None, Some(true)),
        (Some(true), Some(true), Some(true)),
    ];
    for (favourite, bought, promoted) in ties {
        let tied = ProductQuery {
            favourite,
            bought,
            promoted,
            ..all.clone()
        };
        let is_bought = (favourite, promoted) == (None, None);
        queries.push((tied, is_bought));
    }
    for category in tree {
        for in_stock in [None, Some(true)] {
            let category = Some(category.id);
            let one = ProductQuery {
                category,
                in_stock,
                ..all.clone()
            };
            queries.push((one, in_stock.is_none()));
        }
    }
    for product in some {
        let price = Some(product.price());
        let chosen = [
            ProductQuery {
                brand: Some(label_key(&product.brand)),
                ..all.clone()
            },
            ProductQuery {
                tag: Some(product.tags.iter().map(label_key).collect::<Vec<_>>().join("|")),
                ..all.clone()
            },
            ProductQuery {
                price_from: price,
                ..all.clone()
            },
            ProductQuery {
                price_to: price,
                in_stock: Some(true),
                ..q("水")
            },
        ];
        queries.extend(chosen.map(|query| (query, false)));
        let syllables = || {
            let line = product.pinyin.lines().next().unwrap_or_default();
            line.split(' ').filter_map(|token| token.split('/').next())
        };
        queries.push((q(&syllables().collect::<String>()), true));
        queries.push((
            q(&syllables()
                .filter_map(|one| one.chars().next())
                .collect::<String>()),
            true,
        ));
        // The third letter is missing, or stands behind the fourth.
        let typos = product
            .name
            .en
            .split(' ')
            .filter(|word| word.len() > 4 && word.is_ascii());
        for word in typos {
            let (start, end) = word.split_at(2);
            queries.push((q(&format!("{start}{}", &end[1..])), false));
            queries.push((
                q(&format!("{start}{}{}{}", &end[1..2], &end[..1], &end[2..])),
                false,
            ));
        }
        let variant = &product.variants[0];
        let words = [product.name.zh.as_str(), &product.name.en, &variant.sku];
        let first: String = product.name.zh.chars().take(1).collect();
        let english = product.name.en.to_uppercase();
        let prefix: String = variant.sku.chars().take(4).collect();
        let both = format!("{}\u{3000}{first}", prefix.to_lowercase());
        for word in words
            .into_iter()
            .chain([first.as_str(), &english, &prefix, &both])
        {
            queries.push((q(word), true));
        }
        queries.push((q(&variant.sku[1..]), true));
        if let Some(barcode) = &variant.barcode {
            queries.push((q(barcode), true));
            queries.push((q(&barcode[..6]), false));
        }
        let ids: Vec<String> = product
            .variants
            .iter()
            .map(|variant| variant.id.to_string())
            .collect();
        let variants = Some(format!(" {} ,,{}", ids.join(", "), Uuid::nil()));
        queries.push((
            ProductQuery {
                variants,
                ..all.clone()
            },
            true,
        ));
    }
    for word in [
        "kqs",
        "kuangquan shui",
        "minerla water",
        "spirng",
        "q",
        "水",
        "茶",
        "tea",
        "T",
        "a e",
        "water 水",
        "100%",
        "_",
        "\\",
        "éclair",
        "nothing at all",
        "  ",
    ] {
        let limit = Some(7);
        queries.push((
            ProductQuery { limit, ..q(word) },
            matches!(
                word,
                "kqs" | "kuangquan shui" | "minerla water" | "水" | "茶" | "tea" | "T" | "  "
            ),
        ));
    }
    let refused = [
        q(&"x".repeat(201)),
        q(&"x ".repeat(17)),
        q("a\u{1}b"),
        q(&format!("\u{1}{}", "x".repeat(201))),
        ProductQuery {
            variants: Some("tea".to_owned()),
            ..all.clone()
        },
        ProductQuery {
            variants: Some(format!("{},", Uuid::nil()).repeat(501)),
            ..all.clone()
        },
        ProductQuery {
            variants: Some(String::new()),
            ..all.clone()
        },
        ProductQuery {
            after: Some("1".to_owned()),
            ..all.clone()
        },
        ProductQuery {
            after: Some(format!("4294967295.{}", Uuid::nil())),
            ..all.clone()
        },
        ProductQuery {
            category: Some(CategoryId(Uuid::nil())),
            ..all
        },
    ];
    queries.extend(refused.map(|query| (query, false)));
    queries
}

pub async fn compare_all(catalog: &Catalog, device: &Signed) {
    let tree = device.client.get("/categories").await;
    let tree: Vec<Category> = serde_json::from_str(&tree.body).expect("the tree");
    assert!(tree.len() > 5);
    let some: Vec<CatalogProduct> = catalog.products().step_by(41).cloned().collect();
    for (query, finds) in queries(&tree, &some) {
        let found = compare(catalog, device, &tree, &query).await;
        assert!(found > 0 || !finds, "{query:?} finds something");
    }
    let online = device
        .client
        .get(&format!("/products/{}", some[0].id))
        .await
        .json();
    let copied = catalog.product(some[0].id).expect("a product");
    assert_eq!(json!(copied), online);
}

#[tokio::test]
async fn a_copy_lists_what_the_server_lists() {
    let demo = Demo::start().await;
    let customer = customers().iter().find(|one| one.is_demo());
    let device = demo.sign_in(customer.expect("a demo account").login).await;
    let copy = CatalogCopy::new(MemoryStore::default());
    let catalog = walk(&copy, &device).await;
    assert!(device.steps.get() > 3, "a walk of several steps");
    compare_all(&catalog, &device).await;

    let ids: Vec<ProductId> = catalog.products().map(|product| product.id).take(4).collect();
    demo.change([ids[0], ids[1], ids[2], ids[3]], &device).await;
    device.steps.set(0);
    let changed = walk(&copy, &device).await;
    assert_eq!(device.steps.get(), 1, "only what changed");
    assert_eq!(changed.products().len(), catalog.products().len() - 1);
    assert!(changed.product(ids[1]).is_none());
    let variant = &changed.product(ids[3]).expect("a product").variants[0];
    assert_eq!(variant.terms.agreed, Some(Money::new(123, 2)));
    compare_all(&changed, &device).await;

    let mut catalog = changed;
    for display in [StockDisplay::Number, StockDisplay::Hidden, StockDisplay::Level] {
        demo.display(display).await;
        let before = catalog.generation();
        catalog = walk(&copy, &device).await;
        assert_eq!(catalog.generation(), before + 1, "everything looks different");
        compare_all(&catalog, &device).await;
    }

    device.damaged.set(true);
    let anew = walk(&copy, &device).await;
    assert_eq!(anew.generation(), catalog.generation() + 1);
    assert!(anew.products().eq(catalog.products()));
}
