//! Each arrow of the machine, with a server that says what the test wants. What happens between the arrows - crashes, two
//! tabs, a network that reorders - is looked for on seeded schedules (crates/faults).

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::submission::{Accepted, DraftWithdrawal, Submission, SubmissionChange};
use countersign_domain::id::{AccountId, AddressId, DraftId, LineId, OrderId};
use countersign_domain::money::Money;
use countersign_domain::order::Priority;
use uuid::Uuid;

use super::{Contents, Entry, Heard, Held, NotTakenBack, Outbox, Reason, State, Then, Trouble};
use crate::draft::Draft;
use crate::drafts::{Drafts, Kept, Opened};
use crate::fingerprint::fingerprint;
use crate::memory::MemoryStore;
use crate::store::StoreError;
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
            synced: None,
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
        priority: Priority::Normal,
        note: note.to_owned(),
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

#[test]
fn submitting_moves_the_draft_into_the_outbox() {
    let world = World::default();
    let entry = world.submit();
    assert_eq!(entry.key(), format!("{DRAFT}.1"));
    assert!(matches!(entry.state, State::Queued { sent: false, .. }));
    assert_eq!(world.held().entry, entry);
    assert_eq!(now(world.drafts().open(DRAFT)), Ok(None));
}

#[test]
fn a_draft_is_submitted_once_however_many_tabs_try() {
    let world = World::default();
    let opened = world.write();
    now(world.outbox().submit(&opened, submission("first"), Money::ZERO)).expect("a free outbox");
    let second = now(world.outbox().submit(&opened, submission("second"), Money::ZERO));
    assert_eq!(second.err(), Some(StoreError::Conflict));
    assert!(world.held().entry.frozen.body.contains("first"));
}

#[test]
fn an_acknowledgement_ends_the_entry_in_a_receipt() {
    let world = World::default();
    let entry = world.submit();
    let heard = world.send(Reply::Answered(accepted(&entry)));
    assert!(matches!(heard, Heard::Accepted { order_id: ORDER, .. }));
    assert_eq!(world.contents(), Contents::default());
    let receipt = now(world.outbox().receipt(DRAFT))
        .expect("storage that works")
        .expect("a receipt");
    assert_eq!(
        (receipt.order_id, receipt.number.as_deref()),
        (ORDER, Some("DH-1"))
    );
}

#[test]
fn silence_repeats_the_same_bytes_under_the_same_key() {
    let world = World::default();
    let entry = world.submit();
    assert_eq!(world.send(Reply::Silence), Heard::Unknown(Trouble::Silence));
    assert!(matches!(world.state(), State::Queued { sent: true, .. }));
    world.assert_quiet(true);
    world.pass(2);
    world.send(Reply::Silence);
    let sent = world.sent.borrow();
    assert_eq!(sent[0], (entry.key(), entry.frozen.body));
    assert_eq!(sent[0], sent[1]);
}

#[test]
fn what_acknowledges_something_else_ends_nothing() {
    let foreign: [fn(&mut Accepted); 3] = [
        |accepted| accepted.draft_id = DraftId(Uuid::from_u128(99)),
        |accepted| accepted.rev = 2,
        |accepted| accepted.fingerprint = fingerprint("something else"),
    ];
    for change in foreign {
        let world = World::default();
        let mut accepted = accepted(&world.submit());
        change(&mut accepted);
        assert_eq!(
            world.send(Reply::Answered(accepted)),
            Heard::Unknown(Trouble::Silence)
        );
        assert!(matches!(world.state(), State::Queued { sent: true, .. }));
    }
}

#[test]
fn what_the_server_does_not_write_down_keeps_the_entry_queued() {
    for (problem, trouble) in [
        (ProblemKind::Unauthenticated, Trouble::SignedOut),
        (ProblemKind::WrongOwner, Trouble::SignedOut),
        (ProblemKind::RateLimited { retry_after: 90 }, Trouble::Busy),
        (ProblemKind::Internal, Trouble::Busy),
        (ProblemKind::Unavailable, Trouble::Busy),
    ] {
        let world = World::default();
        let entry = world.submit();
        assert_eq!(world.send(Reply::Problem(problem)), Heard::Unknown(trouble));
        assert_eq!(world.held().entry.frozen, entry.frozen);
    }
}

#[test]
fn a_server_that_asks_for_time_gets_it() {
    let world = World::default();
    world.submit();
    world.send(Reply::Problem(ProblemKind::RateLimited { retry_after: 90 }));
    world.pass(89);
    world.assert_quiet(true);
    world.pass(1);
    world.send(Reply::Silence);
}

