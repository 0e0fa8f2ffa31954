//! What is searched for.

use super::fold::folded;
use super::heads::BEGIN;
use super::signs::Signs;

/// Letters a word must have for a typo in it to be forgiven: shorter ones are one letter away from too many others.
const LONG_ENOUGH: usize = 4;

/// A word of a search, as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub(super) text: String,
    pub(super) chars: Vec<char>,
    pub(super) signs: Signs,
    /// What is behind its first two signs, and the signs of that.
    pub(super) rest: (String, Signs),
    /// Whether it may be pinyin.
    pub(super) is_latin: bool,
    /// Whether a typo in it is forgiven.
    pub(super) may_have_typo: bool,
}

impl Word {
    fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let behind = || chars.iter().copied().skip(BEGIN);
        Self {
            signs: Signs::of(chars.iter().copied()),
            rest: (behind().collect(), Signs::of(behind())),
            is_latin: chars.iter().all(char::is_ascii_alphanumeric),
            // A digit makes it a code or a measure: another one is another thing.
            may_have_typo: chars.len() >= LONG_ENOUGH && chars.iter().all(|sign| sign.is_alphabetic()),
            text: text.to_owned(),
            chars,
        }
    }

    /// The word.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The words of a search. A product is found when it has all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<Word>);

impl Words {
    /// The words of `q`.
    pub fn of(q: &str) -> Self {
        Self(folded(q).split_whitespace().map(Word::of).collect())
    }

    /// Whether nothing is searched for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Word> {
        self.0.iter()
    }

    /// Whether a typo in any of them is forgiven.
    pub(super) fn may_have_typo(&self) -> bool {
        self.0.iter().any(|word| word.may_have_typo)
    }
}
