//! What a deployment starts with: the sample of the demo, and the first administrator of any other.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, TimeZone, Utc};
use countersign_domain::money::Money;
use countersign_domain::order::{Event, Order, OrderStatus, replay};
use countersign_server::auth::password::Effort;
use countersign_server::clock::ManualClock;
use countersign_server::seed::{self, Counts, NewAdministrator, SeedError, Seeded};
use countersign_server::server::{Options, Running};
use countersign_server::state::{AppState, Site};
use countersign_testkit::sample::DEMO_PASSWORD;
use sqlx::Row;

use crate::support::Client;

/// A demo over an empty database.
struct Demo {
    running: Running,
    _folder: tempfile::TempDir,
}

impl Demo {
    async fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let now: DateTime<Utc> = Utc
            .with_ymd_and_hms(2026, 11, 25, 6, 30, 0)
            .single()
            .expect("a moment that exists");
        let options = Options {
            site: Site {
                demo: true,
                ..Site::default()
            },
            effort: Effort::Least,
            clock: Arc::new(ManualClock::at(now)),
            ..Options::new("127.0.0.1:0", folder.path().join("test.db"))
        };
        let running = Running::start(&options).await.expect("the server starts");
        Self {
            running,
            _folder: folder,
        }
    }

    async fn filled() -> (Self, Counts) {
        let demo = Self::empty().await;
        match seed::sample(demo.state())
            .await
            .expect("the sample can be stored")
        {
            Seeded::Filled(counts) => (demo, counts),
            Seeded::LeftAsItIs => panic!("the database was empty"),
        }
    }

    fn state(&self) -> &AppState {
        self.running.state()
    }

    fn client(&self) -> Client {
        Client::of(&self.running)
    }

    async fn number(&self, sql: &'static str) -> i64 {
        let mut connection = self.state().db.read().await.expect("a reader");
        let row = sqlx::query(sql).fetch_one(&mut *connection).await.expect("a row");
        row.try_get(0).expect("a number")
    }

    /// Every order with its history.
    async fn orders(&self) -> Vec<(Order, Vec<Event>)> {
        let mut connection = self.state().db.read().await.expect("a reader");
        let rows = sqlx::query("SELECT doc FROM orders ORDER BY submitted_at")
            .fetch_all(&mut *connection)
            .await
            .expect("the orders");
        let mut orders = Vec::new();
        for row in rows {
            let order: Order = serde_json::from_str(row.try_get("doc").expect("text")).expect("an order");
            let events = countersign_server::repo::orders::events(&mut connection, order.id)
                .await
                .expect("its history");
            orders.push((order, events));
        }
        orders
    }
}

/// Each demo customer is promised something at once, and what was ordered before stays what it was.
#[tokio::test]
async fn promotions_run_from_the_start_and_touch_no_order_of_before() {
    let (demo, _) = Demo::filled().await;
    for (login, least) in [("credit", 7), ("deposit", 5), ("prepaid", 5)] {
        let client = demo.client();
        assert_eq!(client.sign_in(login, DEMO_PASSWORD).await.status, 200, "{login}");
        let seen = client.get("/promotions").await;
        assert_eq!(seen.status, 200, "{}", seen.body);
        let running = seen.json()["promotions"].as_array().map(Vec::len);
        assert!(running >= Some(least), "{login}: {running:?}");
    }
    for (order, _) in demo.orders().await {
        assert_eq!(order.promotions, [], "{}", order.number);
        let lines: Money = order.lines.iter().map(|line| line.amount).sum();
        assert_eq!(order.total, lines + order.freight, "{}", order.number);
    }
}

#[tokio::test]
async fn the_sample_is_what_it_promises_and_is_stored_once() {
    let started = Instant::now();
    let (demo, counts) = Demo::filled().await;
    assert!(started.elapsed().as_secs() < 60, "seeding takes seconds");
    assert!(
        counts.products >= 300 && counts.customers == 30 && counts.orders >= 290,
        "{counts:?}"
    );
    assert_eq!(counts.stuck, 0);
    for (sql, least) in [
        ("SELECT COUNT(*) FROM products", 300),
        ("SELECT COUNT(*) FROM variants", 450),
        ("SELECT COUNT(*) FROM media", 100),
        ("SELECT COUNT(*) FROM customers", 30),
        ("SELECT COUNT(*) FROM customer_addresses", 35),
        ("SELECT COUNT(*) FROM agreed_prices", 15),
        ("SELECT COUNT(*) FROM accounts", 39),
        ("SELECT COUNT(*) FROM roles", 7),
        ("SELECT COUNT(*) FROM regions", 7),
        ("SELECT COUNT(*) FROM levels", 3),
        ("SELECT COUNT(*) FROM warehouses", 2),
        ("SELECT COUNT(*) FROM payments", 60),
        ("SELECT COUNT(*) FROM promotions", 11),
        ("SELECT COUNT(*) FROM promotions WHERE is_on = 0", 1),
        ("SELECT COUNT(*) FROM returns WHERE is_claim = 0", 6),
        ("SELECT COUNT(DISTINCT status) FROM returns", 6),
        ("SELECT COUNT(DISTINCT order_id) FROM messages", 3),
        ("SELECT COUNT(*) FROM messages WHERE is_internal = 1", 1),
        ("SELECT COUNT(*) FROM order_ratings", 4),
        ("SELECT COUNT(*) FROM notices", 7),
        ("SELECT COUNT(*) FROM variants WHERE reorder_level > 0", 300),
    ] {
        let count = demo.number(sql).await;
        assert!(count >= least, "{sql}: {count}");
    }
    let events = demo.number("SELECT COUNT(*) FROM order_events").await;
    let again = seed::sample(demo.state()).await.expect("nothing to do");
    assert_eq!(again, Seeded::LeftAsItIs);
    assert_eq!(demo.number("SELECT COUNT(*) FROM order_events").await, events);
}

