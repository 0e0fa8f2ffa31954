//! `cargo xtask bench`: measure something and write it down with the date and the machine.

use std::path::PathBuf;

use crate::dist::budget;
use crate::failure::{AtPath, Failure, Outcome};
use crate::process::{captured, cargo, command, output, run as run_command};
use crate::test::browser;
use crate::{build, paths, report};

/// Runs the named benchmark.
///
/// # Errors
/// Fails when there is no benchmark of that name, or when what it measures can't be built or doesn't finish.
pub fn run(arguments: &[String]) -> Outcome {
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["submissions", ref rest @ ..] => in_server("submissions", rest, "Submissions"),
        ["restart", ref rest @ ..] => restart(rest),
        ["reads", ref rest @ ..] => in_server("reads", rest, "Reading lists"),
        ["search", ref rest @ ..] => in_server("search", rest, "Searching"),
        ["start"] => in_browser("start", &["start"], "The first screen on a slow phone"),
        ["session"] => in_browser("session", &["session"], "A long session"),
        ["offline"] => in_browser(
            "offline",
            &["cold-offline", "locking"],
            "Without a connection, and after a session",
        ),
        ["cart"] => in_browser("cart", &["cart"], "A long cart"),
        ["catalog"] => in_browser("catalog", &["catalog"], "A large catalog"),
        ["queue"] => in_browser("queue", &["queue"], "Going through a queue"),
        ["size"] => size(),
        _ => Err(Failure::new(
            "`bench` measures one of: submissions (durable orders a second), restart (from a kill to ready again), \
             reads (lists of a busy deployment), start (the sign-in form on a slow phone), session (memory and jumps \
             over 500 changes of page), \
             offline (a page from a cold start without a connection, and how soon every tab closes with its session), \
             cart (opening a cart of up to two thousand lines and a key in it, against a page without a framework), \
             catalog (a hundred thousand products on a device: a key of a search, and scrolling), \
             queue (the next of three hundred orders after approving one, and a hundred approvals together), \
             search (finding among 100,000 products), size (bytes of the app).",
        )),
    }
}

/// Runs the server's example `bench_<name>`, and writes what it prints under `title`.
fn in_server(name: &str, arguments: &[&str], title: &str) -> Outcome {
    let lines = captured(
        cargo()
            .args(["run", "--quiet", "--release", "--package", "countersign-server"])
            .args(["--example", &format!("bench_{name}"), "--"])
            .args(arguments),
        &format!("The benchmark `{name}` did not finish: see above."),
    )?;
    report::line(&lines);
    record(title, &format!("cargo xtask bench {name}"), &lines)
}

fn restart(arguments: &[&str]) -> Outcome {
    run_command(
        cargo()
            .args(["build", "--quiet", "--release", "--package", "countersign-server"])
            .args(["--bin", "countersign-server"]),
        "The server could not be built: see above.",
    )?;
    in_server("restart", arguments, "Restart after a kill")
}

/// Runs the measurements of these files, and writes what they print under `title`.
fn in_browser(name: &str, files: &[&str], title: &str) -> Outcome {
    let figures = paths::state().join(format!("bench-{name}.txt"));
    // Each measurement adds its figures.
    std::fs::write(&figures, "").at("write", &figures)?;
    browser::measure(&figures, files)?;
    let line = std::fs::read_to_string(&figures).at("read", &figures)?;
    report::line(line.trim());
    record(title, &format!("cargo xtask bench {name}"), &line)
}

fn size() -> Outcome {
    build::app()?;
    let first = budget::first_screen()?;
    let later = budget::later(&first)?;
    let mut table = String::new();
    for (what, files, budget) in [
        ("The first screen", first, budget::FIRST_SCREEN),
        ("What is fetched later", later, budget::LATER),
    ] {
        let rows = budget::rows(&files);
        report::table(&rows);
        table.push_str(&format!(
            "\n{what}:\n\n| file | plain | brotli 11 |\n|---|---:|---:|\n"
        ));
        for row in rows.iter().skip(1) {
            table.push_str(&format!("| {} |\n", row.join(" | ")));
        }
        table.push_str(&format!("\nBudget: {budget} B.\n"));
    }
    record("Size of the first screen", "cargo xtask bench size", &table)
}

/// Replaces the section `title` of docs/BENCHMARKS.md, or adds it.
fn record(title: &str, command_line: &str, figures: &str) -> Outcome {
    let path: PathBuf = paths::root().join("docs/BENCHMARKS.md");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| INTRODUCTION.to_owned());
    let section = format!(
        "## {title}\n`{command_line}`, {}, {}.\n\n{}\n",
        today(),
        machine(),
        figures.trim()
    );
    let text = with_section(&text, title, &section);
    std::fs::write(&path, text).at("write", &path)?;
    report::line(format_args!("Written to {}.", paths::shown(&path)));
    Ok(())
}

const INTRODUCTION: &str = "\
# Benchmarks

Every figure has the command that prints it. Compare figures of one machine only; bytes compare anywhere.
";

fn with_section(text: &str, title: &str, section: &str) -> String {
    let head = format!("## {title}\n");
    let Some(start) = text.find(&head) else {
        return format!("{}\n\n{section}", text.trim_end());
    };
    let end = text[start + head.len()..]
        .find("\n## ")
        .map_or(text.len(), |length| start + head.len() + length + 1);
    let after = &text[end..];
    let gap = if after.is_empty() { "" } else { "\n" };
    format!("{}{section}{gap}{after}", &text[..start])
}

fn today() -> String {
    output(command("date").args(["-u", "+%Y-%m-%d"])).unwrap_or_else(|| "date unknown".to_owned())
}

/// The machine in a few words: its processor and how many of its cores may be used.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let information = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map(|rest| rest.trim_start_matches([' ', '\t', ':']).to_owned())
        .unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    format!("{model}, {cores} cores, {}", std::env::consts::OS)
}

#[cfg(test)]
mod tests {
    use super::with_section;

    #[test]
    fn a_section_is_added_and_then_replaced() {
        let once = with_section("# B\n", "One", "## One\n1\n");
        assert_eq!(once, "# B\n\n## One\n1\n");
        let both = with_section(&once, "Two", "## Two\n2\n");
        assert_eq!(both, "# B\n\n## One\n1\n\n## Two\n2\n");
        assert_eq!(
            with_section(&both, "One", "## One\n3\n"),
            "# B\n\n## One\n3\n\n## Two\n2\n"
        );
        assert_eq!(
            with_section(&both, "Two", "## Two\n4\n"),
            "# B\n\n## One\n1\n\n## Two\n4\n"
        );
    }
}
