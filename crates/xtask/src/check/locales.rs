//! Both languages say the same things: same keys, same placeholders, nothing empty, nothing that nobody asks for, and
//! words for every problem the server can answer with.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Finding;
use super::source::Source;
use super::texts;
use crate::failure::{Failure, Outcome};

/// The languages, each a directory of `locales/`.
const LANGUAGES: [&str; 2] = ["zh-CN", "en"];

/// The file with the words of problem types.
const PROBLEMS: &str = "problems";

/// Where the problem types are defined.
const PROBLEM_TYPES: &str = "crates/contract/src/problem";

/// What grammar adds to a key; the code asks without it.
const PLURALS: [&str; 6] = ["_zero", "_one", "_two", "_few", "_many", "_other"];

/// All texts of a language by key, e.g. `orders.list.title`.
type Texts = BTreeMap<String, String>;

pub fn check(sources: &[Source]) -> Outcome<Vec<Finding>> {
    let mut languages = Vec::new();
    for language in LANGUAGES {
        languages.push(read(language)?);
    }
    let [chinese, english] = [&languages[0], &languages[1]];
    let mut findings = compare(chinese, english);
    findings.extend(unused(english, sources));
    findings.extend(problems_without_words(english, sources));
    Ok(findings)
}

fn read(language: &str) -> Outcome<Texts> {
    let mut all = Texts::new();
    for (path, text) in texts(&[&format!("locales/{language}")], &["json"])? {
        let value: Value = serde_json::from_str(&text)
            .map_err(|error| Failure::new(format!("{path} is not JSON: {error}.")))?;
        let feature = path.rsplit('/').next().unwrap_or(&path).trim_end_matches(".json");
        flatten(feature, &value, &mut all);
    }
    Ok(all)
}

fn flatten(key: &str, value: &Value, all: &mut Texts) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                flatten(&format!("{key}.{name}"), value, all);
            }
        }
        Value::String(text) => {
            all.insert(key.to_owned(), text.clone());
        }
        other => {
            all.insert(key.to_owned(), other.to_string());
        }
    }
}

fn finding(language: &str, key: &str, rule: impl Into<String>) -> Finding {
    let feature = key.split('.').next().unwrap_or(key);
    Finding::new(&format!("locales/{language}/{feature}.json"), 1, rule)
}

fn compare(chinese: &Texts, english: &Texts) -> Vec<Finding> {
    let mut findings = Vec::new();
    let pairs = [(LANGUAGES[0], chinese, english), (LANGUAGES[1], english, chinese)];
    for (language, own, other) in pairs {
        findings.extend(
            other
                .keys()
                .filter(|key| !own.contains_key(*key))
                .map(|key| finding(language, key, format!("`{key}` is missing"))),
        );
        findings.extend(
            own.iter()
                .filter(|(_, text)| text.trim().is_empty())
                .map(|(key, _)| finding(language, key, format!("`{key}` is empty"))),
        );
    }
    for (key, text) in english {
        if let Some(other) = chinese.get(key).filter(|other| holes(other) != holes(text)) {
            findings.push(finding(
                LANGUAGES[0],
                key,
                format!(
                    "`{key}` has {:?} to fill in where en has {:?}",
                    holes(other),
                    holes(text)
                ),
            ));
        }
    }
    findings
}

/// What a text leaves to be filled in: `{{ name }}`, and elements such as `<b>`.
fn holes(text: &str) -> BTreeSet<String> {
    let variables = text
        .split("{{")
        .skip(1)
        .filter_map(|rest| rest.split("}}").next())
        .map(|name| name.split(',').next().unwrap_or(name).trim().to_owned());
    let elements = text
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .map(|name| name.trim_matches(['/', ' ']))
        .filter(|name| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|letter| letter.is_alphanumeric() || letter == '_')
        })
        .map(|name| format!("<{name}>"));
    variables.chain(elements).collect()
}

/// A key counts as used where the code mentions it in full, or asks for its last part below a scope that it names.
fn unused(english: &Texts, sources: &[Source]) -> Vec<Finding> {
    let mut code = String::new();
    for source in sources.iter().filter(|source| source.path.starts_with("src/")) {
        code.extend(source.code.chars().filter(|letter| !letter.is_whitespace()));
        code.push('\n');
    }
    let mentioned: BTreeSet<&str> = code
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '.')
        .collect();
    let keys: BTreeSet<&str> = english.keys().map(|key| asked_for(key)).collect();
    keys.into_iter()
        .filter(|key| !mentioned.contains(key))
        .map(|key| finding(LANGUAGES[1], key, format!("`{key}` is never asked for in src")))
        .collect()
}

fn asked_for(key: &str) -> &str {
    PLURALS
        .iter()
        .find_map(|plural| key.strip_suffix(plural))
        .map_or(key, |key| key.trim_end_matches("_ordinal"))
}

/// Problem types are the strings `/problems/<kebab-case>` of the contract; their keys have `_` for `-`.
fn problems_without_words(english: &Texts, sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources
        .iter()
        .filter(|source| source.path.starts_with(PROBLEM_TYPES))
    {
        let types = source
            .strings
            .iter()
            .filter_map(|piece| Some((piece.line, piece.text.strip_prefix("/problems/")?)));
        for (line, problem) in types {
            let key = format!("{PROBLEMS}.{}", problem.replace('-', "_"));
            let has_words = english
                .keys()
                .any(|known| asked_for(known) == key || known.starts_with(&format!("{key}.")));
            if !has_words {
                findings.push(Finding::new(
                    &source.path,
                    line,
                    format!("`{problem}` has no words: add `{key}`"),
                ));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pairs: &[(&str, &str)]) -> Texts {
        pairs
            .iter()
            .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
            .collect()
    }

    fn rules(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.rule.as_str()).collect()
    }

    #[test]
    fn both_languages_have_the_same_keys_and_nothing_empty() {
        let findings = compare(
            &texts(&[("a.b", "x"), ("a.d", " ")]),
            &texts(&[("a.b", "x"), ("a.c", "x"), ("a.d", "y")]),
        );
        assert_eq!(rules(&findings), ["`a.c` is missing", "`a.d` is empty"]);
    }

    #[test]
    fn both_languages_fill_in_the_same() {
        let chinese = texts(&[("a.b", "{{count}} 项"), ("a.c", "<b>好</b>")]);
        let english = texts(&[("a.b", "{{ count }} of {{ total }}"), ("a.c", "<b>good</b>")]);
        assert_eq!(compare(&chinese, &english).len(), 1);
    }

    #[test]
    fn keys_nobody_asks_for_are_told() {
        let source = Source::new(
            "src/a.rs",
            "t!(i18n, orders.list\n.title, count = 1); // orders.gone",
        );
        let english = texts(&[
            ("orders.list.title_one", "x"),
            ("orders.list.title_other", "x"),
            ("orders.gone", "x"),
        ]);
        assert_eq!(
            rules(&unused(&english, &[source])),
            ["`orders.gone` is never asked for in src"]
        );
    }

    #[test]
    fn every_problem_has_words() {
        let source = Source::new(
            "crates/contract/src/problem.rs",
            "#[serde(rename = \"/problems/not-found\")]\n#[serde(rename = \"/problems/stale\")]",
        );
        let english = texts(&[("problems.not_found", "x")]);
        assert_eq!(
            rules(&problems_without_words(&english, &[source])),
            ["`stale` has no words: add `problems.stale`"]
        );
    }
}
