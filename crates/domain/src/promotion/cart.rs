//! What a cart comes to (domain.md section 5).

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::bundle::{BundlePart, take_bundles};
use super::spread::spread;
use super::{CustomerPromotion, OrderEffect, PromotionRule, price_line};
use crate::id::{CategoryId, LineId, ProductId, PromotionId, VariantId};
use crate::money::{Currency, Money, Rate};
use crate::price::{CustomerTerms, DiscountShare, PriceReason};
use crate::quantity::Quantity;
use crate::text::LocalText;

/// A line to be priced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    /// Its id. Discounts are spread in the order of these, so that the order of the lines on a screen does not matter.
    pub id: LineId,
    /// What.
    pub variant_id: VariantId,
    /// The product of that.
    pub product_id: ProductId,
    /// The category that stands in.
    pub category_id: CategoryId,
    /// How many, in the ordering unit.
    pub quantity: Quantity,
    /// The customer's terms for the variant.
    pub terms: CustomerTerms,
}

/// A cart with its prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PricedCart {
    /// The lines, in the order they were given.
    pub lines: Vec<PricedLine>,
    /// What comes with it for nothing, by promotion.
    pub gifts: Vec<Gift>,
    /// Promotions on the order as a whole.
    pub reasons: Vec<OrderReason>,
    /// The goods at their prices, before what bundles save and discounts on the order.
    pub subtotal: Money,
    /// What those come to.
    pub discount: Money,
    /// Cost of delivery.
    pub freight: Money,
    /// The amounts of the lines and the freight.
    pub total: Money,
}

/// A line with its price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PricedLine {
    /// The line.
    pub id: LineId,
    /// The price without breaks and promotions, per ordering unit.
    pub base: Money,
    /// The price, per ordering unit.
    pub unit: Money,
    /// Why the line costs what it costs, in the order the rules applied.
    pub reasons: Vec<PriceReason>,
    /// Its share of what bundles save and of a discount on the order.
    pub share: Option<DiscountShare>,
    /// What it costs.
    pub amount: Money,
}

/// Something that comes with an order for nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Gift {
    /// The promotion that gives it.
    pub promotion_id: PromotionId,
    /// What.
    pub variant_id: VariantId,
    /// How many, in its ordering unit.
    pub quantity: Quantity,
}

/// A promotion on an order as a whole; the app says it in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum OrderReason {
    /// So much is taken off, spread over the lines.
    Discount {
        /// Which promotion.
        promotion_id: PromotionId,
        /// Its name then.
        name: LocalText,
        /// What is taken off.
        amount: Money,
    },
    /// Something comes with it, as a line of its own.
    Gift {
        /// Which promotion.
        promotion_id: PromotionId,
        /// Its name then.
        name: LocalText,
    },
    /// The freight is free.
    FreeFreight {
        /// Which promotion.
        promotion_id: PromotionId,
        /// Its name then.
        name: LocalText,
        /// What it would have cost.
        freight: Money,
    },
    /// Goods on its lines are a bundle and cost less together; the lines say how much of that is theirs.
    Bundle {
        /// Which promotion.
        promotion_id: PromotionId,
        /// Its name then.
        name: LocalText,
        /// How many bundles.
        count: Quantity,
        /// What one costs, before a discount on the order.
        price: Money,
        /// What one is of.
        components: Vec<BundlePart>,
        /// What all of them save.
        saved: Money,
    },
}

impl OrderReason {
    /// The promotion.
    pub fn promotion_id(&self) -> PromotionId {
        match self {
            Self::Discount { promotion_id, .. }
            | Self::Gift { promotion_id, .. }
            | Self::FreeFreight { promotion_id, .. }
            | Self::Bundle { promotion_id, .. } => *promotion_id,
        }
    }
}

