//! Several named drafts, each kept as it is typed.
//!
//! A draft is written by compare-and-swap on its version: of two tabs that changed one draft, the second learns of the
//! first and asks its person ([`merge`]); nobody's typing is written over in silence. The last moment before a page goes
//! away is caught by a [`mirror`].

pub mod merge;
pub mod mirror;

use chrono::{DateTime, Utc};
use countersign_domain::id::DraftId;
use serde::{Deserialize, Serialize};

use crate::draft::Draft;
use crate::record::{self, Found, Record};
use crate::store::{Batch, Store, StoreError, Table};

/// A draft as a device keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The draft.
    pub draft: Draft,
    /// When it was last changed, by the device's clock.
    pub changed_at: DateTime<Utc>,
    /// How far the server has it, where drafts are kept there as well.
    pub synced: Option<Synced>,
}

/// What the server last had of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synced {
    /// Version of the draft there.
    pub version: u64,
    /// The draft as it was then: what a later difference is measured from.
    pub draft: Draft,
}

impl Record for Kept {
    const SCHEMA: u32 = 1;
}

impl Kept {
    /// Whether the server lacks something of it.
    pub fn is_ahead(&self) -> bool {
        self.synced
            .as_ref()
            .is_none_or(|synced| synced.draft != self.draft)
    }
}

/// A draft with the version it was read at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The draft.
    pub kept: Kept,
    /// Its version in the store; what [`Drafts::save`] builds on.
    pub version: u64,
}

/// A draft in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// It can be opened.
    Draft(Box<Opened>),
    /// It can't: a newer app wrote it, or it is damaged. It can be exported.
    Unreadable {
        /// Its key.
        key: String,
        /// Whether a newer app can read it.
        newer: bool,
    },
}

/// Why a draft was not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSaved {
    /// Another tab has changed it meanwhile: this is what it made of it.
    Changed(Box<Opened>),
    /// Another tab has removed or submitted it meanwhile.
    Gone,
    /// The device refused.
    Store(StoreError),
}

impl From<StoreError> for NotSaved {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// The drafts of one account on one device.
#[derive(Clone, Debug)]
pub struct Drafts<S> {
    store: S,
}

impl<S: Store> Drafts<S> {
    /// The drafts in `store`.
    pub fn new(store: S) -> Self {
        Self { store }
    }

    /// All of them, the one changed last first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list(&self) -> Result<Vec<Listed>, StoreError> {
        let mut all: Vec<Listed> = (self.store.list(Table::Drafts).await?.into_iter())
            .map(|(key, stored)| match record::read::<Kept>(&stored.text) {
                Found::Read(kept) => Listed::Draft(Box::new(Opened {
                    kept,
                    version: stored.version,
                })),
                Found::Newer => Listed::Unreadable { key, newer: true },
                Found::Broken => Listed::Unreadable { key, newer: false },
            })
            .collect();
        all.sort_by_key(|listed| match listed {
            Listed::Draft(opened) => std::cmp::Reverse(Some(opened.kept.changed_at)),
            Listed::Unreadable { .. } => std::cmp::Reverse(None),
        });
        Ok(all)
    }

    /// One of them, as it is kept now. `None` when there is none that can be read.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open(&self, id: DraftId) -> Result<Option<Opened>, StoreError> {
        let stored = self.store.get(Table::Drafts, &id.to_string()).await?;
        Ok(stored.and_then(|stored| {
            let kept = record::read::<Kept>(&stored.text).read()?;
            Some(Opened {
                kept,
                version: stored.version,
            })
        }))
    }

    /// Writes `kept` over the version `base` (`None`: as a new draft), and gives the version it has now.
    ///
    /// # Errors
    /// See [`NotSaved`]; then what is kept is as it was.
    pub async fn save(&self, kept: &Kept, base: Option<u64>) -> Result<u64, NotSaved> {
        let key = kept.draft.id;
        let version = base.map_or(1, |base| base.saturating_add(1));
        let batch = Batch::new().expect(Table::Drafts, key, base).put(
            Table::Drafts,
            key,
            version,
            record::write(kept),
        );
        match self.store.commit(batch).await {
            Ok(()) => Ok(version),
            Err(StoreError::Conflict) => Err(match self.open(key).await? {
                Some(opened) => NotSaved::Changed(Box::new(opened)),
                None => NotSaved::Gone,
            }),
            Err(error) => Err(NotSaved::Store(error)),
        }
    }

    /// Removes the version `base` of a draft.
    ///
    /// # Errors
    /// See [`NotSaved`]; then it is still there.
    pub async fn remove(&self, id: DraftId, base: u64) -> Result<(), NotSaved> {
        let batch = Batch::new()
            .expect(Table::Drafts, id, Some(base))
            .delete(Table::Drafts, id);
        match self.store.commit(batch).await {
            Ok(()) => Ok(()),
            Err(StoreError::Conflict) => Err(match self.open(id).await? {
                Some(opened) => NotSaved::Changed(Box::new(opened)),
                None => NotSaved::Gone,
            }),
            Err(error) => Err(NotSaved::Store(error)),
        }
    }
}
