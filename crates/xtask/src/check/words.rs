//! What must not be written anywhere, because it was seen to hurt.

use super::Finding;
use super::source::Source;

/// Code, by what it contains, and what to do instead.
const FORBIDDEN_CODE: [(&str, &str); 6] = [
    ("todo!", "finish it"),
    ("unimplemented!", "finish it"),
    ("dbg!", "use tracing, or nothing"),
    ("#[allow(", "use #[expect(.., reason = \"..\")]"),
    ("#![allow(", "use #![expect(.., reason = \"..\")]"),
    (
        "inner_html",
        "never write markup from a value: build it with view!",
    ),
];

/// Marks of unfinished work in comments.
const FORBIDDEN_COMMENTS: [&str; 3] = ["TODO", "FIXME", "XXX"];

/// Binary fractions where money and quantities live.
const FLOATS: [&str; 2] = ["f64", "f32"];

/// What makes a browser test lie or hide others.
const FORBIDDEN_IN_BROWSER_TESTS: [(&str, &str); 5] = [
    (
        "waitForTimeout",
        "wait for what a person would see, not for time to pass",
    ),
    (
        "force: true",
        "if a person can't click it, the test must not either",
    ),
    ("test.only", "it hides the other tests"),
    ("describe.only", "it hides the other tests"),
    ("test.fixme", "mend it or delete it"),
];

pub fn check(sources: &[Source]) -> Vec<Finding> {
    sources.iter().flat_map(check_file).collect()
}

fn check_file(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in source.code.lines().enumerate() {
        for (word, instead) in FORBIDDEN_CODE {
            if line.contains(word) {
                findings.push(Finding::new(
                    &source.path,
                    index + 1,
                    format!("`{word}`: {instead}"),
                ));
            }
        }
    }
    for piece in &source.comments {
        if let Some(word) = FORBIDDEN_COMMENTS.iter().find(|word| {
            piece
                .text
                .split(|letter: char| !letter.is_alphanumeric())
                .any(|part| part == **word)
        }) {
            findings.push(Finding::new(
                &source.path,
                piece.line,
                format!("`{word}`: finish it, or file it"),
            ));
        }
    }
    if source.path.starts_with("crates/domain/src/") || source.path.starts_with("crates/contract/src/") {
        for (number, line) in source.lines() {
            let words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            if let Some(float) = words.into_iter().find(|word| FLOATS.contains(word)) {
                findings.push(Finding::new(
                    &source.path,
                    number,
                    format!("`{float}`: money and quantities are decimals"),
                ));
            }
        }
    }
    findings
}

/// Checks the browser tests, given as path and content.
pub fn check_browser_tests(tests: &[(String, String)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tests {
        for (index, line) in text.lines().enumerate() {
            for (word, instead) in FORBIDDEN_IN_BROWSER_TESTS {
                if line.contains(word) {
                    findings.push(Finding::new(path, index + 1, format!("`{word}`: {instead}")));
                }
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, code: &str) -> usize {
        check(&[Source::new(path, code)]).len()
    }

    #[test]
    fn forbidden_code_is_found_but_talk_about_it_is_not() {
        assert_eq!(found("src/a.rs", "fn a() { todo!() }"), 1);
        assert_eq!(found("src/a.rs", "#[allow(dead_code)]\nfn a() {}"), 1);
        assert_eq!(found("src/a.rs", "view! { <p inner_html=x/> }"), 1);
        assert_eq!(found("src/a.rs", "// never inner_html\nlet a = \"todo!\";"), 0);
    }

    #[test]
    fn unfinished_comments_are_found_by_whole_words() {
        assert_eq!(found("src/a.rs", "// TODO: later"), 1);
        assert_eq!(found("src/a.rs", "// XXXL is a size, TODOS is a word"), 0);
    }

    #[test]
    fn floats_have_no_place_in_the_domain() {
        assert_eq!(found("crates/domain/src/money.rs", "fn a(x: f64) {}"), 1);
        assert_eq!(found("src/ui/chart.rs", "fn a(x: f64) {}"), 0);
    }

    #[test]
    fn browser_tests_do_not_sleep() {
        let test = (
            "tests/e2e/a.spec.ts".to_owned(),
            "await page.waitForTimeout(500);\ntest.only('x')".to_owned(),
        );
        assert_eq!(check_browser_tests(&[test]).len(), 2);
    }
}
