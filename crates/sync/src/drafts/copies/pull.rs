//! Taking from the server what other devices have made of the drafts.

use std::collections::BTreeMap;

use countersign_contract::ProblemKind;
use countersign_contract::draft::KeptDraft;
use countersign_domain::id::DraftId;

use super::known::while_not_done_with;
use super::{Copies, CopiesWay, Known, Round};
use crate::draft::Draft;
use crate::drafts::{Kept, NotSaved, Opened};
use crate::store::{Batch, Store, StoreError};
use crate::{Device, Reply};

impl<S: Store + Clone, W: CopiesWay, D: Device> Copies<S, W, D> {
    /// Makes drafts and copies alike in both directions: at the start, when the network is back, and when another device has
    /// changed something.
    ///
    /// # Errors
    /// See [`StoreError`]; what was done until then is done.
    pub async fn exchange(&self) -> Result<Round, StoreError> {
        let mut round = Round::default();
        if !self.remove_copies().await? {
            return Ok(round);
        }
        let Some(copies) = self.list().await? else {
            return Ok(round);
        };
        self.take(copies, &mut round).await?;
        round.is_complete = self.push_all(&mut round).await?;
        Ok(round)
    }

    /// All copies of the server that this app can read; `None` when the server does not say.
    pub(super) async fn list(&self) -> Result<Option<BTreeMap<DraftId, Option<Known>>>, StoreError> {
        let mut all = BTreeMap::new();
        let mut after: Option<String> = None;
        loop {
            let Reply::Answered(page) = self.way.list(after.as_deref()).await else {
                return Ok(None);
            };
            all.extend(page.items.into_iter().map(|kept| (kept.id, read(kept))));
            match page.next {
                Some(next) if Some(&next) != after.as_ref() => after = Some(next),
                _ => return Ok(Some(all)),
            }
        }
    }

    pub(super) async fn take(
        &self,
        copies: BTreeMap<DraftId, Option<Known>>,
        round: &mut Round,
    ) -> Result<(), StoreError> {
        let known = self.all_known().await?;
        for opened in self.local().await? {
            let id = opened.kept.draft.id;
            let before = known.get(&id);
            match copies.get(&id) {
                // A newer app wrote it there: this one leaves it to those that understand it.
                Some(None) => {}
                Some(Some(theirs)) => self.compare(opened, before, theirs, round).await?,
                None => self.is_gone(opened, before, round).await?,
            }
        }
        for (id, theirs) in &copies {
            if let Some(theirs) = theirs
                && self.drafts.open(*id).await?.is_none()
                && !self.is_done_with(*id).await?
            {
                self.arrive(theirs, round).await?;
            }
        }
        for id in known.keys().filter(|id| !copies.contains_key(id)) {
            if self.drafts.open(*id).await?.is_none() {
                self.forget(*id).await?;
            }
        }
        Ok(())
    }

    /// Compares a draft with the copy the server has of it now.
    pub(super) async fn compare(
        &self,
        mine: Opened,
        before: Option<&Known>,
        theirs: &Known,
        round: &mut Round,
    ) -> Result<(), StoreError> {
        let id = mine.kept.draft.id;
        if before.is_some_and(|before| before.version == theirs.version) {
            return Ok(());
        }
        if mine.kept.draft == theirs.draft {
            return self.know(theirs).await;
        }
        if before.is_none_or(|before| before.draft != mine.kept.draft) {
            round.differing.push((id, theirs.clone()));
            return Ok(());
        }
        let kept = Kept {
            draft: theirs.draft.clone(),
            changed_at: self.device.now(),
        };
        match self.drafts.save(&kept, Some(mine.version)).await {
            Ok(_) => {
                self.know(theirs).await?;
                round.changed.push(id);
            }
            // Somebody went on typing: the next round sees both.
            Err(NotSaved::Changed(_) | NotSaved::Gone) => {}
            Err(NotSaved::Store(error)) => return Err(error),
        }
        Ok(())
    }

    /// The server has no copy of a draft.
    async fn is_gone(
        &self,
        mine: Opened,
        before: Option<&Known>,
        round: &mut Round,
    ) -> Result<(), StoreError> {
        let id = mine.kept.draft.id;
        // It never had one, or what was typed since is not to be lost: the server is given it, and says what has become of
        // the draft.
        if before.is_none_or(|before| before.draft != mine.kept.draft) {
            return Ok(());
        }
        match self.drafts.drop_local(id, mine.version).await {
            Ok(()) => {
                self.forget(id).await?;
                round.changed.push(id);
            }
            Err(NotSaved::Changed(_) | NotSaved::Gone) => {}
            Err(NotSaved::Store(error)) => return Err(error),
        }
        Ok(())
    }

    /// A draft begun on another device. Another tab may have taken an entry of this id back and sent it again since it was
    /// looked for: the commit itself sees to it that it is not here in two places.
    async fn arrive(&self, theirs: &Known, round: &mut Round) -> Result<(), StoreError> {
        let kept = Kept {
            draft: theirs.draft.clone(),
            changed_at: self.device.now(),
        };
        let batch = while_not_done_with(Batch::new(), theirs.draft.id);
        match self.drafts.save_with(&kept, None, batch).await {
            Ok(_) => {
                self.know(theirs).await?;
                round.changed.push(theirs.draft.id);
            }
            Err(NotSaved::Changed(_) | NotSaved::Gone) => {}
            Err(NotSaved::Store(error)) => return Err(error),
        }
        Ok(())
    }

    /// Looks at one copy again. `false` when the server does not say.
    pub(super) async fn look_again(&self, id: DraftId, round: &mut Round) -> Result<bool, StoreError> {
        let theirs = match self.way.get(id).await {
            Reply::Answered(kept) => read(kept),
            // It went just now: the next round puts it there anew, or hears why not.
            Reply::Problem(ProblemKind::NotFound) => {
                self.forget(id).await?;
                return Ok(true);
            }
            Reply::Problem(_) | Reply::Silence => return Ok(false),
        };
        if let (Some(theirs), Some(mine)) = (theirs, self.drafts.open(id).await?) {
            let before = self.known(id).await?;
            self.compare(mine, before.as_ref(), &theirs, round).await?;
        }
        Ok(true)
    }
}

/// What a copy says; `None` when a newer app wrote it.
pub(super) fn read(kept: KeptDraft) -> Option<Known> {
    let draft: Draft = kept.content.read().ok()?;
    // Its id is the one it is kept under, whatever it says itself.
    let draft = Draft { id: kept.id, ..draft };
    Some(Known {
        version: kept.version,
        draft,
    })
}
