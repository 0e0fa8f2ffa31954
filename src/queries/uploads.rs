//! Files on their way to the server, for whatever they are sent with.
//!
//! What is wrong with a file is said at once where the device can tell, and of each by itself. A file goes under a key of its
//! own, so that trying again after a lost reply keeps it once.

use std::collections::BTreeMap;

use countersign_contract::PathParams;
use countersign_contract::file::{FILE_PATH, StoredFile, UploadFile, UploadQuery};
use countersign_domain::file::{FileKind, MAX_FILE_BYTES};
use countersign_domain::id::FileId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::api::{Api, ApiError};

/// The address of a file that the server keeps.
pub fn file_url(api: Api, id: FileId) -> String {
    api.url(&id.fill(FILE_PATH))
}

/// What may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Pictures only.
    Pictures,
    /// Pictures and documents.
    Files,
}

/// A file that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its name here, and the key it goes under.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// How far it has come.
    pub state: UploadState,
}

/// How far a file has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadState {
    /// On its way.
    Sending,
    /// It did not get there.
    Failed(UploadError),
    /// The server keeps it.
    There(StoredFile),
}

/// Why a file did not get there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadError {
    /// There is nothing in it.
    Empty,
    /// It is too large.
    TooLarge,
    /// It is nothing that may be sent.
    WrongType,
    /// It is no picture, and nothing else will do.
    NoPicture,
    /// As many as may be are there already.
    TooMany,
    /// The server refused it or could not be asked.
    Api(ApiError),
}

impl UploadError {
    /// Whether trying again may help.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Api(error) if error.is_unknown())
    }
}

/// How files that were chosen stand as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Some are on their way.
    Sending,
    /// Some did not get there.
    Failed,
    /// All are there, in the order they were chosen in.
    There(Vec<FileId>),
}

/// Files chosen for one thing, owned by whoever made it.
#[derive(Clone, Copy, Debug)]
pub struct Uploads {
    api: Api,
    /// What may be chosen.
    pub wanted: Wanted,
    /// The most there may be.
    pub most: usize,
    /// What was chosen, in order.
    pub all: RwSignal<Vec<Upload>>,
    /// The files themselves, for trying again.
    files: StoredValue<BTreeMap<Uuid, File>, LocalStorage>,
}

impl Uploads {
    /// Nothing chosen.
    pub fn new(api: Api, wanted: Wanted, most: usize) -> Self {
        Self {
            api,
            wanted,
            most,
            all: RwSignal::new(Vec::new()),
            files: StoredValue::new_local(BTreeMap::new()),
        }
    }

    /// Takes a file that was chosen, and sends it.
    pub fn add(self, file: File) {
        let id = Uuid::new_v4();
        let is_full = self.all.with_untracked(|all| counted(all) >= self.most);
        let state = if is_full {
            UploadState::Failed(UploadError::TooMany)
        } else {
            UploadState::Sending
        };
        let upload = Upload {
            id,
            name: file.name(),
            size: bytes(&file),
            state,
        };
        self.all.update(|all| all.push(upload));
        if !is_full {
            self.files.update_value(|files| {
                files.insert(id, file);
            });
            self.send(id);
        }
    }

    /// Sends one again that did not get there.
    pub fn retry(self, id: Uuid) {
        self.set(id, UploadState::Sending);
        self.send(id);
    }

    /// Takes one away. What the server has of it is thrown away there in time.
    pub fn remove(self, id: Uuid) {
        self.all.update(|all| all.retain(|one| one.id != id));
        self.files.update_value(|files| {
            files.remove(&id);
        });
    }

    /// Takes all away: they belong to something now.
    pub fn clear(self) {
        self.all.try_set(Vec::new());
        self.files.try_set_value(BTreeMap::new());
    }

    /// How one stands.
    pub fn state(self, id: Uuid) -> Option<UploadState> {
        self.all.with(|all| {
            let found = all.iter().find(|one| one.id == id);
            found.map(|one| one.state.clone())
        })
    }

    /// How they stand as a whole.
    pub fn standing(self) -> Standing {
        self.all.with(|all| standing(all))
    }

    /// Whether as many are there as may be.
    pub fn is_full(self) -> bool {
        self.all.with(|all| counted(all) >= self.most)
    }

