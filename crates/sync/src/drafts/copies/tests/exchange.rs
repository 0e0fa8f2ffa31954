//! What two devices make of each other's drafts, one case at a time.

use super::{Phone, Server, Trouble, id, line, now};
use crate::drafts::NotSaved;
use crate::drafts::copies::Round;

#[test]
fn what_was_begun_on_the_phone_is_there_on_the_desk() {
    let server = Server::default();
    let (phone, desk) = (Phone::new(&server), Phone::new(&server));
    phone.type_line(id(1), line(1));
    phone.type_line(id(2), line(2));
    phone.exchange_well();
    assert_eq!(desk.exchange_well().changed, [id(1), id(2)]);
    assert_eq!(desk.all(), phone.all());
    desk.type_line(id(1), line(3));
    assert!(now(desk.copies().push()).expect("storage").is_complete);
    assert!(now(phone.copies().is_news(id(1), server.version_of(id(1)))).expect("storage"));
    assert_eq!(phone.exchange_well().changed, [id(1)]);
    assert_eq!(desk.all(), phone.all());
    assert!(!now(phone.copies().is_news(id(1), server.version_of(id(1)))).expect("storage"));
}

#[test]
fn nothing_is_sent_when_nothing_has_changed() {
    let server = Server::default();
    let phone = Phone::new(&server);
    phone.type_line(id(1), line(1));
    assert!(!now(phone.copies().has(&phone.all()[&id(1)])).expect("storage"));
    phone.exchange_well();
    assert!(now(phone.copies().has(&phone.all()[&id(1)])).expect("storage"));
    let ids = server.ids.get();
    assert_eq!(
        phone.exchange_well(),
        Round {
            is_complete: true,
            ..Round::default()
        }
    );
    assert_eq!(server.ids.get(), ids, "no key was made");
}

#[test]
fn changes_on_both_devices_are_a_question() {
    let server = Server::default();
    let (phone, desk) = (Phone::new(&server), Phone::new(&server));
    phone.type_line(id(1), line(1));
    phone.exchange_well();
    desk.exchange_well();
    phone.type_line(id(1), line(2));
    phone.exchange_well();
    desk.type_line(id(1), line(3));
    let round = desk.exchange();
    assert_eq!(round.differing.len(), 1);
    assert_eq!(round.changed, []);
    desk.exchange_well();
    phone.exchange_well();
    assert_eq!(desk.all(), phone.all());
    assert_eq!(phone.all()[&id(1)].lines.len(), 3);
}

#[test]
fn a_removed_draft_goes_everywhere_and_a_changed_one_stays() {
    let server = Server::default();
    let (phone, desk) = (Phone::new(&server), Phone::new(&server));
    phone.type_line(id(1), line(1));
    phone.type_line(id(2), line(2));
    phone.exchange_well();
    desk.exchange_well();
    phone.remove(id(1));
    phone.remove(id(2));
    desk.type_line(id(2), line(3));
    phone.exchange_well();
    assert_eq!(server.kept.borrow().len(), 0);
    assert_eq!(desk.exchange_well().changed, [id(1)]);
    assert_eq!(desk.all().keys().copied().collect::<Vec<_>>(), [id(2)]);
    assert_eq!(phone.exchange_well().changed, [id(2)]);
}

#[test]
fn what_was_typed_after_another_device_had_submitted_it_lives_on_as_a_copy() {
    let server = Server::default();
    let (phone, desk) = (Phone::new(&server), Phone::new(&server));
    phone.type_line(id(1), line(1));
    phone.type_line(id(2), line(2));
    phone.exchange_well();
    desk.exchange_well();
    server.order(id(1));
    server.order(id(2));
    desk.type_line(id(1), line(3));
    let round = desk.exchange_well();
    assert_eq!(round.changed, [id(2)]);
    let (from, to) = round.copied[0];
    assert_eq!(from, id(1));
    assert_eq!(desk.all().keys().copied().collect::<Vec<_>>(), [to]);
    assert_eq!(desk.all()[&to].lines.len(), 2);
    desk.exchange_well();
    assert_eq!(server.draft(to), desk.all().remove(&to));
}

