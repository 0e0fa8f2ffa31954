use std::fmt;
use std::str::FromStr;

use countersign_contract::catalog::{CatalogChanges, ListCatalogChanges};

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
    let viewer = Viewer::of(&mut connection, actor, call.query.customer).await?;
    let tag = viewer.tag()?;
    let newest = catalog::newest(&mut connection).await?;
    let known = since.is_some();
    // A copy as another saw it, or of a later time than this database knows, is brought up to date from the beginning.
    let good = since.filter(|cursor| cursor.viewer == tag && cursor.change <= newest);
    let restart = good.is_none();
    let start = good.map_or(0, |cursor| cursor.change);
    let mut changes = catalog::changes(&mut connection, start, limit + 1).await?;
    let more = listing::cut(&mut changes, limit);
    let cursor = Cursor {
        change: changes.last().map_or(start, |last| last.change),
        viewer: tag,
    };
    let mut products = Vec::new();
    let mut removed = Vec::new();
    for change in changes {
        match change.product {
            Some(product) if viewer.sees(&product.product) => products.push(product),
            // Whoever has nothing yet has nothing to take away. What was moved out of sight is gone like anything else.
            Some(_) | None if known => removed.push(change.id),
            Some(_) | None => {}
        }
    }
    Ok(Answer::new(CatalogChanges {
        products: viewer.show(&mut connection, products).await?,
        removed,
        cursor: cursor.to_string(),
        more,
        restart,
    }))
}

/// How far a copy of the catalog got, and as whom it sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cursor {
    change: u64,
    /// The viewer's tag; a cursor of an earlier server has another or none.
    viewer: String,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.change, self.viewer)
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (change, viewer) = text.split_once('.').unwrap_or((text, ""));
        Ok(Self {
            change: change.parse().map_err(|_| ())?,
            viewer: viewer.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        for viewer in ["", "0123456789abcdef"] {
            let cursor = Cursor {
                change: 42,
                viewer: viewer.to_owned(),
            };
            assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }
        for text in ["", "-1", "x", "x.1", "99999999999999999999"] {
            assert_eq!(text.parse::<Cursor>(), Err(()), "{text}");
        }
    }
}
