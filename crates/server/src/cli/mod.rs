//! The command line: `countersign-server <command> [options]`.

mod args;
mod serve;

use std::process::ExitCode;

use args::{Args, UsageError};

/// What the program can do.
const HELP: &str = "\
The reference backend of Countersign.

Usage: countersign-server <command> [options]

Commands:
  serve    Answers the API and, with --dist, hands out the app
  help     Shows this

Options of serve:
  --listen <address>    Where to listen [127.0.0.1:8320]
  --database <file>     The database; made when it does not exist [countersign.db]
  --dist <folder>       The built app
  --origin <url>        Origin changes may come from; may be repeated, the first is the public one
                        [whatever the request was sent to]
  --utc-offset <hh:mm>  Time zone of the company [+08:00]
  --demo                Publish the demo accounts
  --behind-proxy        Believe X-Forwarded-For
";

/// Runs the command the arguments name. Errors are one sentence on standard error.
pub async fn run(arguments: impl Iterator<Item = String>) -> ExitCode {
    let mut args = Args::new(arguments);
    let done = match args.command().as_deref() {
        Some("serve") => serve::run(args).await,
        Some("help" | "--help" | "-h") | None => {
            say(HELP);
            return ExitCode::SUCCESS;
        }
        Some(other) => Err(UsageError::UnknownCommand(other.to_owned()).to_string()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            complain(&sentence);
            ExitCode::FAILURE
        }
    }
}

/// For the person at the terminal.
#[expect(clippy::print_stdout, reason = "the answer of a command belongs on standard output")]
fn say(text: &str) {
    print!("{text}");
}

fn complain(sentence: &str) {
    eprintln!("countersign-server: {sentence}");
}
