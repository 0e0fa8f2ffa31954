//! Where the order being written is kept: one draft per deployment and account in localStorage, written on every change.
//!
//! What can't be read, or was written by a newer app, is set aside under a name of its own and never deleted.

use countersign_domain::id::AccountId;
use leptos::prelude::window;
use serde::{Deserialize, Serialize};
use web_sys::Storage;

use crate::offline::draft::Draft;

/// The schema this app writes. Grows when an older app could not read the result.
const SCHEMA: u32 = 1;

/// The place of one account's draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftPlace {
    key: String,
}

/// What was found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing yet.
    Nothing,
    /// A draft.
    Draft(Box<Draft>),
    /// Something this app can't read. It is kept, under another name.
    SetAside,
    /// Something this app can't read and could not set aside either: nothing may be written over it.
    InTheWay,
}

/// The browser refused to keep the draft: its storage is full or switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotKept;

#[derive(Serialize)]
struct Written<'a> {
    schema: u32,
    draft: &'a Draft,
}

#[derive(Deserialize)]
struct Header {
    schema: u32,
}

#[derive(Deserialize)]
struct Stored {
    draft: Draft,
}

impl DraftPlace {
    /// The place of `account` in the deployment with this API base.
    pub fn new(deployment: &str, account: AccountId) -> Self {
        Self {
            key: format!("countersign.draft.{account}@{deployment}"),
        }
    }

    /// Whether the browser's storage event is about this place.
    pub fn is_named(&self, key: &str) -> bool {
        self.key == key
    }

    /// Reads what is kept.
    pub fn read(&self) -> Found {
        let Some(storage) = storage() else {
            return Found::Nothing;
        };
        let Ok(Some(text)) = storage.get_item(&self.key) else {
            return Found::Nothing;
        };
        match decode(&text) {
            Some(draft) => Found::Draft(Box::new(draft)),
            None => set_aside(&storage, &self.key, &text),
        }
    }

    /// Keeps `draft`, instead of what was kept before.
    ///
    /// # Errors
    /// [`NotKept`] when the browser refuses.
    pub fn write(&self, draft: &Draft) -> Result<(), NotKept> {
        let text = serde_json::to_string(&Written {
            schema: SCHEMA,
            draft,
        })
        .map_err(|_| NotKept)?;
        storage()
            .ok_or(NotKept)?
            .set_item(&self.key, &text)
            .map_err(|_| NotKept)
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The draft in `text`, if it is one this app knows.
fn decode(text: &str) -> Option<Draft> {
    let header: Header = serde_json::from_str(text).ok()?;
    if header.schema != SCHEMA {
        return None;
    }
    serde_json::from_str::<Stored>(text)
        .ok()
        .map(|stored| stored.draft)
}

/// Moves what can't be read to the first free name beside it.
fn set_aside(storage: &Storage, key: &str, text: &str) -> Found {
    let names = (1..100).map(|number: u32| format!("{key}.aside.{number}"));
    let mut free = names.filter(|name| matches!(storage.get_item(name), Ok(None)));
    match free.next().map(|name| storage.set_item(&name, text)) {
        // Only now that it exists twice.
        Some(Ok(())) if storage.remove_item(key).is_ok() => Found::SetAside,
        _ => Found::InTheWay,
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::id::AccountId;
    use uuid::Uuid;

    use super::{Draft, DraftPlace, SCHEMA, Written, decode};

    #[test]
    fn a_draft_is_read_back_as_it_was_written() {
        let draft = Draft {
            note: "请走 2 号门 \"north\"".to_owned(),
            ..Draft::begin()
        };
        let text = serde_json::to_string(&Written {
            schema: SCHEMA,
            draft: &draft,
        })
        .expect("plain data");
        assert_eq!(decode(&text), Some(draft));
    }

    #[test]
    fn what_a_newer_app_wrote_is_not_taken_for_a_draft() {
        let draft = Draft::begin();
        let text = serde_json::to_string(&Written {
            schema: SCHEMA + 1,
            draft: &draft,
        })
        .expect("plain data");
        assert_eq!(decode(&text), None);
        assert_eq!(decode("{\"schema\":1}"), None);
        assert_eq!(decode("not JSON"), None);
    }

    #[test]
    fn every_account_of_every_deployment_has_its_own_place() {
        let (one, two) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        assert_ne!(DraftPlace::new("/api/v1", one), DraftPlace::new("/api/v1", two));
        assert_ne!(
            DraftPlace::new("/api/v1", one),
            DraftPlace::new("https://other.example/api/v1", one)
        );
    }
}
