//! The ways out that an owner takes, and answers that come too late for them.

use countersign_contract::ProblemKind;
use countersign_contract::submission::DraftWithdrawal;
use countersign_domain::money::Money;

use super::{DRAFT, ORDER, World, accepted, blocked, changed, now, submission};
use crate::Reply;
use crate::outbox::{Contents, Heard, NotTakenBack, Reason, State, Then, Trouble};
use crate::store::{Batch, Store, StoreError, Table};

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
fn what_finds_its_place_taken_says_so_and_stays() {
    let world = World::default();
    world.submit();
    let taken = Batch::new().put(Table::Drafts, DRAFT, 1, String::new());
    now(Store::commit(&world.store, taken)).expect("storage");
    assert_eq!(
        now(world.outbox().take_back(DRAFT)),
        Err(NotTakenBack::Store(StoreError::Conflict))
    );
    assert!(world.held().entry.is_certainly_not_ordered());
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
    let entry = world.held().entry;
    let order_id = ORDER;
    world
        .answers
        .borrow_mut()
        .push_back(Reply::Answered(accepted(&entry)));
    let heard = world.send_withdrawal(Reply::Answered(DraftWithdrawal::AlreadyOrdered { order_id }));
    assert!(
        matches!(heard, Heard::Accepted { order_id: ORDER, .. }),
        "{heard:?}"
    );
    assert_eq!(world.contents(), Contents::default());
    let sent = world.sent.borrow();
    assert_eq!(sent[0], sent[1], "the same bytes ask whether they are that order");
}

#[test]
fn an_order_of_other_bytes_is_not_taken_for_what_was_to_be_taken_back() {
    let world = World::default();
    world.submit();
    world.send(Reply::Silence);
    now(world.outbox().take_back(DRAFT)).expect_err("it may have arrived");
    let order_id = ORDER;
    let other = Reply::Problem(ProblemKind::AlreadyOrdered { order_id });
    world.answers.borrow_mut().push_back(other);
    let heard = world.send_withdrawal(Reply::Answered(DraftWithdrawal::AlreadyOrdered { order_id }));
    assert_eq!(heard, Heard::NeedsAttention(Reason::AlreadyOrdered { order_id }));
    assert_eq!(now(world.outbox().receipt(DRAFT)), Ok(None));
    let copy = now(world.outbox().take_back(DRAFT)).expect("what was typed is there");
    assert_ne!(copy, DRAFT);
}

#[test]
fn what_another_device_submitted_otherwise_comes_back_as_the_next_revision() {
    let world = World::default();
    world.submit();
    let heard = world.send(Reply::Problem(ProblemKind::KeyReused));
    assert!(matches!(heard, Heard::NeedsAttention(Reason::Blocked { .. })));
    assert_eq!(
        now(world.outbox().retry(DRAFT)),
        Ok(false),
        "these bytes never get through"
    );
    assert_eq!(now(world.outbox().take_back(DRAFT)), Ok(DRAFT));
    assert_eq!(world.opened(DRAFT).kept.draft.next_rev(), 2);
}

#[test]
fn what_was_sent_is_thrown_away_only_after_the_server_has_promised() {
    let world = World::default();
    world.submit();
    world.send(Reply::Silence);
    let seen = world.held().entry;
    assert_eq!(now(world.outbox().discard(&seen)), Err(NotTakenBack::Asking));
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
    let seen = world.held().entry;
    assert_eq!(now(world.outbox().discard(&seen)), Ok(()));
    assert_eq!(now(world.outbox().discard(&seen)), Err(NotTakenBack::Gone));
}

#[test]
fn what_was_submitted_anew_in_another_tab_is_not_thrown_away_by_who_saw_it_before() {
    let world = World::default();
    world.submit();
    let seen = world.held().entry;
    assert_eq!(now(world.outbox().take_back(DRAFT)), Ok(DRAFT));
    let mut opened = world.opened(DRAFT);
    opened.kept.draft.note = "and a box of tea".to_owned();
    now(world.drafts().save(&opened.kept, Some(opened.version))).expect("nobody else is there");
    now(world
        .outbox()
        .submit(&world.opened(DRAFT), submission("second"), Money::ZERO))
    .expect("a free outbox");
    assert_eq!(now(world.outbox().discard(&seen)), Err(NotTakenBack::Changed));
    let again = world.held().entry;
    assert_eq!(again.draft.note, "and a box of tea");
    // Who has seen that may.
    assert_eq!(now(world.outbox().discard(&again)), Ok(()));
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
