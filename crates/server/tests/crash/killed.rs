//! The program is killed again and again while orders are submitted.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Row, SqliteConnection};
use tokio::sync::{Mutex, watch};
use tokio::task::JoinSet;

use super::device::{Device, Frozen, Receipt};
use super::program::{self, Program};
use super::random::Random;

const EXECUTABLE: &str = env!("CARGO_BIN_EXE_countersign-server");
const ORDERS: usize = 1_000;
const KILLS: usize = 20;
const DEVICES: usize = 8;
/// Decides when the program is killed. A seed that ever failed stays here.
const SEEDS: [u64; 1] = [3];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_order_is_lost_or_doubled_however_often_the_server_is_killed() {
    for seed in SEEDS {
        eprintln!("seed {seed}");
        run(seed).await;
    }
}

async fn run(seed: u64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = program::database(folder.path()).await;
    let (executable, mut random) = (Path::new(EXECUTABLE), Random::of(seed));
    let mut program = Program::spawn(executable, &database);
    let first = program.ready().await;
    let (moved, server) = watch::channel(first);
    let (done, mut acknowledged) = watch::channel(0_usize);
    let orders: Vec<Frozen> = (0..ORDERS).map(|_| Frozen::new()).collect();
    let waiting = Arc::new(Mutex::new(orders.clone()));

    let mut devices = JoinSet::new();
    for _ in 0..DEVICES {
        let device = Device::sign_in(first).await;
        devices.spawn(submit_all(
            device,
            Arc::clone(&waiting),
            server.clone(),
            done.clone(),
        ));
    }
    for kill in 0..KILLS {
        let part = ORDERS / KILLS;
        let after = kill * part + usize::try_from(random.below(part as u64)).expect("a small number");
        acknowledged
            .wait_for(|count| *count >= after)
            .await
            .expect("the devices go on");
        // Anywhere between the arrival of a request and the end of its commit.
        tokio::time::sleep(Duration::from_micros(random.below(20_000))).await;
        program.kill();
        if random.below(3) == 0 {
            // And sometimes again while it starts.
            let starting = Program::spawn(executable, &database);
            tokio::time::sleep(Duration::from_micros(random.below(60_000))).await;
            starting.kill();
        }
        program = Program::spawn(executable, &database);
        let address = program.ready().await;
        moved.send_replace(address);
    }
    let receipts: Vec<Receipt> = devices.join_all().await.into_iter().flatten().collect();
    assert_eq!(receipts.len(), ORDERS);
    let lost = receipts.iter().filter(|one| one.replayed).count();
    eprintln!("replies lost to a kill after the commit: {lost}");

    // Whoever asks again is told the same.
    let address = *server.borrow();
    let device = Device::sign_in(address).await;
    let known: BTreeMap<String, &Receipt> = receipts
        .iter()
        .map(|one| (one.draft_id.to_string(), one))
        .collect();
    assert_eq!(known.len(), ORDERS);
    for order in orders.iter().step_by(7) {
        let again = device.attempt(address, order).await.expect("an answer");
        let before = known[&order.draft_id.to_string()];
        assert!(again.replayed);
        assert_eq!(
            (&again.order_id, &again.number),
            (&before.order_id, &before.number)
        );
    }
    program.kill();
    check(&database, &known).await;
}

/// Submits one of the orders that wait after the other.
async fn submit_all(
    device: Device,
    waiting: Arc<Mutex<Vec<Frozen>>>,
    mut server: watch::Receiver<SocketAddr>,
    done: watch::Sender<usize>,
) -> Vec<Receipt> {
    let mut receipts = Vec::new();
    loop {
        let next = waiting.lock().await.pop();
        let Some(order) = next else { return receipts };
        receipts.push(device.submit(&mut server, &order).await);
        done.send_modify(|count| *count += 1);
    }
}

/// The database is whole and has every acknowledged order, once.
async fn check(database: &Path, known: &BTreeMap<String, &Receipt>) {
    let mut connection = SqliteConnectOptions::new()
        .filename(database)
        .connect()
        .await
        .expect("a connection");
    assert_eq!(texts(&mut connection, "PRAGMA integrity_check").await, ["ok"]);
    assert_eq!(texts(&mut connection, "PRAGMA foreign_key_check").await, [""; 0]);
    let rows = sqlx::query("SELECT draft_id, id, number, version FROM orders")
        .fetch_all(&mut connection)
        .await
        .expect("the orders");
    assert_eq!(rows.len(), ORDERS);
    for row in rows {
        let receipt = known[row.get::<&str, _>("draft_id")];
        assert_eq!(row.get::<&str, _>("id"), receipt.order_id);
        assert_eq!(row.get::<&str, _>("number"), receipt.number);
        assert_eq!(row.get::<i64, _>("version"), 1);
    }
    for (sql, expected) in [
        ("SELECT CAST(COUNT(*) AS TEXT) FROM order_events", ORDERS),
        (
            "SELECT CAST(COUNT(DISTINCT order_id) AS TEXT) FROM order_events",
            ORDERS,
        ),
        ("SELECT CAST(COUNT(*) AS TEXT) FROM idempotency_keys", ORDERS),
    ] {
        assert_eq!(texts(&mut connection, sql).await, [expected.to_string()], "{sql}");
    }
}

/// The first column.
async fn texts(connection: &mut SqliteConnection, sql: &'static str) -> Vec<String> {
    let rows = sqlx::query(sql).fetch_all(connection).await.expect("rows");
    rows.iter().map(|row| row.get(0)).collect()
}
