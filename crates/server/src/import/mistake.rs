//! What can be wrong with a row.

use std::fmt;
use std::sync::Arc;

use super::fields::FileKind;

/// Longest value shown in a message, in characters.
const SHOWN: usize = 40;

/// Something wrong with one field of one row, and so with the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Which of the files it is in.
    pub file: FileKind,
    /// What that file is called.
    pub source: Arc<str>,
    /// The line the row begins in; the header is line 1.
    pub line: usize,
    /// The column as the header names it.
    pub column: String,
    /// What the field says, as far as it can be read.
    pub value: String,
    /// What is wrong.
    pub kind: MistakeKind,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MistakeKind {
    /// Not UTF-8.
    Encoding,
    /// A quotation mark without its partner.
    Quoting,
    /// More fields than columns: a comma inside a field without quotation marks.
    TooManyFields {
        /// How many there are.
        fields: usize,
        /// How many columns the header names.
        columns: usize,
    },
    /// Not a number this field may have; the text completes "... is not".
    Number(&'static str),
    /// Not a date.
    Date,
    /// Neither yes nor no.
    Flag,
    /// Empty, though it must not be.
    Missing,
    /// Longer than so many characters.
    TooLong(usize),
    /// The same as in an earlier row.
    Duplicate {
        /// The line of that row.
        line: usize,
    },
    /// Taken by something that is in the database already.
    Taken,
    /// Names nothing there is.
    Unknown,
    /// The row is fine, but belongs to a row that is left out.
    LeftOut {
        /// The file of that row.
        source: Arc<str>,
        /// Its line.
        line: usize,
    },
    /// An order without lines.
    NoLines,
}

impl Mistake {
    /// Whether nothing is wrong with the row itself: it goes as soon as the row it belongs to is mended.
    pub fn is_consequence(&self) -> bool {
        matches!(self.kind, MistakeKind::LeftOut { .. })
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            source,
            line,
            column,
            file,
            ..
        } = self;
        write!(f, "{source}, line {line}, {column}: ")?;
        let value = Shown(&self.value);
        match &self.kind {
            MistakeKind::Encoding => f.write_str("is not UTF-8"),
            MistakeKind::Quoting => f.write_str("a quotation mark is opened and not closed, or not doubled"),
            MistakeKind::TooManyFields { fields, columns } => write!(
                f,
                "{fields} fields where the header has {columns}: a field with a comma must be in quotation marks; where \
                 it is always this column, say --extra-commas {}.{column}",
                file.name()
            ),
            MistakeKind::Number(expected) => write!(f, "{value} is not {expected}"),
            MistakeKind::Date => write!(f, "{value} is not a date such as 2026-11-22"),
            MistakeKind::Flag => write!(f, "{value} is neither 1 nor 0"),
            MistakeKind::Missing => f.write_str("is missing"),
            MistakeKind::TooLong(most) => write!(f, "{value} is longer than {most} characters"),
            MistakeKind::Duplicate { line } => write!(f, "{value} is in line {line} already"),
            MistakeKind::Taken => write!(f, "there is an account {value} already, of somebody else"),
            MistakeKind::Unknown => write!(f, "there is no {value}"),
            MistakeKind::LeftOut { source, line } => {
                write!(f, "{value} is left out because of {source}, line {line}")
            }
            MistakeKind::NoLines => write!(f, "order {value} has no lines"),
        }
    }
}

/// A value in quotation marks, cut where it is long.
struct Shown<'a>(&'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cut: String = self.0.chars().take(SHOWN).collect();
        let dots = if cut.len() < self.0.len() { "..." } else { "" };
        write!(f, "{cut:?}{dots}")
    }
}
