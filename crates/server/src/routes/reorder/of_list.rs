use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::reorder::GetListReorder;
use countersign_domain::id::VariantId;

use super::{Wanted, preview};
use crate::buying::buyer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::purchases::Bought;
use crate::repo::{lists, purchases};
use crate::state::AppState;

/// How far back the last price is looked for.
const LOOKS_BACK: TimeDelta = TimeDelta::days(365);

/// `GET /lists/{list_id}/reorder`: how the items of a list stand now, against the price the customer paid last.
pub async fn of_list(state: AppState, call: Call<GetListReorder>) -> Reply<GetListReorder> {
    let actor = &call.caller()?.actor;
    let now = state.clock.now();
    let mut connection = state.db.read().await?;
    let customer = buyer(&mut connection, actor, call.query.customer).await?.id;
    let list = lists::find(&mut connection, customer, call.path)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    let from = now
        .checked_sub_signed(LOOKS_BACK)
        .unwrap_or(DateTime::<Utc>::MIN_UTC);
    let mut last: BTreeMap<VariantId, Bought> = BTreeMap::new();
    for one in purchases::list(&mut connection, customer, from).await? {
        // The newest comes first.
        last.entry(one.variant_id).or_insert(one);
    }
    let wanted = list.items.into_iter().map(|item| {
        let before = last.get(&item.goods.variant_id);
        let before = before.filter(|before| before.unit.factor == item.goods.unit.factor);
        Wanted {
            price: before.map(|before| before.price),
            quantity: item.quantity,
            goods: item.goods,
        }
    });
    let wanted = wanted.collect();
    Ok(Answer::new(
        preview(&mut connection, actor, customer, list.name, wanted).await?,
    ))
}
