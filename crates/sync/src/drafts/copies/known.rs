//! What the device knows of the server's copies, and which of them it wants removed.

use std::collections::BTreeMap;

use countersign_domain::id::DraftId;
use serde::{Deserialize, Serialize};

use super::{Copies, CopiesWay};
use crate::Device;
use crate::draft::Draft;
use crate::record::{self, Record};
use crate::store::{Batch, Store, StoreError, Table};

/// Before the id, the key of what is known of a copy.
const KNOWN: &str = "copy:";
/// Before the id, the key of a copy that is to be removed.
const REMOVED: &str = "removed:";
/// Before the id, the key of a draft that is of no use to this device any more, whatever others make of it.
const LEFT: &str = "left:";

/// What the server last had of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its version there.
    pub version: u64,
    /// The draft as it was then: what a later difference is measured from.
    pub draft: Draft,
}

impl Record for Known {
    const SCHEMA: u32 = 1;
}

/// What the server last had of `id`, as `store` knows.
async fn known_in<S: Store>(store: &S, id: DraftId) -> Result<Option<Known>, StoreError> {
    let stored = store.get(Table::Meta, &key(KNOWN, id)).await?;
    Ok(stored.and_then(|stored| record::read::<Known>(&stored.text).read()))
}

/// The version of the copy of `id` that this device has seen last; 0 where it has seen none.
pub(crate) async fn version_seen<S: Store>(store: &S, id: DraftId) -> Result<u64, StoreError> {
    let known = known_in(store, id).await?;
    Ok(known.map_or(0, |known| known.version))
}

/// Makes `batch` also see to it that the copy of `draft`, which is here as it is given, is removed. One that another device
/// has changed since stays.
pub(crate) async fn with_removal<S: Store>(
    store: &S,
    draft: &Draft,
    batch: Batch,
) -> Result<Batch, StoreError> {
    let known = known_in(store, draft.id).await?;
    if known.is_none() && draft.is_empty() {
        // Nobody gave it to the server.
        return Ok(batch);
    }
    let mark = Known {
        // 0: it was given to the server without an answer, or not at all.
        version: known.map_or(0, |known| known.version),
        draft: draft.clone(),
    };
    Ok(batch.delete(Table::Meta, key(KNOWN, draft.id)).put(
        Table::Meta,
        key(REMOVED, draft.id),
        1,
        record::write(&mark),
    ))
}

/// Makes `batch` also remember that `id` can't become an order from here any more: no copy of it comes back to this device.
pub(crate) fn left(batch: Batch, id: DraftId) -> Batch {
    batch.put(Table::Meta, key(LEFT, id), 1, String::new())
}

/// Lets `batch` happen only while the draft is no order, is not on its way to become one, and was not thrown away.
pub(super) fn while_not_done_with(batch: Batch, id: DraftId) -> Batch {
    batch
        .expect(Table::Outbox, id, None)
        .expect(Table::Receipts, id, None)
        .expect(Table::Meta, key(REMOVED, id), None)
        .expect(Table::Meta, key(LEFT, id), None)
}

/// Makes `batch` also remember what the server has.
pub(super) fn remember(batch: Batch, known: &Known) -> Batch {
    batch.put(Table::Meta, key(KNOWN, known.draft.id), 1, record::write(known))
}

fn key(prefix: &str, id: DraftId) -> String {
    format!("{prefix}{id}")
}

impl<S: Store + Clone, W: CopiesWay, D: Device> Copies<S, W, D> {
    /// What the server last had of `id`.
    pub(super) async fn known(&self, id: DraftId) -> Result<Option<Known>, StoreError> {
        known_in(&self.store, id).await
    }

    /// Whether the copy of `id` waits to be removed, or is of no use to this device.
    pub(super) async fn is_left(&self, id: DraftId) -> Result<bool, StoreError> {
        Ok(self.store.get(Table::Meta, &key(REMOVED, id)).await?.is_some()
            || self.store.get(Table::Meta, &key(LEFT, id)).await?.is_some())
    }

    /// What the server last had of every draft.
    pub(super) async fn all_known(&self) -> Result<BTreeMap<DraftId, Known>, StoreError> {
        let all = self.store.list(Table::Meta).await?;
        let known = all.into_iter().filter_map(|(key, stored)| {
            let id = key.strip_prefix(KNOWN)?.parse().ok()?;
            Some((id, record::read::<Known>(&stored.text).read()?))
        });
        Ok(known.collect())
    }

    /// Copies that are to be removed, each with the draft as it was here and the version the server was known to have.
    pub(super) async fn removed(&self) -> Result<Vec<Known>, StoreError> {
        let all = self.store.list(Table::Meta).await?;
        let removed = all.into_iter().filter_map(|(key, stored)| {
            let id = key.strip_prefix(REMOVED)?.parse().ok()?;
            let mark = record::read::<Known>(&stored.text).read();
            mark.or_else(|| {
                // What was written before the draft was kept with it.
                let version = stored.text.parse().ok()?;
                let draft = Draft::begin(id);
                Some(Known { version, draft })
            })
        });
        Ok(removed.collect())
    }

    /// Remembers what the server has.
    pub(super) async fn know(&self, known: &Known) -> Result<(), StoreError> {
        self.store.commit(remember(Batch::new(), known)).await
    }

    /// The server has none.
    pub(super) async fn forget(&self, id: DraftId) -> Result<(), StoreError> {
        self.store
            .commit(Batch::new().delete(Table::Meta, key(KNOWN, id)))
            .await
    }

    /// The copy is removed, or not to be removed any more.
    pub(super) async fn removal_is_done(&self, id: DraftId) -> Result<(), StoreError> {
        self.store
            .commit(Batch::new().delete(Table::Meta, key(REMOVED, id)))
            .await
    }
}
