//! Building the app and the server, and installing what that takes.

pub mod jobs;
mod shrink;
pub mod spa;
mod stamp;

pub use stamp::files;

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::process::{cargo, run_logged};
use crate::{paths, tools};
use jobs::{Jobs, with_jobs};

/// The server's executable.
pub fn server_binary() -> PathBuf {
    paths::target()
        .join("release")
        .join(format!("countersign-server{}", std::env::consts::EXE_SUFFIX))
}

/// Installs what is missing and builds the app and the server.
///
/// The app comes first: compiling it ends in minutes that only one core can work on, and needs none of the tools. The
/// tools and then the server take what is left of the two cores; the app is bundled as soon as both it and the tools are
/// there.
pub fn everything() -> Outcome {
    tools::require_node()?;
    with_jobs(|jobs| {
        tools::ensure(jobs, &[tools::Tool::WasmTarget])?;
        let is_current = spa::is_current()?;
        std::thread::scope(|scope| {
            let app = scope.spawn(|| if is_current { Ok(()) } else { spa::compile(jobs) });
            let tools = if is_current {
                Ok(())
            } else {
                tools::ensure(jobs, &tools::FOR_BUILD)
            };
            let server = scope.spawn(|| server(jobs));
            let app = first_cause(joined(app), tools);
            let app = app.and_then(|()| if is_current { Ok(()) } else { spa::bundle(jobs) });
            first_cause(app, joined(server))
        })
    })
}

fn joined(lane: std::thread::ScopedJoinHandle<'_, Outcome>) -> Outcome {
    lane.join()
        .unwrap_or_else(|_| Err(Failure::new("A part of the build ended in a panic.")))
}

/// Builds the app alone.
pub fn app() -> Outcome {
    tools::require_node()?;
    with_jobs(|jobs| {
        tools::ensure(jobs, &[tools::Tool::WasmTarget])?;
        app_if_changed(jobs)
    })
}

fn app_if_changed(jobs: &Jobs) -> Outcome {
    if spa::is_current()? {
        return Ok(());
    }
    tools::ensure(jobs, &tools::FOR_BUILD)?;
    spa::compile(jobs)?;
    spa::bundle(jobs)
}

fn server(jobs: &Jobs) -> Outcome {
    jobs.run("build the server", |log| {
        run_logged(
            cargo().args([
                "build",
                "--release",
                "--package",
                "countersign-server",
                "--bin",
                "countersign-server",
            ]),
            log,
            "The server does not build",
        )
    })
}

/// Of two failures the one that came first: the other was only stopped by it.
fn first_cause(one: Outcome, other: Outcome) -> Outcome {
    match (one, other) {
        (Err(one), Err(other)) => Err(if one.to_string().contains("another step failed") {
            other
        } else {
            one
        }),
        (one, other) => one.and(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_failure_that_stopped_the_other_is_told() {
        let stopped = || Err(Failure::new("x: it was stopped because another step failed"));
        let cause = || Err(Failure::new("no network"));
        for outcome in [
            first_cause(stopped(), cause()),
            first_cause(cause(), stopped()),
            first_cause(Ok(()), cause()),
        ] {
            assert_eq!(
                outcome.expect_err("one of the two failed").to_string(),
                "no network"
            );
        }
    }
}
