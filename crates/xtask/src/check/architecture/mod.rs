//! Who may know whom inside the app and the pure crates (docs/ARCHITECTURE.md).

mod borders;
mod layers;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use self::borders::{impure, only_here, urls};
use self::layers::{feature, layer, other_feature};
use super::Finding;
use super::references::references;
use super::source::Source;

/// Longest file of code, without its test modules.
const MOST_LINES: usize = 400;

/// Checks all files against all rules.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let features: BTreeSet<&str> = sources
        .iter()
        .filter_map(|source| feature(&source.path))
        .collect();
    sources
        .iter()
        .flat_map(|source| check_file(source, &features))
        .collect()
}

fn check_file(source: &Source, features: &BTreeSet<&str>) -> Vec<Finding> {
    let mut findings = length(source);
    let references = references(&source.path, &source.code);
    if let Some(area) = source.path.strip_prefix("src/") {
        let area = area.split('/').next().unwrap_or(area).trim_end_matches(".rs");
        findings.extend(references.iter().filter_map(|found| {
            let rule = layer(area, found).or_else(|| other_feature(&source.path, found, features))?;
            Some(Finding::new(&source.path, found.line, rule))
        }));
        findings.extend(only_here(source, area));
        findings.extend(urls(source, area));
    }
    if ["crates/domain/src/", "crates/contract/src/", "crates/sync/src/"]
        .iter()
        .any(|pure| source.path.starts_with(pure))
    {
        findings.extend(references.iter().filter_map(|found| impure(source, found)));
    }
    findings
}

fn length(source: &Source) -> Vec<Finding> {
    let exempt = source.path.starts_with("tests/")
        || ["/tests/", "/tests.rs", "/data/"]
            .iter()
            .any(|part| source.path.contains(part));
    let lines = source.lines().count();
    if exempt || lines <= MOST_LINES {
        return Vec::new();
    }
    vec![Finding::new(
        &source.path,
        MOST_LINES + 1,
        format!("{lines} lines: over {MOST_LINES} asks for a split"),
    )]
}
