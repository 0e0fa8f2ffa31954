//! Files that go along with drafts: on the device from the moment they are chosen, and at the server as soon as that can be.
//!
//! The bytes are kept once, under the file's id, whichever drafts name it; they never change. Beside them the device notes
//! what it knows of each: whether the server has it, and since when no draft names it. The outbox sends what the server lacks
//! before it sends the order.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::file::StoredFile;
use countersign_domain::id::{AccountId, FileId};
use serde::{Deserialize, Serialize};

use crate::record::{self, Found, Record};
use crate::store::{Batch, Store, StoreError, Table};
use crate::{Reply, Transport};

/// Where it is noted what is known of the files, among the small things.
pub const KEY: &str = "files";

/// How long a file stays that nothing names any more: taking it out can be undone.
const IDLE: TimeDelta = TimeDelta::hours(1);

/// What the device knows of a file that it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The file.
    pub file: StoredFile,
    /// Whether the server has it.
    pub is_sent: bool,
    /// Since when nothing names it; absent while something does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idle_since: Option<DateTime<Utc>>,
}

/// What the device knows of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes(pub BTreeMap<FileId, Note>);

impl Record for Notes {
    const SCHEMA: u32 = 1;
}

impl Notes {
    /// The files that the server lacks.
    pub fn waiting(&self) -> impl Iterator<Item = &Note> {
        self.0.values().filter(|note| !note.is_sent)
    }

    /// Whether `file` is here and the server lacks it.
    pub fn is_waiting(&self, file: FileId) -> bool {
        self.0.get(&file).is_some_and(|note| !note.is_sent)
    }
}

/// What became of sending a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// The server has it as of now.
    Now,
    /// The server had it before.
    Before,
    /// It is not on this device: another one has it, or had.
    Elsewhere,
    /// Nobody knows: no answer, or not our server's.
    Silence,
    /// The server said no.
    Refused(ProblemKind),
}

/// The files of one account on one device; of staff who order on behalf, those for one customer.
#[derive(Clone, Debug)]
pub struct Files<S> {
    store: S,
}

impl<S: Store> Files<S> {
    /// The files in `store`.
    pub fn new(store: S) -> Self {
        Self { store }
    }

    /// What is known of them.
    ///
    /// # Errors
    /// See [`StoreError`]; [`StoreError::Newer`] where a newer app has noted it, and only that one may write.
    pub async fn notes(&self) -> Result<Notes, StoreError> {
        Ok(self.read().await?.0)
    }

    /// Keeps a file that was chosen. Only after this has returned may a draft name it.
    ///
    /// # Errors
    /// See [`StoreError`]; then nothing is kept.
    pub async fn keep(&self, file: StoredFile, body: &[u8]) -> Result<(), StoreError> {
        let (id, text) = (file.id, text_of(body));
        let note = Note {
            file,
            is_sent: false,
            idle_since: None,
        };
        self.change(|notes| {
            notes.insert(id, note.clone());
            Some(Batch::new().put(Table::Files, id, 1, text.clone()))
        })
        .await
    }

