//! Bundles: goods that cost less together (domain.md section 5.4).

use countersign_domain::id::{CategoryId, LineId, ProductId, PromotionId, VariantId};
use countersign_domain::money::Currency;
use countersign_domain::price::{BreakEffect, CustomerTerms, PriceReason, QuantityBreak};
use countersign_domain::promotion::*;
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use countersign_domain::variant_sums::VariantSums;

use crate::world::{faults, id, money, promotion_of, quantity, start};

const POT: VariantId = VariantId(uuid::Uuid::from_u128(1));
const TEA: VariantId = VariantId(uuid::Uuid::from_u128(2));
const CUP: VariantId = VariantId(uuid::Uuid::from_u128(3));

fn line(number: u128, variant: VariantId, count: &str, list: &str) -> CartLine {
    CartLine {
        id: LineId(id(number)),
        variant_id: variant,
        product_id: ProductId(variant.0),
        category_id: CategoryId(id(9)),
        quantity: quantity(count),
        terms: CustomerTerms {
            list: money(list),
            level: None,
            agreed: None,
            breaks: Vec::new(),
        },
    }
}

fn part(variant_id: VariantId, count: &str) -> BundlePart {
    BundlePart {
        variant_id,
        quantity: quantity(count),
    }
}

fn promotion(number: u128, rule: PromotionRule) -> CustomerPromotion {
    CustomerPromotion {
        id: PromotionId(id(number)),
        name: LocalText::new("套装", format!("Bundle {number}")),
        from: start(),
        until: None,
        rule,
    }
}

fn bundle(number: u128, parts: &[(VariantId, &str)], price: &str) -> CustomerPromotion {
    let components = parts
        .iter()
        .map(|(variant, count)| part(*variant, count))
        .collect();
    promotion(
        number,
        PromotionRule::Bundle {
            components,
            price: money(price),
        },
    )
}

fn price(lines: &[CartLine], promotions: &[CustomerPromotion]) -> PricedCart {
    price_cart(lines, promotions, money("0"), &Currency::default(), start()).expect("small amounts")
}

fn amounts(cart: &PricedCart) -> Vec<String> {
    cart.lines.iter().map(|line| line.amount.to_string()).collect()
}

/// How many of which bundles, and what they save.
fn found(cart: &PricedCart) -> Vec<(u128, String, String)> {
    let of = |reason: &OrderReason| match reason {
        OrderReason::Bundle {
            promotion_id,
            count,
            saved,
            ..
        } => Some((
            promotion_id.0.as_u128() % 100,
            count.to_string(),
            saved.to_string(),
        )),
        _ => None,
    };
    cart.reasons.iter().filter_map(of).collect()
}

fn one(number: u128, count: &str, saved: &str) -> (u128, String, String) {
    (
        PromotionId(id(number)).0.as_u128() % 100,
        count.to_owned(),
        saved.to_owned(),
    )
}

/// Price 4.
#[test]
fn whole_sets_cost_what_the_bundle_says_and_the_rest_costs_what_it_did() {
    let tea_for_two = bundle(1, &[(POT, "1"), (CUP, "2")], "9.99");
    let lines = [
        line(1, POT, "3", "8.00"),
        line(2, CUP, "5", "1.50"),
        line(3, TEA, "1", "4.00"),
    ];
    let cart = price(&lines, std::slice::from_ref(&tea_for_two));
    // Two sets of 11.00 for 19.98; a pot and a cup are left.
    assert_eq!(found(&cart), [one(1, "2", "2.02")]);
    assert_eq!(cart.subtotal, money("35.50"));
    assert_eq!((cart.discount, cart.total), (money("2.02"), money("33.48")));
    assert_eq!(amounts(&cart), ["22.53", "6.95", "4.00"]);
    assert_eq!(cart.lines[0].unit, money("8.00"), "the price stays that of one");
    assert_eq!(
        cart.lines[0].reasons.last(),
        Some(&PriceReason::Bundle {
            promotion_id: tea_for_two.id,
            name: tea_for_two.name.clone(),
            quantity: quantity("2"),
            saved: money("1.47"),
        })
    );
    assert_eq!(
        cart.lines[2].reasons.len(),
        1,
        "what is in no bundle has nothing of it"
    );
    let too_few = [line(1, POT, "3", "8.00"), line(2, CUP, "1", "1.50")];
    assert_eq!(found(&price(&too_few, &[tea_for_two])), []);
}

