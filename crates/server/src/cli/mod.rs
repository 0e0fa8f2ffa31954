//! The command line: `countersign-server <command> [options]`.

mod args;
mod create_admin;
mod import;
mod replay;
mod seed;
mod serve;

use std::process::ExitCode;

use args::{Args, UsageError};
use chrono::FixedOffset;

use crate::server::{Opened, Options};

/// What the program can do.
const HELP: &str = "\
The reference backend of Countersign.

Usage: countersign-server <command> [options]

Commands:
  serve         Answers the API and, with --dist, hands out the app
  create-admin  Makes the first administrator of a new deployment
  seed          Puts the sample data of the demo into an empty database
  import        Takes over categories, products, customers and past orders from CSV files
  replay        Passes imported orders through the API of a running server
  help          Shows this

Options of serve:
  --listen <address>    Where to listen [127.0.0.1:8320]
  --database <file>     The database; made when it does not exist [countersign.db]
  --dist <folder>       The built app
  --origin <url>        Origin changes may come from; may be repeated, the first is the public one
                        [whatever the request was sent to]
  --utc-offset <hh:mm>  Time zone of the company [+08:00]
  --demo                Publish the demo accounts; an empty database gets the sample data
  --ahead <hours>       With --demo, run the clock so much ahead, to see what passing deadlines do
  --behind-proxy        Believe X-Forwarded-For

Options of create-admin (the password is read from COUNTERSIGN_ADMIN_PASSWORD, else from standard input):
  --login <name>        What is typed to sign in
  --name <name>         The person's name [the login]
  --database <file>     As above

Options of seed: --database and --utc-offset, as above

Options of import and replay: see docs/IMPORT.md, or countersign-server import --help and replay --help
";

/// Runs the command the arguments name. Errors are one sentence on standard error.
pub async fn run(arguments: impl Iterator<Item = String>) -> ExitCode {
    let mut args = Args::new(arguments);
    let done = match args.command().as_deref() {
        Some("serve") => serve::run(args).await,
        Some("create-admin") => create_admin::run(args).await,
        Some("seed") => seed::run(args).await,
        Some("import") => import::run(args).await,
        Some("replay") => replay::run(args).await,
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

/// The file of the database.
fn database(args: &mut Args) -> Result<String, UsageError> {
    let given = args.option("--database")?;
    Ok(given.unwrap_or_else(|| "countersign.db".to_owned()))
}

/// The time zone of the company, where it is given.
fn utc_offset(args: &mut Args) -> Result<Option<FixedOffset>, UsageError> {
    args.parsed("--utc-offset", "an offset such as +08:00")
}

/// The parts of a server over the database, without its network.
async fn opened(options: &Options) -> Result<Opened, String> {
    Opened::new(options).await.map_err(|error| error.to_string())
}

/// For the person at the terminal.
#[expect(
    clippy::print_stdout,
    reason = "the answer of a command belongs on standard output"
)]
fn say(text: &str) {
    print!("{text}");
}

fn complain(sentence: &str) {
    eprintln!("countersign-server: {sentence}");
}
