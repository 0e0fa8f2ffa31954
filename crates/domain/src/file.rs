//! Files that people send: photos of returned goods, attachments of a conversation.
//!
//! What a file is, its bytes say; what it is called never matters for that. The device asks before it sends one, the server
//! before it keeps one.

use serde::{Deserialize, Serialize};

/// Largest file, in bytes: a photo as phones take them.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;

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
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Jpeg, Self::Png, Self::Webp, Self::Pdf];

    /// How many bytes from the beginning [`Self::of`] looks at.
    pub const HEAD: usize = 12;

    /// What a file is that begins with these bytes; `None` for what may not be sent.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            _ => None,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }

    /// Whether it is a picture.
    pub fn is_picture(self) -> bool {
        !matches!(self, Self::Pdf)
    }

    /// The endings of its names, the usual one first.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Webp => &["webp"],
            Self::Pdf => &["pdf"],
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
