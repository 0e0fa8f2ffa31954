//! A store that lasts as long as the page: where a device has no storage (private mode, switched off), and in tests.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::store::{Batch, Step, Store, StoreError, Stored, Table};

/// Records in memory. Not durable: whoever uses it outside of tests has to say so on the screen.
#[derive(Debug, Default)]
pub struct MemoryStore {
    records: RefCell<Records>,
}

/// All records by table and key.
pub type Records = BTreeMap<(Table, String), Stored>;

impl MemoryStore {
    /// A store with these records in it.
    pub fn with(records: Records) -> Self {
        Self {
            records: RefCell::new(records),
        }
    }

    /// A copy of everything.
    pub fn records(&self) -> Records {
        self.records.borrow().clone()
    }
}

/// Does what `batch` says to `records`, if everything it expects holds.
///
/// # Errors
/// [`StoreError::Conflict`]; then nothing was done.
pub fn apply(records: &mut Records, batch: Batch) -> Result<(), StoreError> {
    for step in &batch.steps {
        if let Step::Expect { table, key, version } = step
            && records.get(&(*table, key.clone())).map(|stored| stored.version) != *version
        {
            return Err(StoreError::Conflict);
        }
    }
    for step in batch.steps {
        match step {
            Step::Expect { .. } => {}
            Step::Put { table, key, stored } => {
                records.insert((table, key), stored);
            }
            Step::Delete { table, key } => {
                records.remove(&(table, key));
            }
        }
    }
    Ok(())
}

impl Store for MemoryStore {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Stored>, StoreError> {
        Ok(self.records.borrow().get(&(table, key.to_owned())).cloned())
    }

    async fn list(&self, table: Table) -> Result<Vec<(String, Stored)>, StoreError> {
        let records = self.records.borrow();
        let of_table = records.iter().filter(|((of, _), _)| *of == table);
        Ok(of_table
            .map(|((_, key), stored)| (key.clone(), stored.clone()))
            .collect())
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        apply(&mut self.records.borrow_mut(), batch)
    }
}
