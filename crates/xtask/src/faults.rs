//! `cargo xtask faults`: seeded schedules of everything that goes wrong between a device and the server (crates/faults).

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::failure::{Failure, Outcome};
use crate::process::{cargo, command, output, run as run_command};
use crate::{paths, report};

/// Schedules in `cargo xtask test`.
const SCHEDULES: u32 = 200_000;
/// Each breakage has to be found within so many.
const TO_CATCH: u32 = 20_000;

/// Runs schedules as the arguments say. Failing seeds are kept, to be run in every test.
///
/// # Errors
/// Fails when a schedule finds something, with a breakage as well as without.
pub fn run(arguments: &[String]) -> Outcome {
    let program = built()?;
    run_command(
        schedules(&program)
            .args(arguments)
            .arg("--keep")
            .arg(paths::root().join("crates/faults/seeds")),
        "The schedules found something, or could not be run: see above. `--seed S --schedules 1 --trace` tells the story of one.",
    )
}

/// The step of `cargo xtask test`: nothing is found in the protocol as it is, and something in each breakage of it.
///
/// # Errors
/// Fails when that is not so.
pub fn test(_: &[String]) -> Outcome {
    run(&["--schedules".to_owned(), SCHEDULES.to_string()])?;
    let program = built()?;
    let names = output(command(&program).arg("--list-breakages"));
    let names = names.ok_or_else(|| Failure::new("The breakages could not be listed."))?;
    for name in names.lines() {
        let started = Instant::now();
        let mut broken = schedules(&program);
        broken.args([
            "--first",
            "--breakage",
            name,
            "--schedules",
            &TO_CATCH.to_string(),
        ]);
        // It ends with 1 where something was found, so what it prints tells more than whether it failed.
        let printed = broken
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| Failure::new(format!("Could not start `{program}`: {error}.")))?;
        let printed = String::from_utf8_lossy(&printed.stdout).into_owned();
        let line = printed.lines().last().unwrap_or_default();
        if !line.starts_with("schedules ") || line.ends_with(" lost 0 doubled 0 ghosts 0") {
            return Err(Failure::new(format!(
                "The breakage `{name}` was not noticed in {TO_CATCH} schedules: {line}"
            )));
        }
        report::done(format_args!("{name} is noticed: {line}"), started.elapsed());
    }
    Ok(())
}

/// The program, with SQLite's temporary files in memory where the machine has a place for that: what is looked for is
/// not how the disk takes it.
fn schedules(program: &str) -> Command {
    const MEMORY: &str = "/dev/shm";
    let mut command = command(program);
    if Path::new(MEMORY).is_dir() {
        command.env("SQLITE_TMPDIR", MEMORY);
    }
    command
}

fn built() -> Outcome<String> {
    run_command(
        cargo().args(["build", "--quiet", "--release", "--package", "countersign-faults"]),
        "The schedules could not be built: see above.",
    )?;
    let program = paths::target().join("release").join("countersign-faults");
    Ok(program.display().to_string())
}
