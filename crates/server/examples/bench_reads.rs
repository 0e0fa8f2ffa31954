//! How long the reads take that people wait for, in a deployment that has grown: lists, queues, homes and the catalog.
//!
//! `cargo run --release -p countersign-server --example bench_reads -- [orders] [products] [folder]`
//!
//! The sample deployment, with its finished orders and its products copied until there are so many, spread over more
//! customers; what waits in the queues is copied a few times only, as in a deployment that keeps up. Each read is asked
//! over HTTP, one after the other.

use std::error::Error;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use countersign_domain::id::{ProductId, VariantId};
use countersign_domain::product::Product;
use countersign_server::auth::password::Effort;
use countersign_server::db::{DbError, Tx};
use countersign_server::repo::products;
use countersign_server::seed;
use countersign_server::server::{Opened, Options, Running};
use countersign_testkit::sample::DEMO_PASSWORD;
use reqwest::Client;
use serde_json::json;
use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

type Failure = Box<dyn Error + Send + Sync>;

/// Times each read is asked.
const TIMES: usize = 300;
/// Customers that the orders are spread over.
const CUSTOMERS: u32 = 1_000;
/// How often what waits is copied.
const WAITING: u32 = 10;

/// What people read, by who reads it.
const READS: [(&str, &str); 14] = [
    ("admin", "/home/supplier"),
    ("admin", "/queues"),
    (
        "admin",
        "/orders?status=pending_order_review&sort=deadline&limit=50",
    ),
    ("admin", "/orders?limit=50"),
    ("admin", "/orders?limit=50&total=true"),
    ("admin", "/orders?limit=50&sort=amount"),
    ("admin", "/orders?limit=50&q=B-0000777"),
    ("region", "/orders?limit=50"),
    ("credit", "/home/distributor"),
    ("credit", "/orders?limit=50"),
    ("credit", "/products?limit=40"),
    ("credit", "/products?limit=40&q=kqs"),
    ("credit", "/product-facets?q=kqs"),
    ("credit", "/lists/usual"),
];

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |or: u32| arguments.next().map_or(Ok(or), |text| text.parse::<u32>());
    let (orders, goods) = (number(1_000_000)?, number(100_000)?);
    let temporary = tempfile::tempdir()?;
    let folder = arguments
        .next()
        .map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let options = Options {
        effort: Effort::Least,
        ..Options::new("127.0.0.1:0", folder.join("bench-reads.db"))
    };
    let opened = Opened::new(&options).await?;
    seed::sample(&opened.state).await?;
    let now = opened.state.clock.now();
    opened
        .state
        .db
        .write(move |tx| Box::pin(async move { grow(tx, orders, goods, now).await }))
        .await?;
    opened.close().await;
    let running = Running::start(&options).await?;
    let base = format!("http://{}/api/v1", running.address);
    let mut lines = vec![
        format!("{orders} orders of {CUSTOMERS} customers, {goods} products; {TIMES} times each"),
        String::new(),
        "| read | by | p50 | p99 |".to_owned(),
        "|---|---|---:|---:|".to_owned(),
    ];
    for (who, path) in READS {
        let client = sign_in(&base, who).await?;
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let started = Instant::now();
            let reply = client.get(format!("{base}{path}")).send().await?;
            reply.error_for_status()?.bytes().await?;
            times.push(started.elapsed());
        }
        times.sort_unstable();
        let share = |percent: usize| millis(times.get(TIMES.saturating_sub(1) * percent / 100).copied());
        lines.push(format!(
            "| `{path}` | {who} | {} ms | {} ms |",
            share(50),
            share(99)
        ));
    }
    running.stop().await;
    print(&lines);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the figures are what it is run for")]
fn print(lines: &[String]) {
    println!("{}", lines.join("\n"));
}

fn millis(time: Option<Duration>) -> String {
    let micros = time.unwrap_or_default().as_micros();
    format!("{}.{}", micros / 1_000, micros % 1_000 / 100)
}

async fn sign_in(base: &str, login: &str) -> Result<Client, Failure> {
    let client = Client::builder().cookie_store(true).tcp_nodelay(true).build()?;
    let credentials = json!({ "login": login, "password": DEMO_PASSWORD });
    let request = client
        .post(format!("{base}/session"))
        .header("x-countersign", "1");
    request.json(&credentials).send().await?.error_for_status()?;
    Ok(client)
}

