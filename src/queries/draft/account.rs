//! What is open of one account: its storage, the draft on the screen, the outbox.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use countersign_domain::id::{AccountId, CustomerId, DraftId};
use countersign_sync::draft::Draft;
use countersign_sync::drafts::copies::{Copies, Known};
use countersign_sync::drafts::mirror::{Mirror, Reconciled, reconcile};
use countersign_sync::drafts::{Drafts, Listed, NotSaved, Opened};
use countersign_sync::files::Files;
use countersign_sync::outbox::{Contents, Heard, Outbox};
use countersign_sync::{Device, StoreError};
use futures_util::future::{Either, select};
use leptos::prelude::*;

use crate::api::Api;
use crate::offline::device::{Browser, DeviceStore};
use crate::offline::mirror::MirrorPlace;
use crate::offline::room;
use crate::offline::tabs::Tabs;
use crate::queries::draft::files::FileStates;
use crate::queries::draft::kept::{Keeping, Kept, Theirs};
use crate::queries::draft::transport::Way;
use crate::queries::kept::KeptReads;
use crate::queries::pause::pause;

/// Longest wait for the device's storage at the start.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long one waits for another.
const MOMENT: Duration = Duration::from_millis(5);

/// What is open of one account. Lives as long as the app.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) id: AccountId,
    /// What its storage is called, and what goes on in it: each customer on whose behalf staff order has its own.
    pub(super) name: String,
    pub(super) kept: ArcRwSignal<Kept>,
    pub(super) contents: ArcRwSignal<Contents>,
    /// What became of entries since the app was opened.
    pub(super) news: ArcRwSignal<Vec<(DraftId, Heard)>>,
    pub(super) is_sending: ArcRwSignal<bool>,
    /// Whether something was heard since the copies on the server were last looked after.
    pub(super) has_heard: Cell<bool>,
    pub(super) store: DeviceStore,
    pub(super) drafts: Drafts<DeviceStore>,
    pub(super) outbox: Outbox<DeviceStore, Way, Browser>,
    /// The server's copies of the drafts.
    pub(super) copies: Copies<DeviceStore, Way, Browser>,
    /// The files of the drafts, and what is known of them.
    pub(super) device_files: Files<DeviceStore>,
    pub(super) files: ArcRwSignal<FileStates>,
    pub(super) is_sending_files: Cell<bool>,
    pub(super) has_file_timer: Cell<bool>,
    /// Drafts that were changed here and on another device, with the server's version.
    pub(super) differing: RefCell<BTreeMap<DraftId, Known>>,
    /// The server's version that was taken into account in what is kept next.
    answered: RefCell<Option<Box<Known>>>,
    /// Counts changes, so that only the last of them is followed by an exchange with the server.
    pub(super) changes: Cell<u32>,
    pub(super) is_exchanging: Cell<bool>,
    pub(super) mirror: MirrorPlace,
    pub(super) tabs: RefCell<Option<Tabs>>,
    /// How often the lists were read, and which reading is shown.
    pub(super) readings: Cell<u32>,
    pub(super) shown: Cell<u32>,
    pub(super) is_behind: Cell<bool>,
    pub(super) is_catching_up: Cell<bool>,
    pub(super) is_saving: Cell<bool>,
    pub(super) is_dirty: Cell<bool>,
    /// Whether the draft on the screen was begun beside another one.
    pub(super) is_asked_for: Cell<bool>,
}

impl Account {
    /// Opens the storage of `id` - for `customer`, where it orders on its behalf -, and the draft that was open last.
    pub(super) async fn open(
        deployment: &str,
        id: AccountId,
        customer: Option<CustomerId>,
        api: Api,
    ) -> Rc<Self> {
        let name = match customer {
            Some(customer) => format!("{id}+{customer}"),
            None => id.to_string(),
        };
        let store = match select(
            Box::pin(DeviceStore::open(deployment, &name)),
            Box::pin(pause(PATIENCE)),
        )
        .await
        {
            Either::Left((store, _)) => store,
            // A browser may neither open it nor say why. Nobody is to wait for that; the screen says what follows from it.
            Either::Right(_) => DeviceStore::Fleeting(Rc::default(), StoreError::Unavailable),
        };
        let draft = Draft::begin(DraftId(Browser.new_id()));
        let mut kept = Kept::begin(draft);
        if let DeviceStore::Fleeting(_, why) = &store {
            kept.keeping = match why {
                StoreError::Newer => Keeping::Newer,
                StoreError::Full => Keeping::Full,
                StoreError::Conflict | StoreError::Unavailable => Keeping::Off,
            };
        }
        let account = Rc::new(Self {
            id,
            kept: ArcRwSignal::new(kept),
            contents: ArcRwSignal::new(Contents::default()),
            news: ArcRwSignal::new(Vec::new()),
            is_sending: ArcRwSignal::new(false),
            has_heard: Cell::new(false),
            drafts: Drafts::new(store.clone()),
            copies: Copies::new(store.clone(), Way(api), Browser),
            device_files: Files::new(store.clone()),
            files: ArcRwSignal::default(),
            is_sending_files: Cell::new(false),
            has_file_timer: Cell::new(false),
            outbox: Outbox::new(store.clone(), Way(api), Browser, id).for_customer(customer),
            store,
            mirror: MirrorPlace::new(deployment, &name),
            name,
            tabs: RefCell::new(None),
            differing: RefCell::default(),
            answered: RefCell::default(),
            changes: Cell::new(0),
            is_exchanging: Cell::new(false),
            readings: Cell::new(0),
            shown: Cell::new(0),
            is_behind: Cell::new(false),
            is_catching_up: Cell::new(false),
            is_saving: Cell::new(false),
            is_dirty: Cell::new(false),
            is_asked_for: Cell::new(false),
        });
        account.begin().await;
        account
    }

