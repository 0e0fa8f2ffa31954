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
        let put = Batch::new()
            .put(Table::Reads, path, 1, record::write(reading))
            .relaxed();
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

    /// Deletes all of them: room is needed, or the device is not to keep them.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn clear(&self) -> Result<(), StoreError> {
        self.trim(0).await
    }

    /// Leaves as many replies as are worth keeping.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn tidy(&self) -> Result<(), StoreError> {
        self.trim(MOST).await
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use chrono::{DateTime, TimeDelta};

    use super::{Reading, Reads};
    use crate::memory::MemoryStore;

    fn now<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("nothing here has to wait"),
        }
    }

    fn reading(second: i64) -> Reading {
        Reading {
            text: format!("reply {second}"),
            at: DateTime::UNIX_EPOCH + TimeDelta::seconds(second),
        }
    }

    #[test]
    fn the_last_reply_to_a_path_is_the_one_that_is_kept() {
        let reads = Reads::new(MemoryStore::default());
        for second in 1..=2 {
            now(reads.put("orders", &reading(second))).expect("room");
        }
        assert_eq!(now(reads.get("orders")), Ok(Some(reading(2))));
        assert_eq!(now(reads.get("products")), Ok(None));
        now(reads.clear()).expect("storage that works");
        assert_eq!(now(reads.get("orders")), Ok(None));
    }

    #[test]
    fn what_was_read_longest_ago_goes_first() {
        let reads = Reads::new(MemoryStore::default());
        for second in [3, 1, 2] {
            now(reads.put(&second.to_string(), &reading(second))).expect("room");
        }
        now(reads.trim(2)).expect("storage that works");
        let kept = ["1", "2", "3"].map(|path| now(reads.get(path)).expect("storage").is_some());
        assert_eq!(kept, [false, true, true]);
    }
}
