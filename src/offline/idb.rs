//! A [`Store`] in IndexedDB.
//!
//! What was begun is brought to its end, whoever waits for it: a query that is asked anew drops the one before it, and a
//! batch that was dropped between two of its steps would be committed by the browser with the first of them alone.

use std::collections::BTreeSet;

use countersign_sync::store::{Batch, Durability, Step, Stored, Table};
use countersign_sync::{Store, StoreError};
use futures_channel::oneshot;
use idb::{Database, DatabaseEvent, Factory, ObjectStore, ObjectStoreParams, Query, Transaction};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{IdbDatabase, IdbTransaction, IdbTransactionMode};

/// Version of the set of tables: 2 since there are files. What stands in them has its own schema numbers.
const TABLES: u32 = 2;

/// A database of one account in one deployment.
#[derive(Debug)]
pub struct IdbStore {
    database: IdbDatabase,
    /// Lives as long as the connection: what is dropped is not called.
    _let_go: Closure<dyn Fn()>,
}

impl IdbStore {
    /// Opens the database `name`, and makes it where there is none.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when a newer app has made it; [`StoreError::Unavailable`] when the browser refuses.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        let name = name.to_owned();
        to_the_end(async move { Self::open_named(&name).await }).await
    }

    async fn open_named(name: &str) -> Result<Self, StoreError> {
        let mut request = Factory::new()
            .and_then(|factory| factory.open(name, Some(TABLES)))
            .map_err(|_| StoreError::Unavailable)?;
        request.on_upgrade_needed(|event| {
            // Those that an older app has made are there already, and making them again changes nothing.
            // What can't be made here is missed by every transaction, which then says that storage is unavailable.
            if let Ok(database) = event.database() {
                for table in Table::ALL {
                    let _ = database.create_object_store(table.name(), ObjectStoreParams::new());
                }
            }
        });
        let database: Database = request.await.map_err(refused)?;
        let database: IdbDatabase = database.into();
        // A newer app in another tab wants to change the tables: it must not wait for this one.
        let connection = database.clone();
        let let_go = Closure::<dyn Fn()>::new(move || connection.close());
        database.set_onversionchange(Some(let_go.as_ref().unchecked_ref()));
        Ok(Self {
            database,
            _let_go: let_go,
        })
    }

    fn transaction(
        &self,
        tables: &BTreeSet<Table>,
        mode: IdbTransactionMode,
        durability: Durability,
    ) -> Result<Transaction, StoreError> {
        let names: Array = tables
            .iter()
            .map(|table| JsValue::from_str(table.name()))
            .collect();
        // The bindings call durability unstable; every browser has it or takes no notice of it.
        let durability = match durability {
            Durability::Strict => "strict",
            Durability::Relaxed => "relaxed",
        };
        let options = Object::new();
        Reflect::set(
            &options,
            &JsValue::from_str("durability"),
            &JsValue::from_str(durability),
        )
        .and_then(|_| Reflect::get(&self.database, &JsValue::from_str("transaction")))
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|begin| begin.call3(&self.database, &names, &mode.into(), &options))
        .and_then(JsCast::dyn_into::<IdbTransaction>)
        .map(Transaction::from)
        .map_err(|_| StoreError::Unavailable)
    }

    fn reading(&self, table: Table) -> Result<ObjectStore, StoreError> {
        let transaction = self.transaction(
            &BTreeSet::from([table]),
            IdbTransactionMode::Readonly,
            Durability::Relaxed,
        )?;
        objects(&transaction, table)
    }
}

impl Drop for IdbStore {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        // What is under way is brought to its end before that.
        self.database.close();
    }
}

impl Store for IdbStore {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Stored>, StoreError> {
        let (store, key) = (self.reading(table)?, key.to_owned());
        to_the_end(async move { read(&store, &key).await }).await
    }

    async fn list(&self, table: Table) -> Result<Vec<(String, Stored)>, StoreError> {
        let store = self.reading(table)?;
        to_the_end(async move { read_all(&store).await }).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let tables = batch.steps.iter().map(table_of).collect();
        let transaction = self.transaction(&tables, IdbTransactionMode::Readwrite, batch.durability)?;
        to_the_end(all_or_nothing(transaction, batch)).await
    }
}

