//! The cart and the outbox of whoever is signed in: the draft on the screen, kept on the device with each change, and the
//! orders on their way to the server.
//!
//! ```ignore
//! let cart = expect_context::<Cart>();                     // provided and opened before a distributor's desk
//! let count = move || cart.with(|kept| kept.draft.lines.len());
//! cart.edit(|draft| draft.note = typed);                   // on its way into the device's storage
//! cart.submit(submission, total, |id| ..);                 // in the outbox once `then` is called
//! ```

mod account;
mod adding;
mod catching_up;
mod copies;
mod editing;
mod files;
mod history;
mod kept;
mod leaving;
mod pending;
mod sending;
mod transport;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use countersign_contract::submission::Submission;
use countersign_domain::id::{AccountId, CustomerId, DraftId, LineId};
use countersign_domain::money::Money;
use countersign_sync::drafts::Opened;
use countersign_sync::outbox::{Contents, Heard};
use countersign_sync::receipt::Receipt;
use countersign_sync::{Device, StoreError};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Api;
use crate::offline::device::{Browser, DeviceStore};
use crate::offline::draft::Draft;
use crate::offline::tabs::Tabs;
use crate::queries::Cache;
use crate::queries::pause::pause;
use crate::session::{SessionContext, SessionState};
use account::Account;
use history::History;

pub use adding::Added;
pub use editing::Undo;
pub use files::{FileStanding, NotAttached};
pub use history::StepKind;
pub use kept::{DraftName, Keeping, Kept, Theirs};
pub use leaving::Left;
pub use pending::Pending;

/// A pause in typing, after which the last moment is written down even if the device's storage is slow.
const PAUSE: Duration = Duration::from_millis(250);

/// The cart, provided by a distributor's desk, and by that of staff who order on behalf of a customer. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Cart {
    api: Api,
    cache: Cache,
    deployment: StoredValue<String>,
    session: SessionContext,
    /// Whose it is. It stays theirs until their desk is gone: what shows the cart is not to change on its way out.
    account: Option<AccountId>,
    /// The customer on whose behalf they order, if they are staff.
    customer: Option<CustomerId>,
    is_opening: StoredValue<bool>,
    opened: StoredValue<BTreeMap<AccountId, Rc<Account>>, LocalStorage>,
    /// Changes when another account is opened.
    openings: RwSignal<u32>,
}

impl Cart {
    /// The cart of whoever `session` says is signed in: a customer's own account, or staff who order on behalf of `customer`,
    /// with that customer's `api` and `cache`.
    pub fn new(api: Api, cache: Cache, session: SessionContext, customer: Option<CustomerId>) -> Self {
        let account = session.state.with_untracked(|state| match state {
            SessionState::SignedIn(who) | SessionState::Ended(who)
                if who.actor.customer_id().is_some() != customer.is_some() =>
            {
                Some(who.actor.account_id)
            }
            _ => None,
        });
        let cart = Self {
            api,
            cache,
            deployment: StoredValue::new(api.url("")),
            session,
            account,
            customer,
            is_opening: StoredValue::new(false),
            opened: StoredValue::new_local(BTreeMap::new()),
            openings: RwSignal::new(0),
        };
        let hide = window_event_listener(leptos::ev::pagehide, move |_| cart.write_mirror());
        let see = window_event_listener(leptos::ev::visibilitychange, move |_| {
            if document().hidden() {
                cart.write_mirror();
                cart.push_now();
            } else if let Some(account) = cart.account_now() {
                cart.send(account);
            }
        });
        let online = window_event_listener(leptos::ev::online, move |_| {
            cart.send_now();
            cart.exchange_now();
        });
        on_cleanup(move || {
            hide.remove();
            see.remove();
            online.remove();
        });
        // Not derived but an event: what waited for a session goes out when there is one again.
        Effect::watch(
            move || matches!(session.state.get(), SessionState::SignedIn(_)),
            move |signed_in, before, _| {
                if *signed_in && before == Some(&false) {
                    cart.send_now();
                    cart.exchange_now();
                }
            },
            false,
        );
        cart
    }

    /// Opens what is kept for whoever is signed in, if they order. Called before their desk is built.
    pub async fn open(self) {
        let Some(id) = self.account else { return };
        if self
            .opened
            .try_with_value(|opened| opened.contains_key(&id))
            .unwrap_or(true)
        {
            return;
        }
        let Some(deployment) = self.deployment.try_get_value() else {
            return;
        };
        if self.is_opening.try_update_value(|is| std::mem::replace(is, true)) != Some(false) {
            // Whoever came first opens it.
            while self.account_now().is_none() && self.is_opening.try_get_value() == Some(true) {
                pause(PAUSE).await;
            }
            return;
        }
        let account = Account::open(&deployment, id, self.customer, self.api).await;
        let listener = Rc::downgrade(&account);
        let tabs = Tabs::open(&format!("countersign:{}", account.name), move |_| {
            if let Some(account) = listener.upgrade() {
                spawn_local(async move { account.hear().await });
            }
        });
        account.tabs.replace(Some(tabs));
        self.opened.try_update_value(|opened| {
            opened.insert(id, Rc::clone(&account));
        });
        self.openings.try_update(|count| *count += 1);
        self.send(Rc::clone(&account));
        self.exchange(Rc::clone(&account));
        spawn_local(async move {
            account.tidy_files().await;
            self.send_files();
        });
    }

