//! Files that people send: photos of returned goods, attachments of a conversation and of an order.
//!
//! What a file is, its bytes say. What it is called never matters for that but for a CSV file, whose bytes have no mark: they
//! must only not be anything else. The device asks before it sends one, the server before it keeps one.

use serde::{Deserialize, Serialize};

/// Largest file, in bytes: a photo as phones take them.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;

/// Largest file that goes along with an order, in bytes.
pub const MAX_ATTACHMENT_BYTES: usize = 5 * 1024 * 1024;

/// Most files that go along with an order.
pub const MAX_ATTACHMENTS: usize = 5;

/// Longest name of a file without its ending, in characters.
const MAX_STEM: usize = 80;

/// What a file may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A WebP picture.
    Webp,
    /// A PDF document.
    Pdf,
    /// A workbook of Excel 2007 or later.
    Xlsx,
    /// Text with separated values.
    Csv,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Pdf,
        Self::Xlsx,
        Self::Csv,
    ];

    /// How many bytes from the beginning [`Self::of`] needs.
    pub const HEAD: usize = 512;

    /// What a file is that begins with these bytes and is called `named`; `None` for what may not be sent.
    pub fn of(bytes: &[u8], named: &str) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [b'P', b'K', 3, 4, ..] => begins_as_office(bytes).then_some(Self::Xlsx),
            _ => (Self::Csv.has_ending(named) && is_text(bytes)).then_some(Self::Csv),
        }
    }

    /// What a file with exactly these bytes is that is called `named`. Some kinds begin as others do; this looks further than
    /// [`Self::of`] does with its head alone.
    pub fn of_whole(bytes: &[u8], named: &str) -> Option<Self> {
        let is_workbook = || has(bytes, WORKBOOK) && !has(bytes, MACROS);
        Self::of(bytes, named).filter(|kind| *kind != Self::Xlsx || is_workbook())
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
        }
    }

    /// Whether it is a picture.
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp)
    }

    fn has_ending(self, named: &str) -> bool {
        named
            .rsplit_once('.')
            .is_some_and(|(_, ending)| self.endings().contains(&ending.to_lowercase().as_str()))
    }

    /// The endings of its names, the usual one first.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Webp => &["webp"],
            Self::Pdf => &["pdf"],
            Self::Xlsx => &["xlsx"],
            Self::Csv => &["csv"],
        }
    }

    /// `named` as the name of a file of this kind: without folders and without signs that mislead a reader or a file system,
    /// not too long, and with an ending that says what it is. What is left of nothing is called `file`.
    pub fn name_of(self, named: &str) -> String {
        let last = named.rsplit(['/', '\\']).next().unwrap_or_default();
        let clean: String = last.chars().filter(|sign| !misleads(*sign)).collect();
        let (stem, ending) = match clean.rsplit_once('.') {
            Some((stem, ending)) if self.endings().contains(&ending.to_lowercase().as_str()) => {
                (stem, ending)
            }
            _ => (
                clean.as_str(),
                self.endings().first().copied().unwrap_or_default(),
            ),
        };
        let short: String = stem.trim_matches(['.', ' ']).chars().take(MAX_STEM).collect();
        let stem = match short.trim_end_matches(['.', ' ']) {
            "" => "file",
            stem => stem,
        };
        format!("{stem}.{ending}")
    }
}

/// What every workbook has among the names of its parts, and no other document of the same make.
const WORKBOOK: &[u8] = b"xl/workbook.";

/// What a workbook has among the names of its parts that brings programs along: nothing to hand on to others.
const MACROS: &[u8] = b"vbaProject.bin";

/// Whether a ZIP file's first part is called as that of an Office document.
fn begins_as_office(bytes: &[u8]) -> bool {
    /// Where the name of the first part begins.
    const NAME: usize = 30;
    let name = bytes.get(NAME..).unwrap_or_default();
    let names: [&[u8]; 4] = [b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/"];
    names.iter().any(|first| name.starts_with(first))
}

/// Whether there is nothing in it but text, in whatever encoding that leaves ASCII as it is.
fn is_text(bytes: &[u8]) -> bool {
    !bytes.is_empty()
        && bytes
            .iter()
            .all(|byte| !byte.is_ascii_control() || matches!(byte, b'\t' | b'\r' | b'\n'))
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Control characters, those that turn the direction of writing, and what no file system takes.
fn misleads(sign: char) -> bool {
    sign.is_control()
        || matches!(
            sign,
            '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}'
                | '<' | '>' | ':' | '"' | '|' | '?' | '*'
        )
}
