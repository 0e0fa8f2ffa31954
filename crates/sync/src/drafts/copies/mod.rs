//! The drafts' copies on the server, so that what was begun on one device is there on the other.
//!
//! The device's draft is the one that counts; the server keeps a copy under a version. Beside its drafts the device keeps
//! what the server had of each last ([`Known`]): a draft that differs from it is sent; one that does not, and whose version
//! at the server is another by now, was changed on another device and is taken from there. Where both are true its person
//! decides ([`super::merge`]); nobody's typing is written over in silence.

mod known;
mod pull;
mod push;

use std::future::Future;

use countersign_contract::draft::{DraftBody, DraftVersion, KeptDraft};
use countersign_contract::{NoContent, Page};
use countersign_domain::id::DraftId;

pub use known::Known;
pub(crate) use known::{left, version_seen, with_removal};

use crate::draft::Draft;
use crate::drafts::{Drafts, Kept, Listed, NotSaved, Opened};
use crate::store::{Batch, Store, StoreError, Table};
use crate::{Device, Reply};

/// The way to the server's copies.
pub trait CopiesWay {
    /// A page of them, by id (`list_drafts`).
    fn list(&self, after: Option<&str>) -> impl Future<Output = Reply<Page<KeptDraft>>>;
    /// One of them (`get_draft`).
    fn get(&self, id: DraftId) -> impl Future<Output = Reply<KeptDraft>>;
    /// Puts one over `version`, 0 where there is none (`put_draft`).
    fn put(
        &self,
        id: DraftId,
        body: &DraftBody,
        key: &str,
        version: u64,
    ) -> impl Future<Output = Reply<DraftVersion>>;
    /// Removes one at `version` (`remove_draft`).
    fn remove(&self, id: DraftId, version: u64) -> impl Future<Output = Reply<NoContent>>;
}

/// What a round has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Whether the server answered everything that was asked.
    pub is_complete: bool,
    /// Drafts that are not the same as before on this device: taken from the server, or gone because another device removed
    /// or submitted them.
    pub changed: Vec<DraftId>,
    /// Drafts that were submitted or withdrawn on another device while they were changed here: what was typed lives on in a
    /// copy with ids of its own, which is the second.
    pub copied: Vec<(DraftId, DraftId)>,
    /// Drafts that were changed here and on another device, with the server's version: their person decides.
    pub differing: Vec<(DraftId, Known)>,
    /// Drafts the server does not keep: there are too many, or it is too large.
    pub refused: Vec<DraftId>,
}

/// The server's copies of one account's drafts on one device.
#[derive(Clone, Debug)]
pub struct Copies<S, W, D> {
    store: S,
    drafts: Drafts<S>,
    way: W,
    device: D,
}

impl<S: Store + Clone, W: CopiesWay, D: Device> Copies<S, W, D> {
    /// The copies of the drafts in `store`.
    pub fn new(store: S, way: W, device: D) -> Self {
        Self {
            drafts: Drafts::new(store.clone()),
            store,
            way,
            device,
        }
    }

    /// Whether the server is known to have `draft` as it is.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn has(&self, draft: &Draft) -> Result<bool, StoreError> {
        let known = self.known(draft.id).await?;
        Ok(known.is_some_and(|known| known.draft == *draft))
    }

    /// Whether the server's `version` of a draft, 0 where it has none any more, is news to this device.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn is_news(&self, id: DraftId, version: u64) -> Result<bool, StoreError> {
        let known = self.known(id).await?.map(|known| known.version);
        Ok(known.unwrap_or_default() != version)
    }

    /// The person has made one draft, `kept`, of `theirs` and the version `base` that is kept here: that is what the server
    /// gets. Both are written in one transaction, so that theirs never counts as seen while nothing of it is kept.
    ///
    /// # Errors
    /// As [`Drafts::save`]; then the question stays.
    pub async fn settle(&self, theirs: &Known, kept: &Kept, base: Option<u64>) -> Result<u64, NotSaved> {
        let batch = known::remember(Batch::new(), theirs);
        self.drafts.save_with(kept, base, batch).await
    }

    async fn local(&self) -> Result<Vec<Opened>, StoreError> {
        let all = self.drafts.list().await?;
        Ok(all
            .into_iter()
            .filter_map(|listed| match listed {
                Listed::Draft(opened) => Some(*opened),
                // What this app can't read is left to the one that can.
                Listed::Unreadable { .. } => None,
            })
            .collect())
    }

    /// Whether a draft is on its way, or has arrived, as an order, or was thrown away a moment ago: then its copy is of no
    /// use any more.
    async fn is_done_with(&self, id: DraftId) -> Result<bool, StoreError> {
        let key = id.to_string();
        Ok(self.store.get(Table::Outbox, &key).await?.is_some()
            || self.store.get(Table::Receipts, &key).await?.is_some()
            || self.is_left(id).await?)
    }
}

#[cfg(test)]
mod tests;
