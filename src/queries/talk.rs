//! Conversations: what this account has not read of them, and what it is writing.
//!
//! A message that is being written belongs to its order and outlives the page, for as long as the person is signed in here.

use std::collections::BTreeMap;

use countersign_contract::conversation::{
    ListUnread, MarkMessagesRead, NewMessage, ReadUpTo, UnreadMessages,
};
use countersign_contract::endpoint::NoQuery;
use countersign_domain::conversation::MAX_MESSAGE_FILES;
use countersign_domain::id::{FileId, MessageId, OrderId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::api::{Api, Change};
use crate::queries::live::is_of_unread;
use crate::queries::uploads::{Uploads, Wanted};
use crate::queries::{Cache, Read, read};

/// The conversations of whoever is signed in, provided by the desk. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Talk {
    api: Api,
    cache: Cache,
    /// Who owns what is being written.
    owner: StoredValue<Owner>,
    drafts: StoredValue<BTreeMap<OrderId, MessageDraft>>,
    unread: Memo<BTreeMap<OrderId, u32>>,
    is_wanted: RwSignal<bool>,
    /// How far this device has told the server that it has read.
    told: StoredValue<BTreeMap<OrderId, MessageId>>,
}

impl Talk {
    /// Asks for nothing until somebody shows what was not read.
    pub fn new(api: Api, cache: Cache) -> Self {
        let is_wanted = RwSignal::new(false);
        let all: Read<Vec<UnreadMessages>> =
            read::<ListUnread>(move || is_wanted.get().then_some(((), NoQuery {})));
        let unread = Memo::new(move |_| {
            all.state.with(|state| {
                let found = state.ready().map(|all| all.as_slice()).unwrap_or_default();
                found.iter().map(|one| (one.order_id, one.count)).collect()
            })
        });
        Self {
            api,
            cache,
            // One of its own: to hold on to the desk's would keep the desk for ever.
            owner: StoredValue::new(Owner::new()),
            drafts: StoredValue::new(BTreeMap::new()),
            unread,
            is_wanted,
            told: StoredValue::new(BTreeMap::new()),
        }
    }

    /// Somebody shows what was not read.
    pub fn want(self) {
        if !self.is_wanted.get_untracked() {
            self.is_wanted.set(true);
        }
    }

    /// How many messages of an order's conversation this account has not read. Tracks it.
    pub fn unread(self, order: OrderId) -> u32 {
        self.unread
            .with(|unread| unread.get(&order).copied().unwrap_or_default())
    }

    /// What is being written in the conversation of an order.
    pub fn draft(self, order: OrderId) -> MessageDraft {
        let known = self.drafts.with_value(|drafts| drafts.get(&order).copied());
        known.unwrap_or_else(|| {
            let owner = self.owner.get_value();
            let draft = owner.with(|| MessageDraft::new(self.api));
            self.drafts.update_value(|drafts| {
                drafts.insert(order, draft);
            });
            draft
        })
    }

    /// The person has read a conversation up to `message`.
    pub fn read_up_to(self, order: OrderId, message: MessageId) {
        let is_told = self.told.with_value(|told| told.get(&order) == Some(&message));
        if is_told || !self.api.reachable.get_untracked() {
            return;
        }
        self.told.update_value(|told| {
            told.insert(order, message);
        });
        spawn_local(async move {
            let body = ReadUpTo { message_id: message };
            let change = Change::new::<MarkMessagesRead>(&order, &body, "", None);
            match self.api.send(&change).await {
                Ok(_) => self.cache.invalidate(is_of_unread),
                // Told again the next time it is looked at.
                Err(_) => {
                    self.told.try_update_value(|told| told.remove(&order));
                }
            }
        });
    }
}

/// A message that is being written.
#[derive(Clone, Copy, Debug)]
pub struct MessageDraft {
    /// What is typed.
    pub text: RwSignal<String>,
    /// Whether it is to be a note for the staff.
    pub is_internal: RwSignal<bool>,
    /// The files that go with it.
    pub uploads: Uploads,
    /// What was sent last, without having arrived as far as is known.
    attempt: StoredValue<Option<NewMessage>>,
}

impl MessageDraft {
    fn new(api: Api) -> Self {
        Self {
            text: RwSignal::new(String::new()),
            is_internal: RwSignal::new(false),
            uploads: Uploads::new(api, Wanted::Files, MAX_MESSAGE_FILES),
            attempt: StoredValue::new(None),
        }
    }

    /// The message as it is now, with these files. Trying again what may have arrived is the same message; what was changed
    /// since is another.
    pub fn message(self, files: Vec<FileId>) -> NewMessage {
        let fresh = NewMessage {
            id: MessageId(Uuid::new_v4()),
            text: self.text.with_untracked(|text| text.trim().to_owned()),
            is_internal: self.is_internal.get_untracked(),
            files,
        };
        let message = self.attempt.with_value(|before| again(before.as_ref(), fresh));
        self.attempt.set_value(Some(message.clone()));
        message
    }

    /// A message has arrived. If it is the one that was sent from here, there is nothing left of it to write.
    pub fn arrived(self, id: MessageId) {
        let sent = self.attempt.try_get_value().flatten();
        let Some(sent) = sent.filter(|sent| sent.id == id) else {
            return;
        };
        self.attempt.try_set_value(None);
        // Whoever has gone on typing meanwhile keeps what is typed.
        if self.text.try_with_untracked(|text| text.trim() == sent.text) == Some(true) {
            self.text.set(String::new());
            self.is_internal.set(false);
            self.uploads.clear();
        }
    }
}

/// `fresh` under the id of the attempt before, where it says the same.
fn again(before: Option<&NewMessage>, fresh: NewMessage) -> NewMessage {
    let Some(before) = before else { return fresh };
    let same = NewMessage {
        id: before.id,
        ..fresh.clone()
    };
    if same == *before { same } else { fresh }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: u128, text: &str) -> NewMessage {
        NewMessage {
            id: MessageId(Uuid::from_u128(id)),
            text: text.to_owned(),
            is_internal: false,
            files: Vec::new(),
        }
    }

    #[test]
    fn trying_again_is_the_same_message_until_it_is_changed() {
        let sent = message(1, "when?");
        assert_eq!(again(Some(&sent), message(2, "when?")), sent);
        assert_eq!(again(Some(&sent), message(2, "where?")).id, message(2, "").id);
        assert_eq!(again(None, message(2, "when?")).id, message(2, "").id);
        let note = NewMessage {
            is_internal: true,
            ..message(2, "when?")
        };
        assert_eq!(again(Some(&sent), note.clone()), note);
    }
}
