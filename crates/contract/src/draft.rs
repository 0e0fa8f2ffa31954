//! Drafts kept on the server, so that what was begun on one device is there on the other.
//!
//! A draft lives on the device; what is kept here is a copy for the account's other devices. The server doesn't look
//! into it. Its version rises with every change and is never given twice to the same account's drafts, not even after a
//! draft was removed and kept again. A draft that is not kept has version 0.

use std::fmt;

use chrono::{DateTime, Utc};
use countersign_domain::id::{CustomerId, DraftId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::buying::ForCustomer;
use crate::endpoint::{NoContent, Pairs, QueryParams, endpoints};
use crate::page::Page;

endpoints! {
    /// The drafts this account keeps on the server
    ListDrafts = Get "/drafts" "list_drafts" None true 200 ((), DraftsQuery, NoContent) -> Page<KeptDraft>;
    /// A draft this account keeps on the server
    GetDraft = Get "/drafts/{draft_id}" "get_draft" None true 200 (DraftId, ForCustomer, NoContent) -> KeptDraft;
    /// Keeps a draft for the account's other devices; the version of one that is not kept is 0
    PutDraft = Put "/drafts/{draft_id}" "put_draft" KeyAndVersion true 200 (DraftId, ForCustomer, DraftBody) -> DraftVersion;
    /// Removes a draft from the server; it may still be submitted, and kept again
    RemoveDraft = Delete "/drafts/{draft_id}" "remove_draft" Version true 204 (DraftId, ForCustomer, NoContent) -> NoContent;
}

/// Most drafts an account keeps.
pub const MAX_DRAFTS: u32 = 100;

/// Most bytes of a draft's content, counted as it was sent: room for as many lines as a draft may have, with a note on each.
pub const MAX_CONTENT: usize = 3 * 1024 * 1024;

/// Longest name of a draft, in characters.
pub const MAX_NAME: usize = 200;

/// Which page of the drafts, by their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct DraftsQuery {
    /// Cursor of the page before.
    pub after: Option<String>,
    /// Items on the page; large drafts make it shorter.
    pub limit: Option<u32>,
    /// The customer they are for, for staff who order on its behalf; drafts for one are never among those for another.
    pub customer: Option<CustomerId>,
}

impl QueryParams for DraftsQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Pairs::default()
            .opt("after", self.after.as_deref())
            .opt("limit", self.limit)
            .opt("customer", self.customer)
            .done()
    }
}

/// A draft as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptDraft {
    /// The draft.
    pub id: DraftId,
    /// What its author calls it; may be empty.
    pub name: String,
    /// Give this in `If-Match` to change or remove it.
    pub version: u64,
    /// When it last changed, by the server's clock.
    pub updated_at: DateTime<Utc>,
    /// What is in it.
    pub content: DraftContent,
}

/// What is to be kept of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftBody {
    /// What its author calls it, at most 200 characters; may be empty.
    pub name: String,
    /// What is in it, at most 3 MiB.
    pub content: DraftContent,
}

/// What became of keeping a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftVersion {
    /// The draft.
    pub id: DraftId,
    /// Its version now.
    pub version: u64,
    /// When it last changed, by the server's clock.
    pub updated_at: DateTime<Utc>,
}

/// A JSON object that is passed on as it came, byte for byte: the device alone knows what it means.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = Object))]
pub struct DraftContent(String);

impl DraftContent {
    /// `value` as content.
    ///
    /// # Errors
    /// When it has no JSON form, or one that is not an object.
    pub fn of<T: Serialize>(value: &T) -> Result<Self, serde_json::Error> {
        Self::parse(serde_json::to_string(value)?)
    }

    /// Content from its JSON.
    ///
    /// # Errors
    /// When it is not JSON, or not an object.
    pub fn parse(json: String) -> Result<Self, serde_json::Error> {
        Self::checked(RawValue::from_string(json)?)
    }

    /// Its JSON.
    pub fn json(&self) -> &str {
        &self.0
    }

    /// What it means to the device.
    ///
    /// # Errors
    /// When it is something else.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.0)
    }

    fn checked<E: serde::de::Error>(value: Box<RawValue>) -> Result<Self, E> {
        let json = String::from(Box::<str>::from(value));
        if json.starts_with('{') {
            Ok(Self(json))
        } else {
            Err(E::custom("expected an object"))
        }
    }
}

impl fmt::Debug for DraftContent {
    /// Says how much it is: what people write is nothing for a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DraftContent({} bytes)", self.0.len())
    }
}

impl Serialize for DraftContent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json: &RawValue = serde_json::from_str(&self.0).map_err(serde::ser::Error::custom)?;
        json.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DraftContent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::checked(Box::<RawValue>::deserialize(deserializer)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_passed_on_byte_for_byte() {
        let json = r#"{"name":"","content":{"z": 1.10, "a":[1e400,  {}],"z":"\u00e9"}}"#;
        let body: DraftBody = serde_json::from_str(json).expect("a body");
        assert_eq!(
            body.content.json(),
            r#"{"z": 1.10, "a":[1e400,  {}],"z":"\u00e9"}"#
        );
        assert_eq!(serde_json::to_string(&body).expect("JSON"), json);
    }

    #[test]
    fn content_is_an_object() {
        for json in ["[]", "1", "\"{}\"", "null", "{", "{} {}"] {
            assert!(serde_json::from_str::<DraftContent>(json).is_err(), "{json}");
            assert!(DraftContent::parse(json.to_owned()).is_err(), "{json}");
        }
        assert_eq!(
            DraftContent::parse(" {} ".to_owned()).expect("an object").json(),
            "{}"
        );
    }

    #[test]
    fn the_device_reads_what_it_wrote() {
        let written = DraftContent::of(&OnDevice { lines: vec![1, 2] }).expect("an object");
        let value = serde_json::to_value(&written).expect("a value");
        let back: DraftContent = serde_json::from_value(value).expect("content");
        assert_eq!(back.read::<OnDevice>().expect("what was written").lines, [1, 2]);
    }

    #[derive(Serialize, Deserialize)]
    struct OnDevice {
        lines: Vec<u32>,
    }
}
