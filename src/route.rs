//! Every address of the app: the only place that reads and writes paths.
//!
//! Both sides share one path space; the account decides which page an address opens. Whatever a list shows — filters,
//! sort, the open item — is part of its address, so a link shows the same thing to a colleague.

use countersign_domain::id::{DraftId, ListId, NoticeId, OrderId, ProductId, PromotionId, ReturnId};
use countersign_domain::returns::ReturnStage;
use countersign_domain::workflow::Stage;

mod behalf;
mod catalog;
mod current;
mod lists;
mod notices;
mod places;
mod promotions;
mod query;
mod queue;
mod supply;

pub use behalf::order_for;
pub use catalog::{CatalogFilter, CatalogView};
pub use current::{Navigator, complete_navigation, use_customer, use_navigator, use_route};
pub use lists::ListsPart;
pub use notices::NoticesPlace;
pub use places::Places;
pub use promotions::PromotionsFilter;
use query::{read_field, with_query};
pub use queue::QueueFilter;
pub use supply::{OpenFilter, Supply, span_name, span_named};

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
    /// The sheet of the quick order.
    QuickOrder,
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
        /// Which of its orders.
        filter: QueueFilter,
    },
    /// The settings of the workflow.
    Workflow,
    /// Returns and claims, of either side.
    Returns(ReturnsFilter),
    /// A return, for either side.
    Return(ReturnId),
    /// A queue of returns of the supplier, perhaps with a return open beside it.
    ReturnQueue {
        /// The stage.
        stage: ReturnStage,
        /// The open return.
        open: Option<ReturnId>,
        /// Where the page begins; empty means at the front of the queue.
        after: String,
    },
    /// What a customer keeps to order from again.
    Lists(ListsPart),
    /// A saved list.
    List(ListId),
    /// An order that is to be ordered again.
    OrderAgain(OrderId),
    /// A saved list that is to be ordered.
    ListAgain(ListId),
    /// A board, plan or paper of the supplier.
    Supply(Supply),
    /// Notices and alerts, of either side.
    Notices(NoticesPlace),
    /// The notices that staff keep.
    ManagedNotices,
    /// One of them, or a new one.
    ManagedNotice(Option<NoticeId>),
    /// The supplier's promotions.
    Promotions(PromotionsFilter),
    /// One of them.
    Promotion(PromotionId),
    /// A promotion that is not kept yet, perhaps with the content of another.
    NewPromotion {
        /// The other.
        copy: Option<PromotionId>,
    },
    /// No page of this app.
    NotFound,
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

/// What a list of returns shows, as [`OrdersFilter`] says it of orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnsFilter {
    /// Words searched for.
    pub q: String,
    /// Statuses, comma separated; empty means all.
    pub status: String,
    /// Submitted on or after this day; empty means ever.
    pub from: String,
    /// Submitted on or before this day.
    pub to: String,
}

impl Route {
    /// The route of `path` and `query` (without the question mark).
    pub fn parse(path: &str, query: &str) -> Self {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let field = |name: &str| read_field(query, name).unwrap_or_default();
        let (customer, segments) = behalf::split(&segments);
        let found = match segments {
            [] => Some(Self::Home),
            ["sign-in"] => Some(Self::SignIn {
                then: read_field(query, "then").filter(|path| is_own(path)),
            }),
            ["catalog"] => Some(Self::Catalog(CatalogFilter::read(field))),
            ["catalog", id] => id.parse().ok().map(Self::Product),
            ["cart"] => Some(Self::Cart),
            ["cart", "review"] => Some(Self::CartReview),
            ["quick-order"] => Some(Self::QuickOrder),
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
            ["queues", name] => queue::stage_named(name).map(|stage| Self::Queue {
                stage,
                open: field("open").parse().ok(),
                filter: QueueFilter::read(field),
            }),
            ["settings", "workflow"] => Some(Self::Workflow),
            ["returns"] => Some(Self::Returns(ReturnsFilter {
                q: field("q"),
                status: field("status"),
                from: field("from"),
                to: field("to"),
            })),
            ["returns", id] => id.parse().ok().map(Self::Return),
            ["return-queues", name] => queue::return_stage_named(name).map(|stage| Self::ReturnQueue {
                stage,
                open: field("open").parse().ok(),
                after: field("after"),
            }),
            ["lists"] => Some(Self::Lists(ListsPart::named(&field("show")))),
            ["lists", id] => id.parse().ok().map(Self::List),
            ["lists", id, "again"] => id.parse().ok().map(Self::ListAgain),
            ["promotions"] => Some(Self::Promotions(PromotionsFilter {
                q: field("q"),
                state: field("state"),
            })),
            ["promotions", "new"] => Some(Self::NewPromotion {
                copy: field("copy").parse().ok(),
            }),
            ["promotions", id] => id.parse().ok().map(Self::Promotion),
            ["orders", id, "again"] => id.parse().ok().map(Self::OrderAgain),
            ["notices"] => Some(Self::Notices(NoticesPlace::read(field))),
            ["managed-notices"] => Some(Self::ManagedNotices),
            ["managed-notices", "new"] => Some(Self::ManagedNotice(None)),
            ["managed-notices", id] => id.parse().ok().map(|id| Self::ManagedNotice(Some(id))),
            other => Supply::parse(other, field).map(Self::Supply),
        };
        found
            .filter(|route| customer.is_none() || route.is_of_ordering())
            .unwrap_or(Self::NotFound)
    }