    /// The draft that was open last, with its last moment.
    async fn begin(&self) {
        let opened = self.drafts.open_last().await.ok().flatten();
        let opened = match opened {
            Some(opened) => Some(opened),
            None => self.latest().await,
        };
        if let Some(opened) = opened {
            self.kept.update(|kept| kept.take(opened));
        }
        if let Some(mirror) = self.mirror.read() {
            self.reconcile(mirror).await;
        }
        self.refresh().await;
    }

    async fn reconcile(&self, mirror: Mirror) {
        let Ok(stored) = self.drafts.open(mirror.draft.id).await else {
            return;
        };
        match reconcile(&mirror, stored.as_ref()) {
            Reconciled::Stored => {}
            Reconciled::Mirror => {
                self.kept.update(|kept| {
                    match stored {
                        Some(stored) => kept.take(stored),
                        None => kept.take_new(mirror.draft.clone()),
                    }
                    kept.draft = mirror.draft;
                });
                // The mirror alone has it so far.
                self.touch();
                self.save().await;
            }
            Reconciled::Both => {
                let theirs = stored.map(|stored| Theirs::Tab(Box::new(stored)));
                self.kept.update(|kept| {
                    kept.take_new(mirror.draft);
                    kept.base = mirror.base;
                    kept.theirs = theirs;
                });
            }
        }
    }

    /// The draft changed last.
    pub(super) async fn latest(&self) -> Option<Opened> {
        let all = self.drafts.list().await.ok()?;
        all.into_iter().find_map(|listed| match listed {
            Listed::Draft(opened) => Some(*opened),
            Listed::Unreadable { .. } => None,
        })
    }

    /// Begins another draft because somebody asked for it.
    pub(super) async fn begin_another(&self) {
        self.go_on().await;
        self.is_asked_for.set(true);
    }

    /// Goes on after the open draft is gone: with an empty one.
    pub(super) async fn go_on(&self) {
        self.show(Draft::begin(DraftId(Browser.new_id()))).await;
    }

    /// Puts a new draft on the screen.
    pub(super) async fn show(&self, draft: Draft) {
        self.kept.update(|kept| kept.take_new(draft));
        self.is_dirty.set(false);
        self.is_asked_for.set(false);
        self.mirror.clear();
        self.refresh().await;
    }

    /// Puts a draft that is kept on the screen. `false` when it is not there any more.
    pub(super) async fn show_kept(&self, id: DraftId) -> bool {
        self.flush().await;
        let Ok(Some(opened)) = self.drafts.open(id).await else {
            return false;
        };
        self.kept.update(|kept| kept.take(opened));
        self.mirror.clear();
        // Without it the draft changed last is opened.
        let _ = self.drafts.settle(id).await;
        self.refresh().await;
        self.compare().await;
        true
    }

    /// Makes what was typed outlive a loss of power as well.
    pub(super) async fn settle(&self) {
        let id = self.kept.with_untracked(|kept| kept.draft.id);
        // Where the disk refuses, the browser still has it.
        let _ = self.drafts.settle(id).await;
    }

    /// Marks what is on the screen as not kept yet.
    pub(super) fn touch(&self) {
        self.is_dirty.set(true);
        self.changes.set(self.changes.get().wrapping_add(1));
    }

    /// Writes the mirror, if something is not kept yet.
    pub(super) fn write_mirror(&self) {
        if self.is_dirty.get() || self.is_saving.get() {
            self.mirror.write(&self.kept.with_untracked(|kept| Mirror {
                draft: kept.draft.clone(),
                base: kept.base,
            }));
        }
    }

