//! Every address of the app: the only place that reads and writes paths.
//!
//! Both sides share one path space; the account decides which page an address opens. Whatever a list shows — filters,
//! sort, the open item — is part of its address, so a link shows the same thing to a colleague.

use countersign_domain::id::{CategoryId, DraftId, OrderId, ProductId};
use countersign_domain::workflow::Stage;

mod current;

pub use current::{Navigator, complete_navigation, use_navigator, use_route};

/// An address of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Sign in, and then go on to an address.
    SignIn {
        /// Where to go afterwards: a path of this app.
        then: Option<String>,
    },
    /// The home page of either side.
    Home,
    /// The catalog.
    Catalog(CatalogFilter),
    /// A product.
    Product(ProductId),
    /// The cart.
    Cart,
    /// The review before submitting.
    CartReview,
    /// Orders on their way to the server.
    Outbox,
    /// One of them.
    OutboxEntry(DraftId),
    /// Orders, of either side.
    Orders(OrdersFilter),
    /// An order, for either side.
    Order(OrderId),
    /// A queue of the supplier, perhaps with an order open beside it.
    Queue {
        /// The stage.
        stage: Stage,
        /// The open order.
        open: Option<OrderId>,
    },
    /// The settings of the workflow.
    Workflow,
    /// No page of this app.
    NotFound,
}

/// What the catalog shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogFilter {
    /// Words searched for.
    pub q: String,
    /// The category.
    pub category: Option<CategoryId>,
    /// Only what is in stock.
    pub in_stock: bool,
}

/// What a list of orders shows. The values are the contract's; what they mean is the page's business.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrdersFilter {
    /// Words searched for.
    pub q: String,
    /// Statuses, comma separated; empty means all.
    pub status: String,
    /// Submitted on or after this day; empty means ever.
    pub from: String,
    /// Submitted on or before this day.
    pub to: String,
    /// The order of the list; empty means newest first.
    pub sort: String,
}

const STAGES: [(Stage, &str); 8] = [
    (Stage::OrderReview, "order-review"),
    (Stage::CustomerConfirmation, "customer-confirmation"),
    (Stage::ExecutiveApproval, "executive-approval"),
    (Stage::FinanceReview, "finance-review"),
    (Stage::Production, "production"),
    (Stage::OutboundReview, "outbound-review"),
    (Stage::Ship, "shipping"),
    (Stage::Receive, "receiving"),
];

impl Route {
    /// The route of `path` and `query` (without the question mark).
    pub fn parse(path: &str, query: &str) -> Self {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let field = |name: &str| read_field(query, name).unwrap_or_default();
        let found = match segments.as_slice() {
            [] => Some(Self::Home),
            ["sign-in"] => Some(Self::SignIn {
                then: read_field(query, "then").filter(|path| is_own(path)),
            }),
            ["catalog"] => Some(Self::Catalog(CatalogFilter {
                q: field("q"),
                category: field("category").parse().ok(),
                in_stock: field("in_stock") == "true",
            })),
            ["catalog", id] => id.parse().ok().map(Self::Product),
            ["cart"] => Some(Self::Cart),
            ["cart", "review"] => Some(Self::CartReview),
            ["outbox"] => Some(Self::Outbox),
            ["outbox", id] => id.parse().ok().map(Self::OutboxEntry),
            ["orders"] => Some(Self::Orders(OrdersFilter {
                q: field("q"),
                status: field("status"),
                from: field("from"),
                to: field("to"),
                sort: field("sort"),
            })),
            ["orders", id] => id.parse().ok().map(Self::Order),
            ["queues", name] => {
                STAGES
                    .iter()
                    .find(|(_, known)| known == name)
                    .map(|(stage, _)| Self::Queue {
                        stage: *stage,
                        open: field("open").parse().ok(),
                    })
            }
            ["settings", "workflow"] => Some(Self::Workflow),
            _ => None,
        };
        found.unwrap_or(Self::NotFound)
    }

    /// The path, with its query.
    pub fn to_path(&self) -> String {
        match self {
            Self::SignIn { then } => with_query("/sign-in", &[("then", then.as_deref().unwrap_or_default())]),
            // An unknown address has no path of its own; the way out of it is home.
            Self::Home | Self::NotFound => "/".to_owned(),
            Self::Catalog(filter) => {
                let category = filter.category.map(|id| id.to_string()).unwrap_or_default();
                let in_stock = if filter.in_stock { "true" } else { "" };
                with_query(
                    "/catalog",
                    &[("q", &filter.q), ("category", &category), ("in_stock", in_stock)],
                )
            }
            Self::Product(id) => format!("/catalog/{id}"),
            Self::Cart => "/cart".to_owned(),
            Self::CartReview => "/cart/review".to_owned(),
            Self::Outbox => "/outbox".to_owned(),
            Self::OutboxEntry(id) => format!("/outbox/{id}"),
            Self::Orders(filter) => with_query(
                "/orders",
                &[
                    ("q", &filter.q),
                    ("status", &filter.status),
                    ("from", &filter.from),
                    ("to", &filter.to),
                    ("sort", &filter.sort),
                ],
            ),
            Self::Order(id) => format!("/orders/{id}"),
            Self::Queue { stage, open } => {
                // Nothing waits at submit, so that no queue is named after it.
                let name = STAGES
                    .iter()
                    .find(|(known, _)| known == stage)
                    .map_or("order-review", |(_, name)| name);
                let open = open.map(|id| id.to_string()).unwrap_or_default();
                with_query(&format!("/queues/{name}"), &[("open", &open)])
            }
            Self::Workflow => "/settings/workflow".to_owned(),
        }
    }