    /// The queue of returns of a stage from its front on, with none open.
    pub fn return_queue(stage: ReturnStage) -> Self {
        Self::ReturnQueue {
            stage,
            open: None,
            after: String::new(),
        }
    }

    /// The path, with its query; below the customer on whose behalf staff order, where it is a page of that.
    pub fn to_path(&self) -> String {
        behalf::placed(self, self.own_path())
    }

    fn own_path(&self) -> String {
        match self {
            Self::SignIn { then } => with_query("/sign-in", &[("then", then.as_deref().unwrap_or_default())]),
            // An unknown address has no path of its own; the way out of it is home.
            Self::Home | Self::NotFound => "/".to_owned(),
            Self::Catalog(filter) => {
                let fields = filter.fields();
                with_query(
                    "/catalog",
                    &fields.each_ref().map(|(name, value)| (*name, value.as_str())),
                )
            }
            Self::Product(id) => format!("/catalog/{id}"),
            Self::Cart => "/cart".to_owned(),
            Self::CartReview => "/cart/review".to_owned(),
            Self::QuickOrder => "/quick-order".to_owned(),
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
            Self::Queue { stage, open, filter } => filter.to_path(*stage, *open),
            Self::Workflow => "/settings/workflow".to_owned(),
            Self::Returns(filter) => with_query(
                "/returns",
                &[
                    ("q", &filter.q),
                    ("status", &filter.status),
                    ("from", &filter.from),
                    ("to", &filter.to),
                ],
            ),
            Self::Return(id) => format!("/returns/{id}"),
            Self::ReturnQueue { stage, open, after } => queue::returns_path(*stage, *open, after),
            Self::Lists(part) => with_query("/lists", &[("show", part.name())]),
            Self::List(id) => format!("/lists/{id}"),
            Self::Promotions(filter) => {
                with_query("/promotions", &[("q", &filter.q), ("state", &filter.state)])
            }
            Self::Promotion(id) => format!("/promotions/{id}"),
            Self::NewPromotion { copy } => {
                let copy = copy.map(|id| id.to_string()).unwrap_or_default();
                with_query("/promotions/new", &[("copy", &copy)])
            }
            Self::OrderAgain(id) => format!("/orders/{id}/again"),
            Self::ListAgain(id) => format!("/lists/{id}/again"),
            Self::Supply(page) => page.to_path(),
            Self::Notices(place) => {
                let fields = place.fields();
                with_query(
                    "/notices",
                    &fields.each_ref().map(|(name, value)| (*name, value.as_str())),
                )
            }
            Self::ManagedNotices => "/managed-notices".to_owned(),
            Self::ManagedNotice(Some(id)) => format!("/managed-notices/{id}"),
            Self::ManagedNotice(None) => "/managed-notices/new".to_owned(),
        }
    }

    /// The page and the query of its address, without the signs before them, as a saved view keeps them. [`Self::parse`] reads
    /// them back.
    pub fn page_and_query(&self) -> (String, String) {
        let path = self.to_path();
        let (page, query) = path.split_once('?').unwrap_or((&path, ""));
        (page.trim_start_matches('/').to_owned(), query.to_owned())
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

#[cfg(test)]
mod tests;
