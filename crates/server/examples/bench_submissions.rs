//! How many orders a second the server takes, each in a request of its own and on the disk before it is answered.
//!
//! `cargo run --release -p countersign-server --example bench_submissions -- [clients] [orders] [folder]`
//!
//! Server and clients share this process and its cores, so the figure is a lower bound. The folder decides which disk is
//! measured; without it a temporary one is used.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use countersign_server::auth::password::Effort;
use countersign_server::server::{Options, Running};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::task::JoinSet;
use uuid::Uuid;

#[path = "../tests/api/fixture.rs"]
mod fixture;

type Failure = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |or: usize| arguments.next().map_or(Ok(or), |text| text.parse::<usize>());
    let (clients, orders) = (number(64)?, number(5_000)?);
    let temporary = tempfile::tempdir()?;
    let folder = arguments
        .next()
        .map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let file = folder.join(format!("bench-{}.db", Uuid::new_v4().simple()));
    let options = Options {
        effort: Effort::Least,
        ..Options::new("127.0.0.1:0", &file)
    };
    let running = Running::start(&options).await?;
    fixture::fill(running.state()).await;

    let base = Arc::new(format!("http://{}/api/v1", running.address));
    let left = Arc::new(AtomicUsize::new(orders));
    let mut work = JoinSet::new();
    let mut signed_in = Vec::new();
    for _ in 0..clients {
        signed_in.push(sign_in(&base).await?);
    }
    let started = Instant::now();
    for client in signed_in {
        work.spawn(submit(client, Arc::clone(&base), Arc::clone(&left)));
    }
    let mut times = Vec::with_capacity(orders);
    while let Some(done) = work.join_next().await {
        times.extend(done??);
    }
    let whole = started.elapsed();
    running.stop().await;
    report(clients, &mut times, whole);
    for end in ["", "-wal", "-shm"] {
        // The log and its index are gone already when the server closed cleanly.
        drop(std::fs::remove_file(format!("{}{end}", file.display())));
    }
    Ok(())
}

async fn sign_in(base: &str) -> Result<Client, Failure> {
    let client = Client::builder().cookie_store(true).tcp_nodelay(true).build()?;
    let credentials = json!({ "login": "anna", "password": fixture::PASSWORD });
    let request = client
        .post(format!("{base}/session"))
        .header("x-countersign", "1");
    request.json(&credentials).send().await?.error_for_status()?;
    Ok(client)
}

/// Submits one order after the other until none is left, and says how long each took.
async fn submit(client: Client, base: Arc<String>, left: Arc<AtomicUsize>) -> Result<Vec<Duration>, Failure> {
    let mut times = Vec::new();
    while left
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
        .is_ok()
    {
        let draft_id = Uuid::new_v4();
        let body = draft(draft_id);
        let started = Instant::now();
        let response = client
            .post(format!("{base}/orders"))
            .header("x-countersign", "1")
            .header("idempotency-key", format!("{draft_id}.1"))
            .json(&body)
            .send()
            .await?;
        let status = response.status();
        let answer = response.text().await?;
        if status != 201 {
            return Err(format!("{status}: {answer}").into());
        }
        times.push(started.elapsed());
    }
    Ok(times)
}

fn draft(draft_id: Uuid) -> Value {
    let line = || {
        json!({
            "id": Uuid::new_v4(),
            "variant_id": fixture::GREEN_TEA,
            "quantity": "4",
            "seen_price": "12.50",
            "note": "",
        })
    };
    json!({
        "draft_id": draft_id,
        "rev": 1,
        "owner": fixture::ANNA,
        "lines": [line(), line(), line()],
        "address_id": fixture::TEA_HOUSE_ADDRESS,
        "wanted_date": null,
        "priority": "normal",
        "note": "",
    })
}

#[expect(clippy::print_stdout, reason = "the figures are what it is run for")]
fn report(clients: usize, times: &mut [Duration], whole: Duration) {
    times.sort_unstable();
    let share = |percent: usize| {
        times
            .get(times.len().saturating_sub(1) * percent / 100)
            .copied()
            .unwrap_or_default()
    };
    let a_second = times.len() as u128 * 1_000_000 / whole.as_micros().max(1);
    println!(
        "{} orders of {clients} clients in {} ms: {a_second} submissions/s; p50 {} ms, p99 {} ms, longest {} ms",
        times.len(),
        whole.as_millis(),
        share(50).as_millis(),
        share(99).as_millis(),
        share(100).as_millis(),
    );
}