#[test]
fn the_first_silence_ends_the_round() {
    let world = World::default();
    let first = world.submit();
    let mut second = world.held().entry;
    second.draft.id = DraftId(Uuid::from_u128(50));
    second.queued_at += TimeDelta::seconds(1);
    let batch = crate::store::Batch::new().put(
        crate::store::Table::Outbox,
        second.id(),
        1,
        crate::record::write(&second),
    );
    now(crate::Store::commit(&world.store, batch)).expect("storage that works");
    world.send(Reply::Silence);
    assert_eq!(world.sent.borrow()[0].0, first.key(), "the oldest goes first");
    assert_eq!(world.sent.borrow().len(), 1);
}

#[test]
fn a_stored_refusal_needs_attention_and_then_another_revision() {
    let world = World::default();
    world.submit();
    let heard = world.send(Reply::Problem(changed()));
    assert!(matches!(heard, Heard::NeedsAttention(Reason::Changed { .. })));
    world.assert_quiet(true);
    assert_eq!(
        now(world.outbox().retry(DRAFT)),
        Ok(false),
        "these bytes are refused for ever"
    );
    assert_eq!(now(world.outbox().take_back(DRAFT)), Ok(DRAFT));
    let opened = world.opened(DRAFT);
    assert_eq!(opened.kept.draft.refused.as_ref().map(Vec::len), Some(1));
    let entry =
        now(world.outbox().submit(&opened, submission("second"), Money::ZERO)).expect("a free outbox");
    assert_eq!(entry.key(), format!("{DRAFT}.2"));
    assert!(entry.frozen.body.contains("\"rev\":2"));
}

#[test]
fn what_is_refused_for_now_is_sent_again_or_withdrawn() {
    let world = World::default();
    let entry = world.submit();
    let heard = world.send(Reply::Problem(blocked()));
    assert!(matches!(heard, Heard::NeedsAttention(Reason::Blocked { .. })));
    world.assert_quiet(true);
    assert_eq!(now(world.outbox().retry(DRAFT)), Ok(true));
    world.send(Reply::Problem(blocked()));
    assert_eq!(world.sent.borrow()[1], (entry.key(), entry.frozen.body));
    assert_eq!(now(world.outbox().take_back(DRAFT)), Err(NotTakenBack::Asking));
    assert!(matches!(
        world.state(),
        State::Withdrawing { then: Then::Edit, .. }
    ));
}

#[test]
fn what_was_never_sent_is_taken_back_at_once() {
    let world = World::default();
    world.submit();
    assert_eq!(now(world.outbox().take_back(DRAFT)), Ok(DRAFT));
    assert_eq!(world.contents(), Contents::default());
    assert_eq!(world.opened(DRAFT).kept.draft.next_rev(), 1);
    assert!(world.withdrawals.borrow().is_empty());
}

#[test]
fn a_tab_that_read_the_former_entry_does_not_send_it() {
    let world = World::default();
    world.submit();
    let former = world.held();
    now(world.outbox().take_back(DRAFT)).expect("it was never sent");
    let opened = world.opened(DRAFT);
    now(world.outbox().submit(&opened, submission("second"), Money::ZERO)).expect("a free outbox");
    assert_eq!(now(world.outbox().settle(&former, &former.entry)), Ok(false));
    assert!(world.held().entry.frozen.body.contains("second"));
}

#[test]
fn what_was_sent_is_withdrawn_first_and_comes_back_under_another_id() {
    let world = World::default();
    world.submit();
    world.send(Reply::Silence);
    assert_eq!(now(world.outbox().take_back(DRAFT)), Err(NotTakenBack::Asking));
    assert_eq!(
        world.send_withdrawal(Reply::Silence),
        Heard::Unknown(Trouble::Silence)
    );
    world.pass(10);
    let Heard::TakenBack(id) = world.send_withdrawal(Reply::Answered(DraftWithdrawal::Withdrawn)) else {
        panic!("it is taken back");
    };
    assert_ne!(id, DRAFT);
    assert_eq!(world.opened(id).kept.draft.next_rev(), 1);
    assert_eq!(world.contents(), Contents::default());
    let keys = world.withdrawals.borrow();
    assert_eq!(keys[0], keys[1], "a repeat is the same request");
}

#[test]
fn what_is_an_order_already_can_not_be_taken_back() {
    let world = World::default();
    world.submit();
    world.send(Reply::Silence);
    now(world.outbox().take_back(DRAFT)).expect_err("it may have arrived");
    let order_id = ORDER;
    let heard = world.send_withdrawal(Reply::Answered(DraftWithdrawal::AlreadyOrdered { order_id }));
    assert_eq!(
        heard,
        Heard::Accepted {
            order_id,
            number: None
        }
    );
    assert_eq!(world.contents(), Contents::default());
}

