//! Going on with what was changed elsewhere: in another tab, on another device, by an answer.

use leptos::prelude::*;

use crate::queries::draft::account::Account;

impl Account {
    /// Reads the lists again: of drafts and of the outbox. Of two that read at once the one that began later counts: what the
    /// other has seen is older.
    pub(super) async fn refresh(&self) {
        let reading = self.readings.get().wrapping_add(1);
        self.readings.set(reading);
        let drafts = self.drafts.list().await;
        let outbox = self.outbox.contents().await;
        if self.shown.get() > reading {
            return;
        }
        self.shown.set(reading);
        if let Ok(listed) = drafts {
            self.kept.update(|kept| kept.list(&listed));
        }
        if let Ok(contents) = outbox
            && self.contents.with_untracked(|before| *before != contents)
        {
            self.contents.set(contents);
        }
        self.read_files().await;
    }

    /// Another tab has changed something. Of several changes in a row only the last has to be looked at.
    pub(super) async fn hear(&self) {
        self.is_behind.set(true);
        if self.is_catching_up.replace(true) {
            return;
        }
        while self.is_behind.replace(false) {
            self.catch_up().await;
        }
        self.is_catching_up.set(false);
    }

    /// Something was changed elsewhere: goes on with what is kept where nothing here waits to be kept.
    pub(super) async fn catch_up(&self) {
        self.refresh().await;
        if self.is_dirty.get() || self.is_saving.get() {
            return;
        }
        let open = self.kept.with_untracked(|kept| (kept.draft.id, kept.base));
        let (id, base) = open;
        let Ok(stored) = self.drafts.open(id).await else {
            return;
        };
        // While it was read, another draft was opened, or this one was kept.
        let is_open = || self.kept.with_untracked(|kept| (kept.draft.id, kept.base)) == open;
        if !is_open() || self.is_dirty.get() || self.is_saving.get() {
            return;
        }
        match stored {
            Some(stored) if base != Some(stored.version) => {
                self.kept.update(|kept| kept.take(stored));
            }
            // It was submitted or removed there.
            None if base.is_some() => self.go_on().await,
            // Nothing was begun here: goes on with what was begun there.
            None if self.is_untouched() => {
                if let Some(opened) = self.latest().await
                    && is_open()
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
}