    /// Keeps what is on the screen; returns once it is kept or refused. While a save is under way another does nothing: the
    /// one under way goes on until nothing is left.
    pub(super) async fn save(&self) {
        if self.is_saving.replace(true) {
            return;
        }
        let (mut made_room, mut is_changed) = (false, false);
        while self.is_dirty.replace(false) {
            let (record, base, is_asking) = self.kept.with_untracked(|kept| {
                let record = countersign_sync::drafts::Kept {
                    draft: kept.draft.clone(),
                    changed_at: Browser.now(),
                };
                (record, kept.base, kept.theirs.is_some())
            });
            // Nothing is kept over a question that is not answered, and nothing at all of a draft nobody began.
            if is_asking || (base.is_none() && record.draft.is_empty()) {
                continue;
            }
            match self.keep(&record, base).await {
                Ok(version) => {
                    self.saved(record.draft.id, version);
                    if base.is_none() {
                        // Without it the draft that was open before is opened.
                        let _ = self.drafts.remember(record.draft.id).await;
                    }
                    is_changed = true;
                }
                Err(NotSaved::Changed(theirs)) => self.kept.update(|kept| {
                    kept.theirs = Some(Theirs::Tab(theirs));
                    kept.show_anew();
                }),
                Err(NotSaved::Gone) => {
                    // What was typed after another tab submitted or removed it lives on under ids of its own.
                    self.kept.update(|kept| {
                        let copy = kept.draft.copy(&Browser);
                        kept.take_new(copy);
                        kept.keeping = Keeping::KeptAsCopy;
                    });
                    self.touch();
                }
                // What can be read again makes room for what was typed.
                Err(NotSaved::Store(StoreError::Full)) if !made_room => {
                    made_room = true;
                    self.make_room().await;
                    self.touch();
                }
                Err(NotSaved::Store(error)) => {
                    self.refused(error);
                    break;
                }
            }
        }
        self.is_saving.set(false);
        // Not after each save: the next one is not to wait for lists.
        if is_changed {
            self.refresh().await;
            self.tell();
        }
    }

    /// What is kept next was made of `theirs` as well.
    pub(super) fn answer(&self, theirs: Box<Known>) {
        self.differing.borrow_mut().remove(&theirs.draft.id);
        self.answered.replace(Some(theirs));
    }

    async fn keep(
        &self,
        record: &countersign_sync::drafts::Kept,
        base: Option<u64>,
    ) -> Result<u64, NotSaved> {
        let answered = self
            .answered
            .take()
            .filter(|theirs| theirs.draft.id == record.draft.id);
        let Some(theirs) = answered else {
            return self.drafts.save(record, base).await;
        };
        let outcome = self.copies.settle(&theirs, record, base).await;
        if let Err(NotSaved::Store(_)) = outcome {
            // The answer goes with the next attempt.
            self.answered.replace(Some(theirs));
        }
        outcome
    }

    /// Keeps what is on the screen, whatever else is being kept at this moment.
    pub(super) async fn flush(&self) {
        self.save().await;
        while self.is_saving.get() {
            pause(MOMENT).await;
        }
    }

    fn saved(&self, id: DraftId, version: u64) {
        self.kept.update(|kept| {
            if kept.draft.id == id {
                kept.base = Some(version);
                if self.store.is_durable() && kept.keeping != Keeping::KeptAsCopy {
                    kept.keeping = Keeping::Kept;
                }
            }
        });
        if !self.is_dirty.get() {
            self.mirror.clear();
        }
    }

    fn refused(&self, error: StoreError) {
        let keeping = match error {
            StoreError::Full => Keeping::Full,
            StoreError::Newer => Keeping::Newer,
            StoreError::Conflict | StoreError::Unavailable => Keeping::Off,
        };
        self.kept.update(|kept| kept.keeping = keeping);
        // What the database has no room for may still fit here.
        self.mirror.write(&self.kept.with_untracked(|kept| Mirror {
            draft: kept.draft.clone(),
            base: kept.base,
        }));
    }

    /// Makes room for what was typed: pictures go first, then what can be read from the server again.
    pub(super) async fn make_room(&self) {
        room::drop_pictures().await;
        // Where even that fails, the next attempt to keep the draft says so.
        let _ = KeptReads::new(self.store.clone()).clear().await;
    }

    /// Tells the other tabs.
    pub(super) fn tell(&self) {
        if let Some(tabs) = &*self.tabs.borrow() {
            tabs.tell("changed");
        }
    }
}
