//! Ordering again: what has changed is said, and nothing is changed in silence.

use countersign_domain::money::Money;
use countersign_domain::price::{BreakEffect, CustomerTerms, QuantityBreak};
use countersign_domain::quantity::{BreachKind, Quantity, QuantityRule, Unit};
use countersign_domain::reorder::{OldLine, Terms, Verdict, compare, distance, paid_price};
use countersign_domain::text::LocalText;
use proptest::prelude::*;

use crate::world::{money, quantity, rate};

fn unit(code: &str, factor: u32) -> Unit {
    Unit {
        code: code.to_owned(),
        name: LocalText::default(),
        factor: Quantity::whole(factor),
    }
}

fn old(count: &str, price: Option<&str>) -> OldLine {
    OldLine {
        quantity: quantity(count),
        unit: unit("case", 12),
        price: price.map(money),
    }
}

fn terms() -> CustomerTerms {
    CustomerTerms {
        list: money("10.00"),
        level: None,
        agreed: None,
        breaks: vec![QuantityBreak {
            from: quantity("10"),
            effect: BreakEffect::Price { price: money("9.00") },
        }],
    }
}

fn in_twos() -> QuantityRule {
    QuantityRule {
        minimum: Some(quantity("4")),
        multiple: Some(quantity("2")),
        maximum: None,
    }
}

fn verdict(old: &OldLine, unit: &Unit) -> Verdict {
    let (prices, rule) = (terms(), in_twos());
    let now = Terms {
        unit,
        prices: &prices,
        rule: &rule,
    };
    compare(old, Some(now))
}

#[test]
fn a_line_is_as_it_was_or_says_what_changed() {
    let case = unit("case", 12);
    let same = Verdict::Same {
        quantity: quantity("4"),
        price: money("10"),
    };
    assert_eq!(verdict(&old("4", Some("10")), &case), same);
    assert_eq!(verdict(&old("4", None), &case), same, "no price was seen");
    let changed = verdict(&old("10", Some("9.50")), &case);
    let expected = Verdict::PriceChanged {
        quantity: quantity("10"),
        before: money("9.50"),
        price: money("9"),
    };
    assert_eq!(changed, expected, "the price at this quantity");
    assert_eq!(compare(&old("4", Some("10")), None), Verdict::Gone);
}

#[test]
fn a_quantity_that_breaks_the_rule_comes_with_the_nearest_ones() {
    let Verdict::Breach { breach, before, .. } = verdict(&old("5", Some("8")), &unit("case", 12)) else {
        panic!("five are no multiple of two");
    };
    assert_eq!(breach.kind, BreachKind::Multiple);
    assert_eq!(
        (breach.below, breach.above),
        (Some(quantity("4")), Some(quantity("6")))
    );
    assert_eq!(before, Some(money("8")), "the price has changed as well");
}

#[test]
fn another_unit_keeps_the_goods_and_compares_no_prices() {
    let expected = Verdict::Same {
        quantity: quantity("8"),
        price: money("10"),
    };
    assert_eq!(verdict(&old("4", Some("20")), &unit("half", 6)), expected);
}

#[test]
fn what_was_taken_off_counts_for_the_price_before() {
    assert_eq!(paid_price(money("10.00"), rate("0")), money("10.00"));
    assert_eq!(paid_price(money("10.00"), rate("0.15")), money("8.5"));
}

proptest! {
    #[test]
    fn a_verdict_never_offers_what_breaks_the_rule(
        count in 0u32..300, minimum in 0u32..50, multiple in 0u32..20, maximum in 0u32..400, before in 0i64..3_000,
    ) {
        let some = |count: u32| (count > 0).then(|| Quantity::whole(count));
        let rule = QuantityRule { minimum: some(minimum), multiple: some(multiple), maximum: some(maximum) };
        let (case, prices, before) = (unit("case", 12), terms(), Money::new(before, 2));
        let line = OldLine { quantity: Quantity::whole(count), unit: case.clone(), price: Some(before) };
        let now = Terms { unit: &case, prices: &prices, rule: &rule };
        match compare(&line, Some(now)) {
            Verdict::Same { quantity, price } => {
                prop_assert_eq!(rule.check(quantity), Ok(()));
                prop_assert_eq!(price, before);
            }
            Verdict::PriceChanged { quantity, before, price } => {
                prop_assert_eq!(rule.check(quantity), Ok(()));
                prop_assert_ne!(price, before);
            }
            Verdict::Breach { quantity, breach, .. } => {
                prop_assert_eq!(rule.check(quantity), Err(breach));
                for offered in [breach.below, breach.above].into_iter().flatten() {
                    prop_assert_eq!(rule.check(offered), Ok(()));
                }
            }
            Verdict::Gone => prop_assert!(false, "it is to be had"),
        }
    }

    #[test]
    fn siblings_are_nearest_and_then_the_nearest_price(one in 0i64..10_000, other in 0i64..10_000, wanted in 0i64..10_000) {
        let [one, other, wanted] = [one, other, wanted].map(|cents| Money::new(cents, 2));
        prop_assert!(distance(true, one, wanted) < distance(false, other, wanted));
        let nearer = (one.0 - wanted.0).abs() < (other.0 - wanted.0).abs();
        prop_assert_eq!(distance(false, one, wanted) < distance(false, other, wanted), nearer);
    }
}
