//! What a task waits for: everything it asks of the device's storage or of the network goes through its slot, and nothing
//! comes back before the schedule lets it.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use countersign_contract::draft::{DraftBody, DraftVersion, KeptDraft};
use countersign_contract::file::StoredFile;
use countersign_contract::submission::{Accepted, DraftWithdrawal};
use countersign_contract::{NoContent, Page};
use countersign_domain::id::{AccountId, DraftId, OrderId};
use countersign_sync::drafts::copies::CopiesWay;
use countersign_sync::store::{Batch, Stored, Table};
use countersign_sync::{Reply, Store, StoreError, Transport};

/// What a task asks for.
#[derive(Clone, Debug)]
pub enum Ask {
    /// One record.
    Get(Table, String),
    /// All records of a table.
    List(Table),
    /// A transaction, with what it is part of where a breakage has torn it apart.
    Commit(Batch, Option<Batch>),
    /// A request to the server.
    Send(Request),
}

/// A request to the server.
#[derive(Clone, Debug)]
pub enum Request {
    /// `submit_order`.
    Submit {
        /// Its `Idempotency-Key`.
        key: String,
        /// Its bytes.
        body: String,
    },
    /// `withdraw_draft`.
    Withdraw {
        /// The draft.
        draft: DraftId,
        /// Its `Idempotency-Key`.
        key: String,
    },
    /// `upload_file`, for a draft.
    Upload {
        /// Who attached it.
        owner: AccountId,
        /// The file.
        file: StoredFile,
        /// Its bytes.
        body: Vec<u8>,
    },
    /// `withdraw_order`: a change of an existing thing, under `If-Match`.
    Change {
        /// The order.
        order: OrderId,
        /// The version seen.
        version: u64,
        /// Its `Idempotency-Key`.
        key: String,
    },
    /// `list_drafts`.
    ListDrafts {
        /// The last draft of the page before.
        after: Option<String>,
    },
    /// `get_draft`.
    GetDraft {
        /// The draft.
        draft: DraftId,
    },
    /// `put_draft`.
    PutDraft {
        /// The draft.
        draft: DraftId,
        /// The version seen.
        version: u64,
        /// Its `Idempotency-Key`.
        key: String,
        /// Its bytes.
        body: String,
    },
    /// `remove_draft`.
    RemoveDraft {
        /// The draft.
        draft: DraftId,
        /// The version seen.
        version: u64,
    },
}

/// What a task is told.
#[derive(Clone, Debug)]
pub enum Told {
    /// One record.
    Got(Option<Stored>),
    /// All records of a table.
    Listed(Vec<(String, Stored)>),
    /// What became of a transaction.
    Committed(Result<(), StoreError>),
    /// What came back for a submission.
    Submitted(Reply<Accepted>),
    /// What came back for a withdrawal.
    Withdrawn(Reply<DraftWithdrawal>),
    /// What came back for a file.
    Uploaded(Reply<StoredFile>),
    /// What came back for a change.
    Changed(Reply<()>),
    /// What came back for a list of the copies.
    Drafts(Reply<Page<KeptDraft>>),
    /// What came back for a copy.
    Draft(Reply<KeptDraft>),
    /// What came back for a copy that was put.
    Put(Reply<DraftVersion>),
    /// What came back for a copy to be removed.
    Removed(Reply<NoContent>),
    /// Nothing came back in time.
    TimedOut,
}

/// The one thing a task waits for at a time.
#[derive(Debug, Default)]
pub struct Slot {
    /// What it asks for, until the schedule takes it.
    pub asked: RefCell<Option<Ask>>,
    /// What it is told, until it takes it.
    pub told: RefCell<Option<Told>>,
    /// Whether what came back last was somebody's 200, though not our server's.
    pub portal: Cell<bool>,
}

impl Slot {
    /// Asks, and waits until the schedule answers.
    pub async fn ask(&self, ask: Ask) -> Told {
        self.portal.set(false);
        self.asked.replace(Some(ask));
        poll_fn(|_| self.told.take().map_or(Poll::Pending, Poll::Ready)).await
    }
}

