//! Promotions, rule by rule (domain.md section 5.3 to 5.6).

use chrono::{DateTime, TimeDelta, Utc};
use countersign_domain::id::{CategoryId, CustomerId, LevelId, LineId, ProductId, PromotionId, VariantId};
use countersign_domain::money::{Currency, Money};
use countersign_domain::price::{BreakEffect, CustomerTerms, PriceReason, QuantityBreak};
use countersign_domain::promotion::*;
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;

use crate::world::{fields_at_fault, id, money, promotion_of, quantity, rate, start};

const WATER: VariantId = VariantId(uuid::Uuid::from_u128(1));
const TEA: VariantId = VariantId(uuid::Uuid::from_u128(2));
const CUP: VariantId = VariantId(uuid::Uuid::from_u128(3));
const DRINKS: CategoryId = CategoryId(uuid::Uuid::from_u128(9));

/// At 10.00 a case, 9.00 from ten on.
fn line(number: u128, variant: VariantId, count: &str) -> CartLine {
    CartLine {
        id: LineId(id(number)),
        variant_id: variant,
        product_id: ProductId(variant.0),
        category_id: DRINKS,
        quantity: quantity(count),
        terms: CustomerTerms {
            list: money("10.00"),
            level: None,
            agreed: None,
            breaks: vec![QuantityBreak {
                from: quantity("10"),
                effect: BreakEffect::Price { price: money("9.00") },
            }],
        },
    }
}

fn promotion(number: u128, rule: PromotionRule) -> CustomerPromotion {
    CustomerPromotion {
        id: PromotionId(id(number)),
        name: LocalText::new("促销", format!("Promotion {number}")),
        from: start(),
        until: Some(start() + TimeDelta::days(1)),
        rule,
    }
}

fn on_water(number: u128, effect: LineEffect, stacks_with_breaks: bool) -> CustomerPromotion {
    let goods = Goods {
        variants: vec![WATER],
        ..Goods::default()
    };
    promotion(
        number,
        PromotionRule::Line {
            goods,
            effect,
            stacks_with_breaks,
        },
    )
}

fn ladder(number: u128, steps: &[(&str, OrderEffect)]) -> CustomerPromotion {
    let steps = steps
        .iter()
        .map(|(from, effect)| OrderStep {
            from: money(from),
            effect: *effect,
        })
        .collect();
    promotion(number, PromotionRule::Order { steps })
}

fn off(share: &str) -> LineEffect {
    LineEffect::Off { share: rate(share) }
}

fn cut(amount: &str) -> LineEffect {
    LineEffect::Cut {
        amount: money(amount),
    }
}

fn minus(amount: &str) -> OrderEffect {
    OrderEffect::Minus {
        amount: money(amount),
    }
}

fn price_at(lines: &[CartLine], promotions: &[CustomerPromotion], now: DateTime<Utc>) -> PricedCart {
    price_cart(lines, promotions, money("20"), &Currency::default(), now).expect("small amounts")
}

fn price(lines: &[CartLine], promotions: &[CustomerPromotion]) -> PricedCart {
    price_at(lines, promotions, start())
}

fn unit(count: &str, promotions: &[CustomerPromotion]) -> (String, Vec<&'static str>) {
    let cart = price(&[line(1, WATER, count)], promotions);
    let rule = |reason: &PriceReason| match reason {
        PriceReason::List { .. } => "list",
        PriceReason::QuantityBreak { .. } => "break",
        PriceReason::Promotion { .. } => "promotion",
        _ => "other",
    };
    let reasons = cart.lines[0].reasons.iter().map(rule).collect();
    (cart.lines[0].unit.0.normalize().to_string(), reasons)
}

/// Price 3.
#[test]
fn a_line_promotion_takes_a_part_or_an_amount_off_or_sets_a_price() {
    let list = vec!["list", "promotion"];
    assert_eq!(
        unit("1", &[on_water(1, off("0.15"), false)]),
        ("8.5".to_owned(), list.clone())
    );
    assert_eq!(
        unit("1", &[on_water(1, cut("1.20"), false)]),
        ("8.8".to_owned(), list.clone())
    );
    assert_eq!(
        unit("1", &[on_water(1, cut("99"), false)]),
        ("0".to_owned(), list.clone())
    );
    let special = |price: &str| LineEffect::Price { price: money(price) };
    assert_eq!(
        unit("1", &[on_water(1, special("7.77"), false)]),
        ("7.77".to_owned(), list)
    );
    // A special price above the base price is none.
    assert_eq!(
        unit("1", &[on_water(1, special("12"), false)]),
        ("10".to_owned(), vec!["list"])
    );
}

/// Price 3.
#[test]
fn of_break_and_promotion_the_better_counts_unless_they_stack() {
    let weak = on_water(1, off("0.05"), false);
    let strong = on_water(1, off("0.20"), false);
    let stacking = on_water(1, off("0.05"), true);
    assert_eq!(unit("10", &[weak]), ("9".to_owned(), vec!["list", "break"]));
    assert_eq!(unit("10", &[strong]), ("8".to_owned(), vec!["list", "promotion"]));
    assert_eq!(
        unit("10", std::slice::from_ref(&stacking)),
        ("8.55".to_owned(), vec!["list", "break", "promotion"])
    );
    assert_eq!(
        unit("1", &[stacking]),
        ("9.5".to_owned(), vec!["list", "promotion"])
    );
}

