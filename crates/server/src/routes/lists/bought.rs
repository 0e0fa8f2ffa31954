use countersign_contract::list::ListBoughtGoods;
use countersign_domain::id::VariantId;

use crate::assortment;
use crate::buying::buyer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::bought;
use crate::state::AppState;

/// `GET /bought-goods`: what the customer has ordered before, as far as it may see it.
pub async fn bought(state: AppState, call: Call<ListBoughtGoods>) -> Reply<ListBoughtGoods> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let customer = buyer(&mut connection, actor, call.query.customer).await?.id;
    let bought: Vec<VariantId> = bought::list(&mut connection, customer)
        .await?
        .into_iter()
        .collect();
    let hidden = assortment::hidden_from(&mut connection, customer, &bought).await?;
    Ok(Answer::new(
        bought.into_iter().filter(|id| !hidden.contains(id)).collect(),
    ))
}
