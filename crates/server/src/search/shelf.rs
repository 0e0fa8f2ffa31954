//! The products on sale as finding sees them, in memory.
//!
//! Every change of a product, its prices or its stock gets the next number of the catalog's changes, by which copies on
//! devices are brought up to date. The shelf goes by the same numbers: before each list it takes in what is new.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use countersign_domain::id::{CategoryId, LevelId, ProductId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::price::{CustomerTerms, PriceTerms, resolve};
use countersign_domain::quantity::Quantity;
use countersign_domain::search::{Goods, Keys, Labels, Searched};
use sqlx::SqliteConnection;
use tokio::sync::Mutex;

use crate::db::DbError;
use crate::repo::catalog::{self, OnSale, Shelved};

/// Changes read at a time.
const STEP: u32 = 2_000;
/// So many changes are put in their places one by one; more of them are sorted in.
const FEW: usize = 100;

/// A product as finding sees it.
#[derive(Debug)]
pub struct Ware {
    id: ProductId,
    position: u32,
    keys: Keys,
    category_id: CategoryId,
    brand: Option<u32>,
    tags: Box<[u32]>,
    in_stock: bool,
    prices: Box<[(VariantId, PriceTerms)]>,
}

impl Ware {
    /// A product that is on sale, its brand and tags among `labels`.
    pub fn new(
        OnSale {
            position,
            product,
            pinyin,
        }: OnSale,
        in_stock: bool,
        labels: &mut Labels,
    ) -> Self {
        let variants: Vec<_> = (product.variants.iter())
            .map(|variant| (&variant.name, variant.sku.as_str(), variant.barcode.as_deref()))
            .collect();
        Self {
            id: product.id,
            position,
            keys: Keys::of(&Searched {
                name: &product.name,
                brand: &product.brand,
                variants: &variants,
                pinyin: &pinyin,
            }),
            category_id: product.category_id,
            brand: labels.number(&product.brand),
            tags: product.tags.iter().filter_map(|tag| labels.number(tag)).collect(),
            in_stock,
            prices: product
                .variants
                .into_iter()
                .map(|variant| (variant.id, variant.prices))
                .collect(),
        }
    }

    /// Its variants.
    pub fn variants(&self) -> impl Iterator<Item = VariantId> + Clone {
        self.prices.iter().map(|(id, _)| *id)
    }

    /// What one ordering unit of the cheapest variant costs a customer of `level` with these agreed prices; at list price
    /// without a level.
    pub fn price(&self, level: Option<LevelId>, agreed: &BTreeMap<VariantId, Money>) -> Money {
        let price = |(id, prices): &(VariantId, PriceTerms)| {
            let terms = match level {
                Some(level) => prices.for_customer(level, agreed.get(id).copied()),
                None => CustomerTerms {
                    list: prices.list,
                    level: None,
                    agreed: None,
                    breaks: prices.breaks.clone(),
                },
            };
            resolve(&terms, Quantity::ONE).unit
        };
        self.prices.iter().map(price).min().unwrap_or(Money::ZERO)
    }
}

impl Goods for Ware {
    fn place(&self) -> (u32, ProductId) {
        (self.position, self.id)
    }

    fn keys(&self) -> &Keys {
        &self.keys
    }

    fn category(&self) -> CategoryId {
        self.category_id
    }

    fn brand(&self) -> Option<u32> {
        self.brand
    }

    fn tags(&self) -> &[u32] {
        &self.tags
    }

    fn is_in_stock(&self) -> bool {
        self.in_stock
    }
}

/// All products on sale at some moment.
#[derive(Clone, Debug, Default)]
pub struct Stock {
    /// In the order of the catalog.
    pub wares: Vec<Arc<Ware>>,
    /// Their brands and tags.
    pub labels: Labels,
}

impl Stock {
    /// Where the product with this place stands.
    pub fn find(&self, place: (u32, ProductId)) -> Result<usize, usize> {
        self.wares.binary_search_by_key(&place, |ware| ware.place())
    }
}

/// The products on sale, up to date whenever somebody looks.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// The last change taken in.
    seen: u64,
    /// Where each product stands.
    positions: HashMap<ProductId, u32>,
    stock: Arc<Stock>,
}

impl Shelf {
    /// What is on sale now.
    ///
    /// # Errors
    /// A [`DbError`] when the database refuses.
    pub async fn goods(&self, connection: &mut SqliteConnection) -> Result<Arc<Stock>, DbError> {
        let mut known = self.0.lock().await;
        loop {
            let changes = catalog::shelved(connection, known.seen, STEP).await?;
            let Some(last) = changes.last() else {
                return Ok(Arc::clone(&known.stock));
            };
            known.seen = last.change;
            known.take(changes);
        }
    }
}

impl Known {
    fn take(&mut self, changes: Vec<Shelved>) {
        let stock = Arc::make_mut(&mut self.stock);
        let few = changes.len() <= FEW;
        let was_there = |positions: &HashMap<ProductId, u32>, change: &Shelved| {
            positions.get(&change.id).map(|position| (*position, change.id))
        };
        if !few {
            let mut gone: Vec<_> = changes
                .iter()
                .filter_map(|change| was_there(&self.positions, change))
                .collect();
            gone.sort_unstable();
            stock
                .wares
                .retain(|ware| gone.binary_search(&ware.place()).is_err());
        }
        for change in changes {
            if few
                && let Some(place) = was_there(&self.positions, &change)
                && let Ok(at) = stock.find(place)
            {
                stock.wares.remove(at);
            }
            let Some((product, in_stock)) = change.product else {
                self.positions.remove(&change.id);
                continue;
            };
            self.positions.insert(change.id, product.position);
            let ware = Arc::new(Ware::new(product, in_stock, &mut stock.labels));
            let end = stock.wares.len();
            let at = if few {
                stock.find(ware.place()).unwrap_or_else(|at| at)
            } else {
                end
            };
            stock.wares.insert(at, ware);
        }
        if !few {
            stock.wares.sort_by_key(|ware| ware.place());
        }
    }
}
