use std::collections::BTreeSet;

use countersign_contract::Page;
use countersign_contract::open::ListOpenQuantities;
use countersign_domain::id::VariantId;
use countersign_domain::order::OrderStatus;
use countersign_domain::search::below;

use super::board::{Board, Wanted};
use crate::auth::require_staff;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::{catalog, open_orders, products};
use crate::routes::listing;
use crate::state::AppState;

/// `GET /open-quantities`: a page of the SKUs of which something is open, by code.
///
/// Who comes first is decided among all open orders; shown and added up are those of the caller's regions.
pub(super) async fn list(state: AppState, call: Call<ListOpenQuantities>) -> Reply<ListOpenQuantities> {
    let caller = call.caller()?;
    require_staff(caller)?;
    let query = &call.query;
    let words = listing::words(query.q.as_deref())?;
    let limit = listing::limit(query.limit);
    let mut connection = state.db.read().await?;
    let waiting = OrderStatus::ALL
        .into_iter()
        .filter(|status| status.stage().is_some());
    let orders = open_orders::all(&mut connection, waiting).await?;
    let mut board = Board::of(&orders);
    let variants: Vec<VariantId> = board.variants();
    let categories: Option<BTreeSet<VariantId>> = match query.category {
        Some(category) => {
            let parents = catalog::parents(&mut connection).await?;
            let wanted = below(category, parents.into_iter());
            let mut known = open_orders::categories(&mut connection, &variants).await?;
            known.retain(|_, category| wanted.contains(category));
            Some(known.into_keys().collect())
        }
        None => None,
    };
    board.stock(
        open_orders::shelves(&mut connection, &variants).await?,
        query.warehouse,
    );
    let wanted = Wanted {
        actor: &caller.actor,
        words: &words,
        variants: categories.as_ref(),
    };
    let mut items = board.rows(&wanted);
    let total = query.total.unwrap_or_default().then_some(items.len());
    if let Some(after) = &query.after {
        items.retain(|row| row.sku > *after);
    }
    let next = listing::cut(&mut items, limit)
        .then(|| items.last().map(|row| row.sku.clone()))
        .flatten();
    // Names and units as the catalog has them now; lines have those of their submission.
    let shown: Vec<VariantId> = items.iter().map(|row| row.variant_id).collect();
    let known = products::by_variant(&mut connection, &shown).await?;
    for row in &mut items {
        let product = known.get(&row.variant_id);
        let variant =
            product.and_then(|product| product.variants.iter().find(|one| one.id == row.variant_id));
        if let Some(variant) = variant {
            row.unit = variant.base_unit.name.clone();
        }
    }
    Ok(Answer::new(Page {
        items,
        next,
        total: total.map(|total| u64::try_from(total).unwrap_or(u64::MAX)),
    }))
}
