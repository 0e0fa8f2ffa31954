//! What the demo's wholesaler promises its customers: a promotion of each kind that is running, one that is to come, one
//! that is over and one that was switched off.
//!
//! They begin when the demo does. The sample's orders are older, and what was submitted stays as it was (domain.md section 3
//! rule 6).

use chrono::{DateTime, TimeDelta, Utc};
use countersign_domain::id::PromotionId;
use countersign_domain::money::{Currency, Money};
use countersign_domain::product::Variant;
use countersign_domain::promotion::{
    Audience, BundlePart, Goods as Promoted, LineEffect, OrderEffect, OrderStep, Promotion, PromotionRule,
};
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use countersign_testkit::sample::catalog::Level;
use countersign_testkit::sample::staff::LEAD;
use rust_decimal::Decimal;

use super::SeedError;
use super::goods::{Goods, category_id, level_id, share};
use super::ids::id;
use super::people::account_id;
use crate::db::Tx;
use crate::repo::promotions;

/// Stores them, as if the business lead had made them just now.
pub(super) async fn store(tx: &mut Tx, goods: &Goods, now: DateTime<Utc>) -> Result<(), SeedError> {
    for promotion in all(goods, now)? {
        promotions::put(tx, &promotion, account_id(LEAD), now).await?;
    }
    Ok(())
}

/// Each of them.
pub(super) fn all(goods: &Goods, now: DateTime<Utc>) -> Result<Vec<Promotion>, SeedError> {
    let made = |key: &str, name: (&str, &str), rule| Promotion {
        id: PromotionId(id("promotion", key)),
        name: LocalText::new(name.0, name.1),
        is_on: true,
        from: now,
        until: Some(days(now, 30)),
        audience: Audience::default(),
        rule,
    };
    let dealers = || Audience {
        levels: vec![level_id(Level::Dealer)],
        customers: Vec::new(),
    };
    let dried = nth(goods, "DG1", 0)?;
    let tissues = nth(goods, "HH1", 1)?.id;
    let washing_up = nth(goods, "HH2", 0)?.id;
    Ok(vec![
        made(
            "cleaning",
            ("清洁用品九折", "Ten percent off cleaning"),
            off("HH2", 10, false)?,
        ),
        made(
            "frozen",
            ("冷冻品每箱立减2元", "2 off every case of frozen goods"),
            PromotionRule::Line {
                goods: of_category("FZ"),
                effect: LineEffect::Cut {
                    amount: Money::new(200, 2),
                },
                stacks_with_breaks: true,
            },
        ),
        Promotion {
            audience: dealers(),
            ..made(
                "dried",
                ("经销商干货特价", "Dealers’ price on dried goods"),
                PromotionRule::Line {
                    goods: Promoted {
                        variants: vec![dried.id],
                        ..Promoted::default()
                    },
                    effect: LineEffect::Price {
                        price: three_quarters(dried),
                    },
                    stacks_with_breaks: false,
                },
            )
        },
        made(
            "tissues",
            ("面纸买10赠1", "Tissues: buy 10, get 1"),
            PromotionRule::BuyGet {
                buy: vec![tissues],
                quantity: Quantity::whole(10),
                gift: tissues,
                gives: Quantity::ONE,
                repeats: true,
                most: Some(Quantity::whole(5)),
            },
        ),
        made(
            "coffee",
            ("挂耳与速溶咖啡组合", "Drip bags and instant coffee together"),
            together(&[(nth(goods, "TC3", 3)?, 2), (nth(goods, "TC3", 4)?, 1)]),
        ),
        made(
            "ladder",
            ("年末满额立减", "Year-end savings on large orders"),
            PromotionRule::Order {
                steps: vec![minus(5_000, 50), minus(10_000, 150), minus(20_000, 400)],
            },
        ),
        Promotion {
            until: None,
            ..made(
                "delivery",
                ("满3000元包邮", "Free delivery from 3,000"),
                PromotionRule::Order {
                    steps: vec![OrderStep {
                        from: Money::new(3_000, 0),
                        effect: OrderEffect::FreeFreight,
                    }],
                },
            )
        },
        Promotion {
            audience: dealers(),
            ..made(
                "gift",
                (
                    "经销商满3万元赠餐具净2箱",
                    "Dealers: two cases of washing-up liquid from 30,000",
                ),
                PromotionRule::Order {
                    steps: vec![OrderStep {
                        from: Money::new(30_000, 0),
                        effect: OrderEffect::Gift {
                            variant_id: washing_up,
                            quantity: Quantity::whole(2),
                        },
                    }],
                },
            )
        },
        Promotion {
            from: days(now, 14),
            until: Some(days(now, 40)),
            ..made(
                "spring",
                ("春节酒水九五折", "Spring Festival: 5% off wine and spirits"),
                off("AL", 5, true)?,
            )
        },
        Promotion {
            from: days(now, -40),
            until: Some(days(now, -10)),
            ..made(
                "autumn",
                ("秋季零食九二折", "Autumn: 8% off snacks"),
                off("SN", 8, false)?,
            )
        },
        Promotion {
            is_on: false,
            from: days(now, -5),
            ..made(
                "baby",
                ("母婴食品九折", "Ten percent off baby food"),
                off("BB", 10, false)?,
            )
        },
    ])
}

