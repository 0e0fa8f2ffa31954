//! A shop that answers as the server does, and a store that looks at everything written to it.

mod lists;
mod random;
mod walks;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::Future;
use std::ops::RangeInclusive;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::catalog::{CatalogChanges, CatalogProduct, CatalogVariant};
use countersign_domain::id::{CategoryId, ProductId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::price::CustomerTerms;
use countersign_domain::product::StockShown;
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::text::LocalText;
use uuid::Uuid;

use super::manifest::{MANIFEST, Manifest, Segment};
use super::{Catalog, CatalogCopy, Walk};
use crate::memory::{MemoryStore, Records};
use crate::record::{self, Found};
use crate::store::{Batch, Step, Store, StoreError, Stored, Table};
use crate::{CatalogWay, Device, Reply};

fn id(number: u32) -> ProductId {
    ProductId(Uuid::from_u128(u128::from(number)))
}

fn product(number: u32, position: u32, word: &str) -> CatalogProduct {
    let unit = Unit {
        code: "box".to_owned(),
        name: LocalText::new("盒", "box"),
        factor: Quantity::ONE,
    };
    let variant = CatalogVariant {
        id: VariantId(Uuid::from_u128(1_000_000 + u128::from(number))),
        sku: format!("SKU-{number}"),
        barcode: Some(format!("69{number:011}")),
        name: LocalText::default(),
        base_unit: unit.clone(),
        unit,
        terms: CustomerTerms {
            list: Money::new(1250, 2),
            level: None,
            agreed: None,
            breaks: Vec::new(),
        },
        rule: Default::default(),
        stock: StockShown::Enough,
        lead_days: 2,
        made_to_order: false,
    };
    CatalogProduct {
        id: id(number),
        name: LocalText::new(format!("{word}{number}号"), format!("{word} {number}")),
        brand: LocalText::default(),
        description: LocalText::default(),
        category_id: CategoryId(Uuid::from_u128(1)),
        position,
        tags: Vec::new(),
        picture: None,
        pinyin: String::new(),
        variants: vec![variant],
    }
}

/// The server's side: what it has, and what it says of it.
#[derive(Debug)]
struct Shop {
    /// Each product with its last change; without one it is not on sale.
    products: BTreeMap<ProductId, (u64, Option<CatalogProduct>)>,
    newest: u64,
    /// As whom it is seen: with another, everything looks different.
    viewer: u32,
    /// Most changes in a step, whatever is asked for.
    most: usize,
    /// Said in place of the truth.
    instead: VecDeque<Reply<CatalogChanges>>,
    /// The cursors that came.
    asked: Vec<Option<String>>,
    /// What was on sale when a cursor was the newest.
    history: BTreeMap<String, Vec<CatalogProduct>>,
}

impl Shop {
    fn put(&mut self, number: u32, product: Option<CatalogProduct>) {
        self.newest += 1;
        self.products.insert(id(number), (self.newest, product));
        self.remember();
    }

    fn remember(&mut self) {
        let mut all: Vec<CatalogProduct> = (self.products.values())
            .filter_map(|(_, product)| product.as_ref().map(|product| self.shown(product)))
            .collect();
        all.sort_by_key(|product| (product.position, product.id));
        self.history.insert(self.cursor(self.newest), all);
    }

    fn shown(&self, product: &CatalogProduct) -> CatalogProduct {
        let mut shown = product.clone();
        shown.brand.en = format!("Seen by {}", self.viewer);
        shown
    }

    fn cursor(&self, change: u64) -> String {
        format!("{change}.{}", self.viewer)
    }

    fn on_sale(&self) -> Vec<CatalogProduct> {
        self.history
            .get(&self.cursor(self.newest))
            .cloned()
            .unwrap_or_default()
    }

    fn answer(&mut self, since: Option<&str>, limit: u32) -> Reply<CatalogChanges> {
        self.asked.push(since.map(str::to_owned));
        if let Some(reply) = self.instead.pop_front() {
            return reply;
        }
        let read = since.and_then(|text| text.split_once('.'));
        let good = read
            .filter(|(_, viewer)| *viewer == self.viewer.to_string())
            .and_then(|(change, _)| change.parse::<u64>().ok());
        let start = good.unwrap_or(0);
        let mut changes: Vec<(u64, ProductId, Option<CatalogProduct>)> = (self.products.iter())
            .filter(|(_, (change, _))| *change > start)
            .map(|(id, (change, product))| (*change, *id, product.clone()))
            .collect();
        changes.sort_by_key(|(change, ..)| *change);
        let most = self.most.min(limit as usize);
        let more = changes.len() > most;
        changes.truncate(most);
        let last = changes.last().map_or(start, |(change, ..)| *change);
        let gone = changes.iter().filter(|(.., product)| product.is_none());
        Reply::Answered(CatalogChanges {
            removed: gone.filter(|_| since.is_some()).map(|(_, id, _)| *id).collect(),
            products: (changes.iter())
                .filter_map(|(.., product)| product.as_ref().map(|product| self.shown(product)))
                .collect(),
            cursor: self.cursor(last),
            more,
            restart: good.is_none(),
        })
    }
}

/// Everything a copy needs, and a look at what it writes.
#[derive(Debug)]
struct World {
    store: MemoryStore,
    shop: RefCell<Shop>,
    /// Whether the device has no room.
    full: Cell<bool>,
    /// Products written so far.
    written: Cell<usize>,
    seconds: Cell<i64>,
    ids: Cell<u128>,
}

impl World {
    /// A shop that sends at most `most` changes in a step.
    fn new(most: usize) -> Self {
        let shop = Shop {
            products: BTreeMap::new(),
            newest: 0,
            viewer: 1,
            most,
            instead: VecDeque::new(),
            asked: Vec::new(),
            history: BTreeMap::new(),
        };
        let world = Self {
            store: MemoryStore::default(),
            shop: RefCell::new(shop),
            full: Cell::new(false),
            written: Cell::new(0),
            seconds: Cell::new(0),
            ids: Cell::new(0),
        };
        world.shop.borrow_mut().remember();
        world
    }

    /// The same with products 1 to `count` in it.
    fn with(most: usize, count: u32) -> Self {
        let world = Self::new(most);
        world.put_all(1..=count, "tea");
        world
    }

    /// Puts products all at once: what was on sale in between nobody remembers.
    fn put_all(&self, numbers: RangeInclusive<u32>, word: &str) {
        let mut shop = self.shop.borrow_mut();
        for number in numbers {
            shop.newest += 1;
            let change = shop.newest;
            let product = product(number, number, word);
            shop.products.insert(product.id, (change, Some(product)));
        }
        shop.remember();
    }

    fn put(&self, number: u32, word: &str) {
        self.put_all(number..=number, word);
    }

    fn remove(&self, number: u32) {
        self.shop.borrow_mut().put(number, None);
    }

    fn other_viewer(&self) {
        let mut shop = self.shop.borrow_mut();
        shop.viewer += 1;
        shop.remember();
    }

    fn say(&self, reply: Reply<CatalogChanges>) {
        self.shop.borrow_mut().instead.push_back(reply);
    }

    fn copy(&self) -> CatalogCopy<&Self> {
        CatalogCopy::new(self)
    }

    fn sync(&self) -> Walk {
        now(self.copy().sync(&self, &self, |_| {})).expect("storage that works")
    }

    fn load(&self) -> Option<Catalog> {
        now(self.copy().load()).expect("storage that works")
    }

    fn loaded(&self) -> Vec<CatalogProduct> {
        self.load().expect("a copy").products().cloned().collect()
    }

    fn manifest(&self) -> Option<Manifest> {
        now(self.copy().manifest())
            .expect("storage that works")
            .and_then(|(found, _)| found.read())
    }

    /// Writes over a record, whatever anybody expects.
    fn scribble(&self, key: &str, text: &str) {
        let batch = Batch::new().put(Table::Catalog, key, 9_999, text.to_owned());
        now(self.store.commit(batch)).expect("storage that works");
    }

    /// What the table has is what the manifest says, record by record.
    fn check(&self) {
        let records = self.store.records();
        let stored = records.get(&(Table::Catalog, MANIFEST.to_owned()));
        let mut keys: BTreeSet<String> = records.keys().map(|(_, key)| key.clone()).collect();
        let Some(stored) = stored else {
            assert!(
                keys.is_empty(),
                "nothing is left of a copy without a manifest: {keys:?}"
            );
            return;
        };
        let Found::Read(manifest) = record::read::<Manifest>(&stored.text) else {
            return;
        };
        keys.remove(MANIFEST);
        for piece in manifest.all_pieces() {
            assert!(piece.number < manifest.next);
            assert!(keys.remove(&piece.key()), "{} is there once", piece.key());
            let segment = segment(&records, &piece.key());
            assert_eq!(
                (segment.products.len(), segment.removed.len()),
                (piece.products, piece.removed)
            );
        }
        assert!(keys.is_empty(), "nobody needs {keys:?}");
    }
}

fn segment(records: &Records, key: &str) -> Segment {
    let stored = records.get(&(Table::Catalog, key.to_owned())).expect("a segment");
    record::read(&stored.text).read().expect("one that can be read")
}

impl Store for World {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Stored>, StoreError> {
        self.store.get(table, key).await
    }

    async fn list(&self, table: Table) -> Result<Vec<(String, Stored)>, StoreError> {
        self.store.list(table).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        if self.full.get() {
            return Err(StoreError::Full);
        }
        let puts = batch.steps.iter().filter_map(|step| match step {
            Step::Put { stored, .. } => record::read::<Segment>(&stored.text).read(),
            Step::Expect { .. } | Step::Delete { .. } => None,
        });
        let products: usize = puts.map(|segment| segment.products.len()).sum();
        self.store.commit(batch).await?;
        self.written.set(self.written.get() + products);
        self.check();
        Ok(())
    }
}

impl CatalogWay for &World {
    async fn changes(&self, since: Option<&str>, limit: u32) -> Reply<CatalogChanges> {
        Pause::default().await;
        let reply = self.shop.borrow_mut().answer(since, limit);
        Pause::default().await;
        reply
    }
}

impl Device for &World {
    fn now(&self) -> DateTime<Utc> {
        moment(self.seconds.get())
    }

    fn new_id(&self) -> Uuid {
        self.ids.set(self.ids.get() + 1);
        Uuid::from_u128(1_000 * self.ids.get())
    }

    fn chance(&self) -> u32 {
        999
    }
}

fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

/// Waits once: a request on its way, or its answer.
#[derive(Debug, Default)]
struct Pause(bool);

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = poll(future.as_mut()) {
            return value;
        }
    }
}

fn poll<T>(future: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Poll<T> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn refusal() -> Reply<CatalogChanges> {
    Reply::Problem(ProblemKind::InvalidInput { errors: Vec::new() })
}
