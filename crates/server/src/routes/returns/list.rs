use chrono::FixedOffset;
use countersign_contract::Page;
use countersign_contract::problem::FieldCode;
use countersign_contract::returns::{ListReturns, ReturnQuery};

use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::return_list::{self, Cursor, Filter};
use crate::routes::listing;
use crate::state::AppState;

/// `GET /returns`: a page of the returns this account sees.
pub(super) async fn list(state: AppState, call: Call<ListReturns>) -> Reply<ListReturns> {
    let actor = &call.caller()?.actor;
    let query = &call.query;
    let filter = filter(query, state.site.offset)?;
    let sort = query.sort.unwrap_or_default();
    let after: Option<Cursor> = listing::cursor("after", query.after.as_deref())?;
    if after.is_some_and(|after| after.sort != sort) {
        return Err(listing::wrong("after", FieldCode::Invalid));
    }
    let limit = listing::limit(query.limit);
    let mut connection = state.db.read().await?;
    let mut items = return_list::list(&mut connection, actor, &filter, sort, after, limit + 1).await?;
    let next = match (listing::cut(&mut items, limit), items.last()) {
        (true, Some(last)) => Some(Cursor::behind(sort, last).to_string()),
        _ => None,
    };
    let total = match query.total {
        Some(true) => Some(return_list::count(&mut connection, actor, &filter).await?),
        Some(false) | None => None,
    };
    Ok(Answer::new(Page { items, next, total }))
}

fn filter(query: &ReturnQuery, offset: FixedOffset) -> Result<Filter, ApiError> {
    let (from, before) = listing::span(query.from, query.to, offset)?;
    Ok(Filter {
        statuses: listing::names("status", query.status.as_deref())?,
        words: listing::words(query.q.as_deref())?,
        customer: query.customer,
        from,
        before,
    })
}
