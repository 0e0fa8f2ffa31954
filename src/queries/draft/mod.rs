//! The cart: the draft of whoever is signed in, shared by every page and kept on the device with each change.
//!
//! ```ignore
//! let cart = expect_context::<Cart>();                     // provided at the root
//! let count = move || cart.with(|kept| kept.draft.lines.len());
//! cart.edit(|draft| draft.note = typed);                   // kept on the device at once
//! ```

mod kept;

use std::collections::BTreeMap;

use countersign_contract::NoContent;
use countersign_contract::submission::{Accepted, DraftWithdrawal, Submission, SubmitOrder, WithdrawDraft};
use countersign_domain::id::{AccountId, LineId};
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use crate::api::{Api, Change, Config};
use crate::offline::draft::{Draft, Item, NotAdded, Undo};
use crate::offline::drafts::{DraftPlace, Found};
use crate::queries::Cache;
use crate::session::SessionContext;
use kept::{begin_again, hear, keep, open};

pub use kept::{Attempt, Keeping, Kept, Ordered};

/// The cart, provided at the root. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Cart {
    api: Api,
    cache: Cache,
    deployment: StoredValue<String>,
    account: Memo<Option<AccountId>>,
    opened: StoredValue<BTreeMap<AccountId, ArcRwSignal<Kept>>>,
}

impl Cart {
    /// The cart of whoever `session` says is signed in.
    pub fn new(config: &Config, api: Api, cache: Cache, session: SessionContext) -> Self {
        let account = Memo::new(move |_| {
            let session = session
                .current()
                .filter(|session| session.actor.customer_id().is_some());
            session.map(|session| session.actor.account_id)
        });
        let cart = Self {
            api,
            cache,
            deployment: StoredValue::new(config.api_base.clone()),
            account,
            opened: StoredValue::new(BTreeMap::new()),
        };
        // Another tab has changed the draft: this one goes on with what is kept.
        let listener = window_event_listener(leptos::ev::storage, move |event| {
            if let (Some(kept), Some(key)) = (cart.kept_now(), event.key())
                && kept.with_untracked(|kept| kept.place.is_named(&key))
                && let Found::Draft(draft) = kept.with_untracked(|kept| kept.place.read())
            {
                kept.update(|kept| {
                    kept.draft = *draft;
                    kept.generation = kept.generation.wrapping_add(1);
                });
            }
        });
        on_cleanup(move || listener.remove());
        cart
    }

    /// What `f` sees in the cart; `None` while nobody who could have one is signed in. Tracks all of it: wrap it in a
    /// memo where a part is enough.
    pub fn with<T>(&self, f: impl FnOnce(&Kept) -> T) -> Option<T> {
        self.kept().map(|kept| kept.with(f))
    }

    /// The same without tracking: for event handlers, and for what a page begins with.
    pub fn peek<T>(&self, f: impl FnOnce(&Kept) -> T) -> Option<T> {
        self.kept_now().map(|kept| kept.with_untracked(f))
    }

    /// How many lines there are; what the shell shows.
    pub fn line_count(&self) -> usize {
        self.with(|kept| kept.draft.lines.len()).unwrap_or_default()
    }

    /// Changes whenever fields that hold what was typed have to be made anew.
    pub fn generation(&self) -> u32 {
        self.with(|kept| kept.generation).unwrap_or_default()
    }

    /// Makes the fields of a page anew: the draft was changed beside them.
    pub fn show_anew(&self) {
        self.update(|kept| kept.generation = kept.generation.wrapping_add(1));
    }

    /// Changes the draft and keeps it on the device. Does nothing while what was sent is not acknowledged.
    pub fn edit(&self, f: impl FnOnce(&mut Draft)) {
        self.update(|kept| {
            if kept.draft.sending.is_none() {
                f(&mut kept.draft);
            }
        });
    }

    /// Adds to the cart.
    ///
    /// # Errors
    /// See [`NotAdded`].
    pub fn add(&self, item: Item, quantity: Quantity) -> Result<Undo, NotAdded> {
        let mut outcome = Err(NotAdded::Sending);
        self.update(|kept| outcome = kept.draft.add(item, quantity));
        outcome
    }

    /// Adds all of it, or as much as there is room for.
    ///
    /// # Errors
    /// See [`NotAdded`].
    pub fn add_all(&self, items: Vec<(Item, Quantity)>) -> Result<(), NotAdded> {
        let mut outcome = Err(NotAdded::Sending);
        self.update(|kept| {
            outcome = items
                .into_iter()
                .try_for_each(|(item, quantity)| kept.draft.add(item, quantity).map(|_| ()));
        });
        outcome
    }

    /// Takes a line out. `None` when there is no such line, or what was sent is not acknowledged.
    pub fn remove(&self, line_id: LineId) -> Option<Undo> {
        let mut undo = None;
        self.edit(|draft| undo = draft.remove(line_id));
        undo
    }