    /// The bytes of a file, where this device has them.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn body(&self, id: FileId) -> Result<Option<Vec<u8>>, StoreError> {
        let stored = self.store.get(Table::Files, &id.to_string()).await?;
        Ok(stored.and_then(|stored| bytes_of(&stored.text)))
    }

    /// Sends a file of `owner`, unless the server has it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn send(&self, way: &impl Transport, owner: AccountId, id: FileId) -> Result<Sent, StoreError> {
        let Some(note) = self.notes().await?.0.remove(&id) else {
            return Ok(Sent::Elsewhere);
        };
        if note.is_sent {
            return Ok(Sent::Before);
        }
        let Some(body) = self.body(id).await? else {
            return Ok(Sent::Elsewhere);
        };
        match way.upload(owner, &note.file, &body).await {
            Reply::Answered(kept) if (kept.id, kept.size) == (id, note.file.size) => {
                self.mark(&BTreeSet::from([id]), true).await?;
                Ok(Sent::Now)
            }
            // Some other server's answer, or an answer to something else.
            Reply::Answered(_) | Reply::Silence => Ok(Sent::Silence),
            Reply::Problem(problem) => Ok(Sent::Refused(problem)),
        }
    }

    /// The server does not have these files any more, if it ever had: they are to be sent again. `false` where none of them is
    /// here.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn lost(&self, ids: &BTreeSet<FileId>) -> Result<bool, StoreError> {
        let notes = self.notes().await?;
        if !ids.iter().any(|id| notes.0.contains_key(id)) {
            return Ok(false);
        }
        self.mark(ids, false).await?;
        Ok(true)
    }

    /// Throws away what nothing has named for an hour. `named` is whatever any draft or entry on this device names.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn tidy(&self, named: &BTreeSet<FileId>, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.change(|notes| {
            let before = notes.clone();
            let mut batch = Batch::new().relaxed();
            notes.retain(|id, note| {
                note.idle_since = match note.idle_since {
                    _ if named.contains(id) => None,
                    // A clock that was put back does not keep it for ever.
                    Some(since) if since <= now => Some(since),
                    _ => Some(now),
                };
                note.idle_since.is_none_or(|since| now - since < IDLE)
            });
            for id in before.keys().filter(|id| !notes.contains_key(id)) {
                batch = std::mem::take(&mut batch).delete(Table::Files, id);
            }
            (before != *notes).then_some(batch)
        })
        .await
    }

    /// Throws away everything but what `named` says.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn keep_only(&self, named: &BTreeSet<FileId>) -> Result<(), StoreError> {
        self.change(|notes| {
            let others: Vec<FileId> = notes.keys().filter(|id| !named.contains(id)).copied().collect();
            let batch = others
                .iter()
                .fold(Batch::new(), |batch, id| batch.delete(Table::Files, id));
            notes.retain(|id, _| named.contains(id));
            (!others.is_empty()).then_some(batch)
        })
        .await
    }

    async fn mark(&self, ids: &BTreeSet<FileId>, is_sent: bool) -> Result<(), StoreError> {
        self.change(|notes| {
            let mut is_changed = false;
            for id in ids {
                if let Some(note) = notes.get_mut(id)
                    && note.is_sent != is_sent
                {
                    note.is_sent = is_sent;
                    is_changed = true;
                }
            }
            is_changed.then(Batch::new)
        })
        .await
    }

    /// Changes what is noted together with the batch that `f` gives; nothing where it gives none. Where another tab was faster,
    /// `f` is asked again.
    async fn change(
        &self,
        mut f: impl FnMut(&mut BTreeMap<FileId, Note>) -> Option<Batch>,
    ) -> Result<(), StoreError> {
        loop {
            let (mut notes, version) = self.read().await?;
            let Some(batch) = f(&mut notes.0) else {
                return Ok(());
            };
            let next = version.map_or(1, |version| version.saturating_add(1));
            let batch =
                batch
                    .expect(Table::Meta, KEY, version)
                    .put(Table::Meta, KEY, next, record::write(&notes));
            match self.store.commit(batch).await {
                Err(StoreError::Conflict) => {}
                outcome => return outcome,
            }
        }
    }

    async fn read(&self) -> Result<(Notes, Option<u64>), StoreError> {
        let Some(stored) = self.store.get(Table::Meta, KEY).await? else {
            return Ok((Notes::default(), None));
        };
        let notes = match record::read::<Notes>(&stored.text) {
            Found::Read(notes) => notes,
            Found::Newer => return Err(StoreError::Newer),
            Found::Broken => return Err(StoreError::Unavailable),
        };
        Ok((notes, Some(stored.version)))
    }
}

/// The files that a submission names, from its bytes.
pub fn named_in(body: &str) -> Vec<FileId> {
    #[derive(Deserialize)]
    struct Named {
        #[serde(default)]
        attachments: Vec<FileId>,
    }
    serde_json::from_str(body)
        .map(|named: Named| named.attachments)
        .unwrap_or_default()
}

/// Bytes as text, a sign for each: browsers keep such a text in as many bytes.
fn text_of(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn bytes_of(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|sign| u8::try_from(sign).ok()).collect()
}

#[cfg(test)]
mod tests;
