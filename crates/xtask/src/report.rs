//! What the commands print: plain lines, so that they read the same in a terminal and in a log.

use std::fmt::Display;
use std::io::{IsTerminal, Write};
use std::time::Duration;

use crate::failure::Failure;

/// Prints one line. A closed pipe is not an error worth stopping for.
pub fn line(text: impl Display) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Prints the heading of a step.
pub fn heading(text: impl Display) {
    line(format_args!("\n{}", emphasise("1", &format!("== {text}"))));
}

/// Prints that something was finished, and how long it took.
pub fn done(what: impl Display, took: Duration) {
    line(format_args!(
        "{} {what} ({})",
        emphasise("32", "ok"),
        seconds(took)
    ));
}

/// Prints why a command stopped.
pub fn failure(failure: &Failure) {
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "\n{}", emphasise("1;31", &failure.to_string()));
}

/// A duration as a person says it: `0.4 s`, `12 s`, `3 min 05 s`.
pub fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    match whole {
        0..10 => format!("{}.{} s", whole, duration.subsec_millis() / 100),
        10..60 => format!("{whole} s"),
        _ => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}

/// Lays rows out in columns as wide as their widest cell. Chinese characters count as two columns.
pub fn table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| width(cell))
                .max()
                .unwrap_or(0)
        })
        .collect();
    for row in rows {
        let mut text = String::from(" ");
        for (cell, wanted) in row.iter().zip(&widths) {
            text.push(' ');
            text.push_str(cell);
            text.extend(std::iter::repeat_n(' ', wanted + 1 - width(cell)));
        }
        line(text.trim_end());
    }
}

fn width(text: &str) -> usize {
    text.chars()
        .map(|character| if u32::from(character) >= 0x2e80 { 2 } else { 1 })
        .sum()
}

fn emphasise(code: &str, text: &str) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some() || !std::io::stdout().is_terminal();
    if plain {
        text.to_owned()
    } else {
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_speech() {
        assert_eq!(seconds(Duration::from_millis(450)), "0.4 s");
        assert_eq!(seconds(Duration::from_secs(12)), "12 s");
        assert_eq!(seconds(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn chinese_characters_take_two_columns() {
        assert_eq!(width("财务 ok"), 7);
    }
}
