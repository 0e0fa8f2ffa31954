//! Building the app and the server, and installing what that takes.

pub mod jobs;
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
/// Two lanes keep two cores busy: one compiles the app, which needs none of the tools, gets the tools and bundles it;
/// the other compiles the server.
pub fn everything() -> Outcome {
    tools::require_node()?;
    with_jobs(|jobs| {
        tools::ensure(jobs, &[tools::Tool::WasmTarget])?;
        std::thread::scope(|scope| {
            let server = scope.spawn(|| server(jobs));
            let app = app_if_changed(jobs);
            let server = server
                .join()
                .unwrap_or_else(|_| Err(Failure::new("Building the server ended in a panic.")));
            first_cause(app, server)
        })
    })
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