#[tokio::test]
async fn the_orders_of_the_sample_are_true() {
    let (demo, _) = Demo::filled().await;
    let now = demo.state().clock.now();
    let orders = demo.orders().await;
    let statuses: BTreeSet<_> = orders.iter().map(|(order, _)| order.status).collect();
    assert_eq!(statuses, BTreeSet::from(OrderStatus::ALL));
    let numbers: BTreeSet<_> = orders.iter().map(|(order, _)| order.number.as_str()).collect();
    assert_eq!(numbers.len(), orders.len());
    for (order, events) in &orders {
        assert_eq!(
            replay(events).as_ref(),
            Some(order),
            "the history makes {}",
            order.number
        );
        let lines: Money = order.lines.iter().map(|line| line.amount).sum();
        assert_eq!(lines + order.freight, order.total, "{}", order.number);
        assert!(order.entered_at <= now, "{}", order.number);
        let day = demo.state().local_date(order.submitted_at).format("%Y%m%d");
        assert!(
            order.number.starts_with(&format!("DH-O-{day}-")),
            "{}",
            order.number
        );
    }
    let above = demo
        .number("SELECT COUNT(*) FROM stock WHERE reserved > on_hand OR on_hand < 0")
        .await;
    assert_eq!(above, 0, "nothing is promised that isn't there");
    let wrong = demo
        .number(
            "SELECT COUNT(*) FROM orders o WHERE paid_minor <> \
             (SELECT COALESCE(SUM(amount_minor), 0) FROM payments p WHERE p.order_id = o.id)",
        )
        .await;
    assert_eq!(wrong, 0, "what is paid is the sum of the payments");
    let overpaid = demo
        .number("SELECT COUNT(*) FROM orders WHERE paid_minor > total_minor")
        .await;
    assert_eq!(overpaid, 0);
}

#[tokio::test]
async fn every_demo_account_can_be_stepped_into() {
    let (demo, _) = Demo::filled().await;
    let meta = demo.client().get("/meta").await.json();
    assert_ne!(meta["company"]["zh"], "");
    let accounts = meta["demo_accounts"].as_array().expect("a list").clone();
    let on = |side: &str| accounts.iter().filter(|account| account["side"] == side).count();
    assert_eq!((on("distributor"), on("supplier")), (3, 7));
    let roles: BTreeSet<_> = accounts
        .iter()
        .map(|account| account["role"]["en"].as_str().expect("words"))
        .collect();
    assert_eq!(roles.len(), accounts.len(), "one of each: {roles:?}");
    for account in &accounts {
        let text = |name: &str| account[name].as_str().expect("text").to_owned();
        let client = demo.client();
        let seen = client.sign_in(&text("login"), &text("password")).await;
        assert_eq!(seen.status, 200, "{}: {}", text("login"), seen.body);
    }
}

#[tokio::test]
async fn the_products_of_the_sample_have_pictures() {
    let (demo, _) = Demo::filled().await;
    let mut connection = demo.state().db.read().await.expect("a reader");
    let rows = sqlx::query("SELECT doc FROM products")
        .fetch_all(&mut *connection)
        .await
        .expect("products");
    let mut paths = BTreeSet::new();
    for row in rows {
        let product: countersign_domain::product::Product =
            serde_json::from_str(row.try_get("doc").expect("text")).expect("a product");
        paths.insert(product.picture.expect("a picture"));
    }
    for path in paths {
        let seen = demo.client().get(&path).await;
        assert_eq!(seen.status, 200, "{path}");
        assert_eq!(seen.header("content-type"), Some("image/svg+xml"));
    }
}

fn administrator(login: &str, password: &str) -> NewAdministrator {
    NewAdministrator {
        login: login.to_owned(),
        name: "Ada".to_owned(),
        password: password.to_owned(),
    }
}

#[tokio::test]
async fn a_new_deployment_gets_its_first_administrator() {
    let demo = Demo::empty().await;
    let create = |login: &str, password: &str| {
        let new = administrator(login, password);
        seed::create_administrator(demo.state(), new)
    };
    create("Ada", "ten letters and more")
        .await
        .expect("an account is made");
    assert_eq!(demo.number("SELECT COUNT(*) FROM roles").await, 7);
    let client = demo.client();
    assert_eq!(client.sign_in("ada", "ten letters and more").await.status, 200);
    let session = client.get("/session").await;
    assert!(session.body.contains("settings_manage"), "{}", session.body);

    let refused = create("ada", "another password").await;
    assert!(matches!(refused, Err(SeedError::LoginTaken(_))), "{refused:?}");
    let refused = create("bob", "short").await;
    assert!(matches!(refused, Err(SeedError::BadPassword)), "{refused:?}");
    let refused = create("b b", "ten letters and more").await;
    assert!(matches!(refused, Err(SeedError::BadLogin(_))), "{refused:?}");
    assert_eq!(demo.number("SELECT COUNT(*) FROM accounts").await, 1);

    let seeded = seed::sample(demo.state()).await.expect("nothing to do");
    assert_eq!(
        seeded,
        Seeded::LeftAsItIs,
        "a deployment in use never gets the sample"
    );
}