fn days(now: DateTime<Utc>, days: i64) -> DateTime<Utc> {
    now.checked_add_signed(TimeDelta::days(days)).unwrap_or(now)
}

fn of_category(code: &str) -> Promoted {
    Promoted {
        categories: vec![category_id(code)],
        ..Promoted::default()
    }
}

fn off(category: &str, percent: u32, stacks_with_breaks: bool) -> Result<PromotionRule, SeedError> {
    Ok(PromotionRule::Line {
        goods: of_category(category),
        effect: LineEffect::Off {
            share: share(Decimal::from(percent))?,
        },
        stacks_with_breaks,
    })
}

fn minus(from: i64, amount: i64) -> OrderStep {
    OrderStep {
        from: Money::new(from, 0),
        effect: OrderEffect::Minus {
            amount: Money::new(amount, 0),
        },
    }
}

/// A bundle for eight tenths of what its parts are in the list: below what any level pays.
fn together(parts: &[(&Variant, u32)]) -> PromotionRule {
    let list = |(variant, count): &(&Variant, u32)| variant.prices.list.0.saturating_mul((*count).into());
    let sum = parts.iter().map(list).sum::<Decimal>();
    let part = |(variant, count): &(&Variant, u32)| BundlePart {
        variant_id: variant.id,
        quantity: Quantity::whole(*count),
    };
    PromotionRule::Bundle {
        components: parts.iter().map(part).collect(),
        price: Currency::default().round(sum.saturating_mul(Decimal::new(8, 1))),
    }
}

/// Three quarters of the list price: below what any level pays.
fn three_quarters(variant: &Variant) -> Money {
    let price = variant.prices.list.0.saturating_mul(Decimal::new(75, 2));
    Currency::default().round(price)
}

/// The first variant of a product of this category that is held in stock: the one so many places behind the first.
fn nth<'a>(goods: &'a Goods, category: &str, place: usize) -> Result<&'a Variant, SeedError> {
    let own = goods
        .products
        .iter()
        .filter(|product| product.category_id == category_id(category));
    own.filter_map(|product| product.variants.first())
        .filter(|variant| !variant.made_to_order)
        .nth(place)
        .ok_or_else(|| SeedError::Sample(format!("{category} has no product {place}")))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::TimeZone;
    use countersign_domain::id::VariantId;
    use countersign_domain::price::resolve;

    use super::*;

    #[test]
    fn every_promotion_of_the_sample_can_be_kept_and_each_kind_is_there() {
        let goods = Goods::read().expect("the catalog fits the domain");
        let now = Utc.timestamp_opt(1_764_000_000, 0).single().expect("a moment");
        let all = all(&goods, now).expect("the goods are there");
        for promotion in &all {
            assert_eq!(
                promotion.faults(&Currency::default()),
                [],
                "{}",
                promotion.name.en
            );
        }
        let ids: BTreeSet<PromotionId> = all.iter().map(|promotion| promotion.id).collect();
        assert_eq!(ids.len(), all.len());
        let is = |fits: fn(&PromotionRule) -> bool| all.iter().any(|promotion| fits(&promotion.rule));
        assert!(is(|rule| matches!(rule, PromotionRule::Line { .. })));
        assert!(is(|rule| matches!(rule, PromotionRule::BuyGet { .. })));
        assert!(is(|rule| matches!(rule, PromotionRule::Bundle { .. })));
        assert!(is(|rule| matches!(rule, PromotionRule::Order { .. })));
    }

    #[test]
    fn what_is_promoted_is_in_the_catalog_and_cheaper_than_before() {
        let goods = Goods::read().expect("the catalog fits the domain");
        for code in ["HH2", "FZ", "AL", "SN", "BB"] {
            let id = category_id(code);
            assert!(
                goods.categories.iter().any(|category| category.id == id),
                "{code}"
            );
        }
        let dried = nth(&goods, "DG1", 0).expect("dried goods");
        let terms = dried.prices.for_customer(level_id(Level::Dealer), None);
        assert!(three_quarters(dried) < resolve(&terms, Quantity::ONE).unit);
        let known: BTreeSet<VariantId> = goods
            .products
            .iter()
            .flat_map(|product| &product.variants)
            .map(|variant| variant.id)
            .collect();
        let now = Utc.timestamp_opt(1_764_000_000, 0).single().expect("a moment");
        for promotion in all(&goods, now).expect("the goods are there") {
            assert!(
                promotion
                    .rule
                    .offered()
                    .iter()
                    .all(|variant| known.contains(variant))
            );
        }
        // Each part of the bundle can be ordered in the quantity it asks for, and it is cheaper than what any level pays.
        let parts =
            [(3, 2), (4, 1)].map(|(place, count)| (nth(&goods, "TC3", place).expect("coffee"), count));
        let mut best = Decimal::ZERO;
        for (variant, count) in parts {
            let quantity = Quantity::whole(count);
            assert_eq!(variant.rule.check(quantity), Ok(()), "{}", variant.sku);
            let terms = variant.prices.for_customer(level_id(Level::Dealer), None);
            best += resolve(&terms, quantity).unit.0 * quantity.get();
        }
        let PromotionRule::Bundle { price, .. } = together(&parts) else {
            panic!("a bundle was asked for");
        };
        assert!(price.0 < best, "{price} for what is {best} by itself");
    }
}
