//! What is right is stored, once.

use countersign_server::import::{Count, FileKind, ImportError, Options, Outcome, run};
use countersign_testkit::sample::import::{FREIGHT_TOTAL, GOOD, LINES_TOTAL};

use crate::support::{TestServer, options, source, sources};

fn new(rows: usize) -> Count {
    Count {
        new: rows,
        ..Count::default()
    }
}

fn there(rows: usize) -> Count {
    Count {
        there: rows,
        ..Count::default()
    }
}

#[tokio::test]
async fn good_files_are_imported_whole_and_only_once() {
    let server = TestServer::start().await;
    let first = server.import(&sources(&GOOD), &options()).await;
    assert_eq!((first.mistakes, first.outcome), (Vec::new(), Outcome::Imported));
    let counts = first.counts;
    assert_eq!(counts.categories, new(4));
    assert_eq!(counts.products, new(12));
    assert_eq!(counts.customers, new(6));
    assert_eq!(counts.orders, new(15));
    assert_eq!(counts.order_lines, new(41));
    assert_eq!(
        (first.lines_total.0, first.freight_total.0),
        (LINES_TOTAL, FREIGHT_TOTAL)
    );

    let again = server.import(&sources(&GOOD), &options()).await;
    assert_eq!(again.outcome, Outcome::Imported);
    assert_eq!(again.counts.products, there(12));
    assert_eq!(again.counts.customers, there(6));
    assert_eq!(again.counts.orders, there(15));
    assert_eq!(again.counts.order_lines, there(41));
    for (table, rows) in [
        ("SELECT COUNT(*) FROM categories", 4),
        ("SELECT COUNT(*) FROM products", 12),
        ("SELECT COUNT(*) FROM customers", 6),
        ("SELECT COUNT(*) FROM regions", 6),
        ("SELECT COUNT(*) FROM imported_orders", 15),
        ("SELECT COUNT(*) FROM accounts WHERE customer_id IS NULL", 6),
        ("SELECT COUNT(DISTINCT password_hash) FROM accounts", 12),
        ("SELECT COUNT(*) FROM orders", 0),
    ] {
        assert_eq!(server.number(table).await, rows, "{table}");
    }
}

#[tokio::test]
async fn trying_changes_nothing() {
    let server = TestServer::start().await;
    let dry = Options {
        dry_run: true,
        ..options()
    };
    let report = server.import(&sources(&GOOD), &dry).await;
    assert_eq!((report.outcome, report.counts.orders.new), (Outcome::Tried, 15));
    assert_eq!(server.number("SELECT COUNT(*) FROM products").await, 0);
}

#[tokio::test]
async fn orders_may_come_after_what_they_name() {
    let server = TestServer::start().await;
    let files = sources(&GOOD);
    let (first, later) = files.split_at(3);
    server.import(first, &options()).await;
    assert_eq!(
        server
            .number("SELECT on_hand FROM stock JOIN variants v ON v.id = variant_id WHERE sku = '8'")
            .await,
        90_000
    );
    let report = server.import(later, &options()).await;
    assert_eq!((report.mistakes, report.counts.orders), (Vec::new(), new(15)));
    // What is on hand is what the file says is left, and what the orders still take: 5, 3 and 24 of the cheddar.
    assert_eq!(
        server
            .number("SELECT on_hand FROM stock JOIN variants v ON v.id = variant_id WHERE sku = '8'")
            .await,
        410_000
    );
}

#[tokio::test]
async fn columns_may_be_called_otherwise() {
    let server = TestServer::start().await;
    let text = "\u{feff}货号;品名;单价;备注\r\nA1;绿茶;12.50;x\r\n";
    let report = server
        .import(&[source(FileKind::Products, text)], &options())
        .await;
    assert_eq!((report.mistakes, report.counts.products), (Vec::new(), new(1)));
    assert_eq!(
        server
            .number("SELECT COUNT(*) FROM variants WHERE sku = 'A1'")
            .await,
        1
    );
    let mapped = Options {
        choices: vec!["products.name=备注".parse().expect("a choice")],
        ..options()
    };
    let report = server
        .import(&[source(FileKind::Products, text.replace("A1", "A2"))], &mapped)
        .await;
    assert_eq!(report.counts.products, new(1));
    assert_eq!(
        server
            .number(r#"SELECT COUNT(*) FROM products WHERE doc LIKE '%"x"%'"#)
            .await,
        1
    );
}

#[tokio::test]
async fn what_can_not_be_imported_at_all_is_one_sentence() {
    let server = TestServer::start().await;
    let state = server.running.state();
    let sentence = |result: Result<_, ImportError>| result.map(|_| ()).expect_err("refused").to_string();
    let headless = run(state, &[source(FileKind::Products, "a,b\n")], &options()).await;
    assert_eq!(
        sentence(headless),
        "products.csv has no column for the code: name it with --map products.code=COLUMN"
    );
    let alone = run(state, &[source(FileKind::Orders, GOOD.orders)], &options()).await;
    assert_eq!(
        sentence(alone),
        "orders and order-lines belong together: the order-lines are missing"
    );
    let open = Options {
        password: None,
        ..options()
    };
    let open = run(state, &[source(FileKind::Customers, GOOD.customers)], &open).await;
    assert_eq!(sentence(open), "new accounts need an initial password");
}
