//! Many schedules on all cores.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::breakage::Breakage;
use crate::schedule::{self, Plan};
use crate::server::Server;

/// A server's tables stay small: after so many schedules it is replaced.
const PER_SERVER: u64 = 2_000;
/// Most failing seeds that are kept.
const MOST_KEPT: usize = 20;
/// How often progress is told.
const TELL: Duration = Duration::from_secs(5);

/// What to run.
#[derive(Clone, Copy, Debug)]
pub struct Job {
    /// The first seed.
    pub seed: u64,
    /// How many, each with the next seed.
    pub schedules: u64,
    /// What is broken on purpose.
    pub breakage: Option<Breakage>,
    /// Whether the first finding ends it.
    pub stop_at_first: bool,
}

/// What many schedules came to.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// How many were run.
    pub schedules: u64,
    /// See [`crate::oracle::Verdict`].
    pub lost: u64,
    /// See [`crate::oracle::Verdict`].
    pub doubled: u64,
    /// See [`crate::oracle::Verdict`].
    pub ghosts: u64,
    /// Failing seeds with what was found, the first of them.
    pub failing: Vec<(u64, Vec<String>)>,
}

impl Summary {
    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.lost == 0 && self.doubled == 0 && self.ghosts == 0
    }
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            schedules,
            lost,
            doubled,
            ghosts,
            ..
        } = self;
        write!(
            f,
            "schedules {schedules} lost {lost} doubled {doubled} ghosts {ghosts}"
        )
    }
}

/// Runs `job`; `progress` is told every few seconds how far it is.
///
/// # Errors
/// What broke the harness itself.
pub fn run(job: Job, progress: impl Fn(&Summary, Duration) + Sync) -> Result<Summary, String> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (next, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let told = Mutex::new(Instant::now());
    let started = Instant::now();
    let summary = Mutex::new(Summary::default());
    let work = || -> Result<(), String> {
        let mut server = Server::start()?;
        let mut served = 0;
        while !stop.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= job.schedules {
                break;
            }
            if served == PER_SERVER {
                server = Server::start()?;
                served = 0;
            }
            served += 1;
            let seed = job.seed.wrapping_add(number);
            let plan = Plan {
                seed,
                breakage: job.breakage,
                trace: false,
            };
            let (verdict, _) =
                schedule::run(&mut server, plan).map_err(|error| format!("seed {seed}: {error}"))?;
            let mut summary = summary.lock().unwrap_or_else(PoisonError::into_inner);
            summary.schedules += 1;
            summary.lost += verdict.lost;
            summary.doubled += verdict.doubled;
            summary.ghosts += verdict.ghosts;
            if !verdict.is_clean() {
                stop.fetch_or(job.stop_at_first, Ordering::Relaxed);
                if summary.failing.len() < MOST_KEPT {
                    summary.failing.push((seed, verdict.findings));
                }
            }
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            if told.elapsed() >= TELL {
                *told = Instant::now();
                progress(&summary, started.elapsed());
            }
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| {
            worker
                .join()
                .unwrap_or_else(|_| Err("a schedule panicked".to_owned()))
        })
    })?;
    let mut summary = summary.into_inner().unwrap_or_else(PoisonError::into_inner);
    summary.failing.sort();
    Ok(summary)
}