/// Prices a cart of one customer at `now` (domain.md section 5).
///
/// 1. Each line by itself: see [`price_line`].
/// 2. Every promotion that gives something for goods bought gives it; none of them takes from another, and goods in a bundle
///    count like any.
/// 3. As many bundles as there are whole sets, the one that saves most first: see `take_bundles`.
/// 4. Of an order promotion the highest step that what is left of the amount of the goods reaches holds. Of all discounts held
///    so, the one that takes off most counts, and no other; of two that take off the same, that of the lower id. Gifts and
///    free freight take nothing from the amount: all of them count.
/// 5. Amounts are rounded half up to the minor unit, what is saved is spread over the lines.
///
/// Neither the order of `promotions` nor that of `lines` matters. `None` when an amount is beyond what a decimal can hold.
pub fn price_cart(
    lines: &[CartLine],
    promotions: &[CustomerPromotion],
    freight: Money,
    currency: &Currency,
    now: DateTime<Utc>,
) -> Option<PricedCart> {
    let mut running: Vec<&CustomerPromotion> = promotions
        .iter()
        .filter(|promotion| promotion.holds_at(now))
        .collect();
    running.sort_by_key(|promotion| promotion.id);
    running.dedup_by_key(|promotion| promotion.id);
    let mut priced = lines
        .iter()
        .map(|line| first_price(line, promotions, currency, now))
        .collect::<Option<Vec<_>>>()?;
    let subtotal = checked_sum(priced.iter().map(|line| line.amount))?;
    let mut reasons = take_bundles(&mut priced, lines, &running, currency)?;
    let left = checked_sum(priced.iter().map(|line| line.amount))?;
    let whole = if lines.is_empty() {
        Whole::default()
    } else {
        whole(&running, left, currency)
    };
    let mut gifts = bought_gifts(&running, lines)?;
    gifts.extend(whole.gifts);
    gifts.sort();
    if let Some((promotion, amount)) = whole.discount {
        share_out(&mut priced, lines, promotion, amount, currency)?;
        reasons.push(OrderReason::Discount {
            promotion_id: promotion.id,
            name: promotion.name.clone(),
            amount,
        });
    }
    for promotion in &running {
        if gifts.iter().any(|gift| gift.promotion_id == promotion.id) {
            reasons.push(OrderReason::Gift {
                promotion_id: promotion.id,
                name: promotion.name.clone(),
            });
        }
    }
    let mut charged = currency.round(freight.0);
    if let Some(promotion) = whole.free_freight {
        reasons.push(OrderReason::FreeFreight {
            promotion_id: promotion.id,
            name: promotion.name.clone(),
            freight: charged,
        });
        charged = currency.round(Decimal::ZERO);
    }
    let goods = checked_sum(priced.iter().map(|line| line.amount))?;
    let total = checked_sum([goods, charged].into_iter())?;
    Some(PricedCart {
        lines: priced,
        gifts,
        reasons,
        subtotal,
        discount: currency.round((subtotal - goods).0),
        freight: charged,
        total,
    })
}

/// A line before discounts on the order.
fn first_price(
    line: &CartLine,
    promotions: &[CustomerPromotion],
    currency: &Currency,
    now: DateTime<Utc>,
) -> Option<PricedLine> {
    let goods = (line.variant_id, line.product_id, line.category_id);
    let price = price_line(&line.terms, line.quantity, goods, promotions, now);
    Some(PricedLine {
        id: line.id,
        base: line.terms.base().0,
        unit: price.unit,
        reasons: price.reasons,
        share: None,
        amount: currency.line_amount(price.unit, line.quantity, Rate::ZERO)?,
    })
}

impl PricedLine {
    /// Takes `share` off the amount of all `quantity` units.
    pub(super) fn take_off(&mut self, share: Money, quantity: Quantity) {
        if share.is_zero() {
            return;
        }
        self.amount -= share;
        let before = self.share.map_or(Money::ZERO, |share| share.amount);
        self.share = Some(DiscountShare {
            amount: before + share,
            quantity,
        });
    }
}

