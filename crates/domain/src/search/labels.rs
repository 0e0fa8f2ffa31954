//! Brands and tags: texts many products share, kept once.

use std::collections::BTreeMap;

use super::fold::fold;
use crate::text::LocalText;

/// The key of a brand or a tag: the same in either language, and a word of an address. Empty for no text at all.
pub fn label_key(text: &LocalText) -> String {
    let name = if text.zh.trim().is_empty() {
        &text.en
    } else {
        &text.zh
    };
    // Keys are listed with a bar between them.
    let plain = name.trim().chars().map(|sign| match fold(sign) {
        '|' => ' ',
        plain => plain,
    });
    plain.collect()
}

/// The texts, by number.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    texts: Vec<(String, LocalText)>,
    numbers: BTreeMap<String, u32>,
}

impl Labels {
    /// The number of `text`; a new one where it is new. `None` for no text at all.
    pub fn number(&mut self, text: &LocalText) -> Option<u32> {
        let key = label_key(text);
        if key.is_empty() {
            return None;
        }
        if let Some(number) = self.numbers.get(&key) {
            return Some(*number);
        }
        let number = u32::try_from(self.texts.len()).ok()?;
        self.texts.push((key.clone(), text.clone()));
        self.numbers.insert(key, number);
        Some(number)
    }

    /// The number of the text with this key, if it has one.
    pub fn find(&self, key: &str) -> Option<u32> {
        self.numbers.get(key).copied()
    }

    /// Every text with its key, by number.
    pub(super) fn all(&self) -> &[(String, LocalText)] {
        &self.texts
    }
}
