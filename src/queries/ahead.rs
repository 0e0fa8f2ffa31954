//! Fetching ahead what is to be readable without a connection: the catalog with prices, the account, the orders.
//!
//! Everything the first time, with a bar that says how far it is; only what has changed from then on, unnoticed.

use std::rc::Rc;
use std::time::Duration;

use countersign_contract::account::GetAccount;
use countersign_contract::alert::ListAlerts;
use countersign_contract::buying::ForCustomer;
use countersign_contract::catalog::{
    CatalogChanges, Category, ChangesQuery, ListCatalogChanges, ListCategories,
};
use countersign_contract::endpoint::NoQuery;
use countersign_contract::home::GetDistributorHome;
use countersign_contract::list::{
    GetList, GetUsualList, ListBoughtGoods, ListFavourites, ListLists, SavedList,
};
use countersign_contract::notice::ListNotices;
use countersign_contract::order::{GetOrder, ListOrders, OrderQuery, OrderSummary};
use countersign_contract::page::MAX_LIMIT;
use countersign_contract::promotion::ListPromotions;
use countersign_contract::{Endpoint, Page};
use countersign_sync::catalog::End;
use countersign_sync::{CatalogWay, Reply};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, ApiError};
use crate::offline::device::Browser;
use crate::offline::lock;
use crate::queries::kept::KeptReads;

/// Most orders that are kept in the list.
const MOST_ORDERS: usize = 1_000;
/// Most orders that are kept in full, the newest.
const MOST_DETAILS: usize = 100;
/// How long after a change the next fetch waits for more of them.
const SETTLE: Duration = Duration::from_secs(3);

/// How far the first fetch is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Products and orders that are here.
    pub done: u64,
    /// How many there are, as far as is known.
    pub all: u64,
}

/// Fetches ahead for whoever is signed in, where the device is trusted. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Ahead {
    api: Api,
    /// Where it goes, and the name of the account, by which its tabs agree.
    target: StoredValue<Option<(Rc<KeptReads>, String)>, LocalStorage>,
    progress: RwSignal<Option<Progress>>,
    /// Counts the fetches after which something else is kept.
    fetches: RwSignal<u32>,
    is_running: StoredValue<bool>,
    /// Counts what was heard of, so that only the last of several changes is followed by a fetch.
    changes: StoredValue<u32>,
}

impl Ahead {
    /// Fetches nothing until it is told where to.
    pub fn new(api: Api) -> Self {
        Self {
            api,
            target: StoredValue::new_local(None),
            progress: RwSignal::new(None),
            fetches: RwSignal::new(0),
            is_running: StoredValue::new(false),
            changes: StoredValue::new(0),
        }
    }

    /// Fetches into `kept` from now on, for `account`.
    pub fn fetch_into(&self, kept: Rc<KeptReads>, account: &str) {
        self.target
            .try_set_value(Some((kept, format!("countersign.ahead.{account}"))));
    }

    /// Fetches nothing any more.
    pub fn fetch_nowhere(&self) {
        self.target.try_update_value(|target| *target = None);
        self.progress.try_set(None);
        self.has_fetched();
    }

    /// How far the first fetch is; `None` when there is nothing to say.
    pub fn progress(&self) -> Option<Progress> {
        self.progress.get()
    }

    /// Tracks what is kept: whoever reads it reads it again when there is something else.
    pub fn track(&self) {
        self.fetches.track();
    }

    fn has_fetched(&self) {
        self.fetches
            .try_update(|fetches| *fetches = fetches.wrapping_add(1));
    }

    /// Fetches what has changed. While a fetch is under way, in whichever tab, another does nothing.
    pub fn run(self) {
        let Some(Some((kept, name))) = self.target.try_get_value() else {
            return;
        };
        if self.is_running.try_get_value() != Some(false) {
            return;
        }
        self.is_running.set_value(true);
        spawn_local(async move {
            let work = move |_| async move { self.fetch(&kept).await };
            lock::with(&name, work).await;
            self.progress.try_set(None);
            self.is_running.try_set_value(false);
        });
    }

    /// Fetches once no more changes are heard of.
    pub fn run_later(self) {
        let changes = self.changes.get_value().wrapping_add(1);
        self.changes.set_value(changes);
        set_timeout(
            move || {
                if self.changes.try_get_value() == Some(changes) {
                    self.run();
                }
            },
            SETTLE,
        );
    }