/// What comes with the goods that are bought.
fn bought_gifts(running: &[&CustomerPromotion], lines: &[CartLine]) -> Option<Vec<Gift>> {
    let mut gifts = Vec::new();
    for promotion in running {
        let PromotionRule::BuyGet {
            buy,
            quantity,
            gift,
            gives,
            repeats,
            most,
        } = &promotion.rule
        else {
            continue;
        };
        let bought = lines.iter().filter(|line| buy.contains(&line.variant_id));
        let bought = bought.map(|line| line.quantity.get()).sum::<Decimal>();
        let mut times = bought
            .checked_div(quantity.get())
            .map_or(Decimal::ZERO, |times| times.floor());
        if !repeats {
            times = times.min(Decimal::ONE);
        }
        let given = Quantity::new(times.checked_mul(gives.get())?).ok()?;
        let given = most.map_or(given, |most| given.min(most));
        if !given.is_zero() {
            gifts.push(Gift {
                promotion_id: promotion.id,
                variant_id: *gift,
                quantity: given,
            });
        }
    }
    Some(gifts)
}

/// What order promotions give.
#[derive(Default)]
struct Whole<'a> {
    discount: Option<(&'a CustomerPromotion, Money)>,
    gifts: Vec<Gift>,
    free_freight: Option<&'a CustomerPromotion>,
}

/// What order promotions, by rising id, give for goods of `subtotal`.
fn whole<'a>(running: &[&'a CustomerPromotion], subtotal: Money, currency: &Currency) -> Whole<'a> {
    let mut whole = Whole::default();
    for promotion in running {
        let PromotionRule::Order { steps } = &promotion.rule else {
            continue;
        };
        let reached = steps.iter().filter(|step| step.from <= subtotal);
        let Some(step) = reached.max_by_key(|step| step.from) else {
            continue;
        };
        let off = match step.effect {
            OrderEffect::Minus { amount } => amount.0,
            // At most the subtotal itself, which was added up before.
            OrderEffect::Off { share } => subtotal.0.saturating_mul(share.get()),
            OrderEffect::Gift { variant_id, quantity } => {
                if !quantity.is_zero() {
                    whole.gifts.push(Gift {
                        promotion_id: promotion.id,
                        variant_id,
                        quantity,
                    });
                }
                continue;
            }
            OrderEffect::FreeFreight => {
                whole.free_freight = whole.free_freight.or(Some(promotion));
                continue;
            }
        };
        let off = currency.round(off).min(subtotal);
        if off > whole.discount.map_or(Money::ZERO, |(_, best)| best) {
            whole.discount = Some((promotion, off));
        }
    }
    whole
}

/// Takes each line's share off its amount and says so.
fn share_out(
    priced: &mut [PricedLine],
    lines: &[CartLine],
    promotion: &CustomerPromotion,
    discount: Money,
    currency: &Currency,
) -> Option<()> {
    let mut order: Vec<usize> = (0..priced.len()).collect();
    order.sort_by_key(|index| priced.get(*index).map(|line| line.id));
    let amounts: Vec<Money> = order
        .iter()
        .filter_map(|index| priced.get(*index).map(|line| line.amount))
        .collect();
    let shares = spread(discount, &amounts, currency)?;
    for (index, share) in order.into_iter().zip(shares) {
        let (Some(line), Some(ordered)) = (priced.get_mut(index), lines.get(index)) else {
            continue;
        };
        if share.is_zero() {
            continue;
        }
        line.take_off(share, ordered.quantity);
        line.reasons.push(PriceReason::OrderPromotion {
            promotion_id: promotion.id,
            name: promotion.name.clone(),
            share,
        });
    }
    Some(())
}

fn checked_sum(amounts: impl Iterator<Item = Money>) -> Option<Money> {
    let mut sum = Decimal::ZERO;
    for amount in amounts {
        sum = sum.checked_add(amount.0)?;
    }
    Some(Money(sum))
}
