use countersign_contract::Page;
use countersign_contract::catalog::{ListProducts, ProductQuery};
use countersign_contract::problem::FieldCode;
use countersign_domain::id::VariantId;
use countersign_domain::product::StockDisplay;

use super::Viewer;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::catalog::{self, Filter};
use crate::routes::listing;
use crate::state::AppState;

/// Most variants one may ask for: those of a long cart.
const MAX_VARIANTS: usize = 500;

/// `GET /products`: a page of what is on sale, in the order of the catalog.
pub async fn list_products(state: AppState, call: Call<ListProducts>) -> Reply<ListProducts> {
    let mut filter = filter(&call.query)?;
    let after = listing::cursor("after", call.query.after.as_deref())?;
    let limit = listing::limit(call.query.limit);
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let viewer = Viewer::of(&mut connection, actor).await?;
    // Who is not to see the stock can't ask for it by way of the filter either.
    filter.in_stock &= viewer.display != StockDisplay::Hidden;
    let mut found = catalog::list(&mut connection, &filter, after, limit + 1).await?;
    let more = listing::cut(&mut found, limit);
    let last = found.last().map(|last| last.place().to_string());
    let total = match call.query.total {
        Some(true) => Some(catalog::count(&mut connection, &filter).await?),
        Some(false) | None => None,
    };
    Ok(Answer::new(Page {
        items: viewer.show(&mut connection, found).await?,
        next: last.filter(|_| more),
        total,
    }))
}

fn filter(query: &ProductQuery) -> Result<Filter, ApiError> {
    Ok(Filter {
        words: listing::words(query.q.as_deref())?,
        category: query.category,
        variants: query.variants.as_deref().map(variants).transpose()?,
        in_stock: query.in_stock == Some(true),
    })
}

fn variants(list: &str) -> Result<Vec<VariantId>, ApiError> {
    let ids = list
        .split(',')
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .map(|id| {
            id.parse()
                .map_err(|_| listing::wrong("variants", FieldCode::Invalid))
        })
        .collect::<Result<Vec<VariantId>, ApiError>>()?;
    if ids.len() > MAX_VARIANTS {
        return Err(listing::wrong("variants", FieldCode::TooLong));
    }
    Ok(ids)
}
