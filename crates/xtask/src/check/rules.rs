//! Whether every rule of the business has a test at each level: in the domain, over HTTP, and in the browser, where a
//! person meets it. Tests say which rules they prove at their beginning: `rule_05_...` or `/// Rule 5.` in Rust,
//! `"rules 5 and 13: ..."` in a browser test.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;

/// Where the table stands that is written from the tests.
pub const TABLE: &str = "docs/RULES.md";

/// The rules by the name tests call them by, and what each says.
const RULES: [(&str, &str); 24] = [
    (
        "rule 1",
        "Passing a stage leads to the next that is on and whose condition holds",
    ),
    ("rule 2", "Switching a stage off passes no order that waits there"),
    (
        "rule 3",
        "Send back and void need a reason, give back stock and money, and end with the first shipment",
    ),
    (
        "rule 4",
        "A customer withdraws until the review has passed; after it both sides agree to a change",
    ),
    (
        "rule 5",
        "The review promises a date; what costs the customer money or time needs its word, and silence is none",
    ),
    ("rule 6", "Prices and promotions are frozen at submission"),
    (
        "rule 7",
        "From the threshold on an order needs the executive approval",
    ),
    (
        "rule 8",
        "The finance review holds the customer to its payment policy",
    ),
    (
        "rule 9",
        "The outbound review reserves line by line, decides what is short, and may need a second check",
    ),
    ("rule 10", "Shipments are partial, and never more than approved"),
    (
        "rule 11",
        "Receiving is per shipment; what is short or damaged opens a claim; silence counts as receipt in the end",
    ),
    (
        "rule 12",
        "An order completes when all is received and nothing remains",
    ),
    (
        "rule 13",
        "Every action appends to the history, which is never edited",
    ),
    (
        "rule 14",
        "Of two people at once the second is told what changed, and nothing happens twice",
    ),
    (
        "priority",
        "Reviews have their hours by priority; queues stand by deadline; what is late escalates",
    ),
    (
        "duties",
        "Nobody approves an order of their own making; no one passes two reviews where that is on",
    ),
    ("returns", "The life of a return, from the review to the refund"),
    (
        "price 1",
        "The agreed price comes before the level's, and that before the list price",
    ),
    ("price 2", "Quantity breaks"),
    (
        "price 3",
        "The best line promotion, which stacks with a break only where it says so",
    ),
    (
        "price 4",
        "Who buys enough gets gifts, which are lines that cost nothing; goods in a bundle cost less together",
    ),
    ("price 5", "Order promotions on what is left"),
    ("price 6", "Lines are rounded half up, and the total is their sum"),
    (
        "quantity",
        "Minimum, multiple and maximum; what is typed is never silently changed",
    ),
];

/// Where tests of a level are.
struct Level {
    name: &'static str,
    folders: &'static [&'static str],
}

const LEVELS: [Level; 3] = [
    Level {
        name: "domain",
        folders: &["crates/domain/tests/"],
    },
    Level {
        name: "HTTP",
        folders: &["crates/server/tests/api/"],
    },
    Level {
        name: "browser",
        folders: &["tests/e2e/journeys/", "tests/e2e/offline/"],
    },
];

/// The rules that the beginning of a text names, such as `rules 5 and 13`; nothing where it says anything else.
fn named(beginning: &str) -> Option<Vec<String>> {
    let mut family = None;
    let mut found = Vec::new();
    let words = beginning.split(|letter: char| letter == ',' || letter.is_whitespace());
    for word in words.filter(|word| !word.is_empty()) {
        match word.to_lowercase().as_str() {
            "and" => {}
            "rule" | "rules" => family = Some("rule"),
            "price" | "prices" => family = Some("price"),
            alone @ ("returns" | "duties" | "priority" | "quantity") => found.push(alone.to_owned()),
            number => {
                let number: u8 = number.parse().ok()?;
                found.push(format!("{} {number}", family?));
            }
        }
    }
    (!found.is_empty()).then_some(found)
}

/// What the title of a test, or the first line about it, says before its colon or full stop.
fn of_sentence(sentence: &str) -> Vec<String> {
    sentence
        .split_once([':', '.'])
        .and_then(|(beginning, _)| named(beginning))
        .unwrap_or_default()
}

/// `rule_05_...` proves rule 5.
fn of_function(name: &str) -> Vec<String> {
    name.strip_prefix("rule_")
        .and_then(|rest| rest.split('_').next())
        .and_then(|number| named(&format!("rule {number}")))
        .unwrap_or_default()
}

/// Each test of a Rust file that proves a rule: its line and the rule.
fn in_rust(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let (mut about, mut is_test) = (None, false);
    for (index, line) in text.lines().map(str::trim).enumerate() {
        if let Some(said) = line.strip_prefix("///") {
            about = about.or(Some(said.trim()));
        } else if line.starts_with("#[") {
            is_test |= matches!(line, "#[test]" | "#[tokio::test]");
        } else {
            let rest = line.strip_prefix("async ").unwrap_or(line);
            let name = rest.strip_prefix("fn ").and_then(|rest| rest.split('(').next());
            if let Some(name) = name.filter(|_| is_test) {
                let rules = of_function(name)
                    .into_iter()
                    .chain(about.map(of_sentence).unwrap_or_default());
                found.extend(rules.map(|rule| (index + 1, rule)));
            }
            (about, is_test) = (None, false);
        }
    }
    found
}

/// Each test of a browser spec that proves a rule: its line and the rule.
fn in_spec(text: &str) -> Vec<(usize, String)> {
    let title = |line: &str| {
        let rest = line.trim_start().strip_prefix("test(")?;
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '`'))?;
        rest[1..].split(quote).next().map(of_sentence)
    };
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(index, line)| {
            let rules = title(line).unwrap_or_default();
            rules.into_iter().map(move |rule| (index + 1, rule))
        })
        .collect()
}

