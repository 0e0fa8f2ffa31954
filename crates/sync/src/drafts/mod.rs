//! Several named drafts, each kept as it is typed.
//!
//! A draft is written by compare-and-swap on its version: of two tabs that changed one draft, the second learns of the
//! first and asks its person ([`merge`]); nobody's typing is written over in silence. The last moment before a page goes
//! away is caught by a [`mirror`].

pub mod copies;
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
}

impl Record for Kept {
    const SCHEMA: u32 = 1;
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

/// Which draft was open last.
const OPEN: &str = "open_draft";

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

    /// Writes `kept` over the version `base` (`None`: as a new draft), and gives the version it has now. That outlives the
    /// browser at once and a loss of power after [`Drafts::settle`]: whoever types is not to wait for the disk.
    ///
    /// # Errors
    /// See [`NotSaved`]; then what is kept is as it was.
    pub async fn save(&self, kept: &Kept, base: Option<u64>) -> Result<u64, NotSaved> {
        self.save_with(kept, base, Batch::new()).await
    }

    /// The same together with `batch`.
    async fn save_with(&self, kept: &Kept, base: Option<u64>, batch: Batch) -> Result<u64, NotSaved> {
        let key = kept.draft.id;
        let version = base.map_or(1, |base| base.saturating_add(1));
        let batch = batch
            .expect(Table::Drafts, key, base)
            .put(Table::Drafts, key, version, record::write(kept))
            .relaxed();
        match self.store.commit(batch).await {
            Ok(()) => Ok(version),
            Err(StoreError::Conflict) => Err(match self.open(key).await? {
                Some(opened) => NotSaved::Changed(Box::new(opened)),
                None => NotSaved::Gone,
            }),
            Err(error) => Err(NotSaved::Store(error)),
        }
    }

    /// Remembers `id` as the draft to be opened next time.
    ///
    /// # Errors
    /// See [`StoreError`]; then it is the one that was remembered before.
    pub async fn remember(&self, id: DraftId) -> Result<(), StoreError> {
        let batch = Batch::new().put(Table::Meta, OPEN, 1, id.to_string());
        self.store.commit(batch.relaxed()).await
    }

    /// Sees to it that everything saved so far outlives a loss of power, and remembers `id` as the draft to be opened next
    /// time.
    ///
    /// # Errors
    /// See [`StoreError`]; then it still outlives the browser.
    pub async fn settle(&self, id: DraftId) -> Result<(), StoreError> {
        let batch = Batch::new().put(Table::Meta, OPEN, 1, id.to_string());
        self.store.commit(batch).await
    }

    /// The draft that was open last, if it is still there.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open_last(&self) -> Result<Option<Opened>, StoreError> {
        let stored = self.store.get(Table::Meta, OPEN).await?;
        match stored.and_then(|stored| stored.text.parse().ok()) {
            Some(id) => self.open(id).await,
            None => Ok(None),
        }
    }

    /// Removes the version `base` of a draft, and sees to it that the server's copy goes as well.
    ///
    /// # Errors
    /// See [`NotSaved`]; then it is still there.
    pub async fn remove(&self, id: DraftId, base: u64) -> Result<(), NotSaved> {
        let batch = Batch::new()
            .expect(Table::Drafts, id, Some(base))
            .delete(Table::Drafts, id);
        let batch = match self.open(id).await? {
            Some(opened) => copies::with_removal(&self.store, &opened.kept.draft, batch).await?,
            None => batch,
        };
        self.done(id, batch).await
    }

    /// Removes the version `base` of a draft that the server does not have any more.
    async fn drop_local(&self, id: DraftId, base: u64) -> Result<(), NotSaved> {
        let batch = Batch::new()
            .expect(Table::Drafts, id, Some(base))
            .delete(Table::Drafts, id);
        self.done(id, batch).await
    }

    /// Puts `kept`, which has another id, in the place of `mine`, which can't become an order any more, and sees to it that
    /// the server's copy of that goes as well.
    async fn replace(&self, mine: &Opened, kept: &Kept) -> Result<(), NotSaved> {
        let id = mine.kept.draft.id;
        let batch = Batch::new()
            .expect(Table::Drafts, id, Some(mine.version))
            .delete(Table::Drafts, id)
            .put(Table::Drafts, kept.draft.id, 1, record::write(kept));
        let batch = copies::with_removal(&self.store, &mine.kept.draft, copies::left(batch, id)).await?;
        self.done(id, batch).await
    }

    async fn done(&self, id: DraftId, batch: Batch) -> Result<(), NotSaved> {
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
