//! Each arrow of the machine, with a server that says what the test wants. What happens between the arrows - crashes, two
//! tabs, a network that reorders - is looked for on seeded schedules (crates/faults).

mod copies;
mod customers;
mod files;
mod leaving;
mod sending;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::file::StoredFile;
use countersign_contract::submission::{Accepted, DraftWithdrawal, Submission, SubmissionChange};
use countersign_domain::id::{AccountId, AddressId, DraftId, FileId, LineId, OrderId};
use countersign_domain::money::Money;
use countersign_domain::order::Priority;
use uuid::Uuid;

use crate::draft::Draft;
use crate::drafts::copies::Known;
use crate::drafts::{Drafts, Kept, Opened};
use crate::fingerprint::fingerprint;
use crate::memory::MemoryStore;
use crate::outbox::{Contents, Entry, Heard, Held, Outbox, State};
use crate::{Device, Reply, Transport};

const OWNER: AccountId = AccountId(Uuid::from_u128(1));
const DRAFT: DraftId = DraftId(Uuid::from_u128(2));
const ORDER: OrderId = OrderId(Uuid::from_u128(3));

/// The test's side of everything a machine needs.
#[derive(Default)]
struct World {
    store: MemoryStore,
    sent: RefCell<Vec<(String, String)>>,
    answers: RefCell<VecDeque<Reply<Accepted>>>,
    uploaded: RefCell<Vec<(FileId, Vec<u8>)>>,
    uploads: RefCell<VecDeque<Reply<StoredFile>>>,
    withdrawals: RefCell<Vec<String>>,
    withdrawn: RefCell<VecDeque<Reply<DraftWithdrawal>>>,
    seconds: Cell<i64>,
    ids: Cell<u128>,
}

impl Transport for &World {
    async fn submit(&self, key: &str, body: &str) -> Reply<Accepted> {
        self.sent.borrow_mut().push((key.to_owned(), body.to_owned()));
        self.answers
            .borrow_mut()
            .pop_front()
            .expect("an answer to a submission")
    }

    async fn withdraw(&self, _: DraftId, key: &str) -> Reply<DraftWithdrawal> {
        self.withdrawals.borrow_mut().push(key.to_owned());
        self.withdrawn
            .borrow_mut()
            .pop_front()
            .expect("an answer to a withdrawal")
    }

    async fn upload(&self, owner: AccountId, file: &StoredFile, body: &[u8]) -> Reply<StoredFile> {
        assert_eq!(owner, OWNER);
        self.uploaded.borrow_mut().push((file.id, body.to_vec()));
        self.uploads
            .borrow_mut()
            .pop_front()
            .unwrap_or_else(|| Reply::Answered(file.clone()))
    }
}

impl Device for &World {
    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(self.seconds.get())
    }

    fn new_id(&self) -> Uuid {
        self.ids.set(self.ids.get() + 1);
        Uuid::from_u128(1_000 + self.ids.get())
    }

    fn chance(&self) -> u32 {
        999
    }
}

impl World {
    fn outbox(&self) -> Outbox<&MemoryStore, &Self, &Self> {
        self.outbox_of(OWNER)
    }

    fn outbox_of(&self, owner: AccountId) -> Outbox<&MemoryStore, &Self, &Self> {
        Outbox::new(&self.store, self, self, owner)
    }

    fn drafts(&self) -> Drafts<&MemoryStore> {
        Drafts::new(&self.store)
    }

    fn write(&self) -> Opened {
        let kept = Kept {
            draft: Draft::begin(DRAFT),
            changed_at: (&self).now(),
        };
        let version = now(self.drafts().save(&kept, None)).expect("room for a draft");
        Opened { kept, version }
    }

    fn submit(&self) -> Entry {
        now(self
            .outbox()
            .submit(&self.write(), submission("first"), Money::ZERO))
        .expect("a free outbox")
    }

    /// One round in a tab that is alone, with this answer; gives what was heard.
    fn send(&self, answer: Reply<Accepted>) -> Heard {
        self.answers.borrow_mut().push_back(answer);
        self.round()
    }

    fn send_withdrawal(&self, answer: Reply<DraftWithdrawal>) -> Heard {
        self.withdrawn.borrow_mut().push_back(answer);
        self.round()
    }

    fn round(&self) -> Heard {
        let mut round = now(self.outbox().send_due(true)).expect("storage that works");
        assert_eq!(round.heard.len(), 1, "one entry was sent");
        round.heard.remove(0).1
    }

    fn contents(&self) -> Contents {
        now(self.outbox().contents()).expect("storage that works")
    }

    fn held(&self) -> Held {
        now(self.outbox().held(DRAFT))
            .expect("storage that works")
            .expect("an entry")
    }

    fn state(&self) -> State {
        self.held().entry.state
    }

    fn opened(&self, id: DraftId) -> Opened {
        now(self.drafts().open(id))
            .expect("storage that works")
            .expect("a draft")
    }

    /// The server is known to have `version` of the draft.
    fn knows_copy(&self, version: u64) {
        let draft = Draft::begin(DRAFT);
        let known = crate::record::write(&Known { version, draft });
        let batch =
            crate::store::Batch::new().put(crate::store::Table::Meta, format!("copy:{DRAFT}"), 1, known);
        now(crate::Store::commit(&self.store, batch)).expect("storage that works");
    }

    /// The version at which the copy is to be removed.
    fn removed_copy(&self) -> Option<u64> {
        let key = format!("removed:{DRAFT}");
        let stored = now(crate::Store::get(&self.store, crate::store::Table::Meta, &key));
        let stored = stored.expect("storage that works")?;
        crate::record::read::<Known>(&stored.text)
            .read()
            .map(|mark| mark.version)
    }

    fn pass(&self, seconds: i64) {
        self.seconds.set(self.seconds.get() + seconds);
    }

    /// Nothing is sent in a round.
    fn assert_quiet(&self, alone: bool) {
        let round = now(self.outbox().send_due(alone)).expect("storage that works");
        assert_eq!(round.heard, []);
    }
}

/// What needs no waiting: everything here answers at once.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here has to be waited for"),
    }
}

fn submission(note: &str) -> Submission {
    Submission {
        draft_id: DRAFT,
        rev: 0,
        owner: OWNER,
        lines: Vec::new(),
        address_id: AddressId(Uuid::from_u128(8)),
        wanted_date: None,
        delivery_method: None,
        priority: Priority::Normal,
        note: note.to_owned(),
        seen: None,
        copy_version: None,
        attachments: Vec::new(),
        customer_id: None,
    }
}

fn accepted(entry: &Entry) -> Accepted {
    Accepted {
        draft_id: entry.id(),
        rev: entry.frozen.rev,
        fingerprint: fingerprint(&entry.frozen.body),
        order_id: ORDER,
        number: "DH-1".to_owned(),
    }
}

fn changed() -> ProblemKind {
    let line_id = LineId(Uuid::from_u128(9));
    ProblemKind::SubmissionChanged {
        changes: vec![SubmissionChange::Unavailable { line_id }],
    }
}

fn blocked() -> ProblemKind {
    ProblemKind::WrongOrigin
}
