//! The device's storage in a real IndexedDB.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use countersign::offline::idb::IdbStore;
use countersign_sync::Store;
use countersign_sync::store::{Batch, Table};
use idb::{DatabaseEvent, Factory, ObjectStoreParams};
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

#[wasm_bindgen_test]
async fn a_database_of_an_older_app_gets_what_it_lacks() {
    let name = "store-test-older";
    let factory = Factory::new().expect("IndexedDB");
    let mut request = factory.open(name, Some(1)).expect("a request");
    request.on_upgrade_needed(|event| {
        let database = event.database().expect("a database");
        for table in Table::ALL.iter().filter(|table| **table != Table::Files) {
            let made = database.create_object_store(table.name(), ObjectStoreParams::new());
            made.expect("a table");
        }
    });
    request.await.expect("a database").close();
    let store = IdbStore::open(name).await.expect("a database");
    // Every byte there is, as the text that files are kept as.
    let bytes: String = (0..=u8::MAX).map(char::from).collect();
    let batch =
        Batch::new()
            .put(Table::Drafts, 1, 1, "a draft".to_owned())
            .put(Table::Files, 1, 1, bytes.clone());
    store.commit(batch).await.expect("room");
    let kept = store.get(Table::Files, "1").await.expect("a record");
    assert_eq!(kept.map(|kept| kept.text), Some(bytes));
}
