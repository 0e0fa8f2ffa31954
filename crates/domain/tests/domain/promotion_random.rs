//! What holds of any cart under any promotions.

use chrono::TimeDelta;
use countersign_domain::id::{CategoryId, LineId, ProductId, PromotionId, VariantId};
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::price::{BreakEffect, CustomerTerms, PriceReason, QuantityBreak, resolve};
use countersign_domain::promotion::*;
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::world::{id, start};

fn variants() -> impl Strategy<Value = VariantId> {
    (0u128..5).prop_map(|number| VariantId(id(100 + number)))
}

fn cents(most: i64) -> impl Strategy<Value = Money> {
    (0..=most).prop_map(|cents| Money::new(cents, 2))
}

fn share() -> impl Strategy<Value = Rate> {
    (0i64..=1_000).prop_map(|share| Rate::new(Decimal::new(share, 3)).expect("a share"))
}

fn count() -> impl Strategy<Value = Quantity> {
    (1i64..4_000, 0u32..3)
        .prop_map(|(units, scale)| Quantity::new(Decimal::new(units, scale)).expect("small"))
}

fn lines() -> impl Strategy<Value = Vec<CartLine>> {
    let line = (
        variants(),
        count(),
        cents(20_000),
        proptest::option::of(cents(20_000)),
        share(),
    );
    proptest::collection::vec(line, 0..9).prop_map(|lines| {
        (1u128..)
            .zip(lines)
            .map(|(number, (variant_id, quantity, list, agreed, off))| CartLine {
                // Not in the order of the lines.
                id: LineId(id(number * 7 % 11)),
                variant_id,
                product_id: ProductId(variant_id.0),
                category_id: CategoryId(id(300 + variant_id.0.as_u128() % 2)),
                quantity,
                terms: CustomerTerms {
                    list,
                    level: None,
                    agreed,
                    breaks: vec![QuantityBreak {
                        from: Quantity::whole(10),
                        effect: BreakEffect::Off { share: off },
                    }],
                },
            })
            .collect()
    })
}

fn rule() -> impl Strategy<Value = PromotionRule> {
    let effect = prop_oneof![
        cents(20_000).prop_map(|price| LineEffect::Price { price }),
        share().prop_map(|share| LineEffect::Off { share }),
        cents(5_000).prop_map(|amount| LineEffect::Cut { amount }),
    ];
    let goods =
        (proptest::collection::vec(variants(), 0..3), 0u128..4).prop_map(|(variants, category)| Goods {
            variants,
            products: Vec::new(),
            categories: vec![CategoryId(id(300 + category))],
        });
    let line =
        (goods, effect, any::<bool>()).prop_map(|(goods, effect, stacks_with_breaks)| PromotionRule::Line {
            goods,
            effect,
            stacks_with_breaks,
        });
    let gives = (1u32..3).prop_map(Quantity::whole);
    let most = proptest::option::of((1u32..5).prop_map(Quantity::whole));
    let buy_get = (
        proptest::collection::vec(variants(), 1..3),
        count(),
        variants(),
        gives,
        any::<bool>(),
        most,
    )
        .prop_map(
            |(buy, quantity, gift, gives, repeats, most)| PromotionRule::BuyGet {
                buy,
                quantity,
                gift,
                gives,
                repeats,
                most,
            },
        );
    let effect = prop_oneof![
        cents(200_000).prop_map(|amount| OrderEffect::Minus { amount }),
        share().prop_map(|share| OrderEffect::Off { share }),
        variants().prop_map(|variant_id| OrderEffect::Gift {
            variant_id,
            quantity: Quantity::ONE
        }),
        Just(OrderEffect::FreeFreight),
    ];
    let order = proptest::collection::vec(effect, 1..4).prop_map(|effects| PromotionRule::Order {
        steps: (0i64..)
            .zip(effects)
            .map(|(step, effect)| OrderStep {
                from: Money::new(step * 300, 0),
                effect,
            })
            .collect(),
    });
    prop_oneof![3 => line, 1 => buy_get, 2 => order, 2 => bundle()]
}