/// By rule and level, the files with tests of it.
type Proofs<'a> = BTreeMap<(&'a str, &'static str), BTreeSet<&'a str>>;

/// Reads what the tests, given as path and content, say they prove.
fn proofs(tests: &[(String, String)]) -> (Proofs<'_>, Vec<Finding>) {
    let (mut proofs, mut findings) = (Proofs::new(), Vec::new());
    for (path, text) in tests {
        let of_path = |level: &&Level| level.folders.iter().any(|folder| path.starts_with(folder));
        let Some(level) = LEVELS.iter().find(of_path) else {
            continue;
        };
        let said = if path.ends_with(".rs") {
            in_rust(text)
        } else {
            in_spec(text)
        };
        for (line, rule) in said {
            match RULES.iter().find(|(name, _)| *name == rule) {
                Some((name, _)) => {
                    let file = path.rsplit('/').next().unwrap_or(path);
                    let stem = file.split('.').next().unwrap_or(file);
                    proofs.entry((*name, level.name)).or_default().insert(stem);
                }
                None => findings.push(Finding::new(path, line, format!("there is no {rule} to prove"))),
            }
        }
    }
    (proofs, findings)
}

/// The table for the reader: where each rule is proved.
pub fn table(tests: &[(String, String)]) -> String {
    let (proofs, _) = proofs(tests);
    let mut lines = vec![
        "# Where each rule is proved".to_owned(),
        String::new(),
        "The rules of the business and the files with their tests: in `crates/domain/tests/domain`, over HTTP in".to_owned(),
        "`crates/server/tests/api`, in the browser in `tests/e2e`. A test says at its beginning which rules it proves, and".to_owned(),
        "`cargo xtask test rules` fails where a rule has none at one of the levels. This file is written by".to_owned(),
        "`cargo xtask rules`.".to_owned(),
        String::new(),
        "| rule | what it says | domain | HTTP | browser |".to_owned(),
        "|---|---|---|---|---|".to_owned(),
    ];
    for (name, says) in RULES {
        let cells = LEVELS.iter().map(|level| {
            let files = proofs.get(&(name, level.name)).into_iter().flatten();
            files.copied().collect::<Vec<_>>().join(", ")
        });
        let cells: Vec<String> = [name.to_owned(), says.to_owned()]
            .into_iter()
            .chain(cells)
            .collect();
        lines.push(format!("| {} |", cells.join(" | ")));
    }
    lines.join("\n") + "\n"
}

/// What is not proved, and whether the table is still true.
pub fn check(tests: &[(String, String)], written: &str) -> Vec<Finding> {
    let (proofs, mut findings) = proofs(tests);
    for (name, says) in RULES {
        for level in LEVELS
            .iter()
            .filter(|level| !proofs.contains_key(&(name, level.name)))
        {
            let folder = level.folders.first().copied().unwrap_or_default();
            findings.push(Finding::new(
                folder,
                0,
                format!("no {} test proves {name}: {says}", level.name),
            ));
        }
    }
    if table(tests) != written.replace("\r\n", "\n") {
        findings.push(Finding::new(
            TABLE,
            1,
            "the tests have changed: write it anew with `cargo xtask rules`",
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> (String, String) {
        (path.to_owned(), text.to_owned())
    }

    fn rules(found: &[(usize, String)]) -> Vec<&str> {
        found.iter().map(|(_, rule)| rule.as_str()).collect()
    }

    #[test]
    fn a_test_names_its_rules_at_its_beginning_and_nowhere_else() {
        assert_eq!(
            of_sentence("Rules 1, 12 and 13: the way"),
            ["rule 1", "rule 12", "rule 13"]
        );
        assert_eq!(of_sentence("rule 6 and price 3: frozen"), ["rule 6", "price 3"]);
        assert_eq!(of_sentence("priority: the queue"), ["priority"]);
        assert!(of_sentence("the page by rule 5: nothing").is_empty());
        assert!(of_sentence("rule 5 holds").is_empty());
    }

    #[test]
    fn a_function_counts_only_where_it_is_a_test() {
        let text = "/// Rule 3.\n#[tokio::test]\nasync fn voiding() {}\n\
                    #[test]\nfn rule_04_changes() {}\n/// Rule 9: help.\nfn helper() {}\nfn rule_05_helper() {}";
        assert_eq!(rules(&in_rust(text)), ["rule 3", "rule 4"]);
    }

    #[test]
    fn a_browser_test_counts_by_its_title() {
        let text = "// rule 1: no\ntest(\"rule 2: yes\", f);\n  test(`rule 7: ${x}`, f);\ntest(title, f);";
        assert_eq!(rules(&in_spec(text)), ["rule 2", "rule 7"]);
    }

    #[test]
    fn a_rule_without_a_test_is_found_at_its_level_and_so_is_a_rule_there_is_not() {
        let tests = [
            file(
                "crates/domain/tests/domain/a.rs",
                "#[test]\nfn rule_01_a() {}\n#[test]\nfn rule_15_b() {}",
            ),
            file("tests/e2e/journeys/a.spec.ts", "test(\"rule 1: a\", f);"),
        ];
        let found = check(&tests, &table(&tests));
        let of_first: Vec<_> = found
            .iter()
            .filter(|one| one.rule.contains("proves rule 1:"))
            .collect();
        assert_eq!(of_first.len(), 1, "only over HTTP");
        assert!(of_first[0].rule.starts_with("no HTTP test"));
        assert!(found.iter().any(|one| one.rule == "there is no rule 15 to prove"));
        assert!(!found.iter().any(|one| one.file == TABLE));
        assert!(check(&tests, "").iter().any(|one| one.file == TABLE));
    }
}
