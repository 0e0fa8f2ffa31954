use std::fmt;
use std::str::FromStr;

use countersign_contract::catalog::{CatalogChanges, ListCatalogChanges};
use countersign_domain::id::LevelId;

use super::Viewer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::catalog;
use crate::routes::listing;
use crate::state::AppState;

/// Products in one step where nobody says otherwise.
const USUAL_STEP: u32 = 500;
/// Most products in one step.
const MAX_STEP: u32 = 2_000;

/// `GET /catalog/changes`: a step of bringing a copy of the catalog up to date.
pub async fn list_changes(state: AppState, call: Call<ListCatalogChanges>) -> Reply<ListCatalogChanges> {
    let since: Option<Cursor> = listing::cursor("since", call.query.since.as_deref())?;
    let limit = call.query.limit.unwrap_or(USUAL_STEP).clamp(1, MAX_STEP);
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let viewer = Viewer::of(&mut connection, actor).await?;
    let level = viewer.customer.as_ref().map(|customer| customer.level_id);
    // A copy with the prices of another level is brought up to date from the beginning.
    let start = since
        .filter(|cursor| cursor.level == level)
        .map_or(0, |cursor| cursor.change);
    let mut changes = catalog::changes(&mut connection, start, limit + 1).await?;
    let more = listing::cut(&mut changes, limit);
    let cursor = Cursor {
        change: changes.last().map_or(start, |last| last.change),
        level,
    };
    let mut products = Vec::new();
    let mut removed = Vec::new();
    for change in changes {
        match change.product {
            Some(product) => products.push(product),
            // Whoever has nothing yet has nothing to take away.
            None if since.is_some() => removed.push(change.id),
            None => {}
        }
    }
    Ok(Answer::new(CatalogChanges {
        products: viewer.show(&mut connection, products).await?,
        removed,
        cursor: cursor.to_string(),
        more,
    }))
}

/// How far a copy of the catalog got, and whose prices it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cursor {
    change: u64,
    /// The customer's level; absent where it has list prices.
    level: Option<LevelId>,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.level {
            Some(level) => write!(f, "{}.{level}", self.change),
            None => self.change.fmt(f),
        }
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (change, level) = match text.split_once('.') {
            Some((change, level)) => (change, Some(level.parse().map_err(|_| ())?)),
            None => (text, None),
        };
        Ok(Self {
            change: change.parse().map_err(|_| ())?,
            level,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        for level in [None, Some(LevelId(Uuid::from_u128(7)))] {
            let cursor = Cursor { change: 42, level };
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        for text in ["", "-1", "1.x", "x", "99999999999999999999"] {
            assert_eq!(text.parse::<Cursor>(), Err(()), "{text}");
        }
    }
}