    async fn fetch(self, kept: &KeptReads) {
        let is_first = kept.products_kept().await.is_none();
        let Ok(categories) = self
            .read::<ListCategories>(kept, &(), &ForCustomer::default())
            .await
        else {
            return;
        };
        // Without them prices are those of the catalog; the server has the last word.
        let _ = self
            .read::<ListPromotions>(kept, &(), &ForCustomer::default())
            .await;
        let Ok(orders) = self.orders(kept).await else {
            return;
        };
        let mut missing = Vec::new();
        for summary in orders.iter().take(MOST_DETAILS) {
            let detail = kept.order(summary).await;
            if detail.is_none_or(|detail| detail.order.version != summary.version) {
                missing.push(summary.id);
            }
        }
        let mut progress = Progress {
            done: 0,
            all: products_in(&categories) + u64::try_from(missing.len()).unwrap_or_default(),
        };
        let tell = |progress: Progress| {
            if is_first {
                self.progress.try_set(Some(progress));
            }
        };
        tell(progress);
        let walk = kept
            .catalog
            .sync(&Way(self.api), &Browser, |walked| {
                tell(Progress {
                    done: walked.products,
                    ..progress
                });
            })
            .await;
        if kept.take_in().await {
            self.has_fetched();
        }
        let Ok(walk) = walk else { return };
        if walk.end != End::UpToDate {
            return;
        }
        progress.done = walk.products;
        for id in missing {
            if self.read::<GetOrder>(kept, &id, &NoQuery {}).await.is_err() {
                return;
            }
            progress.done += 1;
            tell(progress);
        }
        // What these say is on the home page; without it that page says that it needs a connection.
        let _ = self.read::<GetDistributorHome>(kept, &(), &NoQuery {}).await;
        let _ = self.read::<GetAccount>(kept, &(), &ForCustomer::default()).await;
        let _ = self.read::<ListAlerts>(kept, &(), &NoQuery {}).await;
        let _ = self.read::<ListNotices>(kept, &(), &NoQuery {}).await;
        let _ = self.lists(kept).await;
        if kept.are_ties_old() {
            self.has_fetched();
        }
        kept.tidy().await;
    }

    /// All orders, the newest first, and keeps the list.
    async fn orders(self, kept: &KeptReads) -> Result<Vec<OrderSummary>, ApiError> {
        let mut all = Vec::new();
        let mut after = None;
        loop {
            let query = OrderQuery {
                after,
                limit: Some(MAX_LIMIT),
                ..OrderQuery::default()
            };
            let text = self.api.get(&Api::read_path::<ListOrders>(&(), &query)).await?;
            let page: Page<OrderSummary> = Api::decode(&text)?;
            all.extend(page.items);
            after = page.next;
            if after.is_none() || all.len() >= MOST_ORDERS {
                break;
            }
        }
        kept.keep_orders(&all).await;
        Ok(all)
    }

    /// Saved lists, as far as they have changed, favourites, and what is usually bought.
    async fn lists(self, kept: &KeptReads) -> Result<(), ApiError> {
        let query = ForCustomer::default();
        self.read::<ListFavourites>(kept, &(), &query).await?;
        self.read::<GetUsualList>(kept, &(), &query).await?;
        self.read::<ListBoughtGoods>(kept, &(), &query).await?;
        for summary in self.read::<ListLists>(kept, &(), &query).await? {
            let before: Option<SavedList> = kept.read_of::<GetList>(&summary.id, &query).await;
            if before.is_none_or(|before| before.version != summary.version) {
                self.read::<GetList>(kept, &summary.id, &query).await?;
            }
        }
        Ok(())
    }

    /// Reads and keeps.
    async fn read<E: Endpoint>(
        self,
        kept: &KeptReads,
        path: &E::Path,
        query: &E::Query,
    ) -> Result<E::Reply, ApiError> {
        let path = Api::read_path::<E>(path, query);
        let text = self.api.get(&path).await?;
        let reply = Api::decode(&text)?;
        kept.put(&path, &text).await;
        Ok(reply)
    }
}

/// How many products there are: those of the categories at the top, which count what is below them.
fn products_in(categories: &[Category]) -> u64 {
    let top = categories.iter().filter(|category| category.parent_id.is_none());
    top.map(|category| u64::from(category.products)).sum()
}

/// The way of the catalog's changes.
struct Way(Api);

impl CatalogWay for Way {
    async fn changes(&self, since: Option<&str>, limit: u32) -> Reply<CatalogChanges> {
        let query = ChangesQuery {
            since: since.map(str::to_owned),
            limit: Some(limit),
            customer: None,
        };
        let answer = self
            .0
            .get(&Api::read_path::<ListCatalogChanges>(&(), &query))
            .await;
        match answer.and_then(|text| Api::decode(&text)) {
            Ok(changes) => Reply::Answered(changes),
            Err(ApiError::Problem(problem)) => Reply::Problem(problem.kind),
            Err(ApiError::Unreachable | ApiError::NotOurs) => Reply::Silence,
        }
    }
}
