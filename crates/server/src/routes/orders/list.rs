use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};
use countersign_contract::Page;
use countersign_contract::order::{ListOrders, OrderQuery};
use countersign_contract::problem::FieldCode;
use countersign_domain::order::OrderStatus;

use crate::db::row::from_name;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::order_list::{self, Cursor, Filter};
use crate::routes::listing;
use crate::state::AppState;

/// `GET /orders`: a page of the orders this account sees.
pub(super) async fn list(state: AppState, call: Call<ListOrders>) -> Reply<ListOrders> {
    let actor = &call.caller()?.actor;
    let query = &call.query;
    let filter = filter(query, state.site.offset)?;
    let sort = query.sort.unwrap_or_default();
    let after: Option<Cursor> = listing::cursor("after", query.after.as_deref())?;
    if after.is_some_and(|after| after.sort() != sort) {
        return Err(listing::wrong("after", FieldCode::Invalid));
    }
    let limit = listing::limit(query.limit);
    let mut connection = state.db.read().await?;
    let mut items = order_list::list(&mut connection, actor, &filter, sort, after, limit + 1).await?;
    let next = match (listing::cut(&mut items, limit), items.last()) {
        (true, Some(last)) => Some(order_list::cursor(&mut connection, sort, last).await?.to_string()),
        _ => None,
    };
    let total = match query.total {
        Some(true) => Some(order_list::count(&mut connection, actor, &filter).await?),
        Some(false) | None => None,
    };
    Ok(Answer::new(Page { items, next, total }))
}

fn filter(query: &OrderQuery, offset: FixedOffset) -> Result<Filter, ApiError> {
    if let (Some(from), Some(to)) = (query.from, query.to)
        && to < from
    {
        return Err(listing::wrong("to", FieldCode::TooSmall));
    }
    // "On or before this day" ends where the next day begins; the last day of the calendar has no next.
    let end = query.to.and_then(|to| to.succ_opt());
    Ok(Filter {
        statuses: statuses(query.status.as_deref().unwrap_or_default())?,
        words: listing::words(query.q.as_deref())?,
        customer: query.customer,
        from: query.from.map(|from| beginning(from, offset)),
        before: end.map(|end| beginning(end, offset)),
    })
}

fn statuses(list: &str) -> Result<Vec<OrderStatus>, ApiError> {
    list.split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(|name| from_name(name).map_err(|_| listing::wrong("status", FieldCode::Invalid)))
        .collect()
}

/// When a day begins where the company is.
fn beginning(day: NaiveDate, offset: FixedOffset) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN).and_local_timezone(offset);
    // A fixed offset has every local time exactly once; only the end of the calendar has none.
    local
        .earliest()
        .map_or(DateTime::<Utc>::MAX_UTC, |beginning| beginning.to_utc())
}
