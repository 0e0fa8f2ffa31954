//! What is open of one account: its storage, the draft on the screen, the outbox.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use countersign_domain::id::{AccountId, DraftId};
use countersign_sync::draft::Draft;
use countersign_sync::drafts::mirror::{Mirror, Reconciled, reconcile};
use countersign_sync::drafts::{Drafts, Listed, NotSaved, Opened};
use countersign_sync::outbox::{Contents, Heard, Outbox};
use countersign_sync::store::{Batch, Table};
use countersign_sync::{Device, Store, StoreError};
use leptos::prelude::*;

use crate::api::Api;
use crate::offline::device::{Browser, DeviceStore};
use crate::offline::mirror::MirrorPlace;
use crate::offline::tabs::Tabs;
use crate::queries::draft::kept::{Keeping, Kept};
use crate::queries::draft::transport::Way;

/// Which draft was open last.
const OPEN: &str = "open_draft";

/// What is open of one account. Lives as long as the app.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) id: AccountId,
    pub(super) kept: ArcRwSignal<Kept>,
    pub(super) contents: ArcRwSignal<Contents>,
    /// What became of entries since the app was opened.
    pub(super) news: ArcRwSignal<Vec<(DraftId, Heard)>>,
    pub(super) is_sending: ArcRwSignal<bool>,
    pub(super) store: DeviceStore,
    pub(super) drafts: Drafts<DeviceStore>,
    pub(super) outbox: Outbox<DeviceStore, Way, Browser>,
    pub(super) mirror: MirrorPlace,
    pub(super) tabs: RefCell<Option<Tabs>>,
    is_saving: Cell<bool>,
    is_dirty: Cell<bool>,
    /// Whether the draft on the screen was begun beside another one.
    is_asked_for: Cell<bool>,
}

impl Account {
    /// Opens the storage of `id`, and the draft that was open last.
    pub(super) async fn open(deployment: &str, id: AccountId, api: Api) -> Rc<Self> {
        let store = DeviceStore::open(deployment, id).await;
        let draft = Draft::begin(DraftId(Browser.new_id()));
        let mut kept = Kept::begin(draft);
        if !store.is_durable() {
            kept.keeping = Keeping::Refused;
        }
        let account = Rc::new(Self {
            id,
            kept: ArcRwSignal::new(kept),
            contents: ArcRwSignal::new(Contents::default()),
            news: ArcRwSignal::new(Vec::new()),
            is_sending: ArcRwSignal::new(false),
            drafts: Drafts::new(store.clone()),
            outbox: Outbox::new(store.clone(), Way(api), Browser, id),
            store,
            mirror: MirrorPlace::new(deployment, id),
            tabs: RefCell::new(None),
            is_saving: Cell::new(false),
            is_dirty: Cell::new(false),
            is_asked_for: Cell::new(false),
        });
        account.begin().await;
        account
    }

