//! A CSV file as rows with their lines.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use csv::{ByteRecord, ReaderBuilder};

use super::Options;
use super::columns::{MapError, place_of, resolve};
use super::fields::FileKind;
use super::mistake::MistakeKind;

/// A file that can't be read at all, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableError {
    /// It has no header.
    Empty(String),
    /// It is written in UTF-16 or another encoding.
    NotUtf8(String),
    /// Its columns are not those that are needed.
    Columns(MapError),
    /// The reader gave up; the text is its own.
    Csv(String, String),
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty(source) => write!(f, "{source} is empty: its first line names the columns"),
            Self::NotUtf8(source) => {
                write!(f, "{source} is not UTF-8: save it as \"CSV UTF-8\"")
            }
            Self::Columns(error) => error.fmt(f),
            Self::Csv(source, error) => write!(f, "{source} can't be read: {error}"),
        }
    }
}

impl std::error::Error for TableError {}

/// A file with its columns found.
pub(super) struct Table {
    pub(super) file: FileKind,
    pub(super) source: Arc<str>,
    pub(super) headers: Vec<String>,
    pub(super) places: BTreeMap<&'static str, usize>,
    pub(super) rows: Vec<Row>,
}

/// A row as it was read.
pub(super) struct Row {
    /// The line it begins in.
    pub(super) line: usize,
    pub(super) fields: ByteRecord,
    /// What is wrong with the row as a whole, and in which column that shows.
    pub(super) flaw: Option<(usize, MistakeKind)>,
}

impl Table {
    /// Reads a file called `source`.
    pub(super) fn read(
        file: FileKind,
        source: &str,
        bytes: &[u8],
        options: &Options,
    ) -> Result<Self, TableError> {
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(TableError::NotUtf8(source.to_owned()));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut records = records(source, bytes)?.into_iter();
        let (_, header, _) = records
            .next()
            .ok_or_else(|| TableError::Empty(source.to_owned()))?;
        let headers: Vec<String> = header
            .iter()
            .map(|name| std::str::from_utf8(name).map(|name| name.trim().to_owned()))
            .collect::<Result<_, _>>()
            .map_err(|_| TableError::NotUtf8(source.to_owned()))?;
        let places = resolve(file, source, &headers, &options.choices).map_err(TableError::Columns)?;
        let commas = options.extra_commas.iter().find(|commas| commas.file == file);
        let joined = commas
            .map(|commas| place_of(source, &headers, &commas.column))
            .transpose()
            .map_err(TableError::Columns)?;
        let rows = records
            .filter(|(_, fields, _)| fields.iter().any(|field| !field.is_empty()))
            .map(|(line, fields, paired)| row(line, fields, paired, headers.len(), joined))
            .collect();
        Ok(Self {
            file,
            source: source.into(),
            headers,
            places,
            rows,
        })
    }

    /// What the header calls a field's column; the field's own name where there is none.
    pub(super) fn column(&self, field: &'static str) -> String {
        let place = self.places.get(field);
        place
            .and_then(|place| self.headers.get(*place))
            .cloned()
            .unwrap_or_else(|| field.to_owned())
    }
}

fn row(line: usize, fields: ByteRecord, paired: bool, columns: usize, joined: Option<usize>) -> Row {
    let count = fields.len();
    let starts_blank = |field: &[u8]| field.starts_with(b" ");
    if !paired {
        let open = fields
            .iter()
            .position(|field| field.contains(&b'\n') || field.contains(&b'"'));
        let place = open.unwrap_or_default().min(columns.saturating_sub(1));
        return Row {
            line,
            fields,
            flaw: Some((place, MistakeKind::Quoting)),
        };
    }
    if count < columns {
        return Row {
            line,
            fields,
            flaw: Some((count, MistakeKind::Missing)),
        };
    }
    let extra = count.saturating_sub(columns);
    match joined {
        Some(place) if extra > 0 => Row {
            line,
            fields: join(&fields, place, extra),
            flaw: None,
        },
        None if extra > 0 => {
            // The comma that was meant as a comma is most likely the one with a blank behind it.
            let second = fields.iter().position(starts_blank);
            let place = second.map_or(columns, |second| second.min(columns));
            let flaw = MistakeKind::TooManyFields {
                fields: count,
                columns,
            };
            Row {
                line,
                fields,
                flaw: Some((place.saturating_sub(1), flaw)),
            }
        }
        _ => Row {
            line,
            fields,
            flaw: None,
        },
    }
}

/// The row with the field at `place` and the `extra` ones behind it in one, as if they had been in quotation marks.
fn join(fields: &ByteRecord, place: usize, extra: usize) -> ByteRecord {
    let mut joined = ByteRecord::new();
    let mut text = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        if at < place || at > place.saturating_add(extra) {
            joined.push_field(field);
            continue;
        }
        if at > place {
            text.push(b',');
        }
        text.extend_from_slice(field);
        if at == place.saturating_add(extra) {
            joined.push_field(&text);
        }
    }
    joined
}

/// The records with the line each begins in, and whether its quotation marks come in pairs.
fn records(source: &str, bytes: &[u8]) -> Result<Vec<(usize, ByteRecord, bool)>, TableError> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(bytes))
        .from_reader(bytes);
    let mut found = Vec::new();
    let (mut line, mut at) = (1, 0);
    let mut record = ByteRecord::new();
    loop {
        let more = reader
            .read_byte_record(&mut record)
            .map_err(|error| TableError::Csv(source.to_owned(), error.to_string()))?;
        let end = place(reader.position()).min(bytes.len());
        if !more {
            return Ok(found);
        }
        let raw = bytes.get(at..end).unwrap_or_default();
        // Blank lines before a record count as part of it.
        let blank = raw
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .filter(|byte| **byte == b'\n')
            .count();
        let quotes = raw.iter().filter(|byte| **byte == b'"').count();
        let lines = raw.iter().filter(|byte| **byte == b'\n').count();
        found.push((line + blank, record.clone(), quotes.is_multiple_of(2)));
        line += lines;
        at = end;
    }
}

fn place(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// What separates the fields: whichever of comma, semicolon and tab the header has most of.
fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| header.iter().filter(|byte| **byte == wanted).count();
    let mut best = b',';
    for other in [b';', b'\t'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(usize, Vec<String>, bool)> {
        let read = |field: &[u8]| String::from_utf8_lossy(field).into_owned();
        records("x.csv", text.as_bytes())
            .expect("readable")
            .into_iter()
            .map(|(line, record, paired)| (line, record.iter().map(read).collect(), paired))
            .collect()
    }

    #[test]
    fn rows_know_the_line_they_begin_in() {
        let found = lines("a,b\r\n\r\n1,\"x\r\ny\"\r\n2,z\r\n");
        let at: Vec<_> = found.iter().map(|(line, _, _)| *line).collect();
        assert_eq!(at, [1, 3, 5]);
        assert!(found.iter().all(|(_, _, paired)| *paired));
    }

    #[test]
    fn an_open_quotation_mark_is_noticed() {
        let found = lines("a,b\n1,\"x\n2,y\n");
        assert_eq!(
            found.last().map(|(line, _, paired)| (*line, *paired)),
            Some((2, false))
        );
    }

    #[test]
    fn semicolons_and_tabs_separate_too() {
        assert_eq!(
            lines("a;b,c;d\n").first().map(|(_, fields, _)| fields.len()),
            Some(3)
        );
        assert_eq!(
            lines("a\tb\n").first().map(|(_, fields, _)| fields.len()),
            Some(2)
        );
    }
}
