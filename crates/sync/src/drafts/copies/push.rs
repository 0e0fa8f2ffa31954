//! Giving the server what was changed here.

use countersign_contract::ProblemKind;
use countersign_contract::draft::{DraftBody, DraftContent, DraftVersion, MAX_NAME};
use countersign_domain::id::DraftId;

use super::pull::read;
use super::{Copies, CopiesWay, Known, Round};
use crate::drafts::{Kept, NotSaved, Opened};
use crate::store::{Store, StoreError};
use crate::{Device, Reply};

impl<S: Store + Clone, W: CopiesWay, D: Device> Copies<S, W, D> {
    /// Gives the server what was changed on this device, and takes nothing but answers: after a pause in typing.
    ///
    /// # Errors
    /// See [`StoreError`]; what was done until then is done.
    pub async fn push(&self) -> Result<Round, StoreError> {
        let mut round = Round::default();
        round.is_complete = self.remove_copies().await? && self.push_all(&mut round).await?;
        Ok(round)
    }

    /// Removes the copies of drafts that were removed here. `false` when the server does not answer.
    pub(super) async fn remove_copies(&self) -> Result<bool, StoreError> {
        for mark in self.removed().await? {
            if !self.remove_copy(&mark).await {
                return Ok(false);
            }
            self.removal_is_done(mark.draft.id).await?;
        }
        Ok(true)
    }

    /// Removes the copy of a draft that was removed here; whether the server has said what became of it. One that another
    /// device changed meanwhile has a reason to stay, and comes back from there; not so one that this device itself has put
    /// there without hearing of it.
    async fn remove_copy(&self, mark: &Known) -> bool {
        let id = mark.draft.id;
        if mark.version > 0 {
            match self.way.remove(id, mark.version).await {
                Reply::Answered(_) | Reply::Problem(ProblemKind::NotFound) => return true,
                Reply::Problem(ProblemKind::Stale { .. }) => {}
                Reply::Problem(_) | Reply::Silence => return false,
            }
        }
        let there = match self.way.get(id).await {
            Reply::Answered(kept) => read(kept),
            Reply::Problem(ProblemKind::NotFound) => return true,
            Reply::Problem(_) | Reply::Silence => return false,
        };
        match there.filter(|there| there.draft == mark.draft) {
            Some(own) => matches!(
                self.way.remove(id, own.version).await,
                Reply::Answered(_) | Reply::Problem(ProblemKind::NotFound | ProblemKind::Stale { .. })
            ),
            None => true,
        }
    }

    /// Puts everything that the server has otherwise. `false` when the server does not answer.
    pub(super) async fn push_all(&self, round: &mut Round) -> Result<bool, StoreError> {
        let known = self.all_known().await?;
        for mine in self.local().await? {
            let id = mine.kept.draft.id;
            let before = known.get(&id);
            let is_open_question = round.differing.iter().any(|(differing, _)| *differing == id);
            let has_it = before.is_some_and(|before| before.draft == mine.kept.draft);
            if has_it || is_open_question || mine.kept.draft.is_empty() {
                continue;
            }
            if !self.put(mine, before, round).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn put(&self, mine: Opened, before: Option<&Known>, round: &mut Round) -> Result<bool, StoreError> {
        let draft = mine.kept.draft.clone();
        let id = draft.id;
        let Ok(content) = DraftContent::of(&draft) else {
            round.refused.push(id);
            return Ok(true);
        };
        let body = DraftBody {
            // The name in the list; the whole one is in the content.
            name: draft.name.chars().take(MAX_NAME).collect(),
            content,
        };
        let version = before.map_or(0, |before| before.version);
        let mut answer = self.send(id, &body, version).await;
        if version > 0 && matches!(answer, Reply::Problem(ProblemKind::Stale { version: 0 })) {
            // Removed on another device, while something was typed here: that is not to be lost.
            answer = self.send(id, &body, 0).await;
        }
        match answer {
            Reply::Answered(answer) if answer.id == id => {
                let version = answer.version;
                self.know(&Known { version, draft }).await?;
                Ok(true)
            }
            Reply::Problem(ProblemKind::Stale { .. }) => self.look_again(id, round).await,
            Reply::Problem(ProblemKind::AlreadyOrdered { .. } | ProblemKind::DraftWithdrawn) => {
                self.live_on(mine, round).await?;
                Ok(true)
            }
            Reply::Problem(
                ProblemKind::TooManyDrafts { .. }
                | ProblemKind::TooLarge
                | ProblemKind::InvalidInput { .. }
                | ProblemKind::NotFound,
            ) => {
                round.refused.push(id);
                Ok(true)
            }
            Reply::Answered(_) | Reply::Problem(_) | Reply::Silence => Ok(false),
        }
    }

    async fn send(&self, id: DraftId, body: &DraftBody, version: u64) -> Reply<DraftVersion> {
        let key = self.device.new_id().to_string();
        self.way.put(id, body, &key, version).await
    }

    /// The draft was submitted or taken back for ever on another device, and something was typed here since.
    async fn live_on(&self, mine: Opened, round: &mut Round) -> Result<(), StoreError> {
        let id: DraftId = mine.kept.draft.id;
        let kept = Kept {
            draft: mine.kept.draft.copy(&self.device),
            changed_at: mine.kept.changed_at,
        };
        match self.drafts.replace(&mine, &kept).await {
            Ok(()) => {
                round.copied.push((id, kept.draft.id));
                Ok(())
            }
            // Somebody went on typing: the next round sees that.
            Err(NotSaved::Changed(_) | NotSaved::Gone) => Ok(()),
            Err(NotSaved::Store(error)) => Err(error),
        }
    }
}
