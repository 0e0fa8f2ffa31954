use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use countersign_domain::file::FileKind;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::memory::MemoryStore;
use crate::store::Stored;

/// What needs no waiting: everything here answers at once.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here has to be waited for"),
    }
}

fn id(number: u128) -> FileId {
    FileId(Uuid::from_u128(number))
}

fn file(number: u128) -> StoredFile {
    StoredFile {
        id: id(number),
        name: "a.png".to_owned(),
        kind: FileKind::Png,
        size: 3,
    }
}

fn kept(store: &MemoryStore, number: u128) {
    at_once(Files::new(store).keep(file(number), b"a\x00\xff")).expect("room");
}

fn body(store: &MemoryStore, number: u128) -> Option<Vec<u8>> {
    at_once(Files::new(store).body(id(number))).expect("storage that works")
}

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

proptest! {
    #[test]
    fn bytes_are_what_they_were(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(bytes_of(&text_of(&bytes)), Some(bytes));
    }
}

#[test]
fn a_file_is_kept_with_what_is_known_of_it() {
    let store = MemoryStore::default();
    kept(&store, 1);
    assert_eq!(body(&store, 1).as_deref(), Some(&b"a\x00\xff"[..]));
    assert_eq!(body(&store, 2), None);
    let notes = at_once(Files::new(&store).notes()).expect("notes");
    assert!(notes.is_waiting(id(1)) && !notes.is_waiting(id(2)));
    assert_eq!(notes.waiting().count(), 1);
}

#[test]
fn what_nothing_names_goes_after_an_hour_and_not_before() {
    let store = MemoryStore::default();
    let files = Files::new(&store);
    kept(&store, 1);
    kept(&store, 2);
    let tidy = |named: &[u128], minutes| {
        let named = named.iter().copied().map(id).collect();
        at_once(files.tidy(&named, at(minutes))).expect("storage that works");
    };
    tidy(&[1], 0);
    tidy(&[1], 59);
    assert!(body(&store, 2).is_some(), "taking it out can be undone");
    tidy(&[1, 2], 59);
    tidy(&[1], 61);
    assert!(body(&store, 2).is_some(), "it was named in between");
    tidy(&[1], 121);
    assert_eq!((body(&store, 1).is_some(), body(&store, 2)), (true, None));
    let notes = at_once(files.notes()).expect("notes");
    assert_eq!(notes.0.keys().copied().collect::<Vec<_>>(), [id(1)]);
}

#[test]
fn at_sign_out_nothing_stays_but_what_is_named() {
    let store = MemoryStore::default();
    kept(&store, 1);
    kept(&store, 2);
    let named = BTreeSet::from([id(2)]);
    at_once(Files::new(&store).keep_only(&named)).expect("storage that works");
    assert_eq!((body(&store, 1), body(&store, 2).is_some()), (None, true));
}

#[test]
fn what_a_newer_app_has_noted_is_left_alone() {
    let store = MemoryStore::default();
    let stored = Stored {
        version: 3,
        text: r#"{"schema":2,"content":{}}"#.to_owned(),
    };
    let batch = Batch::new().put(Table::Meta, KEY, stored.version, stored.text.clone());
    at_once(store.commit(batch)).expect("room");
    let files = Files::new(&store);
    assert_eq!(at_once(files.keep(file(1), b"abc")), Err(StoreError::Newer));
    assert_eq!(at_once(store.get(Table::Meta, KEY)), Ok(Some(stored)));
    assert_eq!(body(&store, 1), None);
}

#[test]
fn bytes_without_files_name_none() {
    assert_eq!(named_in("{}"), []);
    assert_eq!(named_in("nothing of ours"), []);
}
