//! `cargo xtask dev`: Trunk rebuilds the app on every change and reloads the page.

use crate::build::jobs::with_jobs;
use crate::failure::{AtPath, Outcome};
use crate::process::{command, run as run_command};
use crate::{paths, report, tools};

/// Installs Trunk where it is missing and runs `trunk serve` with `arguments`, until Ctrl-C.
///
/// # Errors
/// Fails when a tool can't be installed, and when Trunk ends by itself.
pub fn run(arguments: &[String]) -> Outcome {
    tools::require_node()?;
    with_jobs(|jobs| tools::ensure(jobs, &tools::FOR_DEVELOPMENT))?;
    // Trunk refuses to leave out of its watch what is not there yet.
    for folder in [paths::data(), paths::dist(), paths::root().join("target")] {
        std::fs::create_dir_all(&folder).at("create", &folder)?;
    }
    report::line("The API comes from port 8080: keep `cargo xtask start` running beside this.");
    run_command(
        command("trunk")
            .args(["serve", "--skip-version-check"])
            .args(arguments),
        "Trunk ended: see its message above.",
    )
}
