//! What a product is found by, and how well a word fits it.

use super::fold::{begins_word, fold, is_ideograph};
use super::heads::{Heads, Sounds};
use super::pinyin::{Heard, hear, joined};
use super::place::Score;
use super::signs::Signs;
use super::typo;
use super::words::{Word, Words};
use crate::text::LocalText;

/// Letters of a code's middle that are looked for; fewer are in every other code.
const INSIDE_CODE: usize = 3;
/// Digits of a barcode that are looked for; fewer are a country or an amount.
const INSIDE_BARCODE: usize = 6;
/// Letters of pinyin a typo is forgiven in.
const LONG_PINYIN: usize = 5;
/// Signs of a product that are kept as keys in each of its texts: more than any name has.
const MAX_TEXT: usize = 400;
/// The same for readings, of which a sign has several.
const MAX_READINGS: usize = 4_000;

/// How a word fits a product, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// It is a code or a barcode.
    Exact,
    /// A code begins with it.
    CodeStart,
    /// The name of the product begins with it.
    NameStart,
    /// A word begins with it.
    WordStart,
    /// It is somewhere in a name or a code.
    Inside,
    /// It is pinyin of a part of a name, its last syllable perhaps not in full.
    Pinyin,
    /// It is made of initials.
    Initials,
    /// A word begins with it but for one typo.
    Typo,
}

/// What a product is found by.
#[derive(Clone, Copy, Debug)]
pub struct Searched<'a> {
    /// Its name.
    pub name: &'a LocalText,
    /// Its brand.
    pub brand: &'a LocalText,
    /// Names, codes and barcodes of its variants.
    pub variants: &'a [(&'a LocalText, &'a str, Option<&'a str>)],
    /// Readings of the Chinese texts: that of the name, of the brand and of each variant's name, a line each.
    pub pinyin: &'a str,
}

/// The same as it is compared: lines, each behind a sign that says what it is and that no word has in it. The readings come
/// last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    text: Box<str>,
    /// Where the readings begin.
    readings: usize,
    /// What there is in the texts and in the readings: most products lack a sign of a word and need not be looked through.
    signs: Signs,
    sounds: Signs,
    /// The same for words with a typo.
    heads: Heads,
    heard: Sounds,
}

const NAME: char = '\u{1}';
const TEXT: char = '\u{2}';
const CODE: char = '\u{3}';
const BARCODE: char = '\u{4}';

impl Keys {
    /// The keys of a product.
    pub fn of(searched: &Searched<'_>) -> Self {
        let mut text = String::new();
        let mut line = |kind: char, line: &str| {
            let line = line.trim();
            if !line.is_empty() {
                text.push(kind);
                text.extend(line.chars().take(MAX_TEXT).map(fold));
                text.push('\n');
            }
        };
        let mut both = |kind: char, text: &LocalText| {
            line(kind, &text.zh);
            line(kind, &text.en);
        };
        both(NAME, searched.name);
        both(TEXT, searched.brand);
        for (name, ..) in searched.variants {
            both(TEXT, name);
        }
        for (_, code, barcode) in searched.variants {
            line(CODE, code);
            line(BARCODE, barcode.unwrap_or_default());
        }
        let readings = text.len();
        for line in searched.pinyin.lines().filter(|line| !line.trim().is_empty()) {
            text.extend(line.trim().chars().take(MAX_READINGS).map(fold));
            text.push('\n');
        }
        let (plain, sounds) = text.split_at(readings);
        let mut heads = Heads::default();
        names(plain).for_each(|line| heads.add(line));
        let mut heard = Sounds::default();
        sounds.lines().for_each(|line| heard.add(line));
        Self {
            signs: Signs::of(plain.chars()),
            sounds: Signs::of(sounds.chars()),
            heads,
            heard,
            readings,
            text: text.into_boxed_str(),
        }
    }

    /// How many bytes they take.
    pub fn size(&self) -> usize {
        self.text.len()
    }

    fn plain(&self) -> &str {
        self.text.get(..self.readings).unwrap_or_default()
    }

    fn readings(&self) -> impl Iterator<Item = &str> {
        self.text.get(self.readings..).unwrap_or_default().lines()
    }

    /// How well `word` fits, without a typo.
    pub fn rank(&self, word: &Word) -> Option<Rank> {
        let plain = self.signs.lacks(word.signs) == 0;
        plain.then(|| self.written(word)).flatten().or_else(|| {
            let may_sound = word.is_latin && self.sounds.lacks(word.signs) == 0;
            may_sound.then(|| self.heard(word)).flatten()
        })
    }

    fn written(&self, word: &Word) -> Option<Rank> {
        let (plain, first) = (self.plain(), *word.chars.first()?);
        let mut best = None;
        for (at, _) in plain.match_indices(word.text()) {
            let (before, behind) = (plain.get(..at)?, plain.get(at + word.text().len()..)?);
            // Before the first line there is nothing, and a line has its kind before it.
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            let line = before.get(start..)?;
            let kind = line.chars().next()?;
            let is_start = line.len() == 1;
            let ends = behind.starts_with('\n');
            let long = |inside: usize| word.chars.len() >= inside;
            let rank = match kind {
                CODE | BARCODE if is_start && ends => Some(Rank::Exact),
                CODE if is_start => Some(Rank::CodeStart),
                CODE => long(INSIDE_CODE).then_some(Rank::Inside),
                BARCODE if is_start => long(INSIDE_BARCODE).then_some(Rank::CodeStart),
                BARCODE => long(INSIDE_BARCODE).then_some(Rank::Inside),
                NAME if is_start => Some(Rank::NameStart),
                _ if is_start || begins_word(before.chars().next_back(), first) => Some(Rank::WordStart),
                _ => Some(Rank::Inside),
            };
            best = [best, rank].into_iter().flatten().min();
        }
        best
    }

