//! `/promotions`, `/managed-promotions`, `/promotion-desk`, `/promotion-previews`: what customers are promised, and who
//! promises it.

mod desk;
mod list;
mod managed;
mod preview;
mod put;

use countersign_contract::problem::FieldCode;
use countersign_contract::promotion::{
    GetManagedPromotion, ListManagedPromotions, ListPromotions, PutManagedPromotion,
};
use countersign_contract::promotion_desk::{GetPromotionDesk, GetPromotionNames, PreviewPromotion};
use countersign_domain::promotion::{FaultKind, Promotion, PromotionRule};
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::error::ApiError;
use crate::http::input::Check;
use crate::http::route::Api;
use crate::repo::promotions::{self, Named};
use crate::repo::settings;

/// Adds what customers see of promotions and what staff do with them.
pub fn add(api: Api) -> Api {
    api.route::<ListPromotions, _, _>(list::list)
        .route::<ListManagedPromotions, _, _>(managed::list_managed)
        .route::<GetManagedPromotion, _, _>(managed::get_managed)
        .route::<PutManagedPromotion, _, _>(put::put)
        .route::<GetPromotionDesk, _, _>(desk::get_desk)
        .route::<GetPromotionNames, _, _>(desk::get_names)
        .route::<PreviewPromotion, _, _>(preview::preview)
}

/// Checks a promotion whose fields are below `at`.
///
/// # Errors
/// 422 with every field that is wrong, and with those that name something that does not exist.
async fn check(connection: &mut SqliteConnection, promotion: &Promotion, at: &str) -> Result<(), ApiError> {
    let currency = settings::workflow(connection).await?.value.currency;
    let mut check = Check::default();
    for fault in promotion.faults(&currency) {
        let code = match fault.kind {
            FaultKind::Missing => FieldCode::Required,
            FaultKind::Invalid => FieldCode::Invalid,
            FaultKind::TooLong => FieldCode::TooLong,
            FaultKind::TooSmall => FieldCode::TooSmall,
            FaultKind::TooLarge => FieldCode::TooLarge,
            FaultKind::Duplicate => FieldCode::Duplicate,
        };
        check.that(false, format!("{at}{}", fault.field), code);
    }
    for (field, named, ids) in names(promotion) {
        let there = promotions::all_there(connection, named, &ids).await?;
        check.that(there, format!("{at}{field}"), FieldCode::Unknown);
    }
    check.done()
}

/// Everything a promotion names, with the field that names it.
fn names(promotion: &Promotion) -> Vec<(&'static str, Named, Vec<Uuid>)> {
    let audience = &promotion.audience;
    let mut names = vec![
        (
            "/audience/levels",
            Named::Levels,
            audience.levels.iter().map(|id| id.0).collect(),
        ),
        (
            "/audience/customers",
            Named::Customers,
            audience.customers.iter().map(|id| id.0).collect(),
        ),
    ];
    match &promotion.rule {
        PromotionRule::Line { goods, .. } => names.extend([
            (
                "/rule/goods/variants",
                Named::Variants,
                goods.variants.iter().map(|id| id.0).collect(),
            ),
            (
                "/rule/goods/products",
                Named::Products,
                goods.products.iter().map(|id| id.0).collect(),
            ),
            (
                "/rule/goods/categories",
                Named::Categories,
                goods.categories.iter().map(|id| id.0).collect(),
            ),
        ]),
        PromotionRule::BuyGet { buy, gift, .. } => names.extend([
            (
                "/rule/buy",
                Named::Variants,
                buy.iter().map(|id| id.0).collect::<Vec<_>>(),
            ),
            ("/rule/gift", Named::Variants, vec![gift.0]),
        ]),
        PromotionRule::Bundle { components, .. } => names.push((
            "/rule/components",
            Named::Variants,
            components.iter().map(|part| part.variant_id.0).collect(),
        )),
        PromotionRule::Order { .. } => {
            let gifts = promotion.rule.gifts();
            names.push((
                "/rule/steps",
                Named::Variants,
                gifts.iter().map(|id| id.0).collect(),
            ));
        }
    }
    names
}
