//! When the outbox sends: at the start, when the network or the tab comes back, when its time has come, and by hand.

use std::rc::Rc;
use std::time::Duration;

use countersign_domain::id::DraftId;
use countersign_sync::outbox::{Entry, Heard, NotTakenBack};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::now;
use crate::offline::lock;
use crate::queries::draft::Cart;
use crate::queries::draft::account::Account;
use crate::session::SessionState;

/// The longest pause between two looks at what is due: a timer of a sleeping device can't be relied on.
pub(super) const LOOK: Duration = Duration::from_secs(30);

impl Cart {
    /// Sends what is due, and goes on as long as something is.
    pub(super) fn send(self, account: Rc<Account>) {
        if !self.is_theirs(&account) || account.is_sending.try_get_untracked() != Some(false) {
            return;
        }
        account.is_sending.set(true);
        spawn_local(async move {
            let name = format!("countersign.sender.{}", account.name);
            let sender = Rc::clone(&account);
            lock::with(
                &name,
                move |alone| async move { self.rounds(&sender, alone).await },
            )
            .await;
            account.is_sending.set(false);
            account.refresh().await;
            if account.has_heard.replace(false) {
                // Of what left the outbox the other devices need no copy any more.
                self.push_later(Rc::clone(&account));
                account.tidy_files().await;
            }
            self.look_later(account);
        });
    }

    /// Whether the session is the account's: nothing is sent for somebody who has signed out, or whose session has ended.
    /// It waits for them, and for the cart of the desk that they open then: this one is gone with its desk.
    pub(super) fn is_theirs(self, account: &Account) -> bool {
        let is_open = |own: Rc<Account>| std::ptr::eq(Rc::as_ptr(&own), account);
        if !self.account_now().is_some_and(is_open) {
            return false;
        }
        match self.session.state.try_get_untracked() {
            Some(SessionState::SignedIn(who)) => who.actor.account_id == account.id,
            _ => false,
        }
    }

    async fn rounds(self, account: &Account, alone: bool) {
        loop {
            account.refresh().await;
            let Ok(round) = account.outbox.send_due(alone).await else {
                return;
            };
            account.refresh().await;
            if round.heard.is_empty() {
                return;
            }
            account.has_heard.set(true);
            account.tell();
            let silent = round
                .heard
                .iter()
                .any(|(_, heard)| matches!(heard, Heard::Unknown(_)));
            for (id, heard) in round.heard {
                self.after(&heard);
                account.news.update(|news| news.push((id, heard)));
            }
            if silent {
                return;
            }
        }
    }

    /// Looks again when the next entry is due.
    fn look_later(self, account: Rc<Account>) {
        let next = account.contents.with_untracked(|contents| {
            contents
                .entries
                .iter()
                .filter_map(|held| held.entry.next_look())
                .min()
        });
        let Some(next) = next else { return };
        let pause = (next - now())
            .to_std()
            .unwrap_or(Duration::from_millis(50))
            .min(LOOK);
        set_timeout(move || self.send(account), pause);
    }

    /// What is stale after an answer: prices where it was a refusal, lists of orders where there is a new one.
    fn after(self, heard: &Heard) {
        // An answer may come when the desk is gone, and with it whatever it makes stale.
        if self.account_now().is_none() {
            return;
        }
        let ordered = matches!(heard, Heard::Accepted { .. });
        if !ordered && !matches!(heard, Heard::NeedsAttention(_)) {
            return;
        }
        self.cache.invalidate(move |path| {
            let lists = ["/orders", "/home", "/account"];
            path.starts_with("/products")
                || path.starts_with("/promotions")
                || (ordered && lists.iter().any(|list| path.starts_with(list)))
        });
    }

    /// Sends everything that waits now: somebody pressed the button, or the network is back.
    pub fn send_now(self) {
        let Some(account) = self.account_now() else { return };
        spawn_local(async move {
            // Where the device refuses, what is due is sent all the same.
            let _ = account.outbox.hurry().await;
            self.send(account);
        });
        self.send_files();
    }

    /// Sends an entry again that the server had refused for now.
    pub fn retry(self, id: DraftId) {
        let Some(account) = self.account_now() else { return };
        spawn_local(async move {
            let _ = account.outbox.retry(id).await;
            self.send(account);
        });
    }

    /// Takes an entry back; `then` gets the draft it became, if that is certain at once. Otherwise the server is asked, and
    /// the news say what became of it.
    pub fn take_back(self, id: DraftId, then: impl FnOnce(DraftId) + 'static) {
        let Some(account) = self.account_now() else { return };
        spawn_local(async move {
            match account.outbox.take_back(id).await {
                Ok(draft) => {
                    if account.show_kept(draft).await {
                        then(draft);
                    }
                    account.tell();
                }
                Err(NotTakenBack::Asking) => self.send(account),
                Err(NotTakenBack::Gone | NotTakenBack::Changed | NotTakenBack::Store(_)) => {
                    account.refresh().await
                }
            }
        });
    }

    /// Throws away the entry that its person has `seen`, once it is certain that it is no order; `changed` is told where
    /// something else stands in its place by now.
    pub fn discard(self, seen: Entry, changed: impl FnOnce() + 'static) {
        let Some(account) = self.account_now() else { return };
        spawn_local(async move {
            match account.outbox.discard(&seen).await {
                Ok(()) => {
                    account.refresh().await;
                    account.tell();
                    self.push_later(account);
                }
                Err(NotTakenBack::Asking) => self.send(account),
                Err(NotTakenBack::Changed) => {
                    account.refresh().await;
                    changed();
                }
                Err(NotTakenBack::Gone | NotTakenBack::Store(_)) => account.refresh().await,
            }
        });
    }

    /// Copies an entry into a new draft and opens that; the entry stays what it is.
    pub fn copy(self, id: DraftId, then: impl FnOnce() + 'static) {
        let Some(account) = self.account_now() else { return };
        spawn_local(async move {
            if let Ok(draft) = account.outbox.copy(id).await
                && account.show_kept(draft).await
            {
                then();
            }
            account.tell();
        });
    }
}
