//! Records as text: JSON with a schema number.
//!
//! An app that meets a record of its own or an older schema reads it; one of a newer schema or one it can't read is left
//! exactly as it is, shown as such, and can be exported. Nothing of it is ever deleted by an app that does not understand it.
//! Only of what is the server's, the copy of the catalog, is a damaged record thrown away.

use serde::de::{DeserializeOwned, IgnoredAny};
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

/// What is read first: whether the content is anything this app knows.
#[derive(Deserialize)]
struct Envelope {
    schema: u32,
    #[serde(rename = "content")]
    _content: IgnoredAny,
}

#[derive(Deserialize)]
struct Content<T> {
    content: T,
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
        // Straight from the text: by way of a [`Value`] a catalog takes several times as long.
        schema if schema == T::SCHEMA => content_of(text),
        older => content_of(text)
            .and_then(|content| T::upgrade(older, content))
            .and_then(|content| serde_json::from_value(content).ok()),
    };
    content.map_or(Found::Broken, Found::Read)
}

fn content_of<T: DeserializeOwned>(text: &str) -> Option<T> {
    let written: Content<T> = serde_json::from_str(text).ok()?;
    Some(written.content)
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
