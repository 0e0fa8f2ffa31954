use countersign_contract::list::ListFavourites;
use countersign_domain::id::VariantId;

use crate::assortment;
use crate::buying::buyer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::favourites;
use crate::state::AppState;

/// `GET /favourites`: the favourites, the newest first, as far as the customer may see them.
pub async fn list(state: AppState, call: Call<ListFavourites>) -> Reply<ListFavourites> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let customer = buyer(&mut connection, actor, call.query.customer).await?.id;
    let mut all = favourites::list(&mut connection, customer).await?;
    let ids: Vec<VariantId> = all.iter().map(|one| one.goods.variant_id).collect();
    let hidden = assortment::hidden_from(&mut connection, customer, &ids).await?;
    all.retain(|one| !hidden.contains(&one.goods.variant_id));
    Ok(Answer::new(all))
}
