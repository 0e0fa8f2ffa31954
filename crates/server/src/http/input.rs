//! Reading what a caller sent, and saying which field is wrong.

use countersign_contract::{FieldError, ProblemKind, problem::FieldCode};
use http::HeaderValue;
use serde::de::DeserializeOwned;
use serde::de::value::{BytesDeserializer, Error as ValueError};
use serde_path_to_error::{Path, Segment};

use crate::error::ApiError;

/// The body as JSON. An empty one stands for an empty object.
pub(super) fn read_body<T: DeserializeOwned>(
    bytes: &[u8],
    content_type: Option<&HeaderValue>,
) -> Result<T, ApiError> {
    let bytes = if bytes.is_empty() {
        b"{}"
    } else if content_type.is_some_and(is_json) {
        bytes
    } else {
        return Err(ProblemKind::NotJson.into());
    };
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| wrong(pointer(error.path()), &error.inner().to_string()))?;
    json.end()
        .map_err(|error| wrong(String::new(), &error.to_string()))?;
    Ok(value)
}

/// The body as a file.
pub(super) fn read_file<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let bytes = BytesDeserializer::<ValueError>::new(bytes);
    T::deserialize(bytes).map_err(|error| ApiError::internal(&error))
}

/// The query parameters.
pub(super) fn read_query<T: DeserializeOwned>(query: &str) -> Result<T, ApiError> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(pairs)
        .map_err(|error| wrong(format!("?{}", error.path()), &error.inner().to_string()))
}

fn is_json(content_type: &HeaderValue) -> bool {
    content_type.to_str().is_ok_and(|text| {
        let essence = text.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
    })
}

/// 422 for one field; the words of the parser only serve to tell a missing field from a wrong one.
fn wrong(pointer: String, words: &str) -> ApiError {
    let missing = words
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next());
    let error = match missing {
        Some(field) => FieldError {
            pointer: format!("{pointer}/{}", escape(field)),
            code: FieldCode::Required,
        },
        None => FieldError {
            pointer,
            code: FieldCode::Invalid,
        },
    };
    ApiError::invalid(vec![error])
}

/// The JSON pointer (RFC 6901) of a path.
fn pointer(path: &Path) -> String {
    path.iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(format!("/{index}")),
            Segment::Map { key } => Some(format!("/{}", escape(key))),
            // Not a step into the document: the tag of an enum, or what could not be followed.
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect()
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Collects what is wrong with a body that could be read.
#[derive(Debug, Default)]
pub struct Check(Vec<FieldError>);

impl Check {
    /// Notes that the field at `pointer` is wrong unless `fine`.
    pub fn that(&mut self, fine: bool, pointer: impl Into<String>, code: FieldCode) {
        if !fine {
            self.0.push(FieldError {
                pointer: pointer.into(),
                code,
            });
        }
    }

    /// A text of at most `most` characters, none of them a control character other than a line break or a tab.
    pub fn text(&mut self, text: &str, most: usize, pointer: impl Into<String>) {
        let pointer = pointer.into();
        let clean = text
            .chars()
            .all(|sign| !sign.is_control() || matches!(sign, '\n' | '\r' | '\t'));
        self.that(clean, pointer.clone(), FieldCode::Invalid);
        self.that(text.chars().count() <= most, pointer, FieldCode::TooLong);
    }

    /// The same, but there has to be something in it.
    pub fn required_text(&mut self, text: &str, most: usize, pointer: impl Into<String>) {
        let pointer = pointer.into();
        self.that(!text.trim().is_empty(), pointer.clone(), FieldCode::Required);
        self.text(text, most, pointer);
    }

    /// What was found.
    ///
    /// # Errors
    /// 422 with every field when something was wrong.
    pub fn done(self) -> Result<(), ApiError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(ApiError::invalid(self.0))
        }
    }
}

#[cfg(test)]
mod tests {
    use countersign_contract::order::OrderQuery;
    use countersign_contract::submission::Submission;

    use super::*;

    const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");

    fn fields(error: ApiError) -> Vec<(String, FieldCode)> {
        match error {
            ApiError::Problem(ProblemKind::InvalidInput { errors }) => errors
                .into_iter()
                .map(|error| (error.pointer, error.code))
                .collect(),
            other => panic!("expected invalid input, got {other:?}"),
        }
    }

    #[test]
    fn a_wrong_field_is_named_by_its_pointer() {
        let body = br#"{"draft_id":"00000000-0000-0000-0000-000000000001","rev":1,
            "owner":"00000000-0000-0000-0000-000000000001","lines":[{"id":"x"}]}"#;
        let error = read_body::<Submission>(body, Some(&JSON)).expect_err("the line's id is no id");
        assert_eq!(fields(error), [("/lines/0/id".to_owned(), FieldCode::Invalid)]);
    }

    #[test]
    fn a_missing_field_is_required() {
        let error = read_body::<Submission>(b"{}", Some(&JSON)).expect_err("nothing is there");
        assert_eq!(fields(error), [("/draft_id".to_owned(), FieldCode::Required)]);
    }

    #[test]
    fn a_wrong_query_parameter_is_named() {
        let error = read_query::<OrderQuery>("q=tea&limit=many").expect_err("many is no number");
        assert_eq!(fields(error), [("?limit".to_owned(), FieldCode::Invalid)]);
    }

    #[test]
    fn a_body_that_is_not_json_is_refused() {
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        assert!(matches!(
            read_body::<Submission>(b"a=1", Some(&form)),
            Err(ApiError::Problem(ProblemKind::NotJson))
        ));
    }
}
