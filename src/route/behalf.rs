//! The addresses of ordering on behalf of a customer: a distributor's own pages, below the customer.
//!
//! A page does not know for whom it is opened. Its links stay with the customer because [`Route::to_path`] puts them there, as
//! long as the desk of that customer is open; whatever is no page of ordering has one address for everybody.

use std::cell::Cell;

use countersign_domain::id::CustomerId;

use crate::route::Route;

thread_local! {
    /// The customer whose desk is open.
    static CUSTOMER: Cell<Option<CustomerId>> = const { Cell::new(None) };
}

/// The desk of `customer` is open from now on, or nobody's.
pub fn order_for(customer: Option<CustomerId>) {
    CUSTOMER.set(customer);
}

/// `path` for whom it is opened now.
pub(super) fn placed(route: &Route, path: String) -> String {
    match CUSTOMER.get() {
        Some(customer) if route.is_of_ordering() => below(customer, &path),
        _ => path,
    }
}

fn below(customer: CustomerId, path: &str) -> String {
    format!("/for/{customer}{path}")
}

/// The customer that a path is below, and the segments of the rest; all of them where it is below none.
pub(super) fn split<'a, 'b>(segments: &'a [&'b str]) -> (Option<CustomerId>, &'a [&'b str]) {
    match segments {
        ["for", customer, rest @ ..] => match customer.parse() {
            Ok(customer) => (Some(customer), rest),
            Err(_) => (None, segments),
        },
        _ => (None, segments),
    }
}

/// The customer that `path` is below.
pub(super) fn customer_of(path: &str) -> Option<CustomerId> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    match (segments.next(), segments.next()) {
        (Some("for"), Some(customer)) => customer.parse().ok(),
        _ => None,
    }
}

impl Route {
    /// Whether it is a page of ordering, which staff open on behalf of a customer.
    pub fn is_of_ordering(&self) -> bool {
        matches!(
            self,
            Self::Catalog(_)
                | Self::Product(_)
                | Self::Cart
                | Self::CartReview
                | Self::QuickOrder
                | Self::Outbox
                | Self::OutboxEntry(_)
                | Self::Lists(_)
                | Self::List(_)
                | Self::OrderAgain(_)
                | Self::ListAgain(_)
        )
    }

    /// Where ordering for `customer` begins.
    pub fn to_order_for(customer: CustomerId) -> String {
        below(customer, &Self::QuickOrder.own_path())
    }
}

#[cfg(test)]
mod tests {
    use super::{customer_of, order_for};
    use crate::route::{CatalogFilter, OrdersFilter, Route};

    const ID: &str = "0190b9c4-8d5e-7a31-b1f0-5a3f6f2f9c10";

    #[test]
    fn the_pages_of_ordering_stay_with_the_customer_and_others_do_not() {
        let customer = ID.parse().expect("a UUID");
        order_for(Some(customer));
        let catalog = Route::Catalog(CatalogFilter {
            q: "tea".to_owned(),
            ..CatalogFilter::default()
        });
        assert_eq!(catalog.to_path(), format!("/for/{ID}/catalog?q=tea"));
        assert_eq!(Route::Home.to_path(), "/");
        assert_eq!(Route::Orders(OrdersFilter::default()).to_path(), "/orders");
        assert_eq!(Route::to_order_for(customer), Route::QuickOrder.to_path());
        assert!(Route::Cart.contains(&Route::CartReview));
        order_for(None);
        assert_eq!(catalog.to_path(), "/catalog?q=tea");
        assert_eq!(Route::parse(&format!("/for/{ID}/catalog"), "q=tea"), catalog);
        assert_eq!(customer_of(&format!("/for/{ID}/catalog")), Some(customer));
    }

    #[test]
    fn below_a_customer_is_nothing_but_ordering() {
        for path in [
            format!("/for/{ID}/orders"),
            format!("/for/{ID}"),
            format!("/for/{ID}/for/{ID}/cart"),
        ] {
            assert_eq!(Route::parse(&path, ""), Route::NotFound, "{path}");
        }
        assert_eq!(Route::parse("/for/7/cart", ""), Route::NotFound);
        assert_eq!(customer_of("/for/7/cart"), None);
        assert_eq!(customer_of("/cart"), None);
    }
}
