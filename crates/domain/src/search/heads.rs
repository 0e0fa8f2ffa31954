//! Which words with a typo a product can have at all, at a glance: looking through its texts takes a hundred times as long.
//!
//! With one typo, either the first signs of a word are right but for it, or all behind them are: whoever mistypes the
//! third letter or a later one has typed the first two, and whoever mistypes one of these two has typed the rest. Where
//! neither can be, nothing has to be looked for. Pairs of signs are kept as bits, several pairs sharing one, so that the answer may be
//! a wrong yes and is never a wrong no.

use super::fold::{begins_word, is_ideograph};
use super::pinyin::joined;
use super::words::Word;

/// What the words of a product begin with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Heads {
    /// The first two signs of words of letters and digits.
    letters: u64,
    /// Each Chinese character with the sign behind it.
    characters: u64,
}

impl Heads {
    /// Takes in the words of a line.
    pub fn add(&mut self, line: &str) {
        let mut before = None;
        let mut signs = line.chars().peekable();
        while let Some(sign) = signs.next() {
            if let Some(next) = signs.peek() {
                if is_ideograph(sign) {
                    self.characters |= bit(sign, *next);
                } else if begins_word(before, sign) && sign.is_alphanumeric() {
                    self.letters |= bit(sign, *next);
                }
            }
            before = Some(sign);
        }
    }

    /// Whether a word may begin with the first two signs of `word`, or with the first and the third.
    pub fn may_have(self, word: &Word) -> bool {
        let all = if word.is_latin {
            self.letters
        } else {
            self.letters | self.characters
        };
        all & firsts(&word.chars) != 0
    }
}

/// What the readings of a product sound like, each in the first of its ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sounds {
    /// The first two letters of each reading, with those behind it.
    heads: u64,
    /// Any two letters that stand beside each other.
    pairs: u128,
}

impl Sounds {
    /// Takes in a line of readings.
    pub fn add(&mut self, readings: &str) {
        let (all, starts) = joined(readings);
        let pairs = all.iter().zip(all.iter().skip(1));
        for (at, (first, second)) in pairs.enumerate() {
            let (first, second) = (char::from(*first), char::from(*second));
            self.pairs |= wide_bit(first, second);
            if starts.binary_search(&at).is_ok() {
                self.heads |= bit(first, second);
            }
        }
    }

    /// Whether readings may begin with the first two letters of `word`, or with the first and the third, or have all
    /// behind the first two in them.
    pub fn may_have(self, word: &Word) -> bool {
        let rest = word.chars.get(BEGIN..).unwrap_or_default();
        let has = |pair: &[char]| match pair {
            [first, second] => self.pairs & wide_bit(*first, *second) != 0,
            _ => true,
        };
        self.heads & firsts(&word.chars) != 0 || rest.windows(2).all(has)
    }
}

/// Signs of a word that are its beginning; behind them is the rest.
pub(super) const BEGIN: usize = 2;

/// The first sign with the second, and with the third in case the second two were typed in the wrong order.
fn firsts(signs: &[char]) -> u64 {
    match signs {
        [first, second, third, ..] => bit(*first, *second) | bit(*first, *third),
        // Too short for a typo; a wrong yes does no harm.
        _ => u64::MAX,
    }
}

fn mixed(first: char, second: char) -> u32 {
    let pair = u32::from(first)
        .wrapping_mul(0x0101_0193)
        .wrapping_add(u32::from(second));
    pair.wrapping_mul(0x9e37_79b1)
}

fn bit(first: char, second: char) -> u64 {
    1 << (mixed(first, second) >> 26)
}

fn wide_bit(first: char, second: char) -> u128 {
    1 << (mixed(first, second) >> 25)
}
