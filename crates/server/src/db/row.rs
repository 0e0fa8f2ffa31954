//! Reading columns as what they mean.

use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use chrono::{DateTime, Utc};
use countersign_domain::text::LocalText;

use super::DbError;

/// What a row of any table offers beyond its columns.
pub trait RowExt {
    /// A text column.
    fn text(&self, column: &str) -> Result<String, DbError>;
    /// A text column that may be null.
    fn opt_text(&self, column: &str) -> Result<Option<String>, DbError>;
    /// A whole number.
    fn int(&self, column: &str) -> Result<i64, DbError>;
    /// A whole number that may be null.
    fn opt_int(&self, column: &str) -> Result<Option<i64>, DbError>;
    /// A text column as an id, a decimal, a date or whatever else has a text form.
    fn parsed<T: FromStr>(&self, column: &str) -> Result<T, DbError> {
        parse(&self.text(column)?, column)
    }
    /// The same for a column that may be null.
    fn opt_parsed<T: FromStr>(&self, column: &str) -> Result<Option<T>, DbError> {
        self.opt_text(column)?
            .map(|text| parse(&text, column))
            .transpose()
    }
    /// A count or version, which is never negative.
    fn count(&self, column: &str) -> Result<u64, DbError> {
        u64::try_from(self.int(column)?).map_err(|_| DbError::Corrupt(format!("{column} is negative")))
    }
    /// A flag stored as 0 or 1.
    fn flag(&self, column: &str) -> Result<bool, DbError> {
        Ok(self.int(column)? != 0)
    }
    /// A time.
    fn time(&self, column: &str) -> Result<DateTime<Utc>, DbError> {
        self.parsed(column)
    }
    /// A JSON document.
    fn doc<T: DeserializeOwned>(&self, column: &str) -> Result<T, DbError> {
        from_json(&self.text(column)?, column)
    }
    /// A name in both languages, stored as `<stem>_zh` and `<stem>_en`.
    fn local(&self, stem: &str) -> Result<LocalText, DbError> {
        Ok(LocalText {
            zh: self.text(&format!("{stem}_zh"))?,
            en: self.text(&format!("{stem}_en"))?,
        })
    }
}

impl RowExt for SqliteRow {
    fn text(&self, column: &str) -> Result<String, DbError> {
        Ok(self.try_get(column)?)
    }

    fn opt_text(&self, column: &str) -> Result<Option<String>, DbError> {
        Ok(self.try_get(column)?)
    }

    fn int(&self, column: &str) -> Result<i64, DbError> {
        Ok(self.try_get(column)?)
    }

    fn opt_int(&self, column: &str) -> Result<Option<i64>, DbError> {
        Ok(self.try_get(column)?)
    }
}

fn parse<T: FromStr>(text: &str, column: &str) -> Result<T, DbError> {
    text.parse()
        .map_err(|_| DbError::Corrupt(format!("{column} holds {text:?}")))
}

/// `text` as a document.
///
/// # Errors
/// [`DbError::Corrupt`] when it is not one of these.
pub fn from_json<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Corrupt(format!("{what}: {error}")))
}

/// `value` as the text of a document column.
///
/// # Errors
/// [`DbError::Corrupt`] when it has no JSON form, which none of the stored types lacks.
pub fn to_json<T: Serialize>(value: &T) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::Corrupt(error.to_string()))
}

/// The wire name of a value that is a plain string in JSON: an enum without fields.
///
/// # Errors
/// [`DbError::Corrupt`] when it is not a string.
pub fn name_of<T: Serialize>(value: &T) -> Result<String, DbError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        other => Err(DbError::Corrupt(format!("{other:?} has no name"))),
    }
}

/// The value with this wire name.
///
/// # Errors
/// [`DbError::Corrupt`] when there is none.
pub fn from_name<T: DeserializeOwned>(name: &str) -> Result<T, DbError> {
    serde_json::from_value(serde_json::Value::String(name.to_owned()))
        .map_err(|error| DbError::Corrupt(error.to_string()))
}

/// A count or version as SQL holds it.
pub fn sql_int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
