//! Files of the draft: chosen from the device, kept on it, and sent ahead of the order as soon as there is a connection.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use countersign_contract::ProblemKind;
use countersign_contract::file::StoredFile;
use countersign_domain::file::{FileKind, MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS};
use countersign_domain::id::FileId;
use countersign_sync::drafts::Listed;
use countersign_sync::files::{Notes, Sent, named_in};
use countersign_sync::outbox::Entry;
use countersign_sync::{Device, StoreError};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::offline::device::Browser;
use crate::offline::draft::Draft;
use crate::queries::draft::account::Account;
use crate::queries::draft::sending::LOOK;
use crate::queries::draft::transport::Way;
use crate::queries::draft::{Cart, Theirs};
use crate::queries::pause::pause;
use crate::queries::uploads::bytes;

/// How often, and after which pause, one looks whether files were sent before somebody leaves.
const MOST_LOOKS: u32 = 200;
const SHORT: Duration = Duration::from_millis(50);

/// What is known of the files of this account's drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FileStates {
    notes: Notes,
    /// The one that is under way.
    sending: Option<FileId>,
    /// Those the server does not take.
    refused: BTreeMap<FileId, ProblemKind>,
}

/// How it stands with a file of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileStanding {
    /// It is not on this device: it was chosen on another one.
    Elsewhere,
    /// It is on this device and goes to the server when there is a connection.
    Waiting,
    /// It is under way.
    Sending,
    /// The server has it.
    Sent,
    /// The server does not take it.
    Refused(ProblemKind),
}

/// Why a file was not attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAttached {
    /// There are as many as may be.
    TooMany,
    /// There is nothing in it.
    Empty,
    /// It is too large.
    TooLarge,
    /// It is nothing that may be sent.
    WrongType,
    /// It can't be read.
    Unreadable,
    /// The device has no room for it.
    NoRoom,
    /// The device does not keep it, for another reason.
    NotKept,
}

impl Cart {
    /// How it stands with a file of the draft, tracked.
    pub fn file_standing(&self, id: FileId) -> FileStanding {
        self.opened_account().map_or(FileStanding::Elsewhere, |account| {
            account.files.with(|states| states.standing(id))
        })
    }

    /// Attaches a file to the open draft: it is kept on the device first.
    ///
    /// # Errors
    /// See [`NotAttached`]; then the draft is as it was.
    pub async fn attach(self, file: File) -> Result<(), NotAttached> {
        let Some(account) = self.account_now() else {
            return Ok(());
        };
        let (of, count) = (account.kept).with_untracked(|kept| (kept.draft.id, kept.draft.attachments.len()));
        if count >= MAX_ATTACHMENTS {
            return Err(NotAttached::TooMany);
        }
        let (size, named) = (bytes(&file), file.name());
        match size {
            0 => return Err(NotAttached::Empty),
            size if size > MAX_ATTACHMENT_BYTES as u64 => return Err(NotAttached::TooLarge),
            _ => {}
        }
        let buffer = JsFuture::from(file.array_buffer()).await;
        let buffer = buffer.map_err(|_| NotAttached::Unreadable)?;
        let body = js_sys::Uint8Array::new(&buffer).to_vec();
        let kind = FileKind::of_whole(&body, &named).ok_or(NotAttached::WrongType)?;
        let kept = StoredFile {
            id: FileId(Browser.new_id()),
            name: kind.name_of(&named),
            kind,
            size,
        };
        account.keep_file(kept.clone(), &body).await?;
        if account.kept.with_untracked(|kept| kept.draft.id) == of {
            self.edit(|draft| draft.attachments.push(kept));
        }
        account.read_files().await;
        self.send_files();
        Ok(())
    }

