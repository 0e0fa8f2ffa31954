//! The ways out of the outbox that its owner takes.

use countersign_domain::id::DraftId;

use super::entry::{Entry, Reason, State, Then};
use super::{Held, Outbox};
use crate::draft::Draft;
use crate::drafts::Kept;
use crate::drafts::copies::{left, with_removal};
use crate::record;
use crate::store::{Batch, Store, StoreError, Table};
use crate::{Device, Transport};

/// Why an entry could not be taken back at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTakenBack {
    /// It may have arrived. It is being withdrawn now, and comes back once the server has promised never to take it.
    Asking,
    /// It is not in the outbox any more.
    Gone,
    /// It is not what its person has seen: it was taken back and submitted anew meanwhile.
    Changed,
    /// The device refused.
    Store(StoreError),
}

impl From<StoreError> for NotTakenBack {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<S: Store, T: Transport, D: Device> Outbox<S, T, D> {
    /// Gives an entry back as a draft, and that draft's id: at once where it is certain that it never arrived or that the
    /// server has refused it for good, else after the server was asked.
    ///
    /// # Errors
    /// See [`NotTakenBack`]; [`StoreError::Conflict`] where a draft of this id stands in its place.
    pub async fn take_back(&self, id: DraftId) -> Result<DraftId, NotTakenBack> {
        let mut tried = None;
        loop {
            let held = self.held(id).await?.ok_or(NotTakenBack::Gone)?;
            // Nobody was faster, and it failed all the same: it would for ever.
            if tried.replace(held.version) == Some(held.version) {
                return Err(StoreError::Conflict.into());
            }
            let draft = match &held.entry.state {
                _ if held.entry.is_certainly_not_ordered() => back(&held.entry),
                State::NeedsAttention {
                    reason: Reason::Withdrawn | Reason::AlreadyOrdered { .. },
                } => held.entry.draft.copy(&self.device),
                _ => {
                    if self.withdraw(&held, Then::Edit).await? {
                        return Err(NotTakenBack::Asking);
                    }
                    continue;
                }
            };
            let id = draft.id;
            if self.back_to_draft(&held, draft).await? {
                return Ok(id);
            }
        }
    }

    /// Throws away the entry that its person has `seen`: at once where it is certain that it never becomes an order, else
    /// after the server was asked. What was typed and submitted since, in another tab, nobody has decided to throw away.
    ///
    /// # Errors
    /// See [`NotTakenBack`].
    pub async fn discard(&self, seen: &Entry) -> Result<(), NotTakenBack> {
        loop {
            let held = self.held(seen.id()).await?.ok_or(NotTakenBack::Gone)?;
            if !held.entry.is_submission_of(seen) {
                return Err(NotTakenBack::Changed);
            }
            let never = held.entry.is_certainly_not_ordered()
                || matches!(
                    held.entry.state,
                    State::NeedsAttention {
                        reason: Reason::Withdrawn | Reason::AlreadyOrdered { .. }
                    }
                );
            if !never {
                if self.withdraw(&held, Then::Discard).await? {
                    return Err(NotTakenBack::Asking);
                }
            } else if self.throw_away(&held).await? {
                return Ok(());
            }
        }
    }

    /// Sends the same bytes once more after a refusal that the server has not written down. `false` when there is nothing
    /// to send again.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn retry(&self, id: DraftId) -> Result<bool, StoreError> {
        let Some(held) = self.held(id).await? else {
            return Ok(false);
        };
        let state = match &held.entry.state {
            State::NeedsAttention {
                reason: reason @ Reason::Blocked { .. },
            } if !reason.is_for_good() => State::Queued {
                sent: true,
                not_before: None,
                trouble: None,
            },
            State::Queued { sent, trouble, .. } => State::Queued {
                sent: *sent,
                not_before: None,
                trouble: *trouble,
            },
            State::Withdrawing { key, then, .. } => State::Withdrawing {
                key: key.clone(),
                then: *then,
                not_before: None,
            },
            State::Sending { .. } | State::NeedsAttention { .. } => return Ok(false),
        };
        let entry = Entry {
            state,
            ..held.entry.clone()
        };
        self.settle(&held, &entry).await
    }

    /// Copies what is in an entry into a new draft, and leaves the entry as it is.
    ///
    /// # Errors
    /// See [`NotTakenBack`].
    pub async fn copy(&self, id: DraftId) -> Result<DraftId, NotTakenBack> {
        let held = self.held(id).await?.ok_or(NotTakenBack::Gone)?;
        let draft = held.entry.draft.copy(&self.device);
        let id = draft.id;
        let batch = Batch::new().expect(Table::Drafts, id, None).put(
            Table::Drafts,
            id,
            1,
            record::write(&self.kept(draft)),
        );
        self.store.commit(batch).await?;
        Ok(id)
    }

    /// Begins to withdraw an entry; one that is being withdrawn goes on under its key. `false` when somebody was faster.
    async fn withdraw(&self, held: &Held, then: Then) -> Result<bool, StoreError> {
        let key = match &held.entry.state {
            State::Withdrawing { key, .. } => key.clone(),
            _ => self.device.new_id().to_string(),
        };
        let entry = Entry {
            attempts: 0,
            state: State::Withdrawing {
                key,
                then,
                not_before: None,
            },
            ..held.entry.clone()
        };
        self.settle(held, &entry).await
    }

    pub(super) async fn back_to_draft(&self, held: &Held, draft: Draft) -> Result<bool, StoreError> {
        let id = draft.id;
        let version = held.version.saturating_add(1);
        let batch = Batch::new()
            .expect(Table::Outbox, held.entry.id(), Some(held.version))
            .expect(Table::Drafts, id, None)
            .delete(Table::Outbox, held.entry.id())
            .put(Table::Drafts, id, version, record::write(&self.kept(draft)));
        if id == held.entry.id() {
            return self.done(batch).await;
        }
        let batch = left(batch, held.entry.id());
        self.done(with_removal(&self.store, &held.entry.draft, batch).await?)
            .await
    }

    pub(super) async fn throw_away(&self, held: &Held) -> Result<bool, StoreError> {
        let batch = Batch::new()
            .expect(Table::Outbox, held.entry.id(), Some(held.version))
            .delete(Table::Outbox, held.entry.id());
        let batch = if held.entry.is_certainly_not_ordered() {
            batch
        } else {
            left(batch, held.entry.id())
        };
        self.done(with_removal(&self.store, &held.entry.draft, batch).await?)
            .await
    }

    fn kept(&self, draft: Draft) -> Kept {
        Kept {
            draft,
            changed_at: self.device.now(),
        }
    }
}

/// The draft of an entry that never became an order, to be edited under its own id. A refusal is kept with it, so that the
/// next submission is another revision; what never left goes out as it is edited then, under the revision it had.
fn back(entry: &Entry) -> Draft {
    let mut draft = entry.draft.clone();
    if let State::NeedsAttention { reason } = &entry.state {
        draft.rev = entry.frozen.rev;
        draft.refused = Some(match reason {
            Reason::Changed { changes } => changes.clone(),
            _ => Vec::new(),
        });
    }
    draft
}