    /// The draft that was open last, with its last moment.
    async fn begin(&self) {
        let opened = match self.store.get(Table::Meta, OPEN).await {
            Ok(Some(stored)) => match stored.text.parse() {
                Ok(id) => self.drafts.open(id).await.ok().flatten(),
                Err(_) => None,
            },
            _ => None,
        };
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
                self.save().await;
            }
            Reconciled::Both => {
                let theirs = stored.map(Box::new);
                self.kept.update(|kept| {
                    kept.take_new(mirror.draft);
                    kept.base = mirror.base;
                    kept.theirs = theirs;
                });
            }
        }
    }

    /// The draft changed last.
    async fn latest(&self) -> Option<Opened> {
        let all = self.drafts.list().await.ok()?;
        all.into_iter().find_map(|listed| match listed {
            Listed::Draft(opened) => Some(*opened),
            Listed::Unreadable { .. } => None,
        })
    }

    /// Reads the lists again: of drafts and of the outbox.
    pub(super) async fn refresh(&self) {
        if let Ok(listed) = self.drafts.list().await {
            self.kept.update(|kept| kept.list(&listed));
        }
        if let Ok(contents) = self.outbox.contents().await
            && self.contents.with_untracked(|before| *before != contents)
        {
            self.contents.set(contents);
        }
    }

    /// Another tab has changed something: goes on with what is kept where nothing here waits to be kept.
    pub(super) async fn catch_up(&self) {
        self.refresh().await;
        if self.is_dirty.get() || self.is_saving.get() {
            return;
        }
        let (id, base) = self.kept.with_untracked(|kept| (kept.draft.id, kept.base));
        let Ok(stored) = self.drafts.open(id).await else {
            return;
        };
        match stored {
            Some(stored) if base != Some(stored.version) && !self.is_dirty.get() => {
                self.kept.update(|kept| kept.take(stored));
            }
            // It was submitted or removed there.
            None if base.is_some() => self.go_on().await,
            // Nothing was begun here: goes on with what was begun there.
            None if self.is_untouched() => {
                if let Some(opened) = self.latest().await
                    && self.is_untouched()
                {
                    self.kept.update(|kept| kept.take(opened));
                }
            }
            _ => {}
        }
    }

    /// Whether the draft on the screen is an empty one that nobody asked for.
    fn is_untouched(&self) -> bool {
        !self.is_asked_for.get()
            && !self.is_dirty.get()
            && self
                .kept
                .with_untracked(|kept| kept.base.is_none() && kept.draft.is_empty())
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
        self.remember_open(id).await;
        self.refresh().await;
        true
    }

    async fn remember_open(&self, id: DraftId) {
        // Without it the draft changed last is opened.
        let _ = self
            .store
            .commit(Batch::new().put(Table::Meta, OPEN, 1, id.to_string()))
            .await;
    }

    /// Marks what is on the screen as not kept yet.
    pub(super) fn touch(&self) {
        self.is_dirty.set(true);
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
        while self.is_dirty.replace(false) {
            let (record, base, is_asking) = self.kept.with_untracked(|kept| {
                let record = countersign_sync::drafts::Kept {
                    draft: kept.draft.clone(),
                    changed_at: Browser.now(),
                    synced: kept.synced.clone(),
                };
                (record, kept.base, kept.theirs.is_some())
            });
            // Nothing is kept over a question that is not answered, and nothing at all of a draft nobody began.
            if is_asking || (base.is_none() && record.draft.is_empty()) {
                continue;
            }
            match self.drafts.save(&record, base).await {
                Ok(version) => self.saved(record.draft.id, version, base.is_none()).await,
                Err(NotSaved::Changed(theirs)) => self.kept.update(|kept| {
                    kept.theirs = Some(theirs);
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
                Err(NotSaved::Store(error)) => {
                    self.refused(error);
                    break;
                }
            }
        }
        self.is_saving.set(false);
    }

    /// Keeps what is on the screen, whatever else is being kept at this moment.
    pub(super) async fn flush(&self) {
        self.save().await;
        while self.is_saving.get() {
            moment().await;
        }
    }

    async fn saved(&self, id: DraftId, version: u64, first: bool) {
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
        if first {
            self.remember_open(id).await;
        }
        self.refresh().await;
        self.tell();
    }

    fn refused(&self, _: StoreError) {
        self.kept.update(|kept| kept.keeping = Keeping::Refused);
        // What the database has no room for may still fit here.
        self.mirror.write(&self.kept.with_untracked(|kept| Mirror {
            draft: kept.draft.clone(),
            base: kept.base,
        }));
    }

    /// Tells the other tabs.
    pub(super) fn tell(&self) {
        if let Some(tabs) = &*self.tabs.borrow() {
            tabs.tell();
        }
    }
}

/// Lets others go on.
async fn moment() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(
            move || {
                // Nobody hears what a resolved promise returns.
                let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
            },
            std::time::Duration::from_millis(5),
        );
    });
    // It is only ever resolved.
    let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
}
