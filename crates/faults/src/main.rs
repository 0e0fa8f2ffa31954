//! `countersign-faults`: see `cargo xtask faults`.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use countersign_faults::breakage::Breakage;
use countersign_faults::runner::{self, Job};
use countersign_faults::schedule::{self, Plan};
use countersign_faults::server::Server;

const USAGE: &str = "\
countersign-faults [--schedules N] [--seed S] [--breakage NAME] [--first] [--keep FOLDER]
countersign-faults --seed S --schedules 1 --trace
countersign-faults --list-breakages

  --schedules N    so many, 10000 where nothing is said
  --seed S         the seed of the first; each further one has the next
  --breakage NAME  with the protocol broken in this way on purpose
  --first          stop at the first finding
  --keep FOLDER    write failing seeds there, to be run in every test
  --trace          tell everything that happens";

struct Arguments {
    job: Job,
    trace: bool,
    list: bool,
    help: bool,
    keep: Option<PathBuf>,
}

fn main() -> ExitCode {
    match arguments().and_then(|arguments| run(&arguments)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(sentence) => {
            complain(&sentence);
            ExitCode::from(2)
        }
    }
}

fn arguments() -> Result<Arguments, String> {
    let mut read = Arguments {
        job: Job {
            seed: 1,
            schedules: 10_000,
            breakage: None,
            stop_at_first: false,
        },
        trace: false,
        list: false,
        help: false,
        keep: None,
    };
    let mut rest = std::env::args().skip(1);
    while let Some(argument) = rest.next() {
        let mut value = || {
            rest.next()
                .ok_or(format!("`{argument}` needs a value.\n\n{USAGE}"))
        };
        let number = |text: String| text.parse().map_err(|_| format!("`{text}` is no number."));
        match argument.as_str() {
            "--schedules" => read.job.schedules = number(value()?)?,
            "--seed" => read.job.seed = number(value()?)?,
            "--breakage" => {
                let name = value()?;
                let unknown = || format!("There is no breakage `{name}`: --list-breakages names them.");
                read.job.breakage = Some(Breakage::named(&name).ok_or_else(unknown)?);
            }
            "--first" => read.job.stop_at_first = true,
            "--keep" => read.keep = Some(PathBuf::from(value()?)),
            "--trace" => read.trace = true,
            "--list-breakages" => read.list = true,
            "--help" | "-h" => read.help = true,
            other => return Err(format!("There is no `{other}`.\n\n{USAGE}")),
        }
    }
    Ok(read)
}

/// Whether everything is well.
fn run(arguments: &Arguments) -> Result<bool, String> {
    let job = arguments.job;
    if arguments.help {
        say(USAGE);
        return Ok(true);
    }
    if arguments.list {
        Breakage::ALL.iter().for_each(|breakage| say(breakage.name()));
        return Ok(true);
    }
    if arguments.trace {
        let mut server = Server::start()?;
        let plan = Plan {
            seed: job.seed,
            breakage: job.breakage,
            trace: true,
        };
        let (verdict, trace) = schedule::run(&mut server, plan)?;
        trace.iter().for_each(|line| say(line));
        verdict.findings.iter().for_each(|line| say(line));
        say(&format!(
            "schedules 1 lost {} doubled {} ghosts {}",
            verdict.lost, verdict.doubled, verdict.ghosts
        ));
        return Ok(verdict.is_clean());
    }
    let summary = runner::run(job, |summary, took| {
        let rate = u128::from(summary.schedules) * 1_000 / took.as_millis().max(1);
        complain(&format!("{summary} ({rate}/s)"));
    })?;
    for (seed, findings) in &summary.failing {
        say(&format!("seed {seed}"));
        findings.iter().for_each(|line| say(&format!("  {line}")));
        if let (Some(folder), None) = (&arguments.keep, job.breakage) {
            let path = folder.join(format!("{seed}.txt"));
            std::fs::write(&path, format!("{seed}\n"))
                .map_err(|error| format!("{} can't be written: {error}", path.display()))?;
        }
    }
    say(&summary.to_string());
    Ok(summary.is_clean())
}

/// A closed pipe is no reason to stop.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
