//! The device's storage in a real IndexedDB.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use countersign::offline::idb::IdbStore;
use countersign_sync::Store;
use countersign_sync::store::{Batch, Table};
use wasm_bindgen_test::wasm_bindgen_test;

/// Begins `work` and takes no more interest in it, as a query does that is asked anew.
async fn begin_and_drop(work: impl Future) {
    let mut work = pin!(work);
    poll_fn(|context| {
        assert!(work.as_mut().poll(context).is_pending(), "it takes time");
        Poll::Ready(())
    })
    .await;
}

fn orders(count: u64) -> Batch {
    let mut batch = Batch::new().expect(Table::Outbox, "0", None);
    for number in 0..count {
        batch = batch.put(Table::Outbox, number, 1, format!("order {number}"));
    }
    batch
}

#[wasm_bindgen_test]
async fn a_batch_that_nobody_waits_for_is_kept_whole() {
    let store = IdbStore::open("store-test-whole").await.expect("a database");
    begin_and_drop(store.commit(orders(20))).await;
    // Waits its turn behind the first.
    let again = store.commit(orders(20)).await;
    again.expect_err("the first was committed");
    let kept = store.list(Table::Outbox).await.expect("a list");
    assert_eq!(kept.len(), 20);
}

#[wasm_bindgen_test]
async fn a_store_goes_only_after_what_was_begun_with_it() {
    let store = IdbStore::open("store-test-gone").await.expect("a database");
    begin_and_drop(store.commit(orders(20))).await;
    begin_and_drop(store.list(Table::Outbox)).await;
    drop(store);
    let store = IdbStore::open("store-test-gone").await.expect("a database");
    let kept = store.list(Table::Outbox).await.expect("a list");
    assert_eq!(kept.len(), 20);
}
