//! Running other programs: with the tools of the cache first on the path, and with one sentence when they fail.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::failure::{AtPath, Failure, Outcome};
use crate::{paths, tools};

/// How often a running program is looked at.
const POLL: Duration = Duration::from_millis(50);

/// Set once a job has failed: what runs beside it is stopped.
static CANCELLED: AtomicBool = AtomicBool::new(false);

/// Stops everything that runs under [`run_logged`].
pub fn cancel() {
    CANCELLED.store(true, Ordering::Relaxed);
}

/// A command that runs in the root of the checkout and finds the cached tools before the machine's own.
pub fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(paths::root())
        .env("PATH", search_path())
        .stdin(Stdio::null());
    command
}

/// `cargo` of the toolchain that runs this command.
pub fn cargo() -> Command {
    command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
}

/// Runs a command whose output the person sees.
pub fn run(command: &mut Command, failure: &str) -> Outcome {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(failure))
    }
}

/// Runs a command with its output in the file `log`; when it fails, the end of the log is part of the failure.
pub fn run_logged(command: &mut Command, log: &Path, failure: &str) -> Outcome {
    if let Some(directory) = log.parent() {
        std::fs::create_dir_all(directory).at("create", directory)?;
    }
    let file = File::create(log).at("write", log)?;
    let second = file.try_clone().at("write", log)?;
    let mut child = command
        .stdout(file)
        .stderr(second)
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let status = loop {
        match child.try_wait().at("wait for what writes", log)? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => break status,
            None if CANCELLED.load(Ordering::Relaxed) => {
                // Another job has failed and tells why; all that is left to do here is to get out of the way.
                let _ = child.kill();
                let _ = child.wait();
                return Err(Failure::new(format!(
                    "{failure}: it was stopped because another step failed"
                )));
            }
            None => std::thread::sleep(POLL),
        }
    };
    let text = std::fs::read_to_string(log).unwrap_or_default();
    if looks_like_no_network(&text) {
        return Err(Failure::new(format!(
            "{failure}, because the package registry cannot be reached: check the network connection (or the proxy \
             settings) and run the command again. Log: {}",
            log.display()
        )));
    }
    Err(Failure::new(format!(
        "{failure} ({status}). The end of {}:\n{}",
        log.display(),
        last_lines(&text, 40)
    )))
}

/// What a command prints, without the white space around it; `None` when it isn't there or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// What a command prints, its complaints going to the terminal; `failure` when it fails.
pub fn captured(command: &mut Command, failure: &str) -> Outcome<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| not_started(command, &error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(Failure::new(failure))
    }
}

/// The path of a program on the search path, the cached tools included.
pub fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&search_path())
        .map(|directory| directory.join(program))
        .find(|path| path.is_file())
}

fn search_path() -> OsString {
    let current = std::env::var_os("PATH").unwrap_or_default();
    let directories = tools::directories()
        .into_iter()
        .chain(std::env::split_paths(&current));
    std::env::join_paths(directories).unwrap_or(current)
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!(
        "Could not start `{}`: {error}.",
        command.get_program().to_string_lossy()
    ))
}

fn looks_like_no_network(log: &str) -> bool {
    const SIGNS: [&str; 8] = [
        "Could not resolve host",
        "Couldn't resolve host",
        "Temporary failure in name resolution",
        "Temporary failure resolving",
        "Failed to connect",
        "failed to lookup address",
        "ENOTFOUND",
        "EAI_AGAIN",
    ];
    SIGNS.iter().any(|sign| log.contains(sign))
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_out_of_reach_is_told_from_a_broken_build() {
        assert!(looks_like_no_network(
            "warning: spurious network error: [6] Could not resolve host: index.crates.io"
        ));
        assert!(looks_like_no_network("npm error code ENOTFOUND"));
        assert!(!looks_like_no_network("error[E0308]: mismatched types"));
    }

    #[test]
    fn only_the_end_of_a_log_is_shown() {
        assert_eq!(last_lines("a\nb\nc", 2), "b\nc");
        assert_eq!(last_lines("a", 2), "a");
    }
}
