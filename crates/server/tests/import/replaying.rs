//! Imported orders pass through the API and come to what their files say.

use std::time::Duration;

use countersign_domain::money::Money;
use countersign_server::import::Options as ImportOptions;
use countersign_server::replay::{self, Options, Plan, Report, StaffLogins};
use countersign_testkit::sample::import::{FREIGHT_TOTAL, GOOD, LINES_TOTAL};

use crate::support::{PASSWORD, TestServer, options, sources};

const ORDERS: &str = "SELECT COUNT(*) FROM orders";
const COMPLETED: &str = "SELECT COUNT(*) FROM orders WHERE status = 'completed'";
const EVENTS: &str = "SELECT COUNT(*) FROM order_events";

async fn replay(server: &TestServer, limit: Option<usize>) -> Report {
    let plan = {
        let mut connection = server.running.state().db.read().await.expect("a connection");
        Plan::from_database(&mut connection).await.expect("a plan")
    };
    let options = Options {
        server: format!("http://{}", server.running.address),
        customer_password: PASSWORD.to_owned(),
        staff_password: PASSWORD.to_owned(),
        staff: StaffLogins {
            review: "lead".to_owned(),
            finance: "finance".to_owned(),
            outbound: "warehouse".to_owned(),
            ship: "ship".to_owned(),
        },
        limit,
        pause: Duration::ZERO,
    };
    let mut failures = Vec::new();
    let report = replay::run(&plan, &options, |event| {
        if let replay::Event::Failed { code, error } = event {
            failures.push(format!("{code}: {error}"));
        }
    })
    .await
    .expect("the server answers");
    assert_eq!(failures, Vec::<String>::new());
    report
}

#[tokio::test]
async fn imported_orders_come_to_what_their_files_say() {
    let server = TestServer::start().await;
    server.import(&sources(&GOOD), &options()).await;
    let report = replay(&server, None).await;
    assert!(report.is_good(), "{report}");
    assert_eq!(report.completed, 15);
    assert_eq!(report.server.lines, Money(LINES_TOTAL));
    assert_eq!(report.server.freight, Money(FREIGHT_TOTAL));
    assert_eq!(server.number(COMPLETED).await, 15);
    // What is left in stock is what the file of products says: 9 of the cheddar, none of the ginger beer.
    for (sql, units) in [
        (
            "SELECT on_hand FROM stock JOIN variants v ON v.id = variant_id WHERE sku = '8'",
            90_000,
        ),
        (
            "SELECT on_hand FROM stock JOIN variants v ON v.id = variant_id WHERE sku = '3'",
            0,
        ),
        ("SELECT SUM(reserved) FROM stock", 0),
    ] {
        assert_eq!(server.number(sql).await, units, "{sql}");
    }
}

#[tokio::test]
async fn a_replay_goes_on_where_it_stopped_and_does_nothing_twice() {
    let server = TestServer::start().await;
    server.import(&sources(&GOOD), &options()).await;
    replay(&server, Some(4)).await;
    assert_eq!(server.number(ORDERS).await, 4);
    let report = replay(&server, None).await;
    assert!(report.is_good(), "{report}");
    let events = server.number(EVENTS).await;
    let report = replay(&server, None).await;
    assert!(report.is_good(), "{report}");
    assert_eq!(
        (server.number(ORDERS).await, server.number(EVENTS).await),
        (15, events)
    );
}

#[tokio::test]
async fn customers_with_credit_need_not_pay_first() {
    let server = TestServer::start().await;
    let credit = ImportOptions {
        credit_limit: Some(Money::new(100_000, 0)),
        ..options()
    };
    server.import(&sources(&GOOD), &credit).await;
    let report = replay(&server, Some(3)).await;
    assert!(report.is_good(), "{report}");
    assert_eq!(server.number("SELECT COUNT(*) FROM payments").await, 0);
}

#[tokio::test]
async fn discontinued_products_go_off_sale_after_the_replay() {
    const ON_SALE: &str =
        "SELECT on_sale FROM products p JOIN variants v ON v.product_id = p.id WHERE v.sku = '12'";
    let server = TestServer::start().await;
    let report = server.import(&sources(&GOOD), &options()).await;
    assert_eq!((report.sale.waiting, server.number(ON_SALE).await), (1, 1));
    replay(&server, None).await;
    let report = server.import(&sources(&GOOD), &options()).await;
    assert_eq!((report.sale.taken_off, server.number(ON_SALE).await), (1, 0));
}