/// Price 3.
#[test]
fn only_the_best_line_promotion_counts_and_of_two_alike_the_one_with_the_lower_id() {
    let promotions = [
        on_water(3, off("0.10"), false),
        on_water(2, cut("1.00"), false),
        on_water(4, off("0.02"), true),
    ];
    let cart = price(&[line(1, WATER, "1")], &promotions);
    assert_eq!(cart.lines[0].unit, money("9.00"));
    let by = cart.lines[0].reasons.last();
    assert!(
        matches!(by, Some(PriceReason::Promotion { promotion_id, .. }) if *promotion_id == PromotionId(id(2)))
    );
}

#[test]
fn goods_are_named_by_variant_product_or_category() {
    let of = |goods: Goods| {
        let rule = PromotionRule::Line {
            goods,
            effect: off("0.5"),
            stacks_with_breaks: false,
        };
        let cart = price(&[line(1, WATER, "1"), line(2, TEA, "1")], &[promotion(1, rule)]);
        cart.lines
            .iter()
            .map(|line| line.unit < line.base)
            .collect::<Vec<_>>()
    };
    let none = Goods::default();
    assert_eq!(of(none.clone()), [false, false]);
    assert_eq!(
        of(Goods {
            variants: vec![TEA],
            ..none.clone()
        }),
        [false, true]
    );
    assert_eq!(
        of(Goods {
            products: vec![ProductId(WATER.0)],
            ..none.clone()
        }),
        [true, false]
    );
    assert_eq!(
        of(Goods {
            categories: vec![DRINKS],
            ..none
        }),
        [true, true]
    );
}

#[test]
fn a_promotion_holds_from_its_first_moment_until_before_its_last() {
    let promotions = [on_water(1, off("0.5"), false)];
    let unit = |now| price_at(&[line(1, WATER, "1")], &promotions, now).lines[0].unit;
    let second = TimeDelta::seconds(1);
    assert_eq!(unit(start() - second), money("10"));
    assert_eq!(unit(start()), money("5"));
    let end = start() + TimeDelta::days(1);
    assert_eq!(unit(end - second), money("5"));
    assert_eq!(unit(end), money("10"));
}

#[test]
fn a_promotion_is_for_its_audience_while_it_is_on() {
    let (gold, anna, bao) = (LevelId(id(1)), CustomerId(id(2)), CustomerId(id(3)));
    let CustomerPromotion {
        id: of,
        name,
        from,
        until,
        rule,
    } = on_water(1, off("0.5"), false);
    let mut promotion = Promotion {
        id: of,
        name,
        is_on: true,
        from,
        until,
        audience: Audience::default(),
        rule,
    };
    let silver = LevelId(id(9));
    let holds =
        |promotion: &Promotion, customer, level| promotion.for_customer(customer, level, start()).is_some();
    assert!(holds(&promotion, anna, silver), "everybody");
    promotion.audience.levels = vec![gold];
    assert!(holds(&promotion, anna, gold) && !holds(&promotion, anna, silver));
    promotion.audience.customers = vec![bao];
    assert!(holds(&promotion, bao, silver) && !holds(&promotion, anna, silver));
    assert!(promotion.for_customer(bao, gold, end_of(&promotion)).is_none());
    promotion.is_on = false;
    assert!(!holds(&promotion, bao, gold));
}

fn end_of(promotion: &Promotion) -> DateTime<Utc> {
    promotion.until.expect("it ends")
}

/// Price 4.
#[test]
fn buying_enough_brings_gifts_once_or_again_and_never_too_many() {
    let gifts = |count: &str, repeats: bool, most: Option<&str>| {
        let rule = PromotionRule::BuyGet {
            buy: vec![WATER, TEA],
            quantity: quantity("6"),
            gift: CUP,
            gives: quantity("2"),
            repeats,
            most: most.map(quantity),
        };
        // The variants count together.
        let cart = price(&[line(1, WATER, count), line(2, TEA, "1")], &[promotion(1, rule)]);
        let gift = cart.gifts.first().map(|gift| gift.quantity.to_string());
        assert_eq!(cart.reasons.is_empty(), gift.is_none(), "a gift is explained");
        gift
    };
    assert_eq!(gifts("4", true, None), None);
    assert_eq!(gifts("5", true, None).as_deref(), Some("2"));
    assert_eq!(gifts("18", true, None).as_deref(), Some("6"));
    assert_eq!(gifts("18", true, Some("5")).as_deref(), Some("5"));
    assert_eq!(gifts("18", false, None).as_deref(), Some("2"));
}