    fn set(self, id: Uuid, state: UploadState) {
        // Whoever chose it may be gone by now, or have taken it away.
        self.all.try_update(|all| {
            if let Some(one) = all.iter_mut().find(|one| one.id == id) {
                one.state = state;
            }
        });
    }

    fn send(self, id: Uuid) {
        let file = self.files.try_with_value(|files| files.get(&id).cloned());
        let Some(file) = file.flatten() else { return };
        spawn_local(async move {
            let state = match self.deliver(id, &file).await {
                Ok(stored) => UploadState::There(stored),
                Err(error) => UploadState::Failed(error),
            };
            self.set(id, state);
        });
    }

    async fn deliver(self, id: Uuid, file: &File) -> Result<StoredFile, UploadError> {
        match bytes(file) {
            0 => return Err(UploadError::Empty),
            size if size > MAX_FILE_BYTES as u64 => return Err(UploadError::TooLarge),
            _ => {}
        }
        let kind = kind_of(file).await.ok_or(UploadError::WrongType)?;
        if self.wanted == Wanted::Pictures && !kind.is_picture() {
            return Err(UploadError::NoPicture);
        }
        let query = UploadQuery {
            name: Some(file.name()),
            ..UploadQuery::default()
        };
        let text = self.api.upload::<UploadFile>(&query, file, &id.to_string()).await;
        text.and_then(|text| Api::decode(&text)).map_err(UploadError::Api)
    }
}

/// How many of them take a place: one that was too many takes none.
fn counted(all: &[Upload]) -> usize {
    let takes_place = |one: &&Upload| one.state != UploadState::Failed(UploadError::TooMany);
    all.iter().filter(takes_place).count()
}

fn standing(all: &[Upload]) -> Standing {
    let mut there = Vec::with_capacity(all.len());
    let mut is_sending = false;
    for one in all {
        match &one.state {
            UploadState::Failed(_) => return Standing::Failed,
            UploadState::Sending => is_sending = true,
            UploadState::There(file) => there.push(file.id),
        }
    }
    if is_sending {
        Standing::Sending
    } else {
        Standing::There(there)
    }
}

/// The size of a file; browsers say it as a whole number.
pub fn bytes(file: &File) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is whole and not negative"
    )]
    let size = file.size() as u64;
    size
}

/// What a file is by its first bytes; `None` also where it can't be read any more.
async fn kind_of(file: &File) -> Option<FileKind> {
    let end = i32::try_from(FileKind::HEAD).unwrap_or(i32::MAX);
    let head = file.slice_with_i32_and_i32(0, end).ok()?;
    let buffer = JsFuture::from(head.array_buffer()).await.ok()?;
    FileKind::of(&js_sys::Uint8Array::new(&buffer).to_vec(), &file.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(number: u128, state: UploadState) -> Upload {
        Upload {
            id: Uuid::from_u128(number),
            name: "a.png".to_owned(),
            size: 7,
            state,
        }
    }

    fn there(number: u128) -> UploadState {
        UploadState::There(StoredFile {
            id: FileId(Uuid::from_u128(number)),
            name: "a.png".to_owned(),
            kind: FileKind::Png,
            size: 7,
        })
    }

    #[test]
    fn nothing_is_sent_along_before_all_of_it_is_there() {
        let ids = vec![FileId(Uuid::from_u128(1)), FileId(Uuid::from_u128(2))];
        let mut all = vec![upload(7, there(1)), upload(8, there(2))];
        assert_eq!(standing(&all), Standing::There(ids));
        all.push(upload(9, UploadState::Sending));
        assert_eq!(standing(&all), Standing::Sending);
        all.push(upload(10, UploadState::Failed(UploadError::TooLarge)));
        assert_eq!(standing(&all), Standing::Failed, "a failure needs somebody");
        assert_eq!(standing(&[]), Standing::There(Vec::new()));
    }

    #[test]
    fn what_was_too_many_takes_no_place() {
        let all = [
            upload(1, there(1)),
            upload(2, UploadState::Failed(UploadError::WrongType)),
            upload(3, UploadState::Failed(UploadError::TooMany)),
        ];
        assert_eq!(counted(&all), 2);
    }

    #[test]
    fn trying_again_is_offered_where_it_may_help() {
        assert!(UploadError::Api(ApiError::Unreachable).may_pass());
        assert!(!UploadError::TooLarge.may_pass());
    }
}
