//! Questions a device can answer by itself.

use std::any::Any;

use chrono::{DateTime, Utc};
use countersign_contract::Endpoint;
use countersign_contract::catalog::{GetProduct, GetProductFacets, ProductQuery};
use countersign_contract::lookup::CodesQuery;
use countersign_contract::order::OrderQuery;
use countersign_domain::id::ProductId;

/// A question the device can answer from more than the last answer to the very same one.
#[derive(Clone, Debug)]
pub enum Ask {
    /// A page of the catalog.
    Products(ProductQuery),
    /// What can be chosen among the products of the catalog.
    Facets(ProductQuery),
    /// A product.
    Product(ProductId),
    /// A list of orders.
    Orders(OrderQuery),
    /// What codes mean. Asked without the cache, so that [`Ask::of`] has no use for it.
    Codes(CodesQuery),
}

impl Ask {
    /// The question that a read of `E` is, if it is one of these.
    pub fn of<E: Endpoint>(path: &E::Path, query: &E::Query) -> Option<Self>
    where
        E::Path: 'static,
        E::Query: 'static,
    {
        let (path, query): (&dyn Any, &dyn Any) = (path, query);
        if let Some(query) = query.downcast_ref::<ProductQuery>() {
            let is_facets = E::PATH == GetProductFacets::PATH;
            let ask = if is_facets { Self::Facets } else { Self::Products };
            return Some(ask(query.clone()));
        }
        if let Some(query) = query.downcast_ref::<OrderQuery>() {
            return Some(Self::Orders(query.clone()));
        }
        let is_product = E::PATH == GetProduct::PATH;
        path.downcast_ref::<ProductId>()
            .filter(|_| is_product)
            .map(|id| Self::Product(*id))
    }
}

impl Ask {
    /// Whether the device answers first and the server, which is asked as well, corrects it: somebody is typing. What a
    /// cart asks about its variants is for the server to say.
    pub fn is_hasty(&self) -> bool {
        match self {
            Self::Products(query) => query.variants.is_none(),
            Self::Facets(_) => true,
            Self::Product(_) | Self::Orders(_) | Self::Codes(_) => false,
        }
    }
}

/// An answer from the device.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its text, as the server would have sent it.
    pub text: String,
    /// When the server said so.
    pub at: DateTime<Utc>,
}