    /// Takes a file out of the open draft, and gives what undoes that.
    pub fn detach(self, id: FileId) -> Option<impl Fn() + Clone + Send + Sync + 'static> {
        let find = |draft: &Draft| {
            let place = draft.attachments.iter().position(|file| file.id == id)?;
            Some((draft.id, place, draft.attachments.get(place)?.clone()))
        };
        let (of, place, file) = self.peek(|kept| find(&kept.draft)).flatten()?;
        self.edit(|draft| draft.attachments.retain(|file| file.id != id));
        let back = move || {
            self.edit(|draft| {
                if draft.id == of && !draft.attachments.contains(&file) {
                    let place = place.min(draft.attachments.len());
                    draft.attachments.insert(place, file.clone());
                }
            });
        };
        Some(back)
    }

    /// The bytes of a file, where this device has them.
    pub async fn file_body(self, id: FileId) -> Option<Vec<u8>> {
        self.account_now()?.device_files.body(id).await.ok().flatten()
    }

    /// Tries once more to send a file that the server did not take.
    pub fn retry_file(self, id: FileId) {
        if let Some(account) = self.account_now() {
            account.files.update(|states| {
                states.refused.remove(&id);
            });
        }
        self.send_files();
    }

    /// Sends the files that the server lacks, and goes on trying while there is no answer.
    pub fn send_files(self) {
        spawn_local(async move {
            let Some(account) = self.account_now() else { return };
            if !self.give_files(&account).await && !account.has_file_timer.replace(true) {
                let again = move || {
                    account.has_file_timer.set(false);
                    self.send_files();
                };
                set_timeout(again, LOOK);
            }
        });
    }

    /// Sends the files that the server lacks and waits for that, but not for ever: a line may be slow, and a file large.
    pub(super) async fn give_files_soon(self, account: &Account) {
        let notes = account.device_files.notes().await.unwrap_or_default();
        if notes.waiting().next().is_none() {
            return;
        }
        self.send_files();
        for _ in 0..MOST_LOOKS {
            pause(SHORT).await;
            if !account.is_sending_files.get() {
                return;
            }
        }
    }

    /// Sends the files that the server lacks, one after the other. `false` where they have to be tried again.
    async fn give_files(self, account: &Rc<Account>) -> bool {
        if !self.is_theirs(account) || account.is_sending_files.replace(true) {
            return true;
        }
        let mut is_done = true;
        let mut has_sent = false;
        loop {
            // Others may have been chosen while one was on its way.
            account.read_files().await;
            let Some(id) = account.files.with_untracked(FileStates::waiting) else {
                break;
            };
            account.files.update(|states| states.sending = Some(id));
            let outcome = account.device_files.send(&Way(self.api), account.id, id).await;
            account.files.update(|states| states.sending = None);
            has_sent = true;
            match outcome {
                Ok(Sent::Now | Sent::Before) => {}
                Ok(Sent::Refused(problem)) if is_for_good(&problem) => {
                    account.files.update(|states| {
                        states.refused.insert(id, problem);
                    });
                }
                Ok(Sent::Refused(_) | Sent::Silence) => {
                    is_done = false;
                    break;
                }
                // What the device refuses or has lost it refuses again.
                Ok(Sent::Elsewhere) | Err(_) => break,
            }
        }
        account.is_sending_files.set(false);
        if has_sent {
            account.tell();
        }
        is_done
    }
}

impl FileStates {
    fn standing(&self, id: FileId) -> FileStanding {
        let Some(note) = self.notes.0.get(&id) else {
            return FileStanding::Elsewhere;
        };
        match self.refused.get(&id) {
            _ if note.is_sent => FileStanding::Sent,
            _ if self.sending == Some(id) => FileStanding::Sending,
            Some(problem) => FileStanding::Refused(problem.clone()),
            None => FileStanding::Waiting,
        }
    }

    /// A file that the server lacks and may yet take.
    fn waiting(&self) -> Option<FileId> {
        let named = self.notes.waiting().filter(|note| note.idle_since.is_none());
        named
            .map(|note| note.file.id)
            .find(|id| !self.refused.contains_key(id))
    }
}

/// Whether the server says the same the next time.
fn is_for_good(problem: &ProblemKind) -> bool {
    matches!(
        problem,
        ProblemKind::FileRefused { .. } | ProblemKind::TooLarge | ProblemKind::InvalidInput { .. }
    )
}