    /// The device's storage for whoever is signed in.
    pub fn store(&self) -> Option<DeviceStore> {
        self.account_now().map(|account| account.store.clone())
    }

    /// What `f` sees in the cart; `None` while nobody who could have one is signed in. Tracks all of it: wrap it in a
    /// memo where a part is enough.
    pub fn with<T>(&self, f: impl FnOnce(&Kept) -> T) -> Option<T> {
        self.opened_account().map(|account| account.kept.with(f))
    }

    /// The same without tracking: for event handlers, and for what a page begins with.
    pub fn peek<T>(&self, f: impl FnOnce(&Kept) -> T) -> Option<T> {
        self.account_now().map(|account| account.kept.with_untracked(f))
    }

    /// What `f` sees in the outbox, tracked.
    pub fn outbox<T>(&self, f: impl FnOnce(&Contents) -> T) -> Option<T> {
        self.opened_account().map(|account| account.contents.with(f))
    }

    /// Whether an attempt is under way.
    pub fn is_sending(&self) -> bool {
        self.opened_account()
            .is_some_and(|account| account.is_sending.get())
    }

    /// What became of entries since the app was opened, the oldest first.
    pub fn news(&self) -> Vec<(DraftId, Heard)> {
        self.opened_account()
            .map(|account| account.news.get())
            .unwrap_or_default()
    }

    /// The receipt of a draft that arrived.
    pub async fn receipt(self, id: DraftId) -> Option<Receipt> {
        self.account_now()?.outbox.receipt(id).await.ok().flatten()
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
        if let Some(account) = self.account_now() {
            account.kept.update(Kept::show_anew);
        }
    }

    /// Puts another draft on the screen.
    pub fn open_draft(self, id: DraftId) {
        let Some(account) = self.account_now() else { return };
        spawn_local(async move {
            account.show_kept(id).await;
        });
    }

    /// Begins another draft; the open one stays.
    pub fn begin_draft(self) {
        let Some(account) = self.account_now() else { return };
        spawn_local(async move {
            account.flush().await;
            account.begin_another().await;
        });
    }

    /// Removes the open draft, and gives what is needed to undo that.
    pub fn remove_draft(self) -> Option<Draft> {
        let account = self.account_now()?;
        let draft = account.kept.with_untracked(|kept| kept.draft.clone());
        spawn_local(async move {
            account.flush().await;
            let (id, base) = account.kept.with_untracked(|kept| (kept.draft.id, kept.base));
            if let Some(base) = base {
                // Who was faster has a reason to keep it: it stays in the list.
                let _ = account.drafts.remove(id, base).await;
            }
            account.go_on().await;
            account.tell();
            account.tidy_files().await;
            self.push_later(account);
        });
        Some(draft)
    }

    /// Brings a removed draft back, as it was.
    pub fn restore_draft(self, draft: Draft) {
        let Some(account) = self.account_now() else { return };
        spawn_local(async move {
            account.flush().await;
            account.show(draft).await;
            account.touch();
            account.save().await;
            self.push_later(account);
        });
    }

    /// Goes on with `draft`, which its writer made of both tabs' versions.
    pub fn merge(self, draft: Draft) {
        let Some(account) = self.account_now() else { return };
        account.kept.update(|kept| {
            match kept.theirs.take() {
                Some(Theirs::Tab(theirs)) => kept.base = Some(theirs.version),
                Some(Theirs::Device(theirs)) => account.answer(theirs),
                None => {}
            }
            kept.draft = draft;
            kept.history = History::default();
            kept.show_anew();
        });
        account.touch();
        spawn_local(async move {
            account.save().await;
            self.push_later(account);
        });
    }

    /// Moves the draft as `submission` into the outbox; `then` is called once that is kept, and only then may a screen say
    /// so. `refused` is called when the device or another tab is in the way; then nothing has changed.
    pub fn submit(
        self,
        submission: Submission,
        total: Money,
        then: impl FnOnce(DraftId) + 'static,
        refused: impl FnOnce(StoreError) + 'static,
    ) {
        let Some(account) = self.account_now() else { return };
        spawn_local(async move {
            account.flush().await;
            let opened = account.kept.with_untracked(|kept| {
                let record = countersign_sync::drafts::Kept {
                    draft: kept.draft.clone(),
                    changed_at: Browser.now(),
                };
                kept.base.map(|version| Opened {
                    kept: record,
                    version,
                })
            });
            let Some(opened) = opened else {
                return refused(StoreError::Unavailable);
            };
            match account.outbox.submit(&opened, submission, total).await {
                Ok(entry) => {
                    // What looks at the draft has to see that it is gone before it goes off the page itself.
                    account.go_on().await;
                    account.tell();
                    then(entry.id());
                    self.send(account);
                }
                Err(error) => {
                    account.catch_up().await;
                    refused(error);
                }
            }
        });
    }

    fn write_mirror(&self) {
        if let Some(account) = self.account_now() {
            account.write_mirror();
        }
    }

    /// What is open of the account, once it is. Tracks that, not the state.
    fn opened_account(&self) -> Option<Rc<Account>> {
        self.openings.track();
        let id = self.account?;
        self.opened.with_value(|opened| opened.get(&id).cloned())
    }

    /// The same for event handlers, which track nothing.
    fn account_now(&self) -> Option<Rc<Account>> {
        let id = self.account?;
        self.opened.try_with_value(|opened| opened.get(&id).cloned())?
    }
}

fn new_line() -> LineId {
    LineId(Browser.new_id())
}
