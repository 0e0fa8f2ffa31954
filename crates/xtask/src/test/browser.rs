//! The browser tests: Playwright drives Chromium against the real server, built in release.
//!
//! The tests start the servers they need themselves, each on a free port over a database of its own (see
//! `tests/e2e/support/deployment.ts`); from here they only learn where everything is.

use std::path::Path;
use std::process::Command;

use crate::build::jobs::with_jobs;
use crate::failure::{Failure, Outcome};
use crate::process::{command, run as run_command};
use crate::tools::{self, Tool, debian};
use crate::{build, paths};

pub fn run(extra: &[String]) -> Outcome {
    let mut playwright = prepare()?;
    run_command(
        playwright.arg("test").args(extra),
        "A browser test fails: see above; `npx playwright show-trace` in tests/e2e opens what was recorded in test-results/.",
    )
}

/// Runs the measurements in the files called so, which write their figures into the file `figures`.
pub fn measure(figures: &Path, files: &[&str]) -> Outcome {
    let mut playwright = prepare()?;
    run_command(
        playwright
            .args(["test", "--config", "bench.config.ts"])
            .args(files)
            .env("COUNTERSIGN_FIGURES", figures),
        "The measurement in the browser did not finish: see above.",
    )
}

/// Builds everything, and gives Playwright, which is told where it is.
fn prepare() -> Result<Command, Failure> {
    build::everything()?;
    with_jobs(|jobs| tools::ensure(jobs, &[Tool::Browser, Tool::BrowserTests]))?;
    let chromium = debian::chromium().ok_or_else(|| Failure::new("Chromium is not on the path."))?;
    let suite = paths::root().join("tests/e2e");
    run_command(
        command("npx")
            .args(["--no-install", "tsc", "--noEmit"])
            .current_dir(&suite),
        "The browser tests don't agree with their types: see above.",
    )?;
    let mut playwright = command("npx");
    playwright
        .args(["--no-install", "playwright"])
        .current_dir(&suite)
        .env("CHROMIUM", chromium)
        .env("COUNTERSIGN_SERVER", build::server_binary())
        .env("COUNTERSIGN_DIST", paths::dist());
    Ok(playwright)
}
