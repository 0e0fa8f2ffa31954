//! What a trusted device keeps of the server's answers, and how it answers by itself without a connection.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use chrono::{DateTime, FixedOffset, Offset, Utc};
use countersign_contract::Endpoint;
use countersign_contract::buying::ForCustomer;
use countersign_contract::catalog::{CatalogProduct, Category, ListCategories, ProductQuery};
use countersign_contract::endpoint::NoQuery;
use countersign_contract::list::{ListBoughtGoods, ListFavourites};
use countersign_contract::lookup::CodesQuery;
use countersign_contract::order::{GetOrder, OrderDetail, OrderQuery, OrderSummary};
use countersign_contract::promotion::ListPromotions;
use countersign_domain::id::ProductId;
use countersign_domain::search::{Own, Promoted};
use countersign_sync::StoreError;
use countersign_sync::catalog::{Catalog, CatalogCopy};
use countersign_sync::orders;
use countersign_sync::reads::{Reading, Reads};
use serde::Serialize;

use crate::api::{Api, now};
use crate::offline::device::DeviceStore;
use crate::queries::ask::{Ask, Found};
use crate::queries::cache::Shelf;
use crate::queries::goods::Hits;
use crate::queries::promotions::moment;

/// Where the list of all orders is kept; no path of the contract.
const ALL_ORDERS: &str = "all_orders";

/// What the device keeps for one account.
#[derive(Debug)]
pub struct KeptReads {
    reads: Reads<DeviceStore>,
    /// The copy of the catalog.
    pub catalog: CatalogCopy<DeviceStore>,
    loaded: RefCell<Option<Rc<Catalog>>>,
    /// What the customer has to do with the products was kept anew since they were loaded.
    are_ties_old: Cell<bool>,
    /// Nothing is kept any more, whatever is still being fetched.
    is_closed: Cell<bool>,
}

impl KeptReads {
    /// What is in `store`.
    pub fn new(store: DeviceStore) -> Self {
        Self {
            reads: Reads::new(store.clone()),
            catalog: CatalogCopy::new(store),
            loaded: RefCell::new(None),
            are_ties_old: Cell::new(true),
            is_closed: Cell::new(false),
        }
    }

    /// Keeps an answer. Where there is no room, what was read before is still there.
    pub async fn put(&self, path: &str, text: &str) {
        if self.is_closed.get() {
            return;
        }
        let reading = Reading {
            text: text.to_owned(),
            at: now(),
        };
        // The answer is on the screen whether the device has it or not.
        let _ = self.reads.put(path, &reading).await;
        if matches!(
            path,
            ListFavourites::PATH | ListBoughtGoods::PATH | ListPromotions::PATH
        ) {
            self.are_ties_old.set(true);
        }
    }

    async fn answer_of(&self, path: &str, ask: Option<&Ask>) -> Option<Found> {
        let read = self.reads.get(path).await.ok().flatten();
        let read = read.map(|Reading { text, at }| Found { text, at });
        let own = match ask {
            Some(Ask::Products(query)) => self.products(query).await,
            Some(Ask::Facets(query)) => self.facets(query).await,
            Some(Ask::Product(id)) => self.product(*id).await,
            Some(Ask::Orders(query)) => self.orders(query).await,
            Some(Ask::Codes(query)) => self.codes(query).await,
            None => None,
        };
        // A page of a list that was read on its own may be older or newer than the whole.
        read.into_iter().chain(own).max_by_key(|found| found.at)
    }

    /// The catalog, as far as it was fetched in full once.
    pub async fn products_kept(&self) -> Option<Rc<Catalog>> {
        let loaded = self.loaded.borrow().clone();
        let catalog = match loaded {
            Some(catalog) => catalog,
            None => {
                let catalog = self.catalog.load().await.ok().flatten();
                let catalog = Rc::new(catalog.filter(Catalog::is_complete)?);
                self.loaded.replace(Some(Rc::clone(&catalog)));
                self.are_ties_old.set(true);
                catalog
            }
        };
        if self.are_ties_old.replace(false) {
            catalog.tie(self.own().await);
        }
        Some(catalog)
    }

    /// What the customer has to do with products, as far as the device was told.
    async fn own(&self) -> Own {
        let of_customer = ForCustomer::default();
        let favourites = self.read_of::<ListFavourites>(&(), &of_customer).await;
        let bought = self.read_of::<ListBoughtGoods>(&(), &of_customer).await;
        let promotions = self.read_of::<ListPromotions>(&(), &ForCustomer::default()).await;
        Own {
            favourites: favourites.map(|all| all.into_iter().map(|one| one.goods.variant_id).collect()),
            bought: bought.map(|all| all.into_iter().collect()),
            promoted: promotions.map(|known| Promoted::of(&known.promotions, moment(known.at, now()))),
        }
    }

    /// Whether what the customer has to do with the products was kept anew since somebody asked for them.
    pub fn are_ties_old(&self) -> bool {
        self.are_ties_old.get()
    }

    /// Loads the catalog again when it is asked for, where another is kept by now, here or by another tab. Tells whether
    /// that is so.
    pub async fn take_in(&self) -> bool {
        let loaded = self.loaded.borrow().clone();
        if let Some(catalog) = loaded
            && self.catalog.confirms(&catalog).await.unwrap_or(false)
        {
            return false;
        }
        self.forget_loaded();
        true
    }

    fn forget_loaded(&self) {
        self.loaded.replace(None);
    }

    /// Keeps the list of all orders, the newest first.
    pub async fn keep_orders(&self, all: &[OrderSummary]) {
        if let Ok(text) = serde_json::to_string(all) {
            self.put(ALL_ORDERS, &text).await;
        }
    }