/// Two goods or three that cost less together, or not.
fn bundle() -> impl Strategy<Value = PromotionRule> {
    let few = prop_oneof![3 => (1u32..5).prop_map(Quantity::whole), 1 => count()];
    let part = (0u128..5, few);
    (proptest::collection::vec(part, 2..4), cents(60_000)).prop_map(|(parts, price)| {
        let mut components: Vec<BundlePart> = Vec::new();
        for (number, quantity) in parts {
            let variant_id = VariantId(id(100 + number));
            if components.iter().all(|known| known.variant_id != variant_id) {
                components.push(BundlePart { variant_id, quantity });
            }
        }
        PromotionRule::Bundle { components, price }
    })
}

fn is_bundle(promotion: &CustomerPromotion) -> bool {
    matches!(promotion.rule, PromotionRule::Bundle { .. })
}

/// Only bundles: without anything on the order as a whole.
fn bundles() -> impl Strategy<Value = Vec<CustomerPromotion>> {
    proptest::collection::vec(bundle(), 1..5).prop_map(numbered)
}

fn promotions() -> impl Strategy<Value = Vec<CustomerPromotion>> {
    proptest::collection::vec(rule(), 0..7).prop_map(numbered)
}

fn numbered(rules: Vec<PromotionRule>) -> Vec<CustomerPromotion> {
    (1u128..)
        .zip(rules)
        .map(|(number, rule)| CustomerPromotion {
            id: PromotionId(id(number * 5 % 13)),
            name: LocalText::new("促销", number.to_string()),
            from: start(),
            until: None,
            rule,
        })
        .collect()
}

fn price(lines: &[CartLine], promotions: &[CustomerPromotion], digits: u32) -> PricedCart {
    let currency = Currency {
        code: "XTS".to_owned(),
        minor_digits: digits,
    };
    price_cart(lines, promotions, Money::new(1_250, 2), &currency, start()).expect("small amounts")
}

