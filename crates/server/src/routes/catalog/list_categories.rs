use countersign_contract::catalog::{Category, ListCategories};
use countersign_domain::search::upwards;

use super::Viewer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::{catalog, products};
use crate::state::AppState;

/// `GET /categories`: the tree, flat, siblings in their order, with the number of products on sale; without what the caller may not
/// see.
pub async fn list_categories(state: AppState, call: Call<ListCategories>) -> Reply<ListCategories> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let viewer = Viewer::of(&mut connection, actor, call.query.customer).await?;
    let mut found = catalog::categories(&mut connection, &viewer.assortment.hidden_products).await?;
    let hidden = &viewer.assortment.hidden_categories;
    found.retain(|(category, _)| !hidden.contains(&category.id));
    Ok(Answer::new(count_upwards(found)))
}

/// Adds what is below each category to what is in it.
fn count_upwards(found: Vec<(products::Category, u32)>) -> Vec<Category> {
    let parents = found.iter().map(|(one, _)| (one.id, one.parent_id)).collect();
    let sums = upwards(found.iter().map(|(one, products)| (one.id, *products)), &parents);
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