    fn heard(&self, word: &Word) -> Option<Rank> {
        let rank = |heard: Heard| {
            if heard.is_full {
                Rank::Pinyin
            } else {
                Rank::Initials
            }
        };
        self.readings()
            .filter_map(|line| hear(line, word.text()).map(rank))
            .min()
    }

    /// Whether `word` fits but for a typo.
    fn has_typo(&self, word: &Word) -> bool {
        word.may_have_typo
            && (self.may_be_written(word) && self.is_written(word)
                || self.may_be_heard(word) && self.is_heard(word))
    }

    fn may_be_written(&self, word: &Word) -> bool {
        let (rest, signs) = &word.rest;
        self.signs.lacks(word.signs) <= 1
            && (self.heads.may_have(word) || self.signs.lacks(*signs) == 0 && self.plain().contains(rest))
    }

    fn is_written(&self, word: &Word) -> bool {
        names(self.plain()).any(|line| typo_in_text(line, word).is_some())
    }

    fn may_be_heard(&self, word: &Word) -> bool {
        let is_long = word.is_latin && word.chars.len() >= LONG_PINYIN;
        is_long && self.sounds.lacks(word.signs) <= 1 && self.heard.may_have(word)
    }

    fn is_heard(&self, word: &Word) -> bool {
        self.readings().any(|line| typo_in_pinyin(line, word))
    }

    /// Whether `word` fits in no other way but with a typo.
    pub(super) fn only_with_typo(&self, word: &Word) -> bool {
        self.rank(word).is_none() && self.has_typo(word)
    }

    /// How well all of `words` fit; `None` when one of them does not. The worst of them decides, then their sum.
    pub fn score(&self, words: &Words, with_typos: bool) -> Option<Score> {
        let (mut worst, mut sum) = (0, 0);
        for word in words.iter() {
            let rank = match self.rank(word) {
                Some(rank) => rank,
                None if with_typos && self.has_typo(word) => Rank::Typo,
                None => return None,
            };
            let rank = rank as u16;
            worst = worst.max(rank);
            sum += rank;
        }
        Some(Score(worst.saturating_mul(256).saturating_add(sum.min(255))))
    }
}

/// The lines that are names, of a product, its brand or its variants: in codes no typo is forgiven.
fn names(plain: &str) -> impl Iterator<Item = &str> {
    plain.lines().filter_map(|line| line.strip_prefix([NAME, TEXT]))
}

/// The sign at which a word of `text` begins that is `word` but for a typo.
pub(super) fn typo_in_text(text: &str, word: &Word) -> Option<usize> {
    let mut before = None;
    for (number, (at, sign)) in text.char_indices().enumerate() {
        let may_begin = match is_ideograph(sign) {
            true => !word.is_latin,
            false => begins_word(before, sign) && sign.is_alphanumeric(),
        };
        if may_begin && begins_with(text.get(at..)?, word) {
            return Some(number);
        }
        before = Some(sign);
    }
    None
}

/// Whether `text` begins with `word` but for a typo.
fn begins_with(text: &str, word: &Word) -> bool {
    let reach = word.chars.len() + 1;
    match text.as_bytes().get(..reach.min(text.len())) {
        Some(bytes) if word.is_latin && bytes.is_ascii() => typo::begins(bytes, word.text().as_bytes()),
        _ => {
            let signs: Vec<char> = text.chars().take(reach).collect();
            typo::begins(&signs, &word.chars)
        }
    }
}

fn typo_in_pinyin(readings: &str, word: &Word) -> bool {
    let (all, starts) = joined(readings);
    let begins = |start: usize| {
        all.get(start..)
            .is_some_and(|rest| typo::begins(rest, word.text().as_bytes()))
    };
    starts.into_iter().any(begins)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys(name: &str, pinyin: &str) -> Keys {
        Keys::of(&Searched {
            name: &LocalText::new(name, ""),
            brand: &LocalText::default(),
            variants: &[],
            pinyin,
        })
    }

    proptest! {
        /// Few letters, so that words often are there but for a typo.
        #[test]
        fn what_is_told_at_a_glance_is_never_a_wrong_no(
            name in "[abc 茶水é-]{0,24}",
            pinyin in "([abc]{1,3}(/[abc]{1,2})?( [abc]{1,3}){0,6})?",
            q in "[abcé]{4,8}|[茶水ab]{4,6}",
        ) {
            let keys = keys(&name, &pinyin);
            for word in Words::of(&q).iter() {
                // What looking through everything finds, without the glances.
                if keys.is_written(word) {
                    prop_assert!(keys.may_be_written(word), "{} in {}", q, name);
                }
                if word.is_latin && word.chars.len() >= LONG_PINYIN && keys.is_heard(word) {
                    prop_assert!(keys.may_be_heard(word), "{} in {}", q, pinyin);
                }
            }
        }

        /// A word of the text with a typo put into it is found: the glances are not there to be lucky.
        #[test]
        fn a_word_of_the_text_with_a_typo_is_found(
            words in prop::collection::vec("[a-z]{5,9}", 1..5),
            which in any::<prop::sample::Index>(),
            at in any::<prop::sample::Index>(),
            kind in 0..4_u8,
        ) {
            let name = words.join(" ");
            let mut typed: Vec<char> = which.get(&words).chars().collect();
            let at = at.index(typed.len() - 1);
            match kind {
                0 => typed[at] = 'q',
                1 => typed.insert(at, 'q'),
                2 => { typed.remove(at); }
                _ => typed.swap(at, at + 1),
            }
            let q: String = typed.into_iter().collect();
            let words = Words::of(&q);
            prop_assert!(keys(&name, "").score(&words, true).is_some(), "{} in {}", q, name);
        }
    }
}