#[test]
fn a_lost_answer_is_no_question() {
    let server = Server::default();
    let phone = Phone::new(&server);
    phone.type_line(id(1), line(1));
    phone.exchange_well();
    phone.type_line(id(1), line(2));
    server.trouble.set(Trouble::Mute);
    assert!(!now(phone.copies().push()).expect("storage").is_complete);
    server.trouble.set(Trouble::None);
    assert_eq!(phone.exchange_well().differing, []);
    assert_eq!(server.draft(id(1)), phone.all().remove(&id(1)));
}

#[test]
fn an_answer_that_comes_too_late_leaves_the_question_open() {
    let server = Server::default();
    let (phone, desk) = (Phone::new(&server), Phone::new(&server));
    phone.type_line(id(1), line(1));
    phone.exchange_well();
    desk.exchange_well();
    phone.type_line(id(1), line(2));
    phone.exchange_well();
    desk.type_line(id(1), line(3));
    let round = now(desk.copies().exchange()).expect("storage that works");
    let (_, theirs) = &round.differing[0];
    let asked = desk.open(id(1)).expect("the draft");
    desk.type_line(id(1), line(4));
    let late = now(desk.copies().settle(theirs, &asked.kept, Some(asked.version)));
    assert!(matches!(late, Err(NotSaved::Changed(_))), "{late:?}");
    assert_eq!(
        now(desk.copies().exchange())
            .expect("storage that works")
            .differing,
        round.differing,
        "theirs still counts as unseen"
    );
}

#[test]
fn what_lives_on_as_a_copy_leaves_nothing_behind_that_comes_back() {
    let server = Server::default();
    let desk = Phone::new(&server);
    desk.type_line(id(1), line(1));
    desk.exchange_well();
    // Submitted on another device, which had not seen what is here: the copy stayed.
    server.ordered.borrow_mut().insert(id(1));
    desk.type_line(id(1), line(2));
    let (_, copy) = desk.exchange_well().copied[0];
    desk.exchange_well();
    assert_eq!(desk.all().keys().copied().collect::<Vec<_>>(), [copy]);
    assert_eq!(server.version_of(id(1)), 0);
}

#[test]
fn what_was_given_to_the_server_without_an_answer_goes_with_the_draft() {
    for is_known in [false, true] {
        let server = Server::default();
        let phone = Phone::new(&server);
        phone.type_line(id(1), line(1));
        if is_known {
            phone.exchange_well();
            phone.type_line(id(1), line(2));
        }
        server.trouble.set(Trouble::Mute);
        assert!(!now(phone.copies().push()).expect("storage").is_complete);
        server.trouble.set(Trouble::None);
        assert!(server.version_of(id(1)) > 0);
        phone.remove(id(1));
        phone.exchange_well();
        assert!(phone.all().is_empty(), "known: {is_known}");
        assert_eq!(server.version_of(id(1)), 0, "known: {is_known}");
    }
}

#[test]
fn what_waits_to_be_removed_does_not_come_back_meanwhile() {
    let server = Server::default();
    let phone = Phone::new(&server);
    phone.type_line(id(1), line(1));
    phone.exchange_well();
    let listed = now(phone.copies().list()).expect("storage").expect("an answer");
    phone.remove(id(1));
    now(phone.copies().take(listed, &mut Round::default())).expect("storage that works");
    assert!(phone.all().is_empty());
}

#[test]
fn what_waits_in_the_outbox_does_not_come_back_as_a_draft() {
    let server = Server::default();
    let phone = Phone::new(&server);
    phone.type_line(id(1), line(1));
    phone.exchange_well();
    let opened = phone.open(id(1)).expect("the draft");
    let moved = crate::store::Batch::new()
        .delete(crate::store::Table::Drafts, id(1))
        .put(crate::store::Table::Outbox, id(1), 2, String::new());
    now(crate::Store::commit(&phone.store, moved)).expect("storage");
    drop(opened);
    assert_eq!(phone.exchange_well().changed, []);
    assert!(phone.all().is_empty());
}