/// Price 4, 6.
#[test]
fn sets_are_counted_over_all_lines_of_a_variant_the_dearest_first() {
    let set = bundle(1, &[(POT, "2"), (CUP, "1")], "10.00");
    let mut cheap = line(1, POT, "1", "8.00");
    cheap.terms.breaks = vec![QuantityBreak {
        from: Quantity::ONE,
        effect: BreakEffect::Price { price: money("6.00") },
    }];
    let lines = [cheap, line(2, POT, "1.5", "8.00"), line(3, CUP, "4", "1.00")];
    let cart = price(&lines, &[set]);
    // 1.5 at 8.00 and 0.5 at 6.00 with a cup: 16.00 for 10.00.
    assert_eq!(found(&cart), [one(1, "1", "6.00")]);
    assert_eq!(cart.total, money("16.00"));
    let in_set: Vec<Option<String>> = (cart.lines.iter())
        .map(|line| match line.reasons.last() {
            Some(PriceReason::Bundle { quantity, .. }) => Some(quantity.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(
        in_set,
        [
            Some("0.5".to_owned()),
            Some("1.5".to_owned()),
            Some("1".to_owned())
        ]
    );
}

/// Price 4.
#[test]
fn of_bundles_that_want_the_same_the_one_that_saves_most_is_first() {
    let lines = [
        line(1, POT, "2", "10.00"),
        line(2, CUP, "2", "5.00"),
        line(3, TEA, "1", "5.00"),
    ];
    let small = bundle(1, &[(POT, "1"), (CUP, "1")], "13.00");
    let large = bundle(2, &[(POT, "1"), (TEA, "1")], "9.00");
    let cart = price(&lines, &[small.clone(), large.clone()]);
    assert_eq!(found(&cart), [one(1, "1", "2.00"), one(2, "1", "6.00")]);
    assert_eq!(cart, price(&lines, &[large.clone(), small.clone()]));
    // Of two that save the same, the lower id.
    let same = bundle(3, &[(POT, "1"), (TEA, "1")], "9.00");
    let cart = price(&lines, &[same, large]);
    assert_eq!(found(&cart), [one(2, "1", "6.00")]);
}

/// Price 4.
#[test]
fn a_bundle_that_would_be_dearer_or_the_same_is_none() {
    let lines = [line(1, POT, "1", "8.00"), line(2, CUP, "1", "1.50")];
    for price_of_set in ["9.50", "9.51", "100"] {
        let cart = price(&lines, &[bundle(1, &[(POT, "1"), (CUP, "1")], price_of_set)]);
        assert_eq!((found(&cart), cart.total), (vec![], money("9.50")));
    }
    let free = price(&lines, &[bundle(1, &[(POT, "1"), (CUP, "1")], "0")]);
    assert_eq!(amounts(&free), ["0.00", "0.00"]);
}

/// Price 4, 5, 6.
#[test]
fn a_promotion_on_the_order_counts_what_bundles_left() {
    let set = bundle(1, &[(POT, "1"), (CUP, "1")], "90");
    let step = |from: &str, amount: &str| OrderStep {
        from: money(from),
        effect: OrderEffect::Minus {
            amount: money(amount),
        },
    };
    let ladder = promotion(
        2,
        PromotionRule::Order {
            steps: vec![step("90", "10"), step("91", "50")],
        },
    );
    let lines = [line(1, POT, "1", "60"), line(2, CUP, "1", "40")];
    let cart = price(&lines, &[set, ladder]);
    assert_eq!(
        (cart.subtotal, cart.discount, cart.total),
        (money("100"), money("20"), money("80"))
    );
    let shares: Vec<String> = (cart.lines.iter())
        .filter_map(|line| Some(line.share?.amount.to_string()))
        .collect();
    assert_eq!(shares, ["12.00", "8.00"], "a line has one share of all");
    let said: Vec<usize> = cart.lines.iter().map(|line| line.reasons.len()).collect();
    assert_eq!(said, [3, 3], "the list price, the bundle, the order");
}

#[test]
fn what_is_lacking_for_a_bundle_is_said_once_it_is_begun() {
    let components = [part(POT, "1"), part(CUP, "4")];
    let lacks = |lines: &[(VariantId, &str)]| {
        let there = lines.iter().map(|(variant, count)| (*variant, quantity(count)));
        lacking(&components, &there.collect::<VariantSums>())
    };
    assert_eq!(lacks(&[(TEA, "1")]), None);
    assert_eq!(
        lacks(&[(CUP, "1"), (CUP, "2")]),
        Some(vec![part(POT, "1"), part(CUP, "1")])
    );
    assert_eq!(lacks(&[(CUP, "4"), (POT, "1")]), None);
}

#[test]
fn a_bundle_with_something_that_is_not_to_be_had_is_not_promised() {
    let rule = bundle(1, &[(POT, "1"), (CUP, "2")], "9").rule;
    assert_eq!(rule.offered(), [POT, CUP]);
    assert_eq!(rule.as_offered(|variant| variant != CUP), None);
    assert_eq!(rule.as_offered(|_| true), Some(rule.clone()));
    assert_eq!(rule.gifts(), []);
}

#[test]
fn a_bundle_that_is_not_whole_is_told_field_by_field() {
    let fields = |rule| faults(&promotion_of(rule));
    assert_eq!(fields(bundle(1, &[(POT, "1"), (CUP, "2")], "0").rule), []);
    assert_eq!(
        fields(bundle(1, &[(POT, "1")], "-1").rule),
        [
            ("/rule/components".to_owned(), FaultKind::Missing),
            ("/rule/price".to_owned(), FaultKind::TooSmall),
        ]
    );
    assert_eq!(
        fields(bundle(1, &[(POT, "1"), (POT, "0")], "1.005").rule),
        [
            ("/rule/components/1/variant_id".to_owned(), FaultKind::Duplicate),
            ("/rule/components/1/quantity".to_owned(), FaultKind::TooSmall),
            ("/rule/price".to_owned(), FaultKind::Invalid),
        ]
    );
}
