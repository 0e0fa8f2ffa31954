//! What goes along with an entry goes first.

use countersign_contract::FieldError;
use countersign_contract::file::FileFault;
use countersign_contract::problem::FieldCode;
use countersign_contract::submission::Submission;
use countersign_domain::file::FileKind;

use super::*;
use crate::files::{Files, Note};
use crate::outbox::{Reason, Trouble};

const BODY: &[u8] = b"%PDF-1.7\n\x00\xff";

fn file(number: u128) -> StoredFile {
    StoredFile {
        id: FileId(Uuid::from_u128(number)),
        name: "\u{91c7}\u{8d2d}\u{5355}.pdf".to_owned(),
        kind: FileKind::Pdf,
        size: BODY.len() as u64,
    }
}

impl World {
    fn files(&self) -> Files<&MemoryStore> {
        Files::new(&self.store)
    }

    fn note(&self, number: u128) -> Note {
        let notes = now(self.files().notes()).expect("storage that works");
        notes.0[&file(number).id].clone()
    }

    /// Submits a draft with these files, of which the device has the first.
    fn submit_with(&self, files: &[u128]) -> Entry {
        let mut opened = self.write();
        opened.kept.draft.attachments = files.iter().copied().map(file).collect();
        now(self.files().keep(file(files[0]), BODY)).expect("room for a file");
        now(self.outbox().submit(&opened, submission("first"), Money::ZERO)).expect("a free outbox")
    }

    fn uploaded(&self) -> usize {
        self.uploaded.borrow().len()
    }
}

fn unknown(place: usize) -> Reply<Accepted> {
    Reply::Problem(ProblemKind::InvalidInput {
        errors: vec![FieldError {
            pointer: format!("/attachments/{place}"),
            code: FieldCode::Unknown,
        }],
    })
}

#[test]
fn the_bytes_name_the_files_of_the_draft_and_say_nothing_where_there_are_none() {
    let world = World::default();
    let entry = world.submit_with(&[1, 2]);
    let sent: Submission = serde_json::from_str(&entry.frozen.body).expect("a submission");
    assert_eq!(sent.attachments, [file(1).id, file(2).id]);
    assert_eq!(crate::files::named_in(&entry.frozen.body), sent.attachments);
    let plain = World::default().submit().frozen.body;
    assert!(!plain.contains("attachments"), "{plain}");
}

#[test]
fn a_file_goes_before_the_order_and_once() {
    let world = World::default();
    let entry = world.submit_with(&[1]);
    world.uploads.borrow_mut().push_back(Reply::Silence);
    assert_eq!(world.round(), Heard::Unknown(Trouble::Silence));
    assert!(world.sent.borrow().is_empty(), "no order without its file");
    assert!(matches!(world.state(), State::Queued { sent: false, .. }));
    world.assert_quiet(true);
    world.pass(600);
    let heard = world.send(Reply::Silence);
    assert_eq!(heard, Heard::Unknown(Trouble::Silence));
    assert_eq!(world.uploaded.borrow()[1], (file(1).id, BODY.to_vec()));
    world.pass(600);
    let heard = world.send(Reply::Answered(accepted(&entry)));
    assert!(matches!(heard, Heard::Accepted { .. }));
    assert_eq!(world.uploaded(), 2, "what got there is not sent again");
}

#[test]
fn what_another_device_has_is_left_to_the_server() {
    let world = World::default();
    world.submit_with(&[1, 2]);
    let heard = world.send(unknown(1));
    assert!(matches!(heard, Heard::NeedsAttention(Reason::Blocked { .. })));
    assert_eq!(world.uploaded(), 1);
    // The other device has sent it meanwhile.
    assert_eq!(now(world.outbox().retry(DRAFT)), Ok(true));
    let entry = world.held().entry;
    let heard = world.send(Reply::Answered(accepted(&entry)));
    assert!(matches!(heard, Heard::Accepted { .. }));
}

#[test]
fn a_file_the_server_refuses_needs_its_person() {
    let world = World::default();
    world.submit_with(&[1]);
    let problem = ProblemKind::FileRefused {
        fault: FileFault::WrongType,
    };
    world
        .uploads
        .borrow_mut()
        .push_back(Reply::Problem(problem.clone()));
    let reason = Reason::Blocked {
        problem: Box::new(problem),
    };
    assert_eq!(world.round(), Heard::NeedsAttention(reason));
    assert!(world.sent.borrow().is_empty());
    world.assert_quiet(true);
    assert_eq!(now(world.outbox().retry(DRAFT)), Ok(true));
    let entry = world.held().entry;
    let heard = world.send(Reply::Answered(accepted(&entry)));
    assert!(matches!(heard, Heard::Accepted { .. }));
}

#[test]
fn a_server_that_asks_to_wait_is_left_alone() {
    let world = World::default();
    world.submit_with(&[1]);
    let busy = ProblemKind::RateLimited { retry_after: 100 };
    world.uploads.borrow_mut().push_back(Reply::Problem(busy));
    assert_eq!(world.round(), Heard::Unknown(Trouble::Busy));
    world.pass(99);
    world.assert_quiet(true);
    let out = ProblemKind::Unauthenticated;
    world.uploads.borrow_mut().push_back(Reply::Problem(out));
    world.pass(1);
    assert_eq!(world.round(), Heard::Unknown(Trouble::SignedOut));
}

#[test]
fn what_the_server_has_thrown_away_is_sent_again() {
    let world = World::default();
    let entry = world.submit_with(&[1]);
    assert_eq!(world.send(Reply::Silence), Heard::Unknown(Trouble::Silence));
    assert!(world.note(1).is_sent);
    world.pass(600);
    // A month later: the file is gone there.
    assert_eq!(world.send(unknown(0)), Heard::Unknown(Trouble::Busy));
    assert!(!world.note(1).is_sent);
    world.pass(600);
    let heard = world.send(Reply::Answered(accepted(&entry)));
    assert!(matches!(heard, Heard::Accepted { .. }));
    assert_eq!(world.uploaded(), 2);
}

#[test]
fn a_server_that_takes_a_file_and_does_not_know_it_is_not_asked_for_ever() {
    let world = World::default();
    world.submit_with(&[1]);
    assert!(matches!(world.send(unknown(0)), Heard::NeedsAttention(_)));
}

#[test]
fn some_other_servers_answer_is_no_file() {
    let world = World::default();
    world.submit_with(&[1]);
    world.uploads.borrow_mut().push_back(Reply::Answered(file(2)));
    assert_eq!(world.round(), Heard::Unknown(Trouble::Silence));
    assert!(!world.note(1).is_sent);
}

#[test]
fn an_order_that_is_taken_back_while_its_file_is_under_way_is_a_draft_with_its_files() {
    let world = World::default();
    world.submit_with(&[1]);
    world.uploads.borrow_mut().push_back(Reply::Silence);
    world.round();
    assert_eq!(now(world.outbox().take_back(DRAFT)), Ok(DRAFT));
    assert_eq!(world.opened(DRAFT).kept.draft.attachments, [file(1)]);
}
