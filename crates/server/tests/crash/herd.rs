//! Many ask for the same thing at once.

use std::collections::BTreeSet;
use std::path::Path;

use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use tokio::task::JoinSet;

use super::device::{Device, Frozen};
use super::program::{self, Program};

const KEYS: usize = 200;
const AT_ONCE: usize = 50;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_at_once_under_each_of_two_hundred_keys_make_two_hundred_orders() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = program::database(folder.path()).await;
    let mut program = Program::spawn(Path::new(env!("CARGO_BIN_EXE_countersign-server")), &database);
    let address = program.ready().await;
    let mut devices = Vec::new();
    for _ in 0..AT_ONCE {
        devices.push(Device::sign_in(address).await);
    }
    let mut made = BTreeSet::new();
    let mut answers = 0;
    for _ in 0..KEYS {
        let order = Frozen::new();
        let mut requests = JoinSet::new();
        for device in &devices {
            let (device, order) = (device.clone(), order.clone());
            requests.spawn(async move { device.attempt(address, &order).await.expect("an answer") });
        }
        let receipts = requests.join_all().await;
        answers += receipts.len();
        let orders: BTreeSet<(String, String)> = receipts
            .iter()
            .map(|one| (one.order_id.clone(), one.number.clone()))
            .collect();
        assert_eq!(orders.len(), 1, "every answer names the same order");
        assert_eq!(receipts.iter().filter(|one| !one.replayed).count(), 1);
        made.extend(orders);
    }
    assert_eq!((answers, made.len()), (KEYS * AT_ONCE, KEYS));
    program.kill();
    let mut connection = SqliteConnectOptions::new()
        .filename(&database)
        .connect()
        .await
        .expect("a connection");
    let stored: Vec<(String, String)> = sqlx::query_as("SELECT id, number FROM orders")
        .fetch_all(&mut connection)
        .await
        .expect("the orders");
    assert_eq!(stored.len(), KEYS);
    assert_eq!(stored.into_iter().collect::<BTreeSet<_>>(), made);
}