/// The same cart with its lines in the order of their ids.
fn in_order(mut cart: PricedCart) -> PricedCart {
    cart.lines.sort_by_key(|line| line.id);
    cart
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_total_is_its_lines_and_nothing_is_negative_or_above_its_base(
        lines in lines(), promotions in promotions(), digits in 0u32..3,
    ) {
        let cart = price(&lines, &promotions, digits);
        let amounts: Money = cart.lines.iter().map(|line| line.amount).sum();
        let shares: Money = cart.lines.iter().filter_map(|line| line.share).map(|share| share.amount).sum();
        prop_assert_eq!(cart.total, amounts + cart.freight);
        prop_assert_eq!(shares, cart.discount, "the discount is spread to the last cent");
        prop_assert_eq!(amounts + shares, cart.subtotal);
        prop_assert!(!cart.discount.is_negative() && !cart.total.is_negative() && !cart.freight.is_negative());
        for (line, priced) in lines.iter().zip(&cart.lines) {
            prop_assert_eq!(line.id, priced.id);
            prop_assert!(!priced.unit.is_negative() && !priced.amount.is_negative());
            prop_assert!(priced.unit <= resolve(&line.terms, line.quantity).unit);
            prop_assert!(priced.unit <= priced.base);
            prop_assert!(priced.amount.0.scale() <= digits || priced.amount.is_zero());
        }
        prop_assert!(cart.gifts.iter().all(|gift| !gift.quantity.is_zero()));
    }

    #[test]
    fn neither_the_order_of_promotions_nor_of_lines_matters(
        (lines, shuffled) in lines().prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        (promotions, mixed) in promotions().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let one = in_order(price(&lines, &promotions, 2));
        prop_assert_eq!(one, in_order(price(&shuffled, &mixed, 2)));
    }

    #[test]
    fn no_bundle_makes_anything_dearer_and_each_costs_what_it_says(lines in lines(), bundles in bundles()) {
        let with = price(&lines, &bundles, 2);
        let without = price(&lines, &[], 2);
        let mut in_bundles = Money::ZERO;
        for reason in &with.reasons {
            let OrderReason::Bundle { count, price, components, saved, .. } = reason else {
                panic!("there are only bundles");
            };
            prop_assert!(!count.is_zero() && count.get().fract().is_zero() && *saved > Money::ZERO);
            in_bundles += *saved;
            prop_assert!(components.len() < 4 && price.0.scale() <= 2);
        }
        prop_assert_eq!(with.discount, in_bundles);
        prop_assert_eq!(with.total + in_bundles, without.total);
        for (line, plain) in with.lines.iter().zip(&without.lines) {
            prop_assert!(line.amount <= plain.amount, "no line is dearer");
            prop_assert_eq!(line.unit, plain.unit);
            let said: Money = line.reasons.iter().map(|reason| match reason {
                PriceReason::Bundle { saved, .. } => *saved,
                _ => Money::ZERO,
            }).sum();
            prop_assert_eq!(said, line.share.map_or(Money::ZERO, |share| share.amount), "each cent has its reason");
        }
        // No good is in more bundles than there is of it, and each bundle is whole.
        for line in &lines {
            let there: Quantity = lines.iter().filter(|one| one.variant_id == line.variant_id).map(|one| one.quantity).sum();
            let needed: Decimal = with.reasons.iter().map(|reason| match reason {
                OrderReason::Bundle { count, components, .. } => components.iter()
                    .filter(|part| part.variant_id == line.variant_id)
                    .map(|part| part.quantity.get() * count.get())
                    .sum(),
                _ => Decimal::ZERO,
            }).sum();
            let taken: Decimal = lines.iter().zip(&with.lines)
                .filter(|(one, _)| one.variant_id == line.variant_id)
                .flat_map(|(_, priced)| &priced.reasons)
                .map(|reason| match reason {
                    PriceReason::Bundle { quantity, .. } => quantity.get(),
                    _ => Decimal::ZERO,
                })
                .sum();
            prop_assert!(needed <= there.get());
            prop_assert_eq!(needed, taken);
        }
    }

    #[test]
    fn a_bundle_beside_other_promotions_leaves_the_prices_of_the_lines_alone(
        lines in lines(), promotions in promotions(),
    ) {
        let others: Vec<CustomerPromotion> =
            promotions.iter().filter(|promotion| !is_bundle(promotion)).cloned().collect();
        let with = price(&lines, &promotions, 2);
        let without = price(&lines, &others, 2);
        prop_assert_eq!(with.subtotal, without.subtotal);
        let given = |cart: &PricedCart| cart.lines.iter().map(|line| line.unit).collect::<Vec<_>>();
        prop_assert_eq!(given(&with), given(&without));
    }

    #[test]
    fn what_has_ended_or_not_begun_does_nothing(lines in lines(), promotions in promotions()) {
        let mut over = promotions.clone();
        for (place, promotion) in over.iter_mut().enumerate() {
            if place % 2 == 0 {
                promotion.until = Some(start());
            } else {
                promotion.from = start() + TimeDelta::seconds(1);
            }
        }
        prop_assert_eq!(price(&lines, &over, 2), price(&lines, &[], 2));
    }

    #[test]
    fn what_was_sent_is_priced_like_what_is_here(lines in lines(), promotions in promotions()) {
        let sent = serde_json::to_string(&(&lines, &promotions)).expect("plain data");
        let (lines_there, promotions_there): (Vec<CartLine>, Vec<CustomerPromotion>) =
            serde_json::from_str(&sent).expect("what was written can be read");
        let there = price(&lines_there, &promotions_there, 2);
        let here = price(&lines, &promotions, 2);
        prop_assert_eq!(&there, &here);
        prop_assert_eq!(serde_json::to_string(&there).ok(), serde_json::to_string(&here).ok());
    }
}
