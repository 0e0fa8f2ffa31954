use std::collections::BTreeMap;

use countersign_contract::catalog::{Category, ListCategories};
use countersign_domain::id::CategoryId;

use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::{catalog, products};
use crate::state::AppState;

/// Levels of the tree that are counted upwards: more than any tree has, so that one that bites its tail comes to an end.
const MAX_DEPTH: usize = 32;

/// `GET /categories`: the tree, flat, siblings in their order, with the number of products on sale.
pub async fn list_categories(state: AppState, call: Call<ListCategories>) -> Reply<ListCategories> {
    call.caller()?;
    let mut connection = state.db.read().await?;
    let found = catalog::categories(&mut connection).await?;
    Ok(Answer::new(count_upwards(found)))
}

/// Adds what is below each category to what is in it.
fn count_upwards(found: Vec<(products::Category, u32)>) -> Vec<Category> {
    let parents: BTreeMap<CategoryId, Option<CategoryId>> =
        found.iter().map(|(one, _)| (one.id, one.parent_id)).collect();
    let mut sums: BTreeMap<CategoryId, u32> = BTreeMap::new();
    for (category, products) in &found {
        let mut here = Some(category.id);
        for _ in 0..MAX_DEPTH {
            let Some(id) = here else { break };
            let sum = sums.entry(id).or_default();
            *sum = sum.saturating_add(*products);
            here = parents.get(&id).copied().flatten();
        }
    }
    found
        .into_iter()
        .map(|(category, _)| Category {
            id: category.id,
            parent_id: category.parent_id,
            name: category.name,
            products: sums.get(&category.id).copied().unwrap_or(0),
        })
        .collect()
}
