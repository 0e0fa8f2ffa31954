//! When drafts and their copies on the server are made alike: at the start, when the network or the session is back, after
//! a pause in typing, and when another device has changed one.

use std::rc::Rc;
use std::time::Duration;

use countersign_domain::id::DraftId;
use countersign_sync::drafts::copies::Round;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::offline::lock;
use crate::queries::draft::Cart;
use crate::queries::draft::account::Account;
use crate::queries::draft::kept::{Keeping, Theirs};

/// A pause in typing, after which the server is given what was typed. The browser has it long since.
const PAUSE: Duration = Duration::from_secs(2);

/// What a round is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aim {
    /// To give the server what was changed here.
    Push,
    /// To take what was changed elsewhere as well.
    Exchange,
}

impl Cart {
    /// Makes drafts and copies alike in both directions.
    pub(super) fn exchange(self, account: Rc<Account>) {
        self.round_of_copies(account, Aim::Exchange);
    }

    /// The same for whoever is signed in.
    pub fn exchange_now(self) {
        if let Some(account) = self.account_now() {
            self.exchange(account);
        }
    }

    /// Makes what was typed outlive a loss of power and gives it to the server, unless somebody is about to type more: the
    /// disk takes its time, and what is typed meanwhile would have to wait.
    pub(super) fn push_later(self, account: Rc<Account>) {
        let changes = account.changes.get();
        set_timeout(
            move || {
                // Once its person is gone, nothing is written any more.
                if account.changes.get() == changes && self.is_theirs(&account) {
                    spawn_local(async move {
                        account.settle().await;
                        self.round_of_copies(account, Aim::Push);
                    });
                }
            },
            PAUSE,
        );
    }

    /// Gives the server what was typed: nobody knows when this page is looked at again.
    pub(super) fn push_now(self) {
        if let Some(account) = self.account_now() {
            self.round_of_copies(account, Aim::Push);
        }
    }

    /// Another device, or this one, has put `version` of a draft on the server; 0: it is not there any more.
    pub fn hear_of_draft(self, id: DraftId, version: u64) {
        let Some(account) = self.account_now() else { return };
        spawn_local(async move {
            if account.copies.is_news(id, version).await.unwrap_or(true) {
                self.exchange(account);
            }
        });
    }

    fn round_of_copies(self, account: Rc<Account>, aim: Aim) {
        if !self.is_theirs(&account) {
            return;
        }
        if account.is_exchanging.replace(true) {
            // What the round under way has not seen any more is for the next one.
            return self.push_later(account);
        }
        spawn_local(async move {
            let name = format!("countersign.drafts.{}", account.name);
            let working = Rc::clone(&account);
            lock::with(&name, move |_| async move { round(&working, aim).await }).await;
            account.is_exchanging.set(false);
        });
    }
}

async fn round(account: &Account, aim: Aim) {
    let outcome = match aim {
        Aim::Push => account.copies.push().await,
        Aim::Exchange => account.copies.exchange().await,
    };
    // Where the device refuses, nothing is known that could be shown; its state is on the screen already.
    let Ok(round) = outcome else { return };
    let refused = round.refused.clone();
    show(account, round, aim).await;
    let draft = account.kept.with_untracked(|kept| kept.draft.clone());
    let is_refused = refused.contains(&draft.id);
    if account.kept.with_untracked(|kept| kept.is_refused) != is_refused {
        account.kept.update(|kept| kept.is_refused = is_refused);
    }
    let is_on_server = account.copies.has(&draft).await.unwrap_or_default();
    if account.kept.with_untracked(|kept| kept.is_on_server) != is_on_server {
        account
            .kept
            .update(|kept| kept.is_on_server = is_on_server && kept.draft == draft);
    }
}

async fn show(account: &Account, round: Round, aim: Aim) {
    let open = account.kept.with_untracked(|kept| kept.draft.id);
    for (id, copy) in &round.copied {
        if *id == open && account.show_kept(*copy).await {
            account.kept.update(|kept| kept.keeping = Keeping::KeptAsCopy);
        }
    }
    if !round.changed.is_empty() || !round.copied.is_empty() {
        account.catch_up().await;
        account.tell();
    }
    let found = round.differing.into_iter().collect();
    if aim == Aim::Exchange {
        account.differing.replace(found);
    } else {
        account.differing.borrow_mut().extend(found);
    }
    account.compare().await;
}

impl Account {
    /// Asks which version of the open draft counts, where it was changed here and on another device.
    pub(super) async fn compare(&self) {
        let id = self.kept.with_untracked(|kept| kept.draft.id);
        let theirs = self.differing.borrow().get(&id).cloned();
        let Some(theirs) = theirs else { return };
        // The question holds up what is kept: what was typed before it is not to wait for the answer.
        self.flush().await;
        self.kept.update(|kept| {
            if kept.draft.id == id && kept.theirs.is_none() {
                kept.theirs = Some(Theirs::Device(Box::new(theirs)));
                kept.show_anew();
            }
        });
    }
}