    /// Makes a change to the lines undone.
    pub fn undo(&self, undo: Undo) {
        self.edit(|draft| draft.undo(undo));
    }

    /// Begins a new draft under another id with the same content, where the old one can't become an order any more.
    pub fn renew(&self) {
        self.update(|kept| {
            kept.draft.renew();
            kept.attempt = Attempt::None;
        });
    }

    /// Ends a draft that has become an order, and begins an empty one.
    pub fn finish(&self) {
        self.update(begin_again);
    }

    /// Freezes `submission`, keeps it and sends it; `then` gets the order it became.
    pub fn submit(self, submission: Submission, then: impl FnOnce(Ordered) + 'static) {
        let mut frozen = false;
        self.update(|kept| frozen = kept.draft.freeze(submission).is_ok());
        if frozen {
            self.send(then);
        }
    }

    /// Sends what is frozen: the same bytes under the same key, however often.
    pub fn send(self, then: impl FnOnce(Ordered) + 'static) {
        let Some(kept) = self.kept_now() else { return };
        let Some(change) = kept.with_untracked(|kept| {
            let frozen = kept
                .draft
                .sending
                .as_ref()
                .filter(|_| kept.attempt != Attempt::Sending)?;
            Some(Change::frozen::<SubmitOrder>(
                &(),
                frozen.body.clone(),
                frozen.key(kept.draft.id),
            ))
        }) else {
            return;
        };
        kept.update(|kept| kept.attempt = Attempt::Sending);
        spawn_local(async move {
            let answer = self
                .api
                .send(&change)
                .await
                .and_then(|text| Api::decode::<Accepted>(&text));
            let mut ordered = None;
            kept.update(|kept| {
                ordered = hear(kept, answer);
                keep(kept);
            });
            self.after(&kept, ordered.is_some());
            if let Some(ordered) = ordered {
                then(ordered);
            }
        });
    }

    /// Takes back what was sent, so that it can be edited again; `then` gets the order it has become instead, if so.
    pub fn take_back(self, then: impl FnOnce(Ordered) + 'static) {
        let Some(kept) = self.kept_now() else { return };
        if kept.with_untracked(|kept| kept.draft.sending.is_none() || kept.attempt == Attempt::Sending) {
            return;
        }
        let draft_id = kept.with_untracked(|kept| kept.draft.id);
        let key = Uuid::new_v4().to_string();
        let change = Change::new::<WithdrawDraft>(&draft_id, &NoContent {}, &key, None);
        kept.update(|kept| kept.attempt = Attempt::Sending);
        spawn_local(async move {
            let answer = self
                .api
                .send(&change)
                .await
                .and_then(|text| Api::decode::<DraftWithdrawal>(&text));
            let mut ordered = None;
            kept.update(|kept| {
                match answer {
                    Ok(DraftWithdrawal::Withdrawn) => {
                        kept.draft.renew();
                        kept.attempt = Attempt::None;
                    }
                    Ok(DraftWithdrawal::AlreadyOrdered { order_id }) => {
                        begin_again(kept);
                        ordered = Some(Ordered {
                            order_id,
                            number: None,
                        });
                    }
                    Err(error) => kept.attempt = Attempt::NotTakenBack(error),
                }
                keep(kept);
            });
            self.after(&kept, ordered.is_some());
            if let Some(ordered) = ordered {
                then(ordered);
            }
        });
    }

    /// What is stale after an answer: prices where it was a refusal, lists of orders where there is a new one.
    fn after(self, kept: &ArcRwSignal<Kept>, ordered: bool) {
        if kept.with_untracked(|kept| matches!(kept.attempt, Attempt::Unknown(_) | Attempt::NotTakenBack(_)))
        {
            return;
        }
        self.cache.invalidate(move |path| {
            let lists = ["/orders", "/home", "/account"];
            path.starts_with("/products") || (ordered && lists.iter().any(|list| path.starts_with(list)))
        });
    }

    fn update(&self, f: impl FnOnce(&mut Kept)) {
        if let Some(kept) = self.kept_now() {
            kept.update(|kept| {
                f(kept);
                keep(kept);
            });
        }
    }

    /// The state of whoever is signed in. Tracks who that is, not the state.
    fn kept(&self) -> Option<ArcRwSignal<Kept>> {
        self.opened(self.account.get()?)
    }

    /// The same for event handlers, which track nothing.
    fn kept_now(&self) -> Option<ArcRwSignal<Kept>> {
        self.opened(self.account.get_untracked()?)
    }

    /// The state of an account, opened when it is first asked for.
    fn opened(&self, account: AccountId) -> Option<ArcRwSignal<Kept>> {
        if let Some(kept) = self.opened.with_value(|opened| opened.get(&account).cloned()) {
            return Some(kept);
        }
        let place = self
            .deployment
            .with_value(|deployment| DraftPlace::new(deployment, account));
        let kept = ArcRwSignal::new(open(place));
        self.opened.update_value(|opened| {
            opened.insert(account, kept.clone());
        });
        Some(kept)
    }
}