#[test]
fn what_was_sent_is_thrown_away_only_after_the_server_has_promised() {
    let world = World::default();
    world.submit();
    world.send(Reply::Silence);
    assert_eq!(now(world.outbox().discard(DRAFT)), Err(NotTakenBack::Asking));
    assert!(matches!(
        world.state(),
        State::Withdrawing {
            then: Then::Discard,
            ..
        }
    ));
    let heard = world.send_withdrawal(Reply::Answered(DraftWithdrawal::Withdrawn));
    assert_eq!(heard, Heard::Discarded);
    assert_eq!(world.contents(), Contents::default());
}

#[test]
fn what_was_never_sent_is_thrown_away_at_once() {
    let world = World::default();
    world.submit();
    assert_eq!(now(world.outbox().discard(DRAFT)), Ok(()));
    assert_eq!(now(world.outbox().discard(DRAFT)), Err(NotTakenBack::Gone));
}

#[test]
fn a_late_acknowledgement_counts_whatever_was_begun_meanwhile() {
    let world = World::default();
    let entry = world.submit();
    world.send(Reply::Silence);
    now(world.outbox().take_back(DRAFT)).expect_err("it may have arrived");
    let late = now(world.outbox().hear(DRAFT, 1, Reply::Answered(accepted(&entry))));
    assert!(matches!(late, Ok(Heard::Accepted { .. })));
    assert_eq!(world.contents(), Contents::default());
    let again = now(world.outbox().hear(DRAFT, 1, Reply::Answered(accepted(&entry))));
    assert_eq!(again, Ok(Heard::Late));
}

#[test]
fn a_late_refusal_or_silence_changes_nothing() {
    let world = World::default();
    world.submit();
    world.send(Reply::Silence);
    now(world.outbox().take_back(DRAFT)).expect_err("it may have arrived");
    let before = world.held();
    for answer in [
        Reply::Silence,
        Reply::Problem(changed()),
        Reply::Problem(blocked()),
    ] {
        assert_eq!(now(world.outbox().hear(DRAFT, 1, answer)), Ok(Heard::Late));
    }
    assert_eq!(world.held(), before);
}

#[test]
fn an_answer_to_a_former_revision_is_late() {
    let world = World::default();
    let first = world.submit();
    world.send(Reply::Problem(changed()));
    now(world.outbox().take_back(DRAFT)).expect("it was refused");
    let opened = world.opened(DRAFT);
    now(world.outbox().submit(&opened, submission("second"), Money::ZERO)).expect("a free outbox");
    let late = now(world.outbox().hear(DRAFT, 1, Reply::Answered(accepted(&first))));
    assert_eq!(late, Ok(Heard::Late));
    assert_eq!(world.held().entry.frozen.rev, 2);
}

#[test]
fn an_attempt_under_way_is_waited_for_by_other_tabs() {
    let world = World::default();
    world.submit();
    let held = world.held();
    let since = (&&world).now();
    let sending = Entry {
        state: State::Sending { since },
        ..held.entry.clone()
    };
    now(world.outbox().settle(&held, &sending)).expect("storage that works");
    assert_eq!(
        now(world.outbox().take_back(DRAFT)),
        Err(NotTakenBack::Asking),
        "it may arrive"
    );
    let held = world.held();
    now(world.outbox().settle(&held, &sending)).expect("storage that works");
    world.pass(44);
    world.assert_quiet(false);
    world.pass(1);
    assert!(world.held().entry.is_due((&&world).now(), false));
    world.pass(-4_000);
    assert!(
        world.held().entry.is_due((&&world).now(), false),
        "a clock set back holds nothing up"
    );
    world.send(Reply::Silence);
}

#[test]
fn another_account_s_entry_is_not_sent() {
    let world = World::default();
    world.submit();
    let other = world.outbox_of(AccountId(Uuid::from_u128(77)));
    assert_eq!(now(other.send_due(true)).expect("storage that works").heard, []);
    assert_eq!(world.contents().entries.len(), 1);
}

#[test]
fn everything_that_waits_can_be_hurried() {
    let world = World::default();
    world.submit();
    world.send(Reply::Silence);
    world.assert_quiet(true);
    now(world.outbox().hurry()).expect("storage that works");
    world.send(Reply::Silence);
}

#[test]
fn a_withdrawn_draft_needs_attention_and_comes_back_as_a_copy() {
    let world = World::default();
    world.submit();
    let heard = world.send(Reply::Problem(ProblemKind::DraftWithdrawn));
    assert_eq!(heard, Heard::NeedsAttention(Reason::Withdrawn));
    let id = now(world.outbox().take_back(DRAFT)).expect("the server never takes it");
    assert_ne!(id, DRAFT);
}

#[test]
fn a_copy_leaves_the_entry_as_it_is() {
    let world = World::default();
    world.submit();
    let before = world.held();
    let id = now(world.outbox().copy(DRAFT)).expect("an entry");
    assert_ne!(id, DRAFT);
    assert_eq!(world.held(), before);
    assert_eq!(world.opened(id).kept.draft.id, id);
}
