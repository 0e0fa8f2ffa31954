//! Files as they are sent: bytes, without JSON around them. And those that are kept.
//!
//! A file is uploaded first and then named by what it belongs to: a message, a line of a return. It belongs to one thing and
//! is read by whoever sees that; until then by who uploaded it, and for a day.
//!
//! What goes along with an order is written into its draft first, perhaps without a connection: its id is made on the device.
//! It is kept for 30 days, may be sent again at any time under its id, and goes along with every order that names it.

use std::fmt;

use countersign_domain::file::{FileKind, MAX_FILE_BYTES};
use countersign_domain::id::{AccountId, FileId};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::endpoint::{Endpoint, Guard, Method, Pairs, QueryParams};

/// Media type a file is sent as, whatever is in it.
pub const FILE_MEDIA_TYPE: &str = "application/octet-stream";

/// The bytes of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Binary))]
pub struct FileBytes(pub Vec<u8>);

impl Serialize for FileBytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for FileBytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = FileBytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the bytes of a file")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
                Ok(FileBytes(bytes.to_vec()))
            }

            fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Self::Value, E> {
                Ok(FileBytes(bytes))
            }
        }

        deserializer.deserialize_byte_buf(Bytes)
    }
}

/// Keeps a file: a JPEG, PNG or WebP picture, a PDF document, a workbook or a CSV file, told by its bytes.
#[derive(Clone, Copy, Debug)]
pub struct UploadFile;

impl Endpoint for UploadFile {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/files";
    const OPERATION: &'static str = "upload_file";
    const SUMMARY: &'static str = "Keeps a picture (JPEG, PNG, WebP), PDF, XLSX or CSV of at most 10 MiB, until it is used or a day has passed";
    const GUARD: Guard = Guard::Key;
    const SIGNED_IN: bool = true;
    const SUCCESS: u16 = 201;
    const TAKES_FILE: bool = true;
    const MAX_BODY: usize = MAX_FILE_BYTES;
    type Path = ();
    type Query = UploadQuery;
    type Body = FileBytes;
    type Reply = StoredFile;
}

/// Path of a file that is kept, below [`BASE_PATH`](crate::BASE_PATH). Its answer is the file itself.
pub const FILE_PATH: &str = "/files/{file_id}";

/// Most files of an account that are uploaded and not used yet.
pub const MAX_WAITING_FILES: u32 = 50;

/// Most photos of a line of a return.
pub const MAX_PHOTOS: usize = 5;

/// Describes every endpoint of this resource.
#[cfg(feature = "openapi")]
pub(crate) fn visit(collected: &mut crate::openapi::Collected) {
    crate::openapi::describe::<UploadFile>(collected);
}

/// What goes with the bytes of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct UploadQuery {
    /// What the file is called. What would mislead is left out, and its ending says what it is.
    pub name: Option<String>,
    /// Its id, made on the device, of a file for a draft: it may go along with orders and belongs to nothing else, has at most
    /// 5 MiB, and is kept for 30 days where no order comes. The same bytes under the same id are the same file, whenever they
    /// come. Absent: the server makes one.
    pub id: Option<FileId>,
    /// The account that attached it; must be the session's where there is an `id`. A device sends what waits on it, and by then
    /// somebody else may be signed in.
    pub owner: Option<AccountId>,
}

impl QueryParams for UploadQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Pairs::default()
            .opt("name", self.name.as_deref())
            .opt("id", self.id)
            .opt("owner", self.owner)
            .done()
    }
}

/// A file that is kept. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoredFile {
    /// Its id.
    pub id: FileId,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// How many bytes it has.
    pub size: u64,
}

/// Why a file is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FileFault {
    /// There is nothing in it.
    Empty,
    /// Its bytes are none of what may be sent.
    WrongType,
    /// This account has too many files already that are not used.
    TooMany,
}