    /// An order in full.
    pub async fn order(&self, summary: &OrderSummary) -> Option<OrderDetail> {
        self.read_of::<GetOrder>(&summary.id, &NoQuery {}).await
    }

    /// The last answer to this very read.
    pub async fn read_of<E: Endpoint>(&self, path: &E::Path, query: &E::Query) -> Option<E::Reply> {
        let path = Api::read_path::<E>(path, query);
        let reading = self.reads.get(&path).await.ok().flatten()?;
        Api::decode(&reading.text).ok()
    }

    /// Keeps nothing any more, and deletes all of it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn close(&self) -> Result<(), StoreError> {
        self.is_closed.set(true);
        self.clear().await
    }

    /// Deletes all of it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn clear(&self) -> Result<(), StoreError> {
        self.forget_loaded();
        self.reads.clear().await?;
        self.catalog.clear().await
    }

    /// Leaves as much as is worth keeping.
    pub async fn tidy(&self) {
        // What can't be tidied now is tidied at the next start.
        let _ = self.reads.tidy().await;
    }

    async fn products(&self, query: &ProductQuery) -> Option<Found> {
        let catalog = self.products_kept().await?;
        let page = catalog.list(query, &self.tree_for(&catalog, query).await?).ok()?;
        found(&page, catalog.at()?)
    }

    /// The categories that `query` takes; `None` where not all is known that it asks for.
    async fn tree_for(&self, catalog: &Catalog, query: &ProductQuery) -> Option<Vec<Category>> {
        if !catalog.answers(query) {
            return None;
        }
        match query.category {
            Some(_) => self.categories().await,
            None => Some(Vec::new()),
        }
    }

    async fn hits(&self, query: &ProductQuery) -> Option<Rc<dyn Hits>> {
        let catalog = self.products_kept().await?;
        let places = catalog.hits(query, &self.tree_for(&catalog, query).await?).ok()?;
        let at = catalog.at()?;
        Some(Rc::new(KeptHits { catalog, places, at }))
    }

    async fn facets(&self, query: &ProductQuery) -> Option<Found> {
        let catalog = self.products_kept().await?;
        if !catalog.answers(query) {
            return None;
        }
        let facets = catalog.facets(query, &self.categories().await?).ok()?;
        found(&facets, catalog.at()?)
    }

    async fn product(&self, id: ProductId) -> Option<Found> {
        let catalog = self.products_kept().await?;
        found(catalog.product(id)?, catalog.at()?)
    }

    async fn codes(&self, query: &CodesQuery) -> Option<Found> {
        let catalog = self.products_kept().await?;
        found(&catalog.look_up(query).ok()?, catalog.at()?)
    }

    async fn categories(&self) -> Option<Vec<Category>> {
        let path = Api::read_path::<ListCategories>(&(), &ForCustomer::default());
        let reading = self.reads.get(&path).await.ok().flatten()?;
        Api::decode(&reading.text).ok()
    }

    async fn orders(&self, query: &OrderQuery) -> Option<Found> {
        // Nothing on the device says where a customer is.
        if query.region.is_some() {
            return None;
        }
        let reading = self.reads.get(ALL_ORDERS).await.ok().flatten()?;
        let all: Vec<OrderSummary> = Api::decode(&reading.text).ok()?;
        let mut searched = Vec::new();
        if query.q.is_some() {
            for summary in &all {
                searched.push((
                    summary.id,
                    self.order(summary).await.map(|order| words_of(&order)),
                ));
            }
        }
        let page = orders::list(&all, query, offset(), |summary, word| {
            let words = searched.iter().find(|(id, _)| *id == summary.id);
            words.is_some_and(|(_, words)| words.as_ref().is_some_and(|words| words.contains(word)))
        });
        found(&page, reading.at)
    }
}

impl Shelf for KeptReads {
    fn keep<'a>(&'a self, path: &'a str, text: &'a str) -> Pin<Box<dyn Future<Output = ()> + 'a>> {
        Box::pin(self.put(path, text))
    }

    fn answer<'a>(
        &'a self,
        path: &'a str,
        ask: Option<&'a Ask>,
    ) -> Pin<Box<dyn Future<Output = Option<Found>> + 'a>> {
        Box::pin(self.answer_of(path, ask))
    }

    fn find<'a>(
        &'a self,
        query: &'a ProductQuery,
    ) -> Pin<Box<dyn Future<Output = Option<Rc<dyn Hits>>> + 'a>> {
        Box::pin(self.hits(query))
    }
}

/// Products found in the copy of the catalog.
#[derive(Debug)]
struct KeptHits {
    catalog: Rc<Catalog>,
    places: Vec<usize>,
    at: DateTime<Utc>,
}

impl Hits for KeptHits {
    fn count(&self) -> usize {
        self.places.len()
    }

    fn nth(&self, number: usize) -> Option<&CatalogProduct> {
        self.catalog.nth(*self.places.get(number)?)
    }

    fn at(&self) -> DateTime<Utc> {
        self.at
    }
}

fn found(value: &impl Serialize, at: DateTime<Utc>) -> Option<Found> {
    let text = serde_json::to_string(value).ok()?;
    Some(Found { text, at })
}

/// What an order is found by besides its number, in lower case.
fn words_of(detail: &OrderDetail) -> String {
    let lines = detail.order.lines.iter();
    lines
        .flat_map(|line| [line.sku.clone(), line.name.zh.clone(), line.name.en.clone()])
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase()
}

/// Where days begin on this device.
fn offset() -> FixedOffset {
    let west = js_sys::Date::new_0().get_timezone_offset();
    #[expect(clippy::cast_possible_truncation, reason = "minutes within a day")]
    let minutes = west as i32;
    FixedOffset::west_opt(minutes * 60).unwrap_or(Utc.fix())
}
