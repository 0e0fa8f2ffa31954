//! Carts and promotions at random, the same everywhere: what proves that a device and the server agree on every price.

use chrono::{DateTime, TimeDelta, Utc};
use countersign_domain::id::{CategoryId, LineId, ProductId, PromotionId, VariantId};
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::price::{BreakEffect, CustomerTerms, QuantityBreak};
use countersign_domain::promotion::{
    BundlePart, CartLine, CustomerPromotion, Goods, LineEffect, OrderEffect, OrderStep, PricedCart,
    PromotionRule, price_cart,
};
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::rng::Rng;

/// How many carts [`DIGEST`] is made of.
pub const CARTS: u32 = 10_000;

/// What [`digest`] of [`CARTS`] carts is, on every machine.
pub const DIGEST: &str = "ab5c012afca0b533df7f8572163f7c970ce501aa58c488a79151124bd4f61160";

/// A cart and everything that is needed to price it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RandomCart {
    /// Its lines.
    pub lines: Vec<CartLine>,
    /// The promotions of the customer; some have ended, some have not begun.
    pub promotions: Vec<CustomerPromotion>,
    /// The freight.
    pub freight: Money,
    /// The currency: with cents or without.
    pub currency: Currency,
    /// When it is priced.
    pub now: DateTime<Utc>,
}

impl RandomCart {
    /// The cart of this number: the same for ever.
    pub fn new(number: u32) -> Self {
        let mut rng = Rng::for_name(&format!("cart {number}"));
        let minor_digits = if rng.chance(85) { 2 } else { 0 };
        let now = DateTime::<Utc>::UNIX_EPOCH
            .checked_add_signed(TimeDelta::days(20_000))
            .unwrap_or_default();
        let mut lines: Vec<CartLine> = (0..rng.between(1, 12)).map(|_| line(&mut rng)).collect();
        // A line's id is its place in a shuffled row, so that ids and the order on the screen differ.
        let shift = rng.between(0, 11);
        for (place, line) in (0_u32..).zip(&mut lines) {
            line.id = LineId(Uuid::from_u128(u128::from((place + shift) % 12 + 1)));
        }
        let promotions = (0..rng.between(0, 8))
            .map(|place| promotion(&mut rng, place, now, &lines))
            .collect();
        Self {
            lines,
            promotions,
            freight: Money::new(i64::from(rng.between(0, 3) * 1_000), 2),
            currency: Currency {
                code: if minor_digits == 2 { "CNY" } else { "JPY" }.to_owned(),
                minor_digits,
            },
            now,
        }
    }

    /// What it comes to.
    pub fn price(&self) -> Option<PricedCart> {
        price_cart(
            &self.lines,
            &self.promotions,
            self.freight,
            &self.currency,
            self.now,
        )
    }
}

/// A digest of the first `count` carts as they are priced here: each cart is written and read as it would be on its way
/// between a device and the server, priced, and the result written. `fingerprint` is that of the submission protocol.
///
/// # Errors
/// When something can't be written or read.
pub fn digest(count: u32, fingerprint: impl Fn(&str) -> String) -> Result<String, serde_json::Error> {
    let mut digest = String::new();
    for number in 0..count {
        let sent = serde_json::to_string(&RandomCart::new(number))?;
        let received: RandomCart = serde_json::from_str(&sent)?;
        let priced = serde_json::to_string(&received.price())?;
        digest = fingerprint(&format!("{digest}{sent}{priced}"));
    }
    Ok(digest)
}

fn variant(number: u32) -> VariantId {
    VariantId(Uuid::from_u128(u128::from(100 + number)))
}

fn product(number: u32) -> ProductId {
    ProductId(Uuid::from_u128(u128::from(200 + number / 2)))
}

fn category(number: u32) -> CategoryId {
    CategoryId(Uuid::from_u128(u128::from(300 + number / 4)))
}

fn money(rng: &mut Rng, most: u32, digits: u32) -> Money {
    Money::new(i64::from(rng.between(0, most)), digits)
}

fn rate(rng: &mut Rng) -> Rate {
    let share = Decimal::new(i64::from(rng.between(1, 10_000)), 4);
    Rate::new(share).unwrap_or(Rate::ZERO)
}

fn quantity(rng: &mut Rng) -> Quantity {
    let count = if rng.chance(80) {
        Decimal::from(rng.between(1, 60))
    } else {
        Decimal::new(i64::from(rng.between(1, 90_000)), 3)
    };
    Quantity::new(count).unwrap_or(Quantity::ONE)
}

fn line(rng: &mut Rng) -> CartLine {
    let number = rng.between(0, 15);
    let list = money(rng, 30_000, 2);
    let near = |rng: &mut Rng| Money(list.0 * Decimal::new(i64::from(rng.between(60, 120)), 2));
    let level = rng.chance(50).then(|| near(rng));
    let agreed = rng.chance(20).then(|| near(rng));
    let breaks = (1..=rng.between(0, 3))
        .map(|step| QuantityBreak {
            from: Quantity::whole(step * 8),
            effect: if rng.chance(50) {
                BreakEffect::Off { share: rate(rng) }
            } else {
                BreakEffect::Price { price: near(rng) }
            },
        })
        .collect();
    CartLine {
        id: LineId(Uuid::nil()),
        variant_id: variant(number),
        product_id: product(number),
        category_id: category(number),
        quantity: quantity(rng),
        terms: CustomerTerms {
            list,
            level,
            agreed,
            breaks,
        },
    }
}

