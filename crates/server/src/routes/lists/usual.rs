use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use countersign_contract::list::{GetUsualList, UsualItem, UsualList};
use countersign_domain::id::VariantId;
use countersign_domain::product::Product;
use countersign_domain::usual::{Purchase, Usual};

use crate::assortment;
use crate::buying::buyer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::purchases::Bought;
use crate::repo::{lists, products, purchases};
use crate::state::AppState;

/// How far back is looked.
const LOOKS_BACK: TimeDelta = TimeDelta::days(365);

/// Most items of the list.
const MOST: usize = 300;

/// `GET /lists/usual`: what this customer really buys, and how much of it is due.
pub async fn usual(state: AppState, call: Call<GetUsualList>) -> Reply<GetUsualList> {
    let actor = &call.caller()?.actor;
    let now = state.clock.now();
    let mut connection = state.db.read().await?;
    let customer = buyer(&mut connection, actor, call.query.customer).await?.id;
    let from = now
        .checked_sub_signed(LOOKS_BACK)
        .unwrap_or(DateTime::<Utc>::MIN_UTC);
    let mut bought: BTreeMap<VariantId, Vec<Bought>> = BTreeMap::new();
    for one in purchases::list(&mut connection, customer, from).await? {
        bought.entry(one.variant_id).or_default().push(one);
    }
    let ids: Vec<VariantId> = bought.keys().copied().collect();
    let mut products = products::by_variant(&mut connection, &ids).await?;
    for hidden in assortment::hidden_from(&mut connection, customer, &ids).await? {
        products.remove(&hidden);
    }
    drop(connection);
    let mut items: Vec<UsualItem> = bought
        .into_iter()
        .filter_map(|(id, bought)| item(&state, products.get(&id)?, id, &bought, now))
        .collect();
    items.sort_by(|one, other| {
        (other.orders, other.last_on)
            .cmp(&(one.orders, one.last_on))
            .then_with(|| one.goods.sku.cmp(&other.goods.sku))
    });
    items.truncate(MOST);
    Ok(Answer::new(UsualList {
        on: state.local_date(now),
        items,
    }))
}

fn item(
    state: &AppState,
    product: &Product,
    id: VariantId,
    bought: &[Bought],
    now: DateTime<Utc>,
) -> Option<UsualItem> {
    let variant = product.variants.iter().find(|variant| variant.id == id)?;
    let unit = variant.ordering_unit();
    let purchases: Vec<Purchase> = bought
        .iter()
        .map(|one| Purchase {
            on: state.local_date(one.at),
            quantity: one.unit.convert(one.quantity, unit),
        })
        .collect();
    let usual = Usual::of(&purchases, state.local_date(now))?;
    Some(UsualItem {
        goods: lists::goods_of(product, id)?,
        orders: usual.orders,
        last_on: usual.last_on,
        quantity: usual.quantity,
        rhythm: usual.rhythm,
        // What is off sale can't be ordered, however much it is due.
        suggested: usual.suggested(&variant.rule).filter(|_| product.on_sale),
    })
}
