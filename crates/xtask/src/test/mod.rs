//! `cargo xtask test`: everything that has to hold before a change goes in, quickest first.

pub mod browser;
mod component;
mod rust;

use std::time::Instant;

use crate::dist::budget;
use crate::failure::{Failure, Outcome};
use crate::process::{command, run as run_command};
use crate::{build, check, faults, paths, report, tools};

/// One step: its name on the command line, what it shows, and what it does.
struct Step {
    name: &'static str,
    shows: &'static str,
    run: fn(&[String]) -> Outcome,
}

/// All steps, in the order they run in.
const STEPS: [Step; 13] = [
    Step {
        name: "fmt",
        shows: "the code is formatted",
        run: rust::formatting,
    },
    Step {
        name: "architecture",
        shows: "nobody knows whom they must not",
        run: |_| check::architecture(),
    },
    Step {
        name: "words",
        shows: "nothing forbidden is written",
        run: |_| check::words(),
    },
    Step {
        name: "locales",
        shows: "both languages say everything",
        run: |_| check::locales(),
    },
    Step {
        name: "rules",
        shows: "every rule has its tests",
        run: |_| check::rules(),
    },
    Step {
        name: "clippy",
        shows: "no warning on this machine",
        run: rust::clippy_host,
    },
    Step {
        name: "clippy-wasm",
        shows: "no warning in the browser",
        run: rust::clippy_wasm,
    },
    Step {
        name: "native",
        shows: "native tests",
        run: rust::native_tests,
    },
    Step {
        name: "faults",
        shows: "nothing is lost, doubled or told wrongly, whatever goes wrong",
        run: faults::test,
    },
    Step {
        name: "scripts",
        shows: "tests of the page's own scripts",
        run: scripts,
    },
    Step {
        name: "web",
        shows: "component tests in a browser",
        run: component::run,
    },
    Step {
        name: "size",
        shows: "release build within its size budget",
        run: size,
    },
    Step {
        name: "e2e",
        shows: "browser tests against the real server",
        run: browser::run,
    },
];

/// Runs all steps, or those named before `--`; what follows `--` is handed to the one step that is named.
///
/// # Errors
/// Fails with the first step that fails.
pub fn run(arguments: &[String]) -> Outcome {
    let (names, extra) = match arguments.iter().position(|argument| argument == "--") {
        Some(at) => (&arguments[..at], &arguments[at + 1..]),
        None => (arguments, &[][..]),
    };
    if names.iter().any(|name| name == "--list") {
        report::table(&STEPS.map(|step| vec![step.name.to_owned(), step.shows.to_owned()]));
        return Ok(());
    }
    if !extra.is_empty() && names.len() != 1 {
        return Err(Failure::new(
            "Arguments behind `--` are for one step: name it, e.g. `cargo xtask test e2e -- -g sign`.",
        ));
    }
    let steps = chosen(names)?;
    let started = Instant::now();
    for step in &steps {
        report::heading(format_args!("{}: {}", step.name, step.shows));
        let began = Instant::now();
        (step.run)(extra)
            .map_err(|failure| Failure::new(format!("The step `{}` failed. {failure}", step.name)))?;
        report::done(step.name, began.elapsed());
    }
    let names: Vec<&str> = steps.iter().map(|step| step.name).collect();
    let passed = format!(
        "Passed: {} ({})",
        names.join(", "),
        report::seconds(started.elapsed())
    );
    report::heading(passed);
    Ok(())
}

fn chosen(names: &[String]) -> Outcome<Vec<&'static Step>> {
    if names.is_empty() {
        return Ok(STEPS.iter().collect());
    }
    names
        .iter()
        .map(|name| {
            STEPS.iter().find(|step| step.name == name).ok_or_else(|| {
                Failure::new(format!(
                    "There is no step `{name}`: `cargo xtask test --list` names them."
                ))
            })
        })
        .collect()
}

fn scripts(_: &[String]) -> Outcome {
    tools::require_node()?;
    let tests = build::files(&paths::root().join("tests/scripts"))?;
    run_command(
        command("node").arg("--test").args(tests),
        "A test of a script in public/ fails: see above.",
    )
}

fn size(_: &[String]) -> Outcome {
    build::app()?;
    let first = budget::first_screen()?;
    report::table(&budget::rows(&first));
    report::line(format_args!(
        "  budget of the first screen  {} B",
        budget::FIRST_SCREEN
    ));
    let later = budget::later(&first)?;
    report::table(&budget::rows(&later));
    report::line(format_args!(
        "  budget of what is fetched later  {} B",
        budget::LATER
    ));
    let desks = budget::desks()?;
    for ((name, budget), bytes) in budget::DESKS.into_iter().zip(desks) {
        report::line(format_args!("  the desk of the {name}  {bytes} B of {budget} B"));
    }
    let barcodes = budget::barcodes()?;
    report::line(format_args!(
        "  the reader of barcodes  {barcodes} B of {} B",
        budget::BARCODES.1
    ));
    budget::check(&first, &later, &desks, barcodes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_chosen_by_name_in_the_order_given() -> Outcome {
        let names = ["e2e".to_owned(), "fmt".to_owned()];
        assert_eq!(
            chosen(&names)?.iter().map(|step| step.name).collect::<Vec<_>>(),
            names
        );
        assert!(!chosen(&[])?.is_empty());
        assert!(chosen(&["speed".to_owned()]).is_err());
        Ok(())
    }
}
