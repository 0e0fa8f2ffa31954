//! Pinyin and its initials, in any mixture: `kuangquanshui`, `kqs` and `kuangqs` find 矿泉水.
//!
//! The readings of a text are the [`tokens`] of it in their order, separated by blanks; where a character has several
//! readings, they stand beside each other: `chong/zhong qing xiao mian`. So which characters were meant can be told, and no
//! reading has to be multiplied with the others.

use std::ops::Range;

use super::fold::{fold, is_ideograph};

/// Longest word that is looked for in readings.
const LONGEST: usize = 63;

/// A part of a text that has a reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A Chinese character.
    Character(char),
    /// Letters and digits; they are read as they stand.
    Run(String),
}

/// The parts of `text` that have a reading, with their places in it.
pub fn tokens(text: &str) -> Vec<(Range<usize>, Token)> {
    let mut found: Vec<(Range<usize>, Token)> = Vec::new();
    for (at, sign) in text.char_indices() {
        let end = at + sign.len_utf8();
        let plain = fold(sign);
        if is_ideograph(sign) {
            found.push((at..end, Token::Character(sign)));
        } else if plain.is_alphanumeric() {
            match found.last_mut() {
                Some((place, Token::Run(run))) if place.end == at => {
                    place.end = end;
                    run.push(plain);
                }
                _ => found.push((at..end, Token::Run(plain.to_string()))),
            }
        }
    }
    found
}

/// What of a text's readings a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heard {
    /// The first token.
    pub start: usize,
    /// How many there are.
    pub count: usize,
    /// Whether every syllable but the last is there in full.
    pub is_full: bool,
}

/// Where in `readings` the word is; in full where it is that anywhere.
pub(super) fn hear(readings: &str, word: &str) -> Option<Heard> {
    let first = *word.as_bytes().first()?;
    if word.len() > LONGEST {
        return None;
    }
    let mut initials = None;
    let mut rest = readings;
    let mut start = 0;
    loop {
        let may_begin = rest.split(' ').next().unwrap_or_default().split('/');
        if may_begin
            .into_iter()
            .any(|reading| reading.as_bytes().first() == Some(&first))
        {
            match walk(rest, word.as_bytes()) {
                Some((count, true)) => {
                    return Some(Heard {
                        start,
                        count,
                        is_full: true,
                    });
                }
                Some((count, false)) if initials.is_none() => {
                    initials = Some(Heard {
                        start,
                        count,
                        is_full: false,
                    });
                }
                _ => {}
            }
        }
        // A single letter is too little to look for it anywhere but at the beginning.
        match rest.split_once(' ') {
            Some((_, behind)) if word.len() > 1 => rest = behind,
            _ => return initials,
        }
        start += 1;
    }
}

/// How many of the first readings the word is, and whether all but the last are there in full.
///
/// Bit `n` of a set stands for the first `n` letters of the word being used up: every way through the readings at once.
fn walk(readings: &str, word: &[u8]) -> Option<(usize, bool)> {
    let done = 1_u64 << word.len();
    let (mut full, mut mixed) = (1_u64, 1_u64);
    for (count, token) in (1..).zip(readings.split(' ')) {
        let (mut next_full, mut next_mixed) = (0, 0);
        for at in 0..word.len() {
            let bit = 1_u64 << at;
            if mixed & bit == 0 {
                continue;
            }
            let left = word.get(at..).unwrap_or_default();
            for reading in token.split('/') {
                let same = left
                    .iter()
                    .zip(reading.as_bytes())
                    .take_while(|(a, b)| a == b)
                    .count();
                if same == 0 {
                    continue;
                }
                let whole = same == reading.len() || same == left.len();
                if whole {
                    next_mixed |= bit << same;
                    next_full |= (full & bit) << same;
                }
                next_mixed |= bit << 1;
            }
        }
        if next_full & done != 0 {
            return Some((count, true));
        }
        if next_mixed & done != 0 {
            return Some((count, false));
        }
        if next_mixed == 0 {
            return None;
        }
        (full, mixed) = (next_full, next_mixed);
    }
    None
}

/// The readings without what separates them, the first of each, with the places where one begins.
pub(super) fn joined(readings: &str) -> (Vec<u8>, Vec<usize>) {
    let mut all = Vec::with_capacity(readings.len());
    let mut starts = Vec::new();
    for token in readings.split(' ') {
        starts.push(all.len());
        all.extend(token.split('/').next().unwrap_or_default().bytes());
    }
    (all, starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_readings_initials_and_mixtures_are_heard() {
        let readings = "nong fu shan quan kuang quan shui 550ml";
        for (word, start, count, is_full) in [
            ("kqs", 4, 3, false),
            ("kuangquanshui", 4, 3, true),
            ("kuangqs", 4, 3, false),
            ("kuangq", 4, 2, true),
            ("nfsq", 0, 4, false),
            ("nongfu", 0, 2, true),
            ("nongf", 0, 2, true),
            ("quan", 3, 1, true),
            ("s550", 6, 2, false),
            ("n", 0, 1, true),
        ] {
            assert_eq!(
                hear(readings, word),
                Some(Heard {
                    start,
                    count,
                    is_full
                }),
                "{word}"
            );
        }
        for word in [
            "qks",
            "uang",
            "kqsx",
            "k",
            "",
            "nongfushanquankuangquanshui550mlx",
        ] {
            assert_eq!(hear(readings, word), None, "{word}");
        }
    }

    #[test]
    fn every_reading_of_a_character_is_heard() {
        let readings = "chong/zhong qing yin le/yue";
        for word in [
            "chongqing",
            "zhongqing",
            "cq",
            "zq",
            "yinyue",
            "yinle",
            "yy",
            "yl",
            "zqyy",
        ] {
            assert!(hear(readings, word).is_some(), "{word}");
        }
    }

    #[test]
    fn readings_alike_cost_no_more_than_others() {
        let readings = vec!["o/ou"; 200].join(" ");
        assert!(hear(&readings, &"o".repeat(63)).is_some());
        assert!(hear(&readings, &format!("{}x", "o".repeat(62))).is_none());
        assert_eq!(hear(&readings, &"o".repeat(64)), None);
    }

    #[test]
    fn tokens_know_their_places() {
        let found = tokens("A4 纸, Étoile７０克");
        let texts: Vec<_> = found.iter().map(|(_, token)| token.clone()).collect();
        let run = |text: &str| Token::Run(text.to_owned());
        assert_eq!(
            texts,
            [
                run("a4"),
                Token::Character('纸'),
                run("etoile70"),
                Token::Character('克')
            ]
        );
        assert_eq!(found[1].0, 3..6);
    }
}
