//! The data files' common form: one record a line, fields between bars, `#` begins a comment line.

use std::fmt;

use rust_decimal::Decimal;

use super::Text;

/// A line of a data file that cannot be read. The files are part of the program, so this is a mistake of an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataError {
    /// The file's name.
    pub file: &'static str,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}", self.file, self.line, self.what)
    }
}

impl std::error::Error for DataError {}

/// One line of a data file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    file: &'static str,
    number: usize,
    /// The line's text, trimmed.
    pub(super) text: &'static str,
}

impl Line {
    /// The lines of a file that say something.
    pub(super) fn all(file: &'static str, content: &'static str) -> impl Iterator<Item = Self> {
        content
            .lines()
            .enumerate()
            .map(move |(index, text)| Self {
                file,
                number: index + 1,
                text: text.trim(),
            })
            .filter(|line| !line.text.is_empty() && !line.text.starts_with('#'))
    }

    /// The text behind a keyword and a space, where the line begins with it.
    pub(super) fn after(&self, keyword: &str) -> Option<&'static str> {
        self.text.strip_prefix(keyword)?.strip_prefix(' ')
    }

    /// An error on this line.
    pub(super) fn error(&self, what: impl Into<String>) -> DataError {
        DataError {
            file: self.file,
            line: self.number,
            what: what.into(),
        }
    }

    /// Splits `text` at the bars. There must be between `least` and `N` fields; missing ones are empty.
    pub(super) fn fields<const N: usize>(
        &self,
        text: &'static str,
        least: usize,
    ) -> Result<[&'static str; N], DataError> {
        let mut fields = [""; N];
        let mut count = 0;
        for field in text.split('|') {
            let Some(slot) = fields.get_mut(count) else {
                return Err(self.error(format!("more than {N} fields")));
            };
            *slot = field.trim();
            count += 1;
        }
        if count < least {
            return Err(self.error(format!("{count} fields instead of at least {least}")));
        }
        Ok(fields)
    }

    /// Reads a decimal number.
    pub(super) fn decimal(&self, text: &str) -> Result<Decimal, DataError> {
        text.parse()
            .map_err(|_| self.error(format!("`{text}` is not a number")))
    }

    /// Reads a whole number.
    pub(super) fn whole<T: std::str::FromStr>(&self, text: &str) -> Result<T, DataError> {
        text.parse()
            .map_err(|_| self.error(format!("`{text}` is not a whole number")))
    }

    /// Reads `中文~English`; text without a tilde is the same in both languages.
    pub(super) fn both(&self, text: &'static str) -> Text {
        let (zh, en) = text.split_once('~').unwrap_or((text, text));
        Text::new(zh.trim(), en.trim())
    }
}

/// The `key=value` words of an options field, and words that stand alone with an empty value.
pub(super) fn options(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    text.split_whitespace()
        .map(|word| word.split_once('=').unwrap_or((word, "")))
}
