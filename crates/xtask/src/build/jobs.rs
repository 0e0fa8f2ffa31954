//! Long jobs that run side by side: each is announced, logged to a file, timed, and shows a sign of life.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::failure::Outcome;
use crate::{paths, process, report};

/// A job that takes longer than this says now and then what it is at.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The jobs that are running.
pub struct Jobs {
    started: Instant,
    running: Mutex<Vec<Running>>,
}

struct Running {
    label: String,
    log: PathBuf,
}

/// Runs `work` with somewhere to run jobs in, reporting on long ones until it is over.
pub fn with_jobs<T>(work: impl FnOnce(&Jobs) -> T) -> T {
    let jobs = Jobs {
        started: Instant::now(),
        running: Mutex::default(),
    };
    let (over, ended) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let jobs = &jobs;
        scope.spawn(move || {
            while ended.recv_timeout(HEARTBEAT) == Err(RecvTimeoutError::Timeout) {
                jobs.sign_of_life();
            }
        });
        let result = work(jobs);
        drop(over);
        result
    })
}

impl Jobs {
    /// Runs one job, giving it the file for its log. The first job to fail ends those that run beside it.
    pub fn run(&self, label: &str, work: impl FnOnce(&Path) -> Outcome) -> Outcome {
        report::line(format_args!(".. {label}"));
        let log = paths::cache()
            .join("logs")
            .join(format!("{}.log", file_name(label)));
        let started = Instant::now();
        self.with_running(|running| {
            running.push(Running {
                label: label.to_owned(),
                log: log.clone(),
            })
        });
        let outcome = work(&log);
        self.with_running(|running| running.retain(|job| job.label != label));
        match &outcome {
            Ok(()) => report::done(label, started.elapsed()),
            Err(_) => process::cancel(),
        }
        outcome
    }

    fn sign_of_life(&self) {
        let now: Vec<String> = self.with_running(|running| {
            running
                .iter()
                .map(|job| format!("{}: {}", first_words(&job.label), last_line(&job.log)))
                .collect()
        });
        if !now.is_empty() {
            report::line(format_args!(
                "   {} - {}",
                report::seconds(self.started.elapsed()),
                now.join(" | ")
            ));
        }
    }

    fn with_running<T>(&self, change: impl FnOnce(&mut Vec<Running>) -> T) -> T {
        change(&mut self.running.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn first_words(label: &str) -> &str {
    label.split(" - ").next().unwrap_or(label)
}

fn last_line(log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let last = text
        .lines()
        .rev()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("starting")
        .trim();
    last.chars().take(60).collect()
}

fn file_name(label: &str) -> String {
    let name: String = first_words(label)
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect();
    name.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_becomes_a_plain_file_name() {
        assert_eq!(
            file_name("install Trunk 0.21.14 - builds the app"),
            "install-Trunk-0-21-14"
        );
    }

    #[test]
    fn the_outcome_of_the_work_comes_back() {
        assert_eq!(with_jobs(|_| 7), 7);
    }
}
