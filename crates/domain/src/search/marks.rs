//! What of a shown text was searched for.

use std::ops::Range;

use super::fold::{begins_word, fold};
use super::keys::{Keys, typo_in_text};
use super::pinyin::{hear, tokens};
use super::words::{Word, Words};

/// Marks the texts of one product.
#[derive(Clone, Debug)]
pub struct Marker<'a> {
    /// Each word, and whether it is there only with a typo.
    words: Vec<(&'a Word, bool)>,
}

impl<'a> Marker<'a> {
    /// A marker for the product with these keys.
    pub fn new(words: &'a Words, keys: &Keys) -> Self {
        Self {
            words: words
                .iter()
                .map(|word| (word, keys.only_with_typo(word)))
                .collect(),
        }
    }

    /// The places in a name, by rising start, none touching another. `pinyin` is the line of its readings; empty where
    /// the text has none.
    pub fn name(&self, text: &str, pinyin: &str) -> Vec<Range<usize>> {
        let folded: String = text.chars().map(fold).collect();
        let mut found = Vec::new();
        for (word, is_typo) in &self.words {
            let plain = plain(text, &folded, word);
            if plain.is_empty() {
                found.extend(by_pinyin(text, pinyin, word));
                if *is_typo {
                    found.extend(by_typo(text, &folded, word));
                }
            }
            found.extend(plain);
        }
        merged(found)
    }

    /// The places in a code or a barcode.
    pub fn code(&self, text: &str) -> Vec<Range<usize>> {
        let folded: String = text.chars().map(fold).collect();
        let places = self.words.iter().flat_map(|(word, _)| plain(text, &folded, word));
        merged(places.collect())
    }
}

/// The places in `text` of signs by their number.
fn place(text: &str, signs: Range<usize>) -> Range<usize> {
    let at = |number: usize| text.char_indices().nth(number).map_or(text.len(), |(at, _)| at);
    at(signs.start)..at(signs.end)
}

fn plain(text: &str, folded: &str, word: &Word) -> Vec<Range<usize>> {
    let count = word.text().chars().count();
    let starts = folded.match_indices(word.text());
    let signs = starts.map(|(at, _)| folded.get(..at).map_or(0, |before| before.chars().count()));
    signs.map(|sign| place(text, sign..sign + count)).collect()
}

fn by_pinyin(text: &str, pinyin: &str, word: &Word) -> Option<Range<usize>> {
    if !word.is_latin {
        return None;
    }
    let heard = hear(pinyin.trim(), word.text())?;
    let places = tokens(text);
    let first = places.get(heard.start)?;
    let last = places.get(heard.start + heard.count - 1)?;
    Some(first.0.start..last.0.end)
}

/// The whole word the typo is in: which of its letters were meant nobody knows.
fn by_typo(text: &str, folded: &str, word: &Word) -> Option<Range<usize>> {
    let start = typo_in_text(folded, word)?;
    let signs: Vec<char> = folded.chars().collect();
    let rest = signs.get(start..)?;
    let goes_on = |pair: &&[char]| match pair {
        [before, sign] => sign.is_alphanumeric() && !begins_word(Some(*before), *sign),
        _ => false,
    };
    let more = rest.windows(2).take_while(goes_on).count();
    Some(place(text, start..start + (more + 1).min(word.chars.len() + 1)))
}

fn merged(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| (place.start, place.end));
    let mut all: Vec<Range<usize>> = Vec::new();
    for place in places.into_iter().filter(|place| !place.is_empty()) {
        match all.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => all.push(place),
        }
    }
    all
}
