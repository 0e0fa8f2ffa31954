//! What a machine needs from outside.

use std::future::Future;

use chrono::{DateTime, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::catalog::CatalogChanges;
use countersign_contract::file::StoredFile;
use countersign_contract::submission::{Accepted, DraftWithdrawal};
use countersign_domain::id::{AccountId, DraftId};
use uuid::Uuid;

/// Time, ids and chance. Machines ask for them and never make them up.
pub trait Device {
    /// Now, by the device's clock, which may be wrong.
    fn now(&self) -> DateTime<Utc>;
    /// An id nobody else has.
    fn new_id(&self) -> Uuid;
    /// A number from 0 to 999, each as likely.
    fn chance(&self) -> u32;
}

/// The way to the server.
pub trait Transport {
    /// Sends exactly these bytes under exactly this key (`submit_order`).
    fn submit(&self, key: &str, body: &str) -> impl Future<Output = Reply<Accepted>>;
    /// Asks the server never to let this draft become an order (`withdraw_draft`).
    fn withdraw(&self, draft: DraftId, key: &str) -> impl Future<Output = Reply<DraftWithdrawal>>;
    /// Sends the bytes of a file that `owner` attached to a draft, under its id (`upload_file`).
    fn upload(
        &self,
        owner: AccountId,
        file: &StoredFile,
        body: &[u8],
    ) -> impl Future<Output = Reply<StoredFile>>;
}

/// The way to the server's catalog.
pub trait CatalogWay {
    /// Asks for at most `limit` changes since a cursor (`list_catalog_changes`).
    fn changes(&self, since: Option<&str>, limit: u32) -> impl Future<Output = Reply<CatalogChanges>>;
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply<T> {
    /// The server's answer in the contract's form. Whether it answers what was asked is for the machine to judge.
    Answered(T),
    /// The server's refusal.
    Problem(ProblemKind),
    /// Nothing, or nothing that is our server's: a time-out, a redirect, a captive portal. It may have arrived.
    Silence,
}
