//! Records as text: JSON with a schema number.
//!
//! An app that meets a record of its own or an older schema reads it; one of a newer schema or one it can't read is left
//! exactly as it is, shown as such, and can be exported. Nothing of it is ever deleted by an app that does not understand it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A kind of record with its history of schemas.
pub trait Record: Serialize + DeserializeOwned {
    /// The schema this app writes. Grows when an older app could not read the result.
    const SCHEMA: u32;

    /// Turns content of an older schema into content of this one: pure, and tested with what was really written then.
    fn upgrade(from: u32, content: Value) -> Option<Value> {
        let _ = (from, content);
        None
    }
}

/// What a record turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// It could be read.
    Read(T),
    /// A newer app wrote it: only that one may touch it.
    Newer,
    /// It can't be read. It stays where it is.
    Broken,
}

impl<T> Found<T> {
    /// The content, where there is one.
    pub fn read(self) -> Option<T> {
        match self {
            Self::Read(content) => Some(content),
            Self::Newer | Self::Broken => None,
        }
    }
}

#[derive(Serialize)]
struct Written<'a, T> {
    schema: u32,
    content: &'a T,
}

#[derive(Deserialize)]
struct Envelope {
    schema: u32,
    content: Value,
}

/// A record as it is kept.
pub fn write<T: Record>(content: &T) -> String {
    let schema = T::SCHEMA;
    // Plain data always serialises.
    serde_json::to_string(&Written { schema, content }).unwrap_or_default()
}

/// Reads what [`write`] wrote, today or with an older app.
pub fn read<T: Record>(text: &str) -> Found<T> {
    let Ok(envelope) = serde_json::from_str::<Envelope>(text) else {
        return Found::Broken;
    };
    let content = match envelope.schema {
        schema if schema > T::SCHEMA => return Found::Newer,
        schema if schema == T::SCHEMA => Some(envelope.content),
        older => T::upgrade(older, envelope.content),
    };
    content
        .and_then(|content| serde_json::from_value(content).ok())
        .map_or(Found::Broken, Found::Read)
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};
    use serde_json::{Value, json};

    use super::{Found, Record, read, write};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Note {
        words: String,
    }

    impl Record for Note {
        const SCHEMA: u32 = 2;

        fn upgrade(from: u32, content: Value) -> Option<Value> {
            (from == 1).then(|| json!({ "words": content.get("text") }))
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let note = Note {
            words: "请走 2 号门 \"north\"".to_owned(),
        };
        assert_eq!(read(&write(&note)), Found::Read(note));
    }

    #[test]
    fn an_older_schema_is_upgraded_and_a_newer_one_left_alone() {
        let words = "早".to_owned();
        assert_eq!(
            read(r#"{"schema":1,"content":{"text":"早"}}"#),
            Found::Read(Note { words })
        );
        assert_eq!(
            read::<Note>(r#"{"schema":3,"content":{"words":"x"}}"#),
            Found::Newer
        );
        assert_eq!(
            read::<Note>(r#"{"schema":0,"content":{"words":"x"}}"#),
            Found::Broken
        );
        assert_eq!(read::<Note>(r#"{"schema":2}"#), Found::Broken);
        assert_eq!(read::<Note>("not JSON"), Found::Broken);
    }
}
