//! The way of outbox and drafts to the server.

use countersign_contract::buying::ForCustomer;
use countersign_contract::draft::{
    DraftBody, DraftVersion, DraftsQuery, GetDraft, KeptDraft, ListDrafts, PutDraft, RemoveDraft,
};
use countersign_contract::file::{FILE_MEDIA_TYPE, StoredFile, UploadFile, UploadQuery};
use countersign_contract::submission::{Accepted, DraftWithdrawal, SubmitOrder, WithdrawDraft};
use countersign_contract::{NoContent, Page};
use countersign_domain::id::{AccountId, DraftId};
use countersign_sync::drafts::copies::CopiesWay;
use countersign_sync::{Reply, Transport};
use serde::de::DeserializeOwned;

use crate::api::{Api, ApiError, Change};
use crate::offline::export::blob;

/// The contract's operations over HTTP.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way(pub(super) Api);

impl Transport for Way {
    async fn submit(&self, key: &str, body: &str) -> Reply<Accepted> {
        let change = Change::frozen::<SubmitOrder>(&(), body.to_owned(), key.to_owned());
        reply(self.0.send(&change).await)
    }

    async fn withdraw(&self, draft: DraftId, key: &str) -> Reply<DraftWithdrawal> {
        let change = Change::new::<WithdrawDraft>(&draft, &NoContent {}, key, None);
        reply(self.0.send(&change).await)
    }

    async fn upload(&self, owner: AccountId, file: &StoredFile, body: &[u8]) -> Reply<StoredFile> {
        let query = UploadQuery {
            name: Some(file.name.clone()),
            id: Some(file.id),
            owner: Some(owner),
        };
        let Some(blob) = blob(body, FILE_MEDIA_TYPE) else {
            return Reply::Silence;
        };
        reply(
            self.0
                .upload::<UploadFile>(&query, &blob, &file.id.to_string())
                .await,
        )
    }
}

impl CopiesWay for Way {
    async fn list(&self, after: Option<&str>) -> Reply<Page<KeptDraft>> {
        let query = DraftsQuery {
            after: after.map(str::to_owned),
            ..DraftsQuery::default()
        };
        reply(self.0.get(&Api::read_path::<ListDrafts>(&(), &query)).await)
    }

    async fn get(&self, id: DraftId) -> Reply<KeptDraft> {
        reply(
            self.0
                .get(&Api::read_path::<GetDraft>(&id, &ForCustomer::default()))
                .await,
        )
    }

    async fn put(&self, id: DraftId, body: &DraftBody, key: &str, version: u64) -> Reply<DraftVersion> {
        let change = Change::new::<PutDraft>(&id, body, key, Some(version));
        reply(self.0.send(&change).await)
    }

    async fn remove(&self, id: DraftId, version: u64) -> Reply<NoContent> {
        let change = Change::new::<RemoveDraft>(&id, &NoContent {}, "", Some(version));
        reply(self.0.send(&change).await)
    }
}

fn reply<T: DeserializeOwned>(answer: Result<String, ApiError>) -> Reply<T> {
    match answer.and_then(|text| Api::decode::<T>(&text)) {
        Ok(answer) => Reply::Answered(answer),
        Err(ApiError::Problem(problem)) => Reply::Problem(problem.kind),
        Err(ApiError::Unreachable | ApiError::NotOurs) => Reply::Silence,
    }
}