/// The storage of the device, as a task of a tab reaches it.
#[derive(Clone, Debug)]
pub struct SlotStore(pub Rc<Slot>);

impl Store for SlotStore {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Stored>, StoreError> {
        match self.0.ask(Ask::Get(table, key.to_owned())).await {
            Told::Got(stored) => Ok(stored),
            _ => Err(StoreError::Unavailable),
        }
    }

    async fn list(&self, table: Table) -> Result<Vec<(String, Stored)>, StoreError> {
        match self.0.ask(Ask::List(table)).await {
            Told::Listed(all) => Ok(all),
            _ => Err(StoreError::Unavailable),
        }
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        self.commit_part(batch, None).await
    }
}

impl SlotStore {
    /// Commits `batch`, which is part of `whole`.
    ///
    /// # Errors
    /// As [`Store::commit`].
    pub async fn commit_part(&self, batch: Batch, whole: Option<Batch>) -> Result<(), StoreError> {
        match self.0.ask(Ask::Commit(batch, whole)).await {
            Told::Committed(result) => result,
            _ => Err(StoreError::Unavailable),
        }
    }
}

/// The network, as a task of a tab reaches it.
#[derive(Clone, Debug)]
pub struct SlotTransport(pub Rc<Slot>);

impl Transport for SlotTransport {
    async fn submit(&self, key: &str, body: &str) -> Reply<Accepted> {
        let (key, body) = (key.to_owned(), body.to_owned());
        match self.0.ask(Ask::Send(Request::Submit { key, body })).await {
            Told::Submitted(reply) => reply,
            _ => Reply::Silence,
        }
    }

    async fn withdraw(&self, draft: DraftId, key: &str) -> Reply<DraftWithdrawal> {
        let key = key.to_owned();
        match self.0.ask(Ask::Send(Request::Withdraw { draft, key })).await {
            Told::Withdrawn(reply) => reply,
            _ => Reply::Silence,
        }
    }

    async fn upload(&self, owner: AccountId, file: &StoredFile, body: &[u8]) -> Reply<StoredFile> {
        let (file, body) = (file.clone(), body.to_vec());
        match self.0.ask(Ask::Send(Request::Upload { owner, file, body })).await {
            Told::Uploaded(reply) => reply,
            _ => Reply::Silence,
        }
    }
}

impl SlotTransport {
    /// Takes an order back, as the app changes existing things: under a key and the version seen.
    pub async fn change(&self, order: OrderId, version: u64, key: String) -> Reply<()> {
        match self
            .0
            .ask(Ask::Send(Request::Change { order, version, key }))
            .await
        {
            Told::Changed(reply) => reply,
            _ => Reply::Silence,
        }
    }
}

impl CopiesWay for SlotTransport {
    async fn list(&self, after: Option<&str>) -> Reply<Page<KeptDraft>> {
        let after = after.map(str::to_owned);
        match self.0.ask(Ask::Send(Request::ListDrafts { after })).await {
            Told::Drafts(reply) => reply,
            _ => Reply::Silence,
        }
    }

    async fn get(&self, draft: DraftId) -> Reply<KeptDraft> {
        match self.0.ask(Ask::Send(Request::GetDraft { draft })).await {
            Told::Draft(reply) => reply,
            _ => Reply::Silence,
        }
    }

    async fn put(&self, draft: DraftId, body: &DraftBody, key: &str, version: u64) -> Reply<DraftVersion> {
        let put = Request::PutDraft {
            draft,
            version,
            key: key.to_owned(),
            // What was read as JSON has a JSON form.
            body: serde_json::to_string(body).unwrap_or_default(),
        };
        match self.0.ask(Ask::Send(put)).await {
            Told::Put(reply) => reply,
            _ => Reply::Silence,
        }
    }

    async fn remove(&self, draft: DraftId, version: u64) -> Reply<NoContent> {
        let remove = Request::RemoveDraft { draft, version };
        match self.0.ask(Ask::Send(remove)).await {
            Told::Removed(reply) => reply,
            _ => Reply::Silence,
        }
    }
}
