//! Who is bought for: a customer's own account buys for its customer, staff who order on behalf say for which.

use countersign_domain::id::CustomerId;
use serde::Deserialize;

use crate::Method;
use crate::endpoint::{Pairs, QueryParams};

/// For whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct ForCustomer {
    /// The customer, for staff who order on its behalf; a customer's own account leaves it out.
    pub customer: Option<CustomerId>,
}

impl QueryParams for ForCustomer {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Pairs::default().opt("customer", self.customer).done()
    }
}

/// The name of the query parameter by which staff say for whom they order.
pub const CUSTOMER: &str = "customer";

/// The operations that ask for whom something is bought, by method and path; each takes [`CUSTOMER`] in its query.
///
/// A submission is not among them: whom it is for stands in its bytes, so that a repeat can't end with another customer.
pub const FOR_CUSTOMER: [(Method, &str); 21] = [
    (Method::Get, "/account"),
    (Method::Get, "/bought-goods"),
    (Method::Get, "/catalog/changes"),
    (Method::Get, "/catalog/lookup"),
    (Method::Get, "/categories"),
    (Method::Get, "/drafts"),
    (Method::Get, "/drafts/{draft_id}"),
    (Method::Put, "/drafts/{draft_id}"),
    (Method::Delete, "/drafts/{draft_id}"),
    (Method::Post, "/drafts/{draft_id}/withdrawal"),
    (Method::Get, "/favourites"),
    (Method::Get, "/lists"),
    (Method::Get, "/lists/usual"),
    (Method::Get, "/lists/{list_id}"),
    (Method::Get, "/lists/{list_id}/reorder"),
    (Method::Get, "/orders"),
    (Method::Get, "/orders/{order_id}/reorder"),
    (Method::Get, "/product-facets"),
    (Method::Get, "/products"),
    (Method::Get, "/products/{product_id}"),
    (Method::Get, "/promotions"),
];

/// Whether `method` on `path`, with its ids and perhaps a query, is one of [`FOR_CUSTOMER`].
pub fn asks_for_whom(method: Method, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or(path);
    FOR_CUSTOMER
        .iter()
        .any(|(known, template)| *known == method && fits(template, path))
}

fn fits(template: &str, path: &str) -> bool {
    let (mut names, mut parts) = (template.split('/'), path.split('/'));
    loop {
        match (names.next(), parts.next()) {
            (None, None) => return true,
            (Some(name), Some(part)) if name == part || name.starts_with('{') => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_bought_for_somebody_is_told_from_what_is_not() {
        for path in [
            "/products",
            "/products?q=tea",
            "/products/7",
            "/lists/usual",
            "/orders/7/reorder",
        ] {
            assert!(asks_for_whom(Method::Get, path), "{path}");
        }
        for path in [
            "/orders/7",
            "/products/7/pictures",
            "/notices",
            "/home/distributor",
            "/",
        ] {
            assert!(!asks_for_whom(Method::Get, path), "{path}");
        }
        assert!(asks_for_whom(Method::Put, "/drafts/7"));
        assert!(
            !asks_for_whom(Method::Put, "/lists/7"),
            "only a customer keeps lists"
        );
        assert!(!asks_for_whom(Method::Post, "/orders"), "the bytes say for whom");
    }
}
