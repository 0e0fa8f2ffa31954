//! The outbox's way to the server.

use countersign_contract::NoContent;
use countersign_contract::submission::{Accepted, DraftWithdrawal, SubmitOrder, WithdrawDraft};
use countersign_domain::id::DraftId;
use countersign_sync::{Reply, Transport};
use serde::de::DeserializeOwned;

use crate::api::{Api, ApiError, Change};

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
}

fn reply<T: DeserializeOwned>(answer: Result<String, ApiError>) -> Reply<T> {
    match answer.and_then(|text| Api::decode::<T>(&text)) {
        Ok(answer) => Reply::Answered(answer),
        Err(ApiError::Problem(problem)) => Reply::Problem(problem.kind),
        Err(ApiError::Unreachable | ApiError::NotOurs) => Reply::Silence,
    }
}