    /// Whether both are the same page, however it is filtered and whatever is open in it.
    pub fn is_same_page(&self, other: &Self) -> bool {
        page_of(&self.to_path()) == page_of(&other.to_path())
            && (*self == Self::NotFound) == (*other == Self::NotFound)
    }

    /// Whether `other` lies below this page, as an order below the list of orders.
    pub fn contains(&self, other: &Self) -> bool {
        let (own, other) = (self.to_path(), other.to_path());
        let rest = page_of(&other).strip_prefix(page_of(&own));
        rest.is_some_and(|rest| rest.starts_with('/'))
    }
}

fn page_of(path: &str) -> &str {
    path.split_once('?').map_or(path, |(page, _)| page)
}

/// Whether a path stays within the app: a link must not lead to another site after signing in.
fn is_own(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains('\\')
}

fn with_query(path: &str, fields: &[(&str, &str)]) -> String {
    let mut whole = path.to_owned();
    let mut separator = '?';
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        whole.push(separator);
        whole.push_str(name);
        whole.push('=');
        escape(value, &mut whole);
        separator = '&';
    }
    whole
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
fn escape(text: &str, into: &mut String) {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            into.push(char::from(byte));
        } else {
            into.push('%');
            into.push(HEX[usize::from(byte >> 4)]);
            into.push(HEX[usize::from(byte & 15)]);
        }
    }
}

fn read_field(query: &str, name: &str) -> Option<String> {
    let pairs = query
        .trim_start_matches('?')
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    pairs
        .into_iter()
        .find(|(key, _)| *key == name)
        .map(|(_, value)| unescape(value))
}

/// Undoes percent-encoding; a stray `%` stands for itself.
fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let digit = |offset: usize| {
            bytes
                .get(at.saturating_add(offset))
                .and_then(|byte| char::from(*byte).to_digit(16))
        };
        match (byte, digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => {
                plain.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
            }
            (b'+', ..) => {
                plain.push(b' ');
                at += 1;
            }
            _ => {
                plain.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use countersign_domain::workflow::Stage;

    use super::{CatalogFilter, OrdersFilter, Route};

    const ID: &str = "0190b9c4-8d5e-7a31-b1f0-5a3f6f2f9c10";

    fn round_trip(route: &Route) -> Route {
        let path = route.to_path();
        let (path, query) = path.split_once('?').unwrap_or((&path, ""));
        Route::parse(path, query)
    }

    #[test]
    fn every_route_is_read_back_from_its_path() {
        let id = ID.parse().expect("a UUID");
        let routes = [
            Route::SignIn { then: None },
            Route::SignIn {
                then: Some("/orders?status=completed&q=a b".to_owned()),
            },
            Route::Home,
            Route::Catalog(CatalogFilter::default()),
            Route::Catalog(CatalogFilter {
                q: "矿泉水 50% & more".to_owned(),
                category: Some(ID.parse().expect("a UUID")),
                in_stock: true,
            }),
            Route::Product(ID.parse().expect("a UUID")),
            Route::Cart,
            Route::CartReview,
            Route::Orders(OrdersFilter {
                q: "DH-O+1".to_owned(),
                status: "sent_back,voided".to_owned(),
                from: "2026-11-01".to_owned(),
                to: "2026-11-22".to_owned(),
                sort: "amount".to_owned(),
            }),
            Route::Order(id),
            Route::Workflow,
        ];
        for route in routes {
            assert_eq!(round_trip(&route), route);
        }
        for stage in Stage::ALL.into_iter().filter(|stage| *stage != Stage::Submit) {
            let route = Route::Queue {
                stage,
                open: Some(id),
            };
            assert_eq!(round_trip(&route), route);
        }
    }

    #[test]
    fn what_is_no_page_is_not_found() {
        assert_eq!(Route::parse("/orders/17", ""), Route::NotFound);
        assert_eq!(Route::parse("/queues/lunch", ""), Route::NotFound);
        assert_eq!(Route::parse("/nowhere/at/all", ""), Route::NotFound);
    }

    #[test]
    fn signing_in_never_leads_to_another_site() {
        for hostile in [
            "https%3A%2F%2Fevil.example",
            "%2F%2Fevil.example",
            "%2F%5Cevil.example",
            "javascript%3A1",
        ] {
            let route = Route::parse("/sign-in", &format!("then={hostile}"));
            assert_eq!(route, Route::SignIn { then: None }, "{hostile}");
        }
    }

    #[test]
    fn a_page_stays_the_same_whatever_is_open_in_it() {
        let id = ID.parse().expect("a UUID");
        let queue = |open| Route::Queue {
            stage: Stage::Ship,
            open,
        };
        let orders = Route::Orders(OrdersFilter::default());
        assert!(queue(Some(id)).is_same_page(&queue(None)));
        assert!(!queue(None).is_same_page(&orders));
        assert!(!Route::Home.is_same_page(&Route::NotFound));
        assert!(orders.contains(&Route::Order(id)));
        assert!(!Route::Home.contains(&orders));
        assert!(!orders.contains(&orders));
    }

    #[test]
    fn broken_escapes_are_read_as_they_stand() {
        let Route::Catalog(filter) = Route::parse("/catalog", "q=100%&category=x") else {
            panic!("not the catalog")
        };
        assert_eq!(filter.q, "100%");
        assert_eq!(filter.category, None);
    }
}
