//! The device's storage, used wrongly.

use std::rc::Rc;

use chrono::TimeDelta;
use countersign_sync::outbox::Entry;
use countersign_sync::store::{Batch, Step, Stored, Table};
use countersign_sync::{Device, Store, StoreError, record};

use super::Breakage;
use crate::device::{Shared, SimDevice};
use crate::slot::SlotStore;

/// The storage with a breakage, if there is one.
#[derive(Clone, Debug)]
pub struct BrokenStore {
    /// The storage itself.
    pub inner: SlotStore,
    /// The world.
    pub shared: Rc<Shared>,
}

impl Store for BrokenStore {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Stored>, StoreError> {
        self.inner.get(table, key).await
    }

    async fn list(&self, table: Table) -> Result<Vec<(String, Stored)>, StoreError> {
        let all = self.inner.list(table).await?;
        if self.shared.breakage != Some(Breakage::ExpiryAfterDay) || table != Table::Outbox {
            return Ok(all);
        }
        let now = SimDevice::of(&self.shared).now();
        let mut kept = Vec::new();
        for (key, stored) in all {
            let entry = record::read::<Entry>(&stored.text).read();
            if entry.is_some_and(|entry| now - entry.queued_at > TimeDelta::days(1)) {
                // What is forgotten was never dealt with: the oracle is not told of it.
                let batch = Batch::new().delete(Table::Outbox, key);
                self.inner.commit_part(batch, Some(Batch::new())).await?;
            } else {
                kept.push((key, stored));
            }
        }
        Ok(kept)
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        match self.shared.breakage {
            Some(Breakage::DeleteBeforeSend) => {
                let broken = Batch {
                    steps: batch.steps.iter().cloned().map(removed_once_sent).collect(),
                    ..batch
                };
                self.inner.commit_part(broken, Some(batch)).await
            }
            Some(Breakage::TwoTransactions) => self.one_by_one(batch).await,
            Some(Breakage::QuestionSettledFirst) => self.settled_first(batch).await,
            Some(Breakage::DraftNotSettled) if batch.steps.iter().all(is_about_open_draft) => {
                self.inner.commit(batch.relaxed()).await
            }
            _ => self.inner.commit(batch).await,
        }
    }
}

impl BrokenStore {
    /// Writes what is known of the server's copies before the draft that was made of it.
    async fn settled_first(&self, batch: Batch) -> Result<(), StoreError> {
        let (known, rest): (Vec<Step>, Vec<Step>) = (batch.steps.iter().cloned()).partition(|step| {
            matches!(
                step,
                Step::Put {
                    table: Table::Meta,
                    ..
                }
            )
        });
        let is_answer = |step: &Step| {
            matches!(
                step,
                Step::Put {
                    table: Table::Drafts,
                    ..
                }
            )
        };
        if known.is_empty() || !rest.iter().any(is_answer) {
            return self.inner.commit(batch).await;
        }
        let durability = batch.durability;
        for steps in [known, rest] {
            self.inner
                .commit_part(Batch { steps, durability }, Some(Batch::new()))
                .await?;
        }
        Ok(())
    }

    async fn one_by_one(&self, batch: Batch) -> Result<(), StoreError> {
        let durability = batch.durability;
        let (conditions, mut writes): (Vec<Step>, Vec<Step>) =
            (batch.steps.iter().cloned()).partition(|step| matches!(step, Step::Expect { .. }));
        writes.sort_by_key(|step| !matches!(step, Step::Delete { .. }));
        let mut conditions = Some(conditions);
        let mut whole = Some(batch);
        for write in writes {
            let mut steps = conditions.take().unwrap_or_default();
            steps.push(write);
            let told = whole.take().unwrap_or_default();
            self.inner
                .commit_part(Batch { steps, durability }, Some(told))
                .await?;
        }
        Ok(())
    }
}

fn is_about_open_draft(step: &Step) -> bool {
    matches!(step, Step::Put { table: Table::Meta, key, .. } if key == "open_draft")
}

fn removed_once_sent(step: Step) -> Step {
    match step {
        Step::Put { table, key, stored }
            if table == Table::Outbox && stored.text.contains("\"state\":\"sending\"") =>
        {
            Step::Delete { table, key }
        }
        step => step,
    }
}
