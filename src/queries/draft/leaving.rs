//! Signing out: what the server lacks of this account, and what is left of it on the device.

use std::rc::Rc;
use std::time::Duration;

use countersign_sync::StoreError;
use countersign_sync::drafts::{Listed, Opened};
use countersign_sync::files;
use countersign_sync::outbox::NotTakenBack;
use countersign_sync::quick_sheet::{self, NotOpened, QuickSheet};
use countersign_sync::store::{Batch, Store, Table};
use leptos::prelude::*;

use crate::queries::draft::Cart;
use crate::queries::draft::account::Account;
use crate::queries::draft::files::files_of;
use crate::queries::kept::KeptReads;
use crate::queries::pause::pause;

/// How often one looks whether everything was sent.
const LOOK: Duration = Duration::from_millis(50);

/// What the server lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Orders that wait in the outbox.
    pub orders: usize,
    /// Drafts that it has not, or not as they are.
    pub drafts: usize,
    /// Rows of the quick order that are in no draft.
    pub rows: usize,
}

impl Left {
    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            orders: self.orders + other.orders,
            drafts: self.drafts + other.drafts,
            rows: self.rows + other.rows,
        }
    }

    /// Whether it lacks nothing.
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

impl Cart {
    /// What the server lacks, after it was given what could be given.
    pub async fn left(self) -> Left {
        let Some(account) = self.account_now() else {
            return Left::default();
        };
        account.flush().await;
        self.give_drafts(&account).await;
        left(&account).await
    }

    /// Sends everything now, waits for the answers and says what is left.
    pub async fn send_everything(self) -> Left {
        let Some(account) = self.account_now() else {
            return Left::default();
        };
        // Where the device refuses, what is due is sent all the same.
        let _ = account.outbox.hurry().await;
        self.send(Rc::clone(&account));
        while account.is_sending.try_get_untracked() == Some(true) {
            pause(LOOK).await;
        }
        self.give_drafts(&account).await;
        account.refresh().await;
        left(&account).await
    }

    /// Throws away everything that the server lacks and is certain not to have, and says what is left: what was on its way
    /// may have arrived, and is thrown away only once the server has promised never to take it.
    pub async fn discard_everything(self) -> Left {
        let Some(account) = self.account_now() else {
            return Left::default();
        };
        let entries = account.outbox.contents().await.unwrap_or_default().entries;
        for held in entries {
            if account.outbox.discard(&held.entry).await == Err(NotTakenBack::Asking) {
                self.send(Rc::clone(&account));
                while account.is_sending.try_get_untracked() == Some(true) {
                    pause(LOOK).await;
                }
            }
        }
        for opened in drafts(&account).await {
            // Who was faster has a reason to keep it: it stays.
            let _ = account.drafts.remove(opened.kept.draft.id, opened.version).await;
        }
        account.drop_files().await;
        // What the device refuses to delete is counted.
        let _ = QuickSheet::new(&account.store).discard().await;
        account.refresh().await;
        account.tell();
        left(&account).await
    }

    /// What is to be done with the device once its person is gone, where it is not trusted: nothing stays but what the
    /// server lacks. Says whether nothing is left.
    pub fn cleaning(self) -> impl Future<Output = bool> {
        let account = self.account_now();
        async move {
            let Some(account) = account else { return true };
            // What the device does not delete now it deletes when the same person comes back.
            clean(&account).await.is_ok() && left(&account).await.is_nothing()
        }
    }

    /// Whether nothing at all is kept here: no order on its way, no draft, no row of the quick order.
    pub async fn is_bare(self) -> bool {
        let Some(account) = self.account_now() else {
            return false;
        };
        let drafts = account.drafts.list().await.unwrap_or_default();
        let is_empty = |listed: &Listed| match listed {
            Listed::Draft(opened) => opened.kept.draft.is_empty(),
            Listed::Unreadable { .. } => false,
        };
        drafts.iter().all(is_empty) && left(&account).await.is_nothing()
    }

    async fn give_drafts(self, account: &Account) {
        if self.is_theirs(account) {
            // Whatever does not get there counts with the draft that names it.
            self.give_files_soon(account).await;
            // What could not be given is counted.
            let _ = account.copies.push().await;
        }
    }
}

async fn left(account: &Account) -> Left {
    let contents = account.outbox.contents().await.unwrap_or_default();
    Left {
        orders: contents.entries.len() + contents.unreadable.len(),
        drafts: drafts(account).await.len(),
        rows: rows(account).await,
    }
}

/// How many rows the sheet of the quick order has; one that can't be read counts as one.
async fn rows(account: &Account) -> usize {
    match QuickSheet::new(&account.store).open().await {
        Ok(opened) => opened.rows.len(),
        Err(NotOpened::Unreadable) => 1,
        Err(NotOpened::Refused(_)) => 0,
    }
}

/// The drafts that the server lacks, or of which it lacks a file that is here.
async fn drafts(account: &Account) -> Vec<Opened> {
    let notes = account.device_files.notes().await.unwrap_or_default();
    let mut lacking = Vec::new();
    for listed in account.drafts.list().await.unwrap_or_default() {
        if let Listed::Draft(opened) = listed
            && !opened.kept.draft.is_empty()
            && (files_of(&opened.kept.draft).any(|file| notes.is_waiting(file))
                || !account.copies.has(&opened.kept.draft).await.unwrap_or_default())
        {
            lacking.push(*opened);
        }
    }
    lacking
}

async fn clean(account: &Account) -> Result<(), StoreError> {
    account.mirror.clear();
    KeptReads::new(account.store.clone()).clear().await?;
    let lacking = drafts(account).await;
    let has_rows = rows(account).await > 0;
    let mut has_files = true;
    if let Some(mut named) = account.named_by_entries().await {
        named.extend(lacking.iter().flat_map(|opened| files_of(&opened.kept.draft)));
        account.device_files.keep_only(&named).await?;
        has_files = !named.is_empty();
    }
    let stays = |key: &str| {
        (has_rows && key == quick_sheet::KEY)
            || (has_files && key == files::KEY)
            || (lacking.iter()).any(|opened| key.contains(&opened.kept.draft.id.to_string()))
    };
    for table in [Table::Drafts, Table::Receipts, Table::Meta] {
        let keys = account.store.list(table).await?.into_iter().map(|(key, _)| key);
        let batch = keys
            .filter(|key| !stays(key))
            .fold(Batch::new(), |batch, key| batch.delete(table, key));
        if !batch.steps.is_empty() {
            account.store.commit(batch).await?;
        }
    }
    Ok(())
}
