//! What a list of products and the facets beside it have in common.

use std::collections::BTreeMap;
use std::sync::Arc;

use countersign_contract::asked::Asked;
use countersign_contract::catalog::ProductQuery;
use countersign_domain::assortment::Assortment;
use countersign_domain::id::{CategoryId, LevelId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::product::StockDisplay;
use countersign_domain::search::{About, Filter, Goods, Listing, Own, Promoted, below};
use sqlx::SqliteConnection;

use super::Viewer;
use crate::db::DbError;
use crate::error::ApiError;
use crate::promotions;
use crate::repo::customers::Customer;
use crate::repo::{bought, catalog, favourites, products};
use crate::search::{Stock, Ware};
use crate::state::AppState;

/// A query of somebody, and what it is looked for in.
pub(super) struct Finding {
    /// The query.
    pub asked: Asked,
    /// The tree of categories.
    pub parents: BTreeMap<CategoryId, Option<CategoryId>>,
    /// The products.
    pub stock: Arc<Stock>,
    /// What the customer has to do with products, as far as the query speaks of it.
    pub own: Own,
    assortment: Assortment,
    only: Option<Vec<usize>>,
    level: Option<LevelId>,
    agreed: BTreeMap<VariantId, Money>,
}

impl Finding {
    /// Reads `query`. Prices, and what the customer has to do with products, are looked up where it speaks of them, or
    /// `priced`.
    pub async fn of(
        state: &AppState,
        connection: &mut SqliteConnection,
        viewer: &Viewer,
        query: &ProductQuery,
        priced: bool,
    ) -> Result<Self, ApiError> {
        let mut asked = Asked::read(query)?;
        // Who is not to see the stock can't ask for it by way of the filter either.
        asked.filter.in_stock &= viewer.display != StockDisplay::Hidden;
        let own = match &viewer.customer {
            Some(customer) => own(state, connection, customer, &asked.filter, priced).await?,
            None => {
                // Staff have no favourites and have bought nothing.
                let filter = &mut asked.filter;
                (filter.favourite, filter.bought, filter.promoted) = (false, false, false);
                Own::default()
            }
        };
        let parents = match (asked.category, priced) {
            (None, false) => BTreeMap::new(),
            _ => catalog::parents(connection).await?,
        };
        let tree = || parents.iter().map(|(id, parent)| (*id, *parent));
        asked.filter.categories = asked.category.map(|category| below(category, tree()));
        let stock = state.shelf.goods(connection).await?;
        let only = match &asked.variants {
            Some(variants) => {
                let places = catalog::places(connection, variants).await?;
                // They come in the order of the catalog.
                Some(
                    places
                        .into_iter()
                        .filter_map(|place| stock.find(place).ok())
                        .collect(),
                )
            }
            None => None,
        };
        let speaks_of_prices = asked.filter.price_from.is_some() || asked.filter.price_to.is_some();
        let agreed = match &viewer.customer {
            Some(customer) if priced || speaks_of_prices => {
                products::agreed_prices(connection, customer.id).await?
            }
            _ => BTreeMap::new(),
        };
        Ok(Self {
            asked,
            parents,
            stock,
            own,
            assortment: viewer.assortment.clone(),
            only,
            level: viewer.customer.as_ref().map(|customer| customer.level_id),
            agreed,
        })
    }

    /// Looks for it where nobody else waits for the processor.
    pub async fn look<T: Send + 'static>(
        mut self,
        look: impl FnOnce(&Self, &Listing<'_, Arc<Ware>>) -> T + Send + 'static,
    ) -> Result<(T, Self), ApiError> {
        let looked = tokio::task::spawn_blocking(move || {
            let only = self.only.take();
            let (level, agreed) = (self.level, &self.agreed);
            let listing = Listing {
                goods: &self.stock.wares,
                labels: &self.stock.labels,
                only,
                assortment: &self.assortment,
                about: About {
                    price: &|ware: &Arc<Ware>| ware.price(level, agreed),
                    ties: &|ware: &Arc<Ware>| self.own.ties(ware.place().1, ware.category(), ware.variants()),
                },
            };
            let found = look(&self, &listing);
            (found, self)
        });
        looked.await.map_err(|_| DbError::Abandoned.into())
    }
}

/// What `customer` has to do with products: as much as `filter` asks for, or `all` of it.
async fn own(
    state: &AppState,
    connection: &mut SqliteConnection,
    customer: &Customer,
    filter: &Filter,
    all: bool,
) -> Result<Own, ApiError> {
    let mut own = Own::default();
    if all || filter.favourite {
        own.favourites = Some(favourites::variants(connection, customer.id).await?);
    }
    if all || filter.bought {
        own.bought = Some(bought::list(connection, customer.id).await?);
    }
    if all || filter.promoted {
        let now = state.clock.now();
        let offered = promotions::of_customer(connection, customer, now).await?;
        own.promoted = Some(Promoted::of(&offered.promotions, now));
    }
    Ok(own)
}
