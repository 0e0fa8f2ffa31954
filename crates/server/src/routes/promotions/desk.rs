use countersign_contract::ProblemKind;
use countersign_contract::list::Goods;
use countersign_contract::promotion_desk::{
    GetPromotionDesk, GetPromotionNames, PromotionDesk, PromotionNames,
};
use countersign_domain::id::VariantId;
use countersign_domain::permission::Permission;
use countersign_domain::promotion::PromotionRule;

use crate::auth::require;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::customers::Customer;
use crate::repo::{products, promotion_names, promotions};
use crate::state::AppState;
use crate::submission::full_name;

/// `GET /promotion-desk`: the company's calendar and its levels of customers.
pub async fn get_desk(state: AppState, call: Call<GetPromotionDesk>) -> Reply<GetPromotionDesk> {
    require(call.caller()?, Permission::PromotionManage)?;
    let mut connection = state.db.read().await?;
    Ok(Answer::new(PromotionDesk {
        offset_minutes: state.site.offset.local_minus_utc() / 60,
        levels: promotion_names::levels(&mut connection).await?,
    }))
}

/// `GET /managed-promotions/{promotion_id}/names`: what everything in it is called.
pub async fn get_names(state: AppState, call: Call<GetPromotionNames>) -> Reply<GetPromotionNames> {
    require(call.caller()?, Permission::PromotionManage)?;
    let actor = call.caller()?.actor.clone();
    let mut connection = state.db.read().await?;
    let promotion = promotions::find(&mut connection, call.path)
        .await?
        .ok_or(ProblemKind::NotFound)?
        .promotion;
    let (mut variants, named_products) = match &promotion.rule {
        PromotionRule::Line { goods, .. } => (goods.variants.clone(), goods.products.clone()),
        PromotionRule::BuyGet { buy, .. } => (buy.clone(), Vec::new()),
        PromotionRule::Bundle { .. } | PromotionRule::Order { .. } => (Vec::new(), Vec::new()),
    };
    variants.extend(promotion.rule.offered());
    let found = products::by_variant(&mut connection, &variants).await?;
    let goods = |id: &VariantId| {
        let product = found.get(id)?;
        let variant = product.variants.iter().find(|variant| variant.id == *id)?;
        Some(Goods {
            product_id: product.id,
            variant_id: variant.id,
            sku: variant.sku.clone(),
            name: full_name(&product.name, &variant.name),
            unit: variant.ordering_unit().clone(),
        })
    };
    let customers = promotion_names::customers(&mut connection, &promotion.audience.customers).await?;
    let seen = customers
        .iter()
        .filter(|customer| actor.sees(customer.id, customer.region_id));
    Ok(Answer::new(PromotionNames {
        // Something may be bought and given away: it is named once.
        variants: found.keys().filter_map(goods).collect(),
        products: promotion_names::products(&mut connection, &named_products).await?,
        customers: seen.map(Customer::named).collect(),
    }))
}