impl Account {
    /// Keeps a file on the device; what can be read again makes room for it.
    async fn keep_file(&self, file: StoredFile, body: &[u8]) -> Result<(), NotAttached> {
        let mut outcome = self.device_files.keep(file.clone(), body).await;
        if outcome == Err(StoreError::Full) {
            self.make_room().await;
            outcome = self.device_files.keep(file, body).await;
        }
        outcome.map_err(|error| match error {
            StoreError::Full => NotAttached::NoRoom,
            StoreError::Conflict | StoreError::Newer | StoreError::Unavailable => NotAttached::NotKept,
        })
    }

    /// Reads what is known of the files again.
    pub(super) async fn read_files(&self) {
        if let Ok(notes) = self.device_files.notes().await
            && self.files.with_untracked(|states| states.notes != notes)
        {
            self.files.update(|states| states.notes = notes);
        }
    }

    /// Throws away the files that nothing on this device has named for a while.
    pub(super) async fn tidy_files(&self) {
        let Some(mut named) = self.named_by_kept().await else {
            return;
        };
        self.kept.with_untracked(|kept| {
            let theirs = kept.theirs.as_ref().map(Theirs::draft);
            named.extend(
                [Some(&kept.draft), theirs]
                    .into_iter()
                    .flatten()
                    .flat_map(files_of),
            );
        });
        // What the device does not throw away now it throws away the next time.
        let _ = self.device_files.tidy(&named, Browser.now()).await;
        self.read_files().await;
    }

    /// Throws away the files that nothing kept on this device names: somebody has said that none of it is to stay.
    pub(super) async fn drop_files(&self) {
        if let Some(named) = self.named_by_kept().await {
            // What the device refuses to delete goes with what nothing has named for a while.
            let _ = self.device_files.keep_only(&named).await;
        }
    }

    /// The files that drafts and outbox name; `None` where that can't be told: of what a newer app wrote only that one knows.
    async fn named_by_kept(&self) -> Option<BTreeSet<FileId>> {
        let mut named = self.named_by_entries().await?;
        for listed in self.drafts.list().await.ok()? {
            match listed {
                Listed::Draft(opened) => named.extend(files_of(&opened.kept.draft)),
                Listed::Unreadable { .. } => return None,
            }
        }
        Some(named)
    }

    /// The files that the outbox names; `None` where that can't be told.
    pub(super) async fn named_by_entries(&self) -> Option<BTreeSet<FileId>> {
        let contents = self.outbox.contents().await.ok()?;
        let entries = contents.entries.iter().map(|held| &held.entry);
        (contents.unreadable.is_empty()).then(|| entries.flat_map(files_of_entry).collect())
    }
}

/// The files that a draft names.
pub(super) fn files_of(draft: &Draft) -> impl Iterator<Item = FileId> {
    draft.attachments.iter().map(|file| file.id)
}

fn files_of_entry(entry: &Entry) -> Vec<FileId> {
    let mut ids = named_in(&entry.frozen.body);
    ids.extend(files_of(&entry.draft));
    ids
}

#[cfg(test)]
mod tests {
    use countersign_contract::file::FileFault;
    use countersign_sync::files::Note;
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> FileId {
        FileId(Uuid::from_u128(number))
    }

    fn note(number: u128, is_sent: bool) -> (FileId, Note) {
        let file = StoredFile {
            id: id(number),
            name: "a.pdf".to_owned(),
            kind: FileKind::Pdf,
            size: 7,
        };
        let note = Note {
            file,
            is_sent,
            idle_since: None,
        };
        (id(number), note)
    }

    #[test]
    fn a_file_the_server_refuses_waits_for_its_person() {
        let refused = ProblemKind::FileRefused {
            fault: FileFault::WrongType,
        };
        let states = FileStates {
            notes: Notes([note(1, true), note(2, false), note(3, false), note(4, false)].into()),
            sending: Some(id(2)),
            refused: BTreeMap::from([(id(3), refused.clone())]),
        };
        assert_eq!(states.waiting(), Some(id(2)));
        for (number, standing) in [
            (1, FileStanding::Sent),
            (2, FileStanding::Sending),
            (3, FileStanding::Refused(refused)),
            (4, FileStanding::Waiting),
            (5, FileStanding::Elsewhere),
        ] {
            assert_eq!(states.standing(id(number)), standing);
        }
    }
}
