//! Replies of the server, kept to be read without a connection, each with its age.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::record::{self, Record};
use crate::store::{Batch, Store, StoreError, Table};

/// Most replies kept; the ones read longest ago go first.
const MOST: usize = 2_000;

/// A reply as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Its text.
    pub text: String,
    /// When it was read, by the device's clock.
    pub at: DateTime<Utc>,
}

impl Record for Reading {
    const SCHEMA: u32 = 1;
}

/// The replies kept for one account on one device.
#[derive(Clone, Debug)]
pub struct Reads<S> {
    store: S,
}

impl<S: Store> Reads<S> {
    /// The replies in `store`.
    pub fn new(store: S) -> Self {
        Self { store }
    }

    /// The reply to a read of `path`, as it was last time.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn get(&self, path: &str) -> Result<Option<Reading>, StoreError> {
        let stored = self.store.get(Table::Reads, path).await?;
        Ok(stored.and_then(|stored| record::read::<Reading>(&stored.text).read()))
    }

    /// Keeps the reply to a read of `path`.
    ///
    /// # Errors
    /// See [`StoreError`]. Where there is no room, what was read longest ago has made some for next time.
    pub async fn put(&self, path: &str, reading: &Reading) -> Result<(), StoreError> {
        let put = Batch::new().put(Table::Reads, path, 1, record::write(reading));
        match self.store.commit(put).await {
            Err(StoreError::Full) => {
                self.trim(MOST / 4).await?;
                Err(StoreError::Full)
            }
            other => other,
        }
    }

    /// Leaves the `most` replies read last.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn trim(&self, most: usize) -> Result<(), StoreError> {
        let mut all: Vec<(Option<DateTime<Utc>>, String)> =
            (self.store.list(Table::Reads).await?.into_iter())
                .map(|(key, stored)| {
                    let reading = record::read::<Reading>(&stored.text).read();
                    (reading.map(|reading| reading.at), key)
                })
                .collect();
        if all.len() <= most {
            return Ok(());
        }
        all.sort();
        let surplus = all.len() - most;
        let batch = (all.into_iter().take(surplus))
            .fold(Batch::new(), |batch, (_, key)| batch.delete(Table::Reads, key));
        self.store.commit(batch).await
    }

    /// Leaves as many replies as are worth keeping.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn tidy(&self) -> Result<(), StoreError> {
        self.trim(MOST).await
    }
}
