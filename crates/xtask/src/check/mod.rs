//! The checks that read the sources: who may know whom, forbidden words, the words of both languages, and whether every
//! rule has its tests.

mod architecture;
mod crates;
mod locales;
mod references;
mod rules;
mod source;
mod words;

use std::fmt;

use crate::failure::{AtPath, Failure, Outcome};
use crate::{build, paths, report};
use source::Source;

/// Something that a check objects to, where it is, and what the rule is.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    file: String,
    line: usize,
    rule: String,
}

impl Finding {
    fn new(file: &str, line: usize, rule: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            rule: rule.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.rule)
    }
}

/// Whether the code keeps to the layers of docs/ARCHITECTURE.md.
pub fn architecture() -> Outcome {
    let sources = rust_sources()?;
    let mut findings = architecture::check(&sources);
    findings.extend(crates::check()?);
    conclude(findings, "the architecture")
}

/// Whether anything forbidden is written anywhere.
pub fn words() -> Outcome {
    let mut findings = words::check(&rust_sources()?);
    findings.extend(words::check_browser_tests(&texts(&["tests/e2e"], &["spec.ts"])?));
    conclude(findings, "forbidden words")
}

/// Whether both languages say everything.
pub fn locales() -> Outcome {
    conclude(locales::check(&rust_sources()?)?, "the languages")
}

/// Whether every rule has its tests, and the table of them is true.
pub fn rules() -> Outcome {
    let written = std::fs::read_to_string(paths::root().join(rules::TABLE)).unwrap_or_default();
    conclude(rules::check(&rule_tests()?, &written), "the rules")
}

/// Writes the table of the rules' tests.
pub fn write_rules() -> Outcome {
    let path = paths::root().join(rules::TABLE);
    std::fs::write(&path, rules::table(&rule_tests()?)).at("write", &path)?;
    report::line(format_args!("Wrote {}.", rules::TABLE));
    Ok(())
}

fn rule_tests() -> Outcome<Vec<(String, String)>> {
    texts(&["crates", "tests/e2e"], &["rs", "spec.ts"])
}

fn conclude(mut findings: Vec<Finding>, subject: &str) -> Outcome {
    if findings.is_empty() {
        return Ok(());
    }
    findings.sort();
    for finding in &findings {
        report::line(finding);
    }
    let count = findings.len();
    Err(Failure::new(format!(
        "The check of {subject} found {count} thing{}.",
        if count == 1 { "" } else { "s" }
    )))
}

fn rust_sources() -> Outcome<Vec<Source>> {
    Ok(texts(&["src", "crates", "tests"], &["rs"])?
        .into_iter()
        .map(|(path, text)| Source::new(&path, &text))
        .collect())
}

/// The files below `directories` whose names end in one of the `extensions`: path from the checkout with `/`, and content.
fn texts(directories: &[&str], extensions: &[&str]) -> Outcome<Vec<(String, String)>> {
    let mut found = Vec::new();
    for directory in directories {
        for file in build::files(&paths::root().join(directory))? {
            let name = file.to_string_lossy();
            if extensions
                .iter()
                .any(|extension| name.ends_with(&format!(".{extension}")))
            {
                let text = std::fs::read_to_string(&file).at("read", &file)?;
                found.push((paths::shown(&file).replace('\\', "/"), text));
            }
        }
    }
    Ok(found)
}
