//! What lists have in common: reading their query parameters.

use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};
use countersign_contract::FieldError;
use countersign_contract::page::{DEFAULT_LIMIT, MAX_LIMIT};
use countersign_contract::problem::FieldCode;
use serde::de::DeserializeOwned;

use crate::db::row::from_name;
use crate::error::ApiError;
use crate::http::input::Check;

/// Longest search, in characters.
const MAX_SEARCH: usize = 200;
/// Most words of a search: each is looked for.
const MAX_WORDS: usize = 16;

/// Items on the page; never none and never more than the contract allows.
pub fn limit(asked: Option<u32>) -> u32 {
    asked.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT)
}

/// 422 for a query parameter.
pub fn wrong(parameter: &str, code: FieldCode) -> ApiError {
    ApiError::invalid(vec![FieldError {
        pointer: format!("?{parameter}"),
        code,
    }])
}

/// A cursor that was given out before.
///
/// # Errors
/// 422 when it is none.
pub fn cursor<T: FromStr>(parameter: &str, text: Option<&str>) -> Result<Option<T>, ApiError> {
    text.map(|text| text.parse().map_err(|_| wrong(parameter, FieldCode::Invalid)))
        .transpose()
}

/// A search as one text in lower case; absent where nothing is looked for.
///
/// # Errors
/// 422 when it is too long or holds signs nobody types.
pub fn search(q: Option<&str>) -> Result<Option<String>, ApiError> {
    let q = q.unwrap_or_default().trim();
    let mut check = Check::default();
    check.text(q, MAX_SEARCH, "?q");
    check.done()?;
    Ok((!q.is_empty()).then(|| q.to_lowercase()))
}

/// Several values of `parameter` by their names on the wire, with commas between.
///
/// # Errors
/// 422 where one is no such name.
pub fn names<T: DeserializeOwned>(parameter: &'static str, list: Option<&str>) -> Result<Vec<T>, ApiError> {
    list.unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| from_name(name).map_err(|_| wrong(parameter, FieldCode::Invalid)))
        .collect()
}

/// The words of a search, in lower case.
///
/// # Errors
/// 422 when there are too many, or as for [`search`].
pub fn words(q: Option<&str>) -> Result<Vec<String>, ApiError> {
    let text = search(q)?.unwrap_or_default();
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    if words.len() > MAX_WORDS {
        return Err(wrong("q", FieldCode::TooLong));
    }
    Ok(words)
}

/// From this moment on, and until before that one; either may be open.
pub type Span = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// When "on or after this day" begins and "on or before this day" ends, where the company is.
///
/// # Errors
/// 422 when the one lies behind the other.
pub fn span(from: Option<NaiveDate>, to: Option<NaiveDate>, offset: FixedOffset) -> Result<Span, ApiError> {
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(wrong("to", FieldCode::TooSmall));
    }
    // A day ends where the next one begins; the last day of the calendar has no next.
    let end = to.and_then(|to| to.succ_opt());
    Ok((
        from.map(|from| beginning(from, offset)),
        end.map(|end| beginning(end, offset)),
    ))
}

/// When a day begins where the company is.
fn beginning(day: NaiveDate, offset: FixedOffset) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN).and_local_timezone(offset);
    // A fixed offset has every local time exactly once; only the end of the calendar has none.
    local
        .earliest()
        .map_or(DateTime::<Utc>::MAX_UTC, |beginning| beginning.to_utc())
}

/// Takes the one item too many off a page of `limit`, and tells whether there was one.
pub fn cut<T>(items: &mut Vec<T>, limit: u32) -> bool {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = items.len() > limit;
    items.truncate(limit);
    more
}

#[cfg(test)]
mod tests {
    use super::{cut, limit, words};

    #[test]
    fn a_page_has_at_least_one_item_and_at_most_two_hundred() {
        assert_eq!(
            [limit(None), limit(Some(0)), limit(Some(7)), limit(Some(9_999))],
            [50, 1, 7, 200]
        );
    }

    #[test]
    fn a_search_is_split_at_any_space_and_has_bounds() {
        let found = words(Some("  Green\u{3000}TEA  ")).expect("a search");
        assert_eq!(found, ["green", "tea"]);
        assert!(words(Some(&"x".repeat(201))).is_err());
        assert!(words(Some(&"x ".repeat(17))).is_err());
        assert!(words(Some("a\u{0}b")).is_err());
    }

    #[test]
    fn the_item_too_many_says_that_there_is_more() {
        let mut items = vec![1, 2, 3];
        assert!(cut(&mut items, 2));
        assert_eq!(items, [1, 2]);
        assert!(!cut(&mut items, 2));
    }
}
