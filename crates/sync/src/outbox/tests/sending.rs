//! From *Submit* to an answer.

use chrono::TimeDelta;
use countersign_contract::ProblemKind;
use countersign_contract::submission::Accepted;
use countersign_domain::id::{AccountId, DraftId};
use countersign_domain::money::Money;
use uuid::Uuid;

use super::{DRAFT, ORDER, World, accepted, changed, now, submission};
use crate::fingerprint::fingerprint;
use crate::outbox::{Contents, Entry, Heard, NotTakenBack, Reason, State, Trouble};
use crate::store::StoreError;
use crate::{Device, Reply};

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
