//! What is wrong is said by file, line and column.

use countersign_server::import::{FileKind, Mistake, MistakeKind, Options, Outcome};
use countersign_testkit::sample::import::{BAD, MISTAKES, MistakeKind as Listed};

use crate::support::{TestServer, options, source, sources};

/// A mistake as the testkit lists it.
fn listed(mistake: &Mistake) -> (&'static str, usize, String, Listed) {
    let file = match mistake.file {
        FileKind::Categories => "categories",
        FileKind::Products => "products",
        FileKind::Customers => "customers",
        FileKind::Orders => "orders",
        FileKind::OrderLines => "order_details",
    };
    let kind = match mistake.kind {
        MistakeKind::Number(_) => Listed::Number,
        MistakeKind::Date => Listed::Date,
        MistakeKind::Missing => Listed::Missing,
        MistakeKind::Duplicate { .. } => Listed::Duplicate,
        MistakeKind::Unknown => Listed::Unknown,
        _ => panic!("not among the mistakes of the files: {mistake}"),
    };
    (file, mistake.line, mistake.column.clone(), kind)
}

#[tokio::test]
async fn every_mistake_is_found_and_nothing_else() {
    let server = TestServer::start().await;
    let report = server.import(&sources(&BAD), &options()).await;
    let found: Vec<_> = report
        .mistakes
        .iter()
        .filter(|mistake| !mistake.is_consequence())
        .map(listed)
        .collect();
    let expected: Vec<_> = MISTAKES
        .iter()
        .map(|mistake| {
            (
                mistake.file,
                mistake.line,
                mistake.column.to_owned(),
                mistake.kind,
            )
        })
        .collect();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn nothing_is_imported_when_anything_is_wrong() {
    let server = TestServer::start().await;
    let report = server.import(&sources(&BAD), &options()).await;
    assert_eq!(report.outcome, Outcome::Refused);
    for table in [
        "SELECT COUNT(*) FROM products",
        "SELECT COUNT(*) FROM customers",
        "SELECT COUNT(*) FROM imported_orders",
    ] {
        assert_eq!(server.number(table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn rows_without_mistakes_are_imported_where_that_is_asked_for() {
    let server = TestServer::start().await;
    let skipping = Options {
        skip_bad: true,
        ..options()
    };
    let report = server.import(&sources(&BAD), &skipping).await;
    assert_eq!(report.outcome, Outcome::Imported);
    assert_eq!(server.number("SELECT COUNT(*) FROM products").await, 8);
    assert_eq!(server.number("SELECT COUNT(*) FROM customers").await, 4);
    // Of the fifteen orders, 50114 is the only one all of whose rows are fine and name what is imported: an order is
    // imported whole or not at all.
    assert_eq!(
        server
            .number("SELECT COUNT(*) FROM imported_orders WHERE code = '50114'")
            .await,
        1
    );
    let orders = report.counts.orders;
    assert_eq!((orders.new, orders.left_out), (1, 14));
    let lines = report.counts.order_lines;
    assert_eq!((lines.new, lines.left_out), (3, 38));
}

#[tokio::test]
async fn a_comma_outside_quotation_marks_is_said_and_can_be_settled() {
    let text = "code,name,address,city\nA,Shop,12, rue du Port,Lyon\nB,Shop,Main St.,York\n";
    let customers = [source(FileKind::Customers, text)];
    let server = TestServer::start().await;
    let report = server.import(&customers, &options()).await;
    let said: Vec<String> = report.mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "customers.csv, line 2, address: 5 fields where the header has 4: a field with a comma must be in quotation \
             marks; where it is always this column, say --extra-commas customers.address"
        ]
    );
    let settled = Options {
        extra_commas: vec!["customers.address".parse().expect("a column")],
        ..options()
    };
    let report = server.import(&customers, &settled).await;
    assert_eq!((report.mistakes, report.counts.customers.new), (Vec::new(), 2));
    let addresses = "SELECT COUNT(*) FROM customer_addresses WHERE text = '12, rue du Port, Lyon'";
    assert_eq!(server.number(addresses).await, 1);
}

#[tokio::test]
async fn encodings_and_quotation_marks_are_looked_at() {
    let server = TestServer::start().await;
    let mut text = b"code,name\nA,\"Tea\nB,".to_vec();
    text.extend([0xb2, 0xe8, b'\n']);
    let report = server
        .import(&[source(FileKind::Categories, text)], &options())
        .await;
    let kinds: Vec<_> = report
        .mistakes
        .iter()
        .map(|one| (one.line, one.kind.clone()))
        .collect();
    assert_eq!(kinds, [(2, MistakeKind::Quoting)]);
    let report = server
        .import(
            &[source(
                FileKind::Categories,
                [b"code,name\nB,".as_slice(), &[0xb2, 0xe8]].concat(),
            )],
            &options(),
        )
        .await;
    let kinds: Vec<_> = report
        .mistakes
        .iter()
        .map(|one| (one.line, one.kind.clone()))
        .collect();
    assert_eq!(kinds, [(2, MistakeKind::Encoding)]);
}