/// Price 5.
#[test]
fn the_highest_step_an_order_reaches_holds_and_the_best_discount_counts() {
    let steps = ladder(2, &[("50", minus("3")), ("100", minus("8"))]);
    let share = ladder(3, &[("0", OrderEffect::Off { share: rate("0.05") })]);
    let total = |count: &str, promotions: &[CustomerPromotion]| {
        let cart = price(&[line(1, WATER, count)], promotions);
        assert_eq!(cart.subtotal - cart.discount + cart.freight, cart.total);
        (cart.subtotal.to_string(), cart.discount.to_string())
    };
    let of = |subtotal: &str, discount: &str| (subtotal.to_owned(), discount.to_owned());
    assert_eq!(total("4", std::slice::from_ref(&steps)), of("40.00", "0.00"));
    assert_eq!(total("5", std::slice::from_ref(&steps)), of("50.00", "3.00"));
    // 12 at 9.00.
    assert_eq!(total("12", std::slice::from_ref(&steps)), of("108.00", "8.00"));
    assert_eq!(total("9", &[share.clone(), steps.clone()]), of("90.00", "4.50"));
    assert_eq!(total("12", &[share, steps]), of("108.00", "8.00"));
}

/// Price 5.
#[test]
fn an_order_promotion_looks_at_what_line_promotions_left() {
    let promotions = [on_water(1, off("0.10"), false), ladder(2, &[("50", minus("3"))])];
    let cart = price(&[line(1, WATER, "5")], &promotions);
    assert_eq!((cart.subtotal, cart.discount), (money("45.00"), Money::ZERO));
}

#[test]
fn a_discount_is_never_more_than_the_goods() {
    let cart = price(
        &[line(1, WATER, "1"), line(2, TEA, "1")],
        &[ladder(1, &[("0", minus("500"))])],
    );
    assert_eq!((cart.discount, cart.total), (money("20.00"), money("20.00")));
    assert!(cart.lines.iter().all(|line| line.amount.is_zero()));
}

/// Price 4 and 5.
#[test]
fn gifts_and_free_freight_of_orders_all_count() {
    let gift = OrderEffect::Gift {
        variant_id: CUP,
        quantity: quantity("1"),
    };
    let promotions = [
        ladder(1, &[("10", gift)]),
        ladder(2, &[("20", OrderEffect::FreeFreight)]),
        ladder(3, &[("30", minus("1"))]),
    ];
    let cart = price(&[line(1, WATER, "3")], &promotions);
    assert_eq!((cart.gifts.len(), cart.reasons.len()), (1, 3));
    assert_eq!((cart.freight, cart.total), (Money::ZERO, money("29.00")));
    let small = price(&[line(1, WATER, "1")], &promotions);
    assert_eq!((small.freight, small.total), (money("20.00"), money("30.00")));
    assert_eq!(price(&[], &promotions).gifts, [], "no order, no gift");
}

/// Price 6.
#[test]
fn each_line_says_its_share_of_the_discount() {
    let lines = [line(2, WATER, "3"), line(1, TEA, "3"), line(3, CUP, "3")];
    let cart = price(&lines, &[ladder(1, &[("0", minus("10"))])]);
    let shares: Vec<_> = cart
        .lines
        .iter()
        .map(|line| line.share.map(|share| share.amount.to_string()))
        .collect();
    // The last by id takes the rounding difference.
    assert_eq!(
        shares,
        [Some("3.33".into()), Some("3.33".into()), Some("3.34".into())]
    );
    for line in &cart.lines {
        let share = line.share.expect("each has one").amount;
        assert!(
            matches!(line.reasons.last(), Some(PriceReason::OrderPromotion { share: said, .. }) if *said == share)
        );
        assert_eq!(line.amount + share, money("30.00"));
    }
}

#[test]
fn a_gift_that_is_not_to_be_had_is_not_promised() {
    let gift = |variant_id| OrderEffect::Gift {
        variant_id,
        quantity: Quantity::ONE,
    };
    let rule = ladder(1, &[("10", minus("1")), ("20", gift(CUP))]).rule;
    assert_eq!(rule.gifts(), [CUP]);
    let left = rule.as_offered(|_| false).expect("a step is left");
    assert_eq!(left, ladder(1, &[("10", minus("1"))]).rule);
    assert_eq!(rule.as_offered(|_| true), Some(rule));
    assert_eq!(ladder(1, &[("20", gift(CUP))]).rule.as_offered(|_| false), None);
}

#[test]
fn a_promotion_that_is_not_whole_is_told_field_by_field() {
    let mut fine = promotion_of(on_water(1, off("0.1"), false).rule);
    assert_eq!(fields_at_fault(&fine), [""; 0]);
    fine.name.en = " ".to_owned();
    fine.until = Some(start());
    assert_eq!(fields_at_fault(&fine), ["/name/en", "/until"]);
    let nothing = promotion_of(PromotionRule::Line {
        goods: Goods::default(),
        effect: off("0"),
        stacks_with_breaks: false,
    });
    assert_eq!(fields_at_fault(&nothing), ["/rule/goods", "/rule/effect/share"]);
    let steps = ladder(1, &[("10", minus("0.001")), ("10", minus("1"))]).rule;
    assert_eq!(
        fields_at_fault(&promotion_of(steps)),
        ["/rule/steps/0/amount", "/rule/steps/1/from"]
    );
}