fn promotion(rng: &mut Rng, place: u32, now: DateTime<Utc>, lines: &[CartLine]) -> CustomerPromotion {
    let hours = |rng: &mut Rng| TimeDelta::hours(i64::from(rng.between(0, 100)));
    let from = if rng.chance(90) {
        now.checked_sub_signed(hours(rng))
    } else {
        now.checked_add_signed(hours(rng))
    };
    let until = if rng.chance(15) {
        now.checked_sub_signed(hours(rng))
    } else {
        now.checked_add_signed(hours(rng))
    };
    CustomerPromotion {
        id: PromotionId(Uuid::from_u128(u128::from(rng.between(1, 90) * 10 + place))),
        name: LocalText::new(format!("促销 {place}"), format!("Promotion {place}")),
        from: from.unwrap_or(now),
        until: until.filter(|_| rng.chance(90)),
        rule: match rng.between(0, 9) {
            0..=4 => line_rule(rng),
            5 => buy_get(rng),
            6..=7 => bundle(rng, lines),
            _ => order_rule(rng),
        },
    }
}

fn line_rule(rng: &mut Rng) -> PromotionRule {
    let number = rng.between(0, 15);
    let mut goods = Goods::default();
    match rng.between(0, 2) {
        0 => goods.variants = vec![variant(number), variant(rng.between(0, 15))],
        1 => goods.products = vec![product(number)],
        _ => goods.categories = vec![category(number)],
    }
    let effect = match rng.between(0, 2) {
        0 => LineEffect::Price {
            price: money(rng, 30_000, 2),
        },
        1 => LineEffect::Off { share: rate(rng) },
        _ => LineEffect::Cut {
            amount: money(rng, 9_999, 2),
        },
    };
    PromotionRule::Line {
        goods,
        effect,
        stacks_with_breaks: rng.chance(40),
    }
}

fn buy_get(rng: &mut Rng) -> PromotionRule {
    PromotionRule::BuyGet {
        buy: (0..rng.between(1, 4))
            .map(|_| variant(rng.between(0, 15)))
            .collect(),
        quantity: Quantity::whole(rng.between(1, 24)),
        gift: variant(rng.between(0, 15)),
        gives: Quantity::whole(rng.between(1, 3)),
        repeats: rng.chance(60),
        most: rng.chance(40).then(|| Quantity::whole(rng.between(1, 6))),
    }
}

/// Of goods in the cart, for some of what they are in the list: now and then for more.
fn bundle(rng: &mut Rng, lines: &[CartLine]) -> PromotionRule {
    let mut components: Vec<BundlePart> = Vec::new();
    let mut list = Decimal::ZERO;
    for place in 0..rng.between(2, 3) {
        let Some(line) = lines.get((rng.between(0, 11) + place) as usize % lines.len().max(1)) else {
            continue;
        };
        let quantity = if rng.chance(80) {
            Quantity::whole(rng.between(1, 4))
        } else {
            quantity(rng)
        };
        if components.iter().all(|known| known.variant_id != line.variant_id) {
            list += line.terms.list.0 * quantity.get();
            components.push(BundlePart {
                variant_id: line.variant_id,
                quantity,
            });
        }
    }
    PromotionRule::Bundle {
        components,
        price: Money((list * Decimal::new(i64::from(rng.between(30, 110)), 2)).round_dp(2)),
    }
}

fn order_rule(rng: &mut Rng) -> PromotionRule {
    let steps = (0..rng.between(1, 4))
        .map(|step| OrderStep {
            from: Money::new(i64::from(step * 2_000 + rng.between(0, 1_999)), 0),
            effect: match rng.between(0, 5) {
                0..=1 => OrderEffect::Minus {
                    amount: money(rng, 90_000, 2),
                },
                2..=3 => OrderEffect::Off { share: rate(rng) },
                4 => OrderEffect::Gift {
                    variant_id: variant(rng.between(0, 15)),
                    quantity: Quantity::whole(rng.between(1, 3)),
                },
                _ => OrderEffect::FreeFreight,
            },
        })
        .collect();
    PromotionRule::Order { steps }
}

#[cfg(test)]
mod tests {
    use countersign_domain::promotion::OrderReason;
    use countersign_sync::fingerprint::fingerprint;

    use super::{CARTS, DIGEST, RandomCart, digest};

    #[test]
    fn ten_thousand_carts_cost_the_same_here_as_everywhere() {
        let here = digest(CARTS, fingerprint).expect("carts are plain data");
        assert_eq!(here, DIGEST, "the rules of prices or the carts have changed");
    }

    #[test]
    fn the_carts_are_worth_something() {
        let priced: Vec<_> = (0..CARTS)
            .filter_map(|number| RandomCart::new(number).price())
            .collect();
        assert_eq!(priced.len() as u32, CARTS, "every one of them can be charged");
        let share = |is_so: &dyn Fn(&countersign_domain::promotion::PricedCart) -> bool| {
            priced.iter().filter(|cart| is_so(cart)).count()
        };
        assert!(share(&|cart| !cart.discount.is_zero()) > 1_000);
        assert!(share(&|cart| !cart.gifts.is_empty()) > 1_000);
        let bundles = |cart: &countersign_domain::promotion::PricedCart| {
            let is_bundle = |reason: &&OrderReason| matches!(reason, OrderReason::Bundle { .. });
            cart.reasons.iter().filter(is_bundle).count()
        };
        assert!(share(&|cart| bundles(cart) > 0) > 500);
        assert!(
            share(&|cart| bundles(cart) > 1) > 20,
            "some of them next to each other"
        );
        assert!(share(&|cart| cart.lines.iter().any(|line| line.unit < line.base)) > 3_000);
        assert!(share(&|cart| cart.reasons.is_empty()) > 1_000);
    }
}
