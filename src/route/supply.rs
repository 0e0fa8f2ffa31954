//! The addresses of the supplier's boards, plans and papers.

use countersign_domain::id::{OrderId, ShipmentId};
use countersign_domain::plan::Span;

use super::query::with_query;

/// A page of the supplier beside its queues. Customers open the delivery notes of their own orders, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Supply {
    /// What is ordered and has not left, by SKU.
    OpenQuantities(OpenFilter),
    /// What is to be made, and by when.
    ProductionPlan(Span),
    /// What to take from which warehouse for an order.
    PickList(OrderId),
    /// The same for several orders together.
    SharedPickList(Vec<OrderId>),
    /// What goes with a shipment of an order.
    DeliveryNote(OrderId, ShipmentId),
    /// Who acts for whom, and how long.
    Delegations,
    /// For which customer staff order.
    OrderFor {
        /// Words searched for.
        q: String,
    },
}

/// What the board of open quantities shows. The values are the contract's; what they mean is the page's business.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenFilter {
    /// Words searched for.
    pub q: String,
    /// The category; empty means all.
    pub category: String,
    /// The warehouse; empty means all.
    pub warehouse: String,
}

/// The spans of the plan as they stand in the address.
const SPANS: [(Span, &str); 3] = [
    (Span::Day, "day"),
    (Span::Week, "week"),
    (Span::Quarter, "quarter"),
];

/// How a span of the plan stands in the address.
pub fn span_name(span: Span) -> &'static str {
    let found = SPANS.iter().find(|(known, _)| *known == span);
    found.map_or("", |(_, name)| name)
}

/// The span of that name; the usual one where none is called so.
pub fn span_named(name: &str) -> Span {
    let found = SPANS.iter().find(|(_, known)| *known == name);
    found.map_or_else(Span::default, |(span, _)| *span)
}

impl Supply {
    /// The page at these segments of a path, with the fields of its query.
    pub(super) fn parse(segments: &[&str], field: impl Fn(&str) -> String) -> Option<Self> {
        match segments {
            ["open-quantities"] => Some(Self::OpenQuantities(OpenFilter {
                q: field("q"),
                category: field("category"),
                warehouse: field("warehouse"),
            })),
            ["production-plan"] => Some(Self::ProductionPlan(span_named(&field("by")))),
            // Ids have no dots.
            ["pick-list"] => {
                let orders = field("orders");
                let ids = orders.split('.').filter_map(|id| id.parse().ok());
                Some(Self::SharedPickList(ids.collect()))
            }
            ["orders", id, "pick-list"] => id.parse().ok().map(Self::PickList),
            ["orders", id, "delivery-notes", shipment] => {
                Some(Self::DeliveryNote(id.parse().ok()?, shipment.parse().ok()?))
            }
            ["for"] => Some(Self::OrderFor { q: field("q") }),
            ["settings", "delegations"] => Some(Self::Delegations),
            _ => None,
        }
    }

    /// Its path, with its query.
    pub(super) fn to_path(&self) -> String {
        match self {
            Self::OpenQuantities(filter) => with_query(
                "/open-quantities",
                &[
                    ("q", &filter.q),
                    ("category", &filter.category),
                    ("warehouse", &filter.warehouse),
                ],
            ),
            Self::ProductionPlan(span) => with_query("/production-plan", &[("by", span_name(*span))]),
            Self::SharedPickList(ids) => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                with_query("/pick-list", &[("orders", &ids.join("."))])
            }
            Self::PickList(id) => format!("/orders/{id}/pick-list"),
            Self::DeliveryNote(id, shipment) => format!("/orders/{id}/delivery-notes/{shipment}"),
            Self::Delegations => "/settings/delegations".to_owned(),
            Self::OrderFor { q } => with_query("/for", &[("q", q)]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{OpenFilter, OrderId, Span, Supply};
    use crate::route::Route;

    #[test]
    fn every_page_of_the_supplier_is_read_back_from_its_path() {
        let id = "0190b9c4-8d5e-7a31-b1f0-5a3f6f2f9c10";
        let mut pages = vec![
            Supply::OpenQuantities(OpenFilter::default()),
            Supply::OpenQuantities(OpenFilter {
                q: "矿泉水 5 & more".to_owned(),
                category: id.to_owned(),
                warehouse: id.to_owned(),
            }),
            Supply::PickList(id.parse().expect("a UUID")),
            Supply::SharedPickList(vec![
                id.parse().expect("a UUID"),
                OrderId(uuid::Uuid::from_u128(7)),
            ]),
            Supply::SharedPickList(Vec::new()),
            Supply::DeliveryNote(id.parse().expect("a UUID"), id.parse().expect("a UUID")),
            Supply::Delegations,
            Supply::OrderFor {
                q: "茶 & co".to_owned(),
            },
        ];
        pages.extend(Span::ALL.map(Supply::ProductionPlan));
        for page in pages {
            let route = Route::Supply(page);
            let path = route.to_path();
            let (path, query) = path.split_once('?').unwrap_or((&path, ""));
            assert_eq!(Route::parse(path, query), route);
        }
        assert_eq!(Route::parse("/orders/7/pick-list", ""), Route::NotFound);
    }
}