/// Does `work` to its end, even if nobody waits for it any more.
async fn to_the_end<T: 'static>(
    work: impl Future<Output = Result<T, StoreError>> + 'static,
) -> Result<T, StoreError> {
    let (tell, told) = oneshot::channel();
    spawn_local(async move {
        // Nobody has to be there to be told.
        let _ = tell.send(work.await);
    });
    told.await.unwrap_or(Err(StoreError::Unavailable))
}

async fn all_or_nothing(transaction: Transaction, batch: Batch) -> Result<(), StoreError> {
    match steps(&transaction, batch).await {
        Ok(()) => {
            let outcome = transaction.await.map_err(refused)?;
            outcome.is_committed().then_some(()).ok_or(StoreError::Full)
        }
        Err(error) => {
            // It may be over already, by the same error.
            if let Ok(aborting) = transaction.abort() {
                let _ = aborting.await;
            }
            Err(error)
        }
    }
}

async fn steps(transaction: &Transaction, batch: Batch) -> Result<(), StoreError> {
    for step in &batch.steps {
        if let Step::Expect { table, key, version } = step {
            let found = read(&objects(transaction, *table)?, key).await?;
            if found.map(|stored| stored.version) != *version {
                return Err(StoreError::Conflict);
            }
        }
    }
    for step in batch.steps {
        match step {
            Step::Expect { .. } => {}
            Step::Put { table, key, stored } => {
                let put = objects(transaction, table)?.put(&to_js(&stored), Some(&JsValue::from_str(&key)));
                put.map_err(refused)?.await.map_err(refused)?;
            }
            Step::Delete { table, key } => {
                let delete = objects(transaction, table)?.delete(Query::Key(JsValue::from_str(&key)));
                delete.map_err(refused)?.await.map_err(refused)?;
            }
        }
    }
    Ok(())
}

fn objects(transaction: &Transaction, table: Table) -> Result<ObjectStore, StoreError> {
    transaction.object_store(table.name()).map_err(refused)
}

async fn read_all(store: &ObjectStore) -> Result<Vec<(String, Stored)>, StoreError> {
    let keys = store.get_all_keys(None, None).map_err(refused)?;
    let values = store.get_all(None, None).map_err(refused)?;
    let (keys, values) = (keys.await.map_err(refused)?, values.await.map_err(refused)?);
    let pairs = keys.into_iter().zip(values);
    Ok(pairs
        .filter_map(|(key, value)| Some((key.as_string()?, from_js(&value)?)))
        .collect())
}

async fn read(store: &ObjectStore, key: &str) -> Result<Option<Stored>, StoreError> {
    let request = store.get(Query::Key(JsValue::from_str(key))).map_err(refused)?;
    let value = request.await.map_err(refused)?;
    Ok(value.as_ref().and_then(from_js))
}

fn table_of(step: &Step) -> Table {
    match step {
        Step::Expect { table, .. } | Step::Put { table, .. } | Step::Delete { table, .. } => *table,
    }
}

/// A record as `[version, text]`.
fn to_js(stored: &Stored) -> JsValue {
    #[expect(clippy::cast_precision_loss, reason = "a record is not written 2^53 times")]
    let version = stored.version as f64;
    Array::of2(&JsValue::from_f64(version), &JsValue::from_str(&stored.text)).into()
}

fn from_js(value: &JsValue) -> Option<Stored> {
    let pair = Array::from(value);
    let version = pair.get(0).as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "written by to_js"
    )]
    let version = version as u64;
    Some(Stored {
        version,
        text: pair.get(1).as_string()?,
    })
}

fn refused(error: idb::Error) -> StoreError {
    let exception = match error {
        idb::Error::DomException(exception) => exception.into(),
        // Refused before it was tried.
        idb::Error::UpdateFailed(value) | idb::Error::IndexedDbOpenFailed(value) => value,
        _ => return StoreError::Unavailable,
    };
    let name = Reflect::get(&exception, &JsValue::from_str("name")).ok();
    match name.and_then(|name| name.as_string()).as_deref() {
        Some("QuotaExceededError") => StoreError::Full,
        Some("VersionError") => StoreError::Newer,
        _ => StoreError::Unavailable,
    }
}
