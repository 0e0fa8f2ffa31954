//! How long the server takes to be ready again after it was killed in the middle of its work.
//!
//! `cargo run --release -p countersign-server --example bench_restart -- [kills] [clients] [executable]`
//!
//! The program is killed (SIGKILL) at random moments while clients submit orders as fast as they can, and started again.
//! Ready is when `GET /healthz` says so; the time counts from the start of the process. Without another one, the executable
//! beside this example is taken: build it first.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;

use device::{Device, Frozen};
use program::Program;
use random::Random;

#[path = "../tests/crash/device.rs"]
mod device;
#[path = "../tests/api/fixture.rs"]
mod fixture;
#[path = "../tests/crash/program.rs"]
mod program;
#[path = "../tests/crash/random.rs"]
mod random;

/// Longest time between a start and the next kill.
const LONGEST_RUN: u64 = 1_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |or: usize| arguments.next().map_or(Ok(or), |text| text.parse::<usize>());
    let (kills, clients) = (number(20)?, number(8)?);
    let executable = match arguments.next() {
        Some(path) => PathBuf::from(path),
        None => std::env::current_exe()?
            .with_file_name("../countersign-server")
            .with_extension(std::env::consts::EXE_EXTENSION),
    };
    let folder = tempfile::tempdir()?;
    let database = program::database(folder.path()).await;
    let mut program = Program::spawn(&executable, &database);
    let first = program.ready().await;
    let (moved, server) = watch::channel(first);
    let orders = Arc::new(AtomicUsize::new(0));
    let mut work = JoinSet::new();
    for _ in 0..clients {
        let device = Device::sign_in(first).await;
        work.spawn(submit(device, server.clone(), Arc::clone(&orders)));
    }
    let mut random = Random::of(1);
    let mut times = Vec::with_capacity(kills);
    for _ in 0..kills {
        tokio::time::sleep(Duration::from_millis(random.below(LONGEST_RUN))).await;
        program.kill();
        let started = Instant::now();
        program = Program::spawn(&executable, &database);
        let address = program.ready().await;
        times.push(started.elapsed());
        moved.send_replace(address);
    }
    work.shutdown().await;
    program.kill();
    report(&mut times, orders.load(Ordering::Relaxed), clients);
    Ok(())
}

/// Submits one order after the other, for ever.
async fn submit(device: Device, mut server: watch::Receiver<SocketAddr>, orders: Arc<AtomicUsize>) {
    loop {
        device.submit(&mut server, &Frozen::new()).await;
        orders.fetch_add(1, Ordering::Relaxed);
    }
}

#[expect(clippy::print_stdout, reason = "the figures are what it is run for")]
fn report(times: &mut [Duration], orders: usize, clients: usize) {
    times.sort_unstable();
    let middle = times.get(times.len() / 2).copied().unwrap_or_default();
    let slowest = times.last().copied().unwrap_or_default();
    println!(
        "killed {} times during {orders} orders of {clients} clients: ready again in {} ms (middle), {} ms (slowest)",
        times.len(),
        middle.as_millis(),
        slowest.as_millis(),
    );
}
