use chrono::FixedOffset;
use countersign_contract::Page;
use countersign_contract::order::{ListOrders, OrderQuery};
use countersign_contract::problem::FieldCode;

use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::order_list::{self, Cursor, Filter};
use crate::repo::{orders, settings};
use crate::routes::listing;
use crate::state::AppState;

/// `GET /orders`: a page of the orders this account sees.
pub(super) async fn list(state: AppState, call: Call<ListOrders>) -> Reply<ListOrders> {
    let actor = &call.caller()?.actor;
    let query = &call.query;
    let mut filter = filter(query, state.site.offset)?;
    let sort = query.sort.unwrap_or_default();
    let after: Option<Cursor> = listing::cursor("after", query.after.as_deref())?;
    if after.is_some_and(|after| after.sort() != sort) {
        return Err(listing::wrong("after", FieldCode::Invalid));
    }
    let limit = listing::limit(query.limit);
    let mut connection = state.db.read().await?;
    if query.amount_from.is_some() || query.amount_to.is_some() {
        let currency = settings::workflow(&mut connection).await?.value.currency;
        filter.least = query
            .amount_from
            .map(|amount| orders::minor_units(amount, &currency));
        filter.most = query
            .amount_to
            .map(|amount| orders::minor_units(amount, &currency));
    }
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
    let (from, before) = listing::span(query.from, query.to, offset)?;
    Ok(Filter {
        statuses: listing::names("status", query.status.as_deref())?,
        words: listing::words(query.q.as_deref())?,
        customer: query.customer,
        from,
        before,
        region: query.region,
        priority: listing::names("priority", query.priority.as_deref())?.pop(),
        least: None,
        most: None,
    })
}
