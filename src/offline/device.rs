//! This device: its storage, its clock, its chance.

use std::rc::Rc;

use chrono::{DateTime, Utc};
use countersign_sync::memory::MemoryStore;
use countersign_sync::store::{Batch, Stored, Table};
use countersign_sync::{Device, Store, StoreError};
use uuid::Uuid;

use crate::offline::idb::IdbStore;

/// The storage of one account on this device, of staff who order on behalf that for one customer. Cheap to clone.
#[derive(Clone, Debug)]
pub enum DeviceStore {
    /// IndexedDB: what is kept stays.
    Durable(Rc<IdbStore>),
    /// The browser gives no storage, for this reason: what is kept is gone with the page, and the screen says so.
    Fleeting(Rc<MemoryStore>, StoreError),
}

impl DeviceStore {
    /// Opens the storage called `name` - an account's, or what it keeps for one customer - in the deployment with this API
    /// base.
    pub async fn open(deployment: &str, name: &str) -> Self {
        match IdbStore::open(&format!("countersign:{deployment}:{name}")).await {
            Ok(store) => Self::Durable(Rc::new(store)),
            Err(why) => Self::Fleeting(Rc::default(), why),
        }
    }

    /// Whether what is kept outlives the page.
    pub fn is_durable(&self) -> bool {
        matches!(self, Self::Durable(_))
    }
}

impl Store for DeviceStore {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Stored>, StoreError> {
        match self {
            Self::Durable(store) => store.get(table, key).await,
            Self::Fleeting(store, _) => store.get(table, key).await,
        }
    }

    async fn list(&self, table: Table) -> Result<Vec<(String, Stored)>, StoreError> {
        match self {
            Self::Durable(store) => store.list(table).await,
            Self::Fleeting(store, _) => store.list(table).await,
        }
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        match self {
            Self::Durable(store) => store.commit(batch).await,
            Self::Fleeting(store, _) => store.commit(batch).await,
        }
    }
}

/// The browser as a [`Device`].
#[derive(Clone, Copy, Debug)]
pub struct Browser;

impl Device for Browser {
    fn now(&self) -> DateTime<Utc> {
        crate::api::now()
    }

    fn new_id(&self) -> Uuid {
        Uuid::new_v4()
    }

    fn chance(&self) -> u32 {
        let (_, low) = Uuid::new_v4().as_u64_pair();
        u32::try_from(low % 1_000).unwrap_or_default()
    }
}
