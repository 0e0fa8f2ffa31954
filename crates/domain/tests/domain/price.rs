//! Prices: agreed, level, list, and quantity breaks (domain.md section 5).

use std::collections::BTreeMap;

use countersign_domain::id::LevelId;
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::price::{
    BreakEffect, CustomerTerms, PriceReason, PriceTerms, QuantityBreak, resolve,
};
use countersign_domain::quantity::Quantity;
use proptest::prelude::*;

use crate::world::{id, money, quantity, rate};

const GOLD: LevelId = LevelId(uuid::Uuid::from_u128(1));

fn terms() -> PriceTerms {
    PriceTerms {
        list: money("10.00"),
        levels: BTreeMap::from([(GOLD, money("9.00"))]),
        breaks: vec![
            QuantityBreak {
                from: quantity("10"),
                effect: BreakEffect::Off { share: rate("0.05") },
            },
            QuantityBreak {
                from: quantity("50"),
                effect: BreakEffect::Price { price: money("8.00") },
            },
        ],
    }
}

fn price(terms: &CustomerTerms, count: &str) -> (String, Vec<PriceReason>) {
    let price = resolve(terms, quantity(count));
    (price.unit.to_string(), price.reasons)
}

/// Price 1.
#[test]
fn the_agreed_price_comes_before_the_levels_and_that_before_the_list_price() {
    let list = money("10.00");
    let silver = terms().for_customer(LevelId(id(2)), None);
    assert_eq!(
        price(&silver, "1"),
        ("10.00".to_owned(), vec![PriceReason::List { price: list }])
    );
    let gold = terms().for_customer(GOLD, None);
    let level = PriceReason::Level {
        price: money("9.00"),
        list,
    };
    assert_eq!(price(&gold, "1"), ("9.00".to_owned(), vec![level]));
    let friend = terms().for_customer(GOLD, Some(money("9.50")));
    let agreed = PriceReason::Agreed {
        price: money("9.50"),
        list,
    };
    assert_eq!(
        price(&friend, "1"),
        ("9.50".to_owned(), vec![agreed]),
        "agreed is agreed, even if dearer"
    );
}

/// Price 2.
#[test]
fn a_quantity_break_holds_from_its_quantity_on_and_says_so() {
    let gold = terms().for_customer(GOLD, None);
    assert_eq!(price(&gold, "9").0, "9.00");
    let (unit, reasons) = price(&gold, "10");
    assert_eq!(unit, "8.55");
    let from = quantity("10");
    let break_price = money("8.55");
    assert_eq!(
        reasons.last(),
        Some(&PriceReason::QuantityBreak {
            from,
            price: break_price
        })
    );
    assert_eq!(price(&gold, "50").0, "8.00");
}

/// Price 2.
#[test]
fn a_break_never_makes_it_dearer() {
    let friend = terms().for_customer(GOLD, Some(money("7.00")));
    // 5 % off 7.00 is better than the fixed 8.00 of the larger break.
    assert_eq!(price(&friend, "50").0, "6.65");
    let mut only_fixed = terms();
    only_fixed.breaks.remove(0);
    let friend = only_fixed.for_customer(GOLD, Some(money("7.00")));
    assert_eq!(price(&friend, "50").0, "7.00");
}

#[test]
fn unit_prices_from_a_share_keep_four_digits_half_up() {
    let mut odd = terms();
    odd.list = money("3.33");
    odd.breaks = vec![QuantityBreak {
        from: quantity("1"),
        effect: BreakEffect::Off {
            share: rate("0.1275"),
        },
    }];
    // 3.33 x 0.8725 = 2.905425, half up to 2.9054.
    assert_eq!(price(&odd.for_customer(LevelId(id(2)), None), "1").0, "2.9054");
}

/// Price 6.
#[test]
fn line_amounts_are_rounded_half_up_to_the_minor_unit() {
    let amount = |code: &str, minor_digits, price: &str, count: &str, discount: &str| {
        let currency = Currency {
            code: code.to_owned(),
            minor_digits,
        };
        currency
            .line_amount(money(price), quantity(count), rate(discount))
            .map(|amount| amount.to_string())
    };
    assert_eq!(amount("CNY", 2, "0.335", "1", "0").as_deref(), Some("0.34"));
    assert_eq!(amount("CNY", 2, "14.40", "10", "0.15").as_deref(), Some("122.40"));
    assert_eq!(amount("CNY", 2, "0.01", "0.5", "0").as_deref(), Some("0.01"));
    assert_eq!(amount("JPY", 0, "150.5", "1", "0").as_deref(), Some("151"));
    let most = Money(rust_decimal::Decimal::MAX);
    assert_eq!(
        Currency::default().line_amount(most, quantity("2"), Rate::ZERO),
        None,
        "never wrong, never a panic"
    );
}

proptest! {
    #[test]
    fn a_price_is_never_above_its_base_and_never_rises_with_the_quantity(
        list in 0i64..100_000, share in 0i64..=100, fixed in 0i64..100_000, from in 1u32..50, count in 1u32..100,
    ) {
        let terms = CustomerTerms {
            list: Money::new(list, 2),
            level: None,
            agreed: None,
            breaks: vec![
                QuantityBreak {
                    from: Quantity::whole(from),
                    effect: BreakEffect::Off { share: Rate::new(rust_decimal::Decimal::new(share, 2)).expect("a share") },
                },
                QuantityBreak { from: Quantity::whole(from * 2), effect: BreakEffect::Price { price: Money::new(fixed, 2) } },
            ],
        };
        let one = resolve(&terms, Quantity::whole(count));
        let more = resolve(&terms, Quantity::whole(count + 1));
        prop_assert!(one.unit <= terms.list);
        prop_assert!(more.unit <= one.unit);
    }
}