/// Copies what the sample has until there is so much of it.
async fn grow(
    tx: &mut Tx,
    orders: u32,
    goods: u32,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), DbError> {
    copy_products(tx, goods, now).await?;
    // Ids and numbers count on from a prefix no sample has.
    let id = |prefix: &str| format!("printf('{prefix}-0000-4000-8000-%012x', n.i)");
    let count = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)";
    sqlx::query(AssertSqlSafe(format!(
        "{count} INSERT INTO customers (id, code, name_zh, name_en, level_id, region_id, policy, search, version, \
         created_at, updated_at) SELECT {}, 'B' || n.i, c.name_zh || n.i, c.name_en || ' ' || n.i, c.level_id, \
         c.region_id, c.policy, 'b' || n.i, 1, c.created_at, c.updated_at FROM n JOIN (SELECT *, \
         row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS places FROM customers) c \
         ON c.place = 1 + n.i % c.places",
        id("bbbbbbbb")
    )))
    .bind(CUSTOMERS)
    .execute(&mut **tx)
    .await?;
    let copies = |which: &str| {
        format!(
            "{count} INSERT INTO orders (id, draft_id, fingerprint, number, customer_id, region_id, status, priority, \
             total, total_minor, paid_minor, line_count, submitted_at, entered_at, due_at, promised_date, to_receive, \
             to_answer, version, search, updated_at, doc) SELECT printf('%s-0000-4000-8000-%012x', $2, n.i), \
             printf('%s-0000-4000-9000-%012x', $2, n.i), o.fingerprint, printf('%s-%07d', $3, n.i), c.id, c.region_id, \
             o.status, o.priority, o.total, o.total_minor + n.i % 9973, o.paid_minor, o.line_count, \
             strftime('%Y-%m-%dT%H:%M:%f', o.submitted_at, printf('-%d minutes', n.i)) || '000Z', o.entered_at, o.due_at, \
             o.promised_date, o.to_receive, o.to_answer, o.version, lower(printf('%s-%07d ', $3, n.i)) || o.search, \
             o.updated_at, o.doc FROM n JOIN (SELECT *, row_number() OVER (ORDER BY length(doc), id) AS place, \
             count(*) OVER () AS places FROM orders WHERE {which} ORDER BY length(doc) LIMIT 24) o \
             ON o.place = 1 + n.i % min(24, o.places) JOIN customers c \
             ON c.id = printf('bbbbbbbb-0000-4000-8000-%012x', 1 + (n.i * 7919) % $4)"
        )
    };
    let finished = "status IN ('completed', 'voided')";
    for (which, prefix, number, copies_of) in [
        (finished.to_owned(), "cccccccc", "B", orders),
        (format!("NOT {finished}"), "dddddddd", "W", 24 * WAITING),
    ] {
        sqlx::query(AssertSqlSafe(copies(&which)))
            .bind(copies_of)
            .bind(prefix)
            .bind(number)
            .bind(CUSTOMERS)
            .execute(&mut **tx)
            .await?;
    }
    sqlx::query("ANALYZE").execute(&mut **tx).await?;
    Ok(())
}

async fn copy_products(tx: &mut Tx, goods: u32, now: chrono::DateTime<chrono::Utc>) -> Result<(), DbError> {
    let rows = sqlx::query("SELECT doc FROM products")
        .fetch_all(&mut **tx)
        .await?;
    let sample: Vec<Product> = rows
        .iter()
        .filter_map(|row| serde_json::from_str(row.try_get("doc").ok()?).ok())
        .collect();
    let mut next: u32 = 0;
    for number in (1..goods).skip(sample.len()) {
        let Some(of) = sample.get(number as usize % sample.len().max(1)) else {
            break;
        };
        let mut copy = of.clone();
        copy.id = ProductId(Uuid::from_u128(0xEEEE_0000_0000 + u128::from(number)));
        for variant in &mut copy.variants {
            next += 1;
            variant.id = VariantId(Uuid::from_u128(0xFFFF_0000_0000 + u128::from(next)));
            variant.sku = format!("B-{next:07}");
            variant.barcode = None;
        }
        products::put(tx, &copy, 1_000 + number, now).await?;
    }
    Ok(())
}
