//! The outbox: from *Submit* to the server's acknowledgement (protocol.md, Submitting an order exactly once).
//!
//! *Submit* freezes the bytes and moves the draft into the outbox in one transaction. From then on the same bytes go out
//! under the same key until the server acknowledges exactly them, or refuses them for good. An entry leaves the outbox in
//! three ways only: into a receipt, back into a draft, or thrown away by its owner after the server has promised never to
//! take it; each is one transaction.

mod backoff;
mod entry;
mod files;
mod leave;
mod send;

use countersign_contract::submission::Submission;
use countersign_domain::id::{AccountId, CustomerId, DraftId, OrderId};
use countersign_domain::money::Money;

pub use entry::{Entry, Reason, State, Then, Trouble};
pub use leave::NotTakenBack;
pub use send::{Heard, Round};

use crate::drafts::Opened;
use crate::drafts::copies::{version_seen, with_removal};
use crate::receipt::Receipt;
use crate::record::{self, Found};
use crate::store::{Batch, Store, StoreError, Table};
use crate::{Device, Transport};

/// An entry with the version it was read at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The entry.
    pub entry: Entry,
    /// Its version in the store.
    pub version: u64,
}

/// What is in the outbox.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// What can be read, the oldest first.
    pub entries: Vec<Held>,
    /// Keys of what can't: a newer app wrote it, or it is damaged. It stays, and can be exported.
    pub unreadable: Vec<String>,
}

/// The outbox of one account on one device; of staff who order on behalf, that for one customer.
#[derive(Clone, Debug)]
pub struct Outbox<S, T, D> {
    store: S,
    transport: T,
    device: D,
    owner: AccountId,
    customer: Option<CustomerId>,
}

impl<S: Store, T: Transport, D: Device> Outbox<S, T, D> {
    /// The outbox of `owner` in `store`.
    pub fn new(store: S, transport: T, device: D, owner: AccountId) -> Self {
        Self {
            store,
            transport,
            device,
            owner,
            customer: None,
        }
    }

    /// The same for the orders that its owner submits on behalf of `customer`. Its store is to hold nothing else: an outbox
    /// sends whatever is in it.
    #[must_use]
    pub fn for_customer(self, customer: Option<CustomerId>) -> Self {
        Self { customer, ..self }
    }

    /// What is in it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn contents(&self) -> Result<Contents, StoreError> {
        let mut contents = Contents::default();
        for (key, stored) in self.store.list(Table::Outbox).await? {
            match record::read::<Entry>(&stored.text) {
                Found::Read(entry) => contents.entries.push(Held {
                    entry,
                    version: stored.version,
                }),
                Found::Newer | Found::Broken => contents.unreadable.push(key),
            }
        }
        contents.entries.sort_by_key(|held| held.entry.queued_at);
        Ok(contents)
    }

    /// One entry, as it is now.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn held(&self, id: DraftId) -> Result<Option<Held>, StoreError> {
        let stored = self.store.get(Table::Outbox, &id.to_string()).await?;
        Ok(stored.and_then(|stored| {
            let entry = record::read::<Entry>(&stored.text).read()?;
            Some(Held {
                entry,
                version: stored.version,
            })
        }))
    }

    /// What is known of a draft that arrived.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn receipt(&self, id: DraftId) -> Result<Option<Receipt>, StoreError> {
        let stored = self.store.get(Table::Receipts, &id.to_string()).await?;
        Ok(stored.and_then(|stored| record::read::<Receipt>(&stored.text).read()))
    }

    /// Freezes `submission` and moves `opened` into the outbox, in one transaction. Only after this has returned may a
    /// screen say "queued".
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another tab has changed or submitted the draft meanwhile; otherwise why the device
    /// refused. Nothing has changed then.
    pub async fn submit(
        &self,
        opened: &Opened,
        mut submission: Submission,
        total: Money,
    ) -> Result<Entry, StoreError> {
        let draft = opened.kept.draft.clone();
        submission.copy_version = Some(version_seen(&self.store, draft.id).await?);
        // Whatever the screen says: what lies in this outbox is for its customer.
        submission.customer_id = self.customer;
        let frozen = draft.freeze(submission);
        let entry = Entry {
            owner: self.owner,
            frozen,
            total,
            queued_at: self.device.now(),
            attempts: 0,
            state: State::Queued {
                sent: false,
                not_before: None,
                trouble: None,
            },
            draft,
        };
        // Versions go on from draft to entry and back: an entry taken back and submitted anew is not taken for the former by
        // a tab that has read that one.
        let version = opened.version.saturating_add(1);
        let batch = Batch::new()
            .expect(Table::Drafts, entry.id(), Some(opened.version))
            .expect(Table::Outbox, entry.id(), None)
            .delete(Table::Drafts, entry.id())
            .put(Table::Outbox, entry.id(), version, record::write(&entry));
        self.store.commit(batch).await?;
        Ok(entry)
    }

    /// Makes everything that waits for its time due now: the network is back, or somebody pressed the button.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn hurry(&self) -> Result<(), StoreError> {
        for held in self.contents().await?.entries {
            let mut entry = held.entry.clone();
            let (State::Queued { not_before, .. } | State::Withdrawing { not_before, .. }) = &mut entry.state
            else {
                continue;
            };
            if not_before.take().is_some() {
                // Who was faster has changed it for a reason of its own.
                self.settle(&held, &entry).await?;
            }
        }
        Ok(())
    }

    /// Writes `entry` over `held`. `false` when somebody was faster; then nothing is written.
    async fn settle(&self, held: &Held, entry: &Entry) -> Result<bool, StoreError> {
        let id = held.entry.id();
        let batch = Batch::new().expect(Table::Outbox, id, Some(held.version)).put(
            Table::Outbox,
            id,
            held.version.saturating_add(1),
            record::write(entry),
        );
        self.done(batch).await
    }

    /// Ends `held` in a receipt.
    async fn arrive(&self, held: &Held, order_id: OrderId, number: String) -> Result<bool, StoreError> {
        let id = held.entry.id();
        let receipt = Receipt {
            draft_id: id,
            order_id,
            number: Some(number),
            heard_at: self.device.now(),
        };
        let batch = Batch::new()
            .expect(Table::Outbox, id, Some(held.version))
            .delete(Table::Outbox, id)
            .put(Table::Receipts, id, 1, record::write(&receipt));
        // The server removes the copy with the order, but not one that went there after this was submitted.
        self.done(with_removal(&self.store, &held.entry.draft, batch).await?)
            .await
    }

    async fn done(&self, batch: Batch) -> Result<bool, StoreError> {
        match self.store.commit(batch).await {
            Ok(()) => Ok(true),
            Err(StoreError::Conflict) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests;
