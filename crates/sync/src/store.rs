//! Where records are kept: the one thing the machines ask of a device's storage.

use std::future::Future;

/// A table of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Orders being written.
    Drafts,
    /// Orders on their way to the server.
    Outbox,
    /// What became of those that arrived.
    Receipts,
    /// Replies of the server, to be read without a connection.
    Reads,
    /// The catalog, in pieces.
    Catalog,
    /// Small things: which draft is open, how far the catalog is.
    Meta,
    /// Files of drafts: their bytes as text ([`crate::files`]). Never listed, as they are large.
    Files,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 7] = [
        Self::Drafts,
        Self::Outbox,
        Self::Receipts,
        Self::Reads,
        Self::Catalog,
        Self::Meta,
        Self::Files,
    ];

    /// Its name in a database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Outbox => "outbox",
            Self::Receipts => "receipts",
            Self::Reads => "reads",
            Self::Catalog => "catalog",
            Self::Meta => "meta",
            Self::Files => "files",
        }
    }
}

/// A record as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Grows with every write of this record; what two tabs agree by.
    pub version: u64,
    /// The record; see [`crate::record`].
    pub text: String,
}

/// A condition and a write of a [`Batch`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The record must have this version; `None`: must not be there.
    Expect {
        /// Table.
        table: Table,
        /// Key in it.
        key: String,
        /// Its version.
        version: Option<u64>,
    },
    /// Writes a record.
    Put {
        /// Table.
        table: Table,
        /// Key in it.
        key: String,
        /// The record.
        stored: Stored,
    },
    /// Removes a record, if it is there.
    Delete {
        /// Table.
        table: Table,
        /// Key in it.
        key: String,
    },
}

/// What a commit outlives once it has returned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Durability {
    /// A crash of the app, of the browser and of the device. The disk has to answer, which can take seconds where it is
    /// busy, and everything committed after it waits.
    #[default]
    Strict,
    /// A crash of the app and of the browser. When the device loses its power, the last of these may be missing - never one
    /// before another that is there, and none before a strict one.
    Relaxed,
}

/// Conditions and writes that hold and happen together or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// In order.
    pub steps: Vec<Step>,
    /// What it is to outlive.
    pub durability: Durability,
}

impl Batch {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Only if the record has this version; `None`: only if it is not there.
    #[must_use]
    pub fn expect(mut self, table: Table, key: impl ToString, version: Option<u64>) -> Self {
        let key = key.to_string();
        self.steps.push(Step::Expect { table, key, version });
        self
    }

    /// Writes a record with this version.
    #[must_use]
    pub fn put(mut self, table: Table, key: impl ToString, version: u64, text: String) -> Self {
        let key = key.to_string();
        let stored = Stored { version, text };
        self.steps.push(Step::Put { table, key, stored });
        self
    }

    /// Without waiting for the disk: for what is written often, or can be read again.
    #[must_use]
    pub fn relaxed(mut self) -> Self {
        self.durability = Durability::Relaxed;
        self
    }

    /// Removes a record.
    #[must_use]
    pub fn delete(mut self, table: Table, key: impl ToString) -> Self {
        let key = key.to_string();
        self.steps.push(Step::Delete { table, key });
        self
    }
}

/// Why storage did not do what was asked. Whatever it is: nothing of the batch was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// Somebody else - another tab - has written a record this batch expected otherwise.
    Conflict,
    /// The device has no room.
    Full,
    /// A newer app has been here and has changed the tables: only that one may touch them.
    Newer,
    /// Storage can't be opened or has failed: switched off, private mode, damaged.
    Unavailable,
}

/// A device's storage. [`Store::commit`] is the record of truth: once it has returned `Ok`, the batch outlives what its
/// [`Durability`] says.
pub trait Store {
    /// One record.
    fn get(&self, table: Table, key: &str) -> impl Future<Output = Result<Option<Stored>, StoreError>>;
    /// All records of a table with their keys, in the order of the keys.
    fn list(&self, table: Table) -> impl Future<Output = Result<Vec<(String, Stored)>, StoreError>>;
    /// Does everything in `batch` in one transaction, or nothing.
    fn commit(&self, batch: Batch) -> impl Future<Output = Result<(), StoreError>>;
}

impl<S: Store + ?Sized> Store for &S {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Stored>, StoreError> {
        (**self).get(table, key).await
    }

    async fn list(&self, table: Table) -> Result<Vec<(String, Stored)>, StoreError> {
        (**self).list(table).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        (**self).commit(batch).await
    }
}
