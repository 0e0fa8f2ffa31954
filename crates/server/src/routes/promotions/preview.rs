use countersign_contract::problem::FieldCode;
use countersign_contract::promotion_desk::{PreviewPromotion, PromotionPreview, SampleCart};
use countersign_contract::{FieldError, ProblemKind};
use countersign_domain::id::{LineId, VariantId};
use countersign_domain::order::Rejection;
use countersign_domain::permission::Permission;
use countersign_domain::promotion::{CartLine, price_cart};
use uuid::Uuid;

use super::check;
use crate::auth::require;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::input::Check;
use crate::promotions::Offered;
use crate::repo::{customers, products, promotions, settings};
use crate::state::AppState;

/// Most lines of a sample cart.
const MAX_LINES: usize = 100;

/// `POST /promotion-previews`: what a cart would come to with a promotion and without it. Nothing is kept.
pub async fn preview(state: AppState, call: Call<PreviewPromotion>) -> Reply<PreviewPromotion> {
    require(call.caller()?, Permission::PromotionManage)?;
    let actor = call.caller()?.actor.clone();
    let SampleCart {
        customer_id,
        lines,
        freight,
        at,
        promotion,
    } = call.body;
    let mut bounds = Check::default();
    bounds.that(!lines.is_empty(), "/lines", FieldCode::Required);
    bounds.that(lines.len() <= MAX_LINES, "/lines", FieldCode::TooLong);
    bounds.that(!freight.is_negative(), "/freight", FieldCode::TooSmall);
    bounds.done()?;
    let mut connection = state.db.read().await?;
    let customer = customers::find(&mut connection, customer_id)
        .await?
        .filter(|customer| actor.sees(customer.id, customer.region_id))
        .ok_or_else(|| unknown("/customer_id".to_owned()))?;
    let at = at.unwrap_or_else(|| state.clock.now());
    let mut running = promotions::running(&mut connection, at).await?;
    let mut tried = None;
    if let Some(promotion) = promotion {
        check(&mut connection, &promotion, "/promotion").await?;
        running.retain(|kept| kept.id != promotion.id);
        tried = Some(promotion);
    }
    let without = crate::promotions::offered(&mut connection, &running, &customer, at).await?;
    let tried_id = tried.as_ref().map(|promotion| promotion.id);
    running.extend(tried);
    let with = crate::promotions::offered(&mut connection, &running, &customer, at).await?;
    let ids: Vec<VariantId> = lines.iter().map(|line| line.variant_id).collect();
    let goods = products::by_variant(&mut connection, &ids).await?;
    let agreed = products::agreed_prices_of(&mut connection, customer.id, &ids).await?;
    let mut cart = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let found = goods.get(&line.variant_id).and_then(|product| {
            let variant = product.variants.iter().find(|one| one.id == line.variant_id)?;
            Some((product, variant))
        });
        let (product, variant) = found.ok_or_else(|| unknown(format!("/lines/{index}/variant_id")))?;
        let place = u128::try_from(index).unwrap_or_default();
        cart.push(CartLine {
            id: LineId(Uuid::from_u128(place.saturating_add(1))),
            variant_id: variant.id,
            product_id: product.id,
            category_id: product.category_id,
            quantity: line.quantity,
            terms: variant
                .prices
                .for_customer(customer.level_id, agreed.get(&variant.id).copied()),
        });
    }
    let currency = settings::workflow(&mut connection).await?.value.currency;
    let price = |offered: &Offered| {
        price_cart(&cart, &offered.promotions, freight, &currency, at).ok_or(ProblemKind::Rejected {
            rejection: Rejection::AmountInvalid,
        })
    };
    Ok(Answer::new(PromotionPreview {
        with: price(&with)?,
        without: price(&without)?,
        holds: with
            .promotions
            .iter()
            .any(|promotion| Some(promotion.id) == tried_id),
        gifts: with.into_reply().gifts,
    }))
}

fn unknown(pointer: String) -> ApiError {
    ApiError::invalid(vec![FieldError {
        pointer,
        code: FieldCode::Unknown,
    }])
}
