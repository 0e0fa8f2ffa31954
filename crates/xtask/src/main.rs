//! The commands of the project, run as `cargo xtask <command>`.
//!
//! Everything a fresh machine needs is installed from here into a cache outside the checkout, so that a checkout
//! holds sources only and a second run is quick.

mod bench;
mod build;
mod check;
mod dev;
mod dist;
mod failure;
mod faults;
mod http;
mod openapi;
mod paths;
mod process;
mod report;
mod server;
mod start;
mod test;
mod tools;

use std::process::ExitCode;

use crate::failure::Outcome;

const USAGE: &str = "\
cargo xtask start [--port N] [--fresh]   install what is missing, build, and run the app with its server
cargo xtask dev                          rebuild the app on every change, with the server of `start` behind it
cargo xtask test [STEP..]                run every check and test, or only the named steps (--list names them)
cargo xtask bench <NAME>                  measure, and write the figure into docs/BENCHMARKS.md (no NAME lists them)
cargo xtask faults [--schedules N]       run device and server through everything that goes wrong (--help tells more)
cargo xtask openapi                      rewrite docs/openapi.json from the contract
cargo xtask rules                        rewrite docs/RULES.md, which says where each rule is proved
cargo xtask setup                        install everything that start, dev and test need
cargo xtask dist                         finish a Trunk build (Trunk calls this itself)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            report::failure(&failure);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Outcome {
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", arguments),
    };
    match command {
        "start" => start::run(rest),
        "dev" => dev::run(rest),
        "test" => test::run(rest),
        "bench" => bench::run(rest),
        "faults" => faults::run(rest),
        "openapi" => openapi::run(),
        "rules" => check::write_rules(),
        "setup" => tools::install_everything(),
        "dist" => dist::run(),
        "help" | "--help" | "-h" => {
            report::line(USAGE);
            Ok(())
        }
        other => Err(failure::Failure::new(format!(
            "There is no command `{other}`.\n\n{USAGE}"
        ))),
    }
}
