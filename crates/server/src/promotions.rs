//! Promotions as one customer has them: the same for who asks for them and for who orders.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use countersign_contract::promotion::{CustomerPromotions, GiftGoods};
use countersign_domain::id::VariantId;
use countersign_domain::order::NewLine;
use countersign_domain::price::PriceReason;
use countersign_domain::product::{Product, Variant};
use countersign_domain::promotion::{CustomerPromotion, Gift, Promotion, PromotionRule};
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::assortment;
use crate::db::DbError;
use crate::repo::customers::Customer;
use crate::repo::{products, promotions};
use crate::submission::full_name;

/// What a customer is offered at some moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// The promotions, by id; none gives away or bundles what is not to be had.
    pub promotions: Vec<CustomerPromotion>,
    /// When that is.
    at: DateTime<Utc>,
    /// The products of gifts and bundles.
    goods: BTreeMap<VariantId, Product>,
}

/// The promotions that hold for `customer` at `now`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn of_customer(
    connection: &mut SqliteConnection,
    customer: &Customer,
    now: DateTime<Utc>,
) -> Result<Offered, DbError> {
    let running = promotions::running(connection, now).await?;
    offered(connection, &running, customer, now).await
}

/// Those of `all` that hold for `customer` at `now`.
///
/// # Errors
/// A [`DbError`] when the database refuses.
pub async fn offered(
    connection: &mut SqliteConnection,
    all: &[Promotion],
    customer: &Customer,
    now: DateTime<Utc>,
) -> Result<Offered, DbError> {
    let held: Vec<CustomerPromotion> = all
        .iter()
        .filter_map(|promotion| promotion.for_customer(customer.id, customer.level_id, now))
        .collect();
    let needed = held.iter().flat_map(|promotion| promotion.rule.offered());
    let mut goods = products::by_variant(connection, &needed.collect::<Vec<_>>()).await?;
    // A gift is shown and delivered, and a bundle ordered: it has to be something this customer may see.
    let seen = assortment::of_level(connection, customer.level_id).await?;
    goods.retain(|id, product| {
        let is_seen = seen.shows(product.id, product.category_id);
        product.on_sale && is_seen && variant(product, *id).is_some()
    });
    let mut promotions = Vec::with_capacity(held.len());
    for mut promotion in held {
        let Some(rule) = promotion.rule.as_offered(|id| goods.contains_key(&id)) else {
            continue;
        };
        promotion.rule = rule;
        if let PromotionRule::Line { goods, .. } = &mut promotion.rule {
            goods.categories = promotions::with_those_below(connection, &goods.categories).await?;
        }
        promotions.push(promotion);
    }
    promotions.sort_by_key(|promotion| promotion.id);
    Ok(Offered {
        promotions,
        at: now,
        goods,
    })
}

impl Offered {
    /// The same as the customer's device gets it.
    pub fn into_reply(self) -> CustomerPromotions {
        let gift = |(id, product): (&VariantId, &Product)| {
            let variant = variant(product, *id)?;
            Some(GiftGoods {
                variant_id: variant.id,
                product_id: product.id,
                sku: variant.sku.clone(),
                name: full_name(&product.name, &variant.name),
                unit: variant.ordering_unit().clone(),
            })
        };
        CustomerPromotions {
            at: self.at,
            gifts: self.goods.iter().filter_map(gift).collect(),
            promotions: self.promotions,
        }
    }

    /// The line a gift becomes on the order of the draft `draft`. It has the same id whenever that draft is submitted.
    pub fn gift_line(&self, draft: Uuid, gift: &Gift) -> Option<NewLine> {
        let product = self.goods.get(&gift.variant_id)?;
        let variant = variant(product, gift.variant_id)?;
        let promotion = self
            .promotions
            .iter()
            .find(|promotion| promotion.id == gift.promotion_id)?;
        let name = format!("gift {} {}", gift.promotion_id, gift.variant_id);
        Some(NewLine {
            id: countersign_domain::id::LineId(Uuid::new_v5(&draft, name.as_bytes())),
            product_id: product.id,
            variant_id: variant.id,
            sku: variant.sku.clone(),
            name: full_name(&product.name, &variant.name),
            unit: variant.ordering_unit().clone(),
            quantity: gift.quantity,
            price: countersign_domain::money::Money::ZERO,
            reasons: vec![PriceReason::Gift {
                promotion_id: promotion.id,
                name: promotion.name.clone(),
            }],
            share: None,
            note: String::new(),
            made_to_order: variant.made_to_order,
        })
    }
}

fn variant(product: &Product, id: VariantId) -> Option<&Variant> {
    product.variants.iter().find(|variant| variant.id == id)
}
