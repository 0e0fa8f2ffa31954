//! The way to the server, used wrongly.

use std::rc::Rc;

use countersign_contract::draft::{DraftBody, DraftVersion, KeptDraft};
use countersign_contract::file::StoredFile;
use countersign_contract::submission::{Accepted, DraftWithdrawal, Submission};
use countersign_contract::{NoContent, Page, ProblemKind};
use countersign_domain::id::{AccountId, DraftId, OrderId};
use countersign_sync::drafts::copies::CopiesWay;
use countersign_sync::fingerprint::fingerprint;
use countersign_sync::{Device, Reply, Transport};

use super::Breakage;
use crate::device::{Shared, SimDevice};
use crate::slot::SlotTransport;

/// The way to the server with a breakage, if there is one.
#[derive(Clone, Debug)]
pub struct BrokenTransport {
    /// The way itself.
    pub inner: SlotTransport,
    /// The world.
    pub shared: Rc<Shared>,
}

impl Transport for BrokenTransport {
    async fn submit(&self, key: &str, body: &str) -> Reply<Accepted> {
        match self.shared.breakage {
            Some(Breakage::NewKeyPerAttempt) => self.as_new(body).await,
            Some(Breakage::KeyWithoutRevision) => {
                let key = key.rsplit_once('.').map_or(key, |(draft, _)| draft);
                self.inner.submit(key, body).await
            }
            Some(Breakage::AnySuccessAccepted) => match self.inner.submit(key, body).await {
                Reply::Silence if self.inner.0.portal.get() => self.believed(body),
                reply => reply,
            },
            _ => self.inner.submit(key, body).await,
        }
    }

    async fn withdraw(&self, draft: DraftId, key: &str) -> Reply<DraftWithdrawal> {
        self.inner.withdraw(draft, key).await
    }

    async fn upload(&self, owner: AccountId, file: &StoredFile, body: &[u8]) -> Reply<StoredFile> {
        self.inner.upload(owner, file, body).await
    }
}

impl CopiesWay for BrokenTransport {
    async fn list(&self, after: Option<&str>) -> Reply<Page<KeptDraft>> {
        self.inner.list(after).await
    }

    async fn get(&self, id: DraftId) -> Reply<KeptDraft> {
        self.inner.get(id).await
    }

    async fn put(&self, id: DraftId, body: &DraftBody, key: &str, version: u64) -> Reply<DraftVersion> {
        match self.inner.put(id, body, key, version).await {
            Reply::Problem(ProblemKind::Stale { version })
                if self.shared.breakage == Some(Breakage::PutOverAnyVersion) =>
            {
                self.inner.put(id, body, &format!("{key}.again"), version).await
            }
            reply => reply,
        }
    }

    async fn remove(&self, id: DraftId, version: u64) -> Reply<NoContent> {
        self.inner.remove(id, version).await
    }
}

impl BrokenTransport {
    async fn as_new(&self, body: &str) -> Reply<Accepted> {
        let Ok(mut submission) = serde_json::from_str::<Submission>(body) else {
            return Reply::Silence;
        };
        let draft = submission.draft_id;
        submission.draft_id = DraftId(SimDevice::of(&self.shared).new_id());
        let sent = serde_json::to_string(&submission).unwrap_or_default();
        let key = format!("{}.{}", submission.draft_id, submission.rev);
        match self.inner.submit(&key, &sent).await {
            Reply::Answered(accepted) => Reply::Answered(Accepted {
                draft_id: draft,
                fingerprint: fingerprint(body),
                ..accepted
            }),
            reply => reply,
        }
    }

    fn believed(&self, body: &str) -> Reply<Accepted> {
        let Ok(submission) = serde_json::from_str::<Submission>(body) else {
            return Reply::Silence;
        };
        Reply::Answered(Accepted {
            draft_id: submission.draft_id,
            rev: submission.rev,
            fingerprint: fingerprint(body),
            order_id: OrderId(SimDevice::of(&self.shared).new_id()),
            number: String::new(),
        })
    }
}
