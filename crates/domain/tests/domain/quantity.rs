//! Quantities: what they are, and the minimum, multiple and maximum they obey (domain.md section 5).

use countersign_domain::id::VariantId;
use countersign_domain::quantity::{BreachKind, Quantity, QuantityBreach, QuantityError, QuantityRule};
use countersign_domain::variant_sums::VariantSums;
use proptest::prelude::*;

use crate::world::quantity;

fn rule(minimum: Option<&str>, multiple: Option<&str>, maximum: Option<&str>) -> QuantityRule {
    QuantityRule {
        minimum: minimum.map(quantity),
        multiple: multiple.map(quantity),
        maximum: maximum.map(quantity),
    }
}

fn breach(
    kind: BreachKind,
    bound: &str,
    below: Option<&str>,
    above: Option<&str>,
) -> Result<(), QuantityBreach> {
    Err(QuantityBreach {
        kind,
        bound: quantity(bound),
        below: below.map(quantity),
        above: above.map(quantity),
        others: None,
    })
}

/// Quantity.
#[test]
fn a_breach_offers_the_nearest_valid_quantities() {
    let cases = rule(Some("24"), Some("12"), Some("60"));
    let check = |text: &str| cases.check(quantity(text));
    assert_eq!(check("24"), Ok(()));
    assert_eq!(check("60"), Ok(()));
    assert_eq!(check("0"), breach(BreachKind::Zero, "0", None, Some("24")));
    assert_eq!(check("12"), breach(BreachKind::Minimum, "24", None, Some("24")));
    assert_eq!(
        check("30"),
        breach(BreachKind::Multiple, "12", Some("24"), Some("36"))
    );
    assert_eq!(check("72"), breach(BreachKind::Maximum, "60", Some("60"), None));
    assert_eq!(
        check("24.5"),
        breach(BreachKind::Multiple, "12", Some("24"), Some("36"))
    );
}

/// Quantity.
#[test]
fn bounds_that_are_no_multiples_offer_the_next_multiple_inside() {
    let odd = rule(Some("10"), Some("12"), Some("30"));
    assert_eq!(
        odd.check(quantity("10")),
        breach(BreachKind::Multiple, "12", None, Some("12"))
    );
    assert_eq!(
        odd.check(quantity("31")),
        breach(BreachKind::Maximum, "30", Some("24"), None)
    );
    assert_eq!(odd.smallest(), Some(quantity("12")));
}

#[test]
fn without_a_rule_anything_but_nothing_goes() {
    let free = QuantityRule::default();
    assert_eq!(free.check(quantity("0.0001")), Ok(()));
    assert_eq!(
        free.check(quantity("0")),
        breach(BreachKind::Zero, "0", None, Some("1"))
    );
}

#[test]
fn a_rule_nobody_can_obey_offers_nothing() {
    let never = rule(Some("13"), Some("12"), Some("23"));
    assert_eq!(
        never.check(quantity("15")),
        breach(BreachKind::Multiple, "12", None, None)
    );
    assert_eq!(never.smallest(), None);
}

/// How the lines of one variant stand beside each other, in their order.
fn together(rule: &QuantityRule, lines: &[Quantity]) -> Vec<Result<(), QuantityBreach>> {
    let variant = VariantId(uuid::Uuid::from_u128(1));
    let sums: VariantSums = lines.iter().map(|quantity| (variant, *quantity)).collect();
    lines
        .iter()
        .map(|quantity| rule.check_beside(*quantity, sums.beside(variant, *quantity)))
        .collect()
}

#[test]
fn lines_of_one_variant_may_not_exceed_its_maximum_together() {
    let cases = rule(Some("12"), Some("12"), Some("60"));
    let of = |lines: &[&str]| {
        let lines: Vec<_> = lines.iter().map(|line| quantity(line)).collect();
        together(&cases, &lines)
    };
    assert_eq!(of(&["36", "24"]), [Ok(()), Ok(())]);
    let over = |below: Option<&str>, others: &str| {
        Err(QuantityBreach {
            kind: BreachKind::Maximum,
            bound: quantity("60"),
            below: below.map(quantity),
            above: None,
            others: Some(quantity(others)),
        })
    };
    // Either could give way, and each is told how far.
    assert_eq!(
        of(&["36", "36"]),
        [over(Some("24"), "36"), over(Some("24"), "36")]
    );
    assert_eq!(of(&["60", "12"]), [over(Some("48"), "12"), over(None, "60")]);
    // Each line must be what can be packed, whatever they come to together.
    assert_eq!(
        of(&["6", "6"]),
        [
            breach(BreachKind::Minimum, "12", None, Some("12")),
            breach(BreachKind::Minimum, "12", None, Some("12")),
        ]
    );
}

#[test]
fn other_variants_do_not_count() {
    let variant = |number| VariantId(uuid::Uuid::from_u128(number));
    let lines = [(variant(1), quantity("5")), (variant(2), quantity("7"))];
    let sums: VariantSums = lines.into_iter().chain([(variant(1), quantity("1"))]).collect();
    assert_eq!(sums.beside(variant(1), quantity("5")), quantity("1"));
    assert_eq!(sums.beside(variant(2), quantity("7")), Quantity::ZERO);
}

#[test]
fn quantities_are_read_as_they_are_typed_or_refused() {
    let read = |text: &str| text.parse::<Quantity>();
    assert_eq!(read(" 1.50 "), Ok(quantity("1.5")));
    assert_eq!(read("-1"), Err(QuantityError::Negative));
    assert_eq!(read("1.00001"), Err(QuantityError::TooFine));
    assert_eq!(read("1000000001"), Err(QuantityError::TooLarge));
    for text in ["", "a dozen", "1,5", "1e3"] {
        assert_eq!(read(text), Err(QuantityError::NotANumber), "{text:?}");
    }
    assert!(serde_json::from_str::<Quantity>("\"-3\"").is_err());
}

fn some() -> impl Strategy<Value = Option<Quantity>> {
    proptest::option::of((1u32..400, 0u32..3).prop_map(|(units, scale)| {
        Quantity::new(rust_decimal::Decimal::new(i64::from(units), scale)).expect("small and positive")
    }))
}

proptest! {
    #[test]
    fn lines_are_fine_together_where_each_is_and_their_sum_is_within_the_maximum(
        minimum in some(), multiple in some(), maximum in some(),
        lines in proptest::collection::vec((1u32..200).prop_map(Quantity::whole), 1..5),
    ) {
        let rule = QuantityRule { minimum, multiple, maximum };
        let sum: Quantity = lines.iter().copied().sum();
        let is_fine = lines.iter().all(|line| rule.check(*line).is_ok()) && maximum.is_none_or(|most| sum <= most);
        let found = together(&rule, &lines);
        prop_assert_eq!(found.iter().all(Result::is_ok), is_fine);
        // What is offered to one line makes that line fine while the others stay as they are.
        for (index, breach) in found.iter().enumerate().filter_map(|(index, one)| Some((index, one.err()?))) {
            for offered in [breach.below, breach.above].into_iter().flatten() {
                let mut mended = lines.clone();
                mended[index] = offered;
                prop_assert_eq!(together(&rule, &mended)[index], Ok(()));
            }
        }
    }

    #[test]
    fn whatever_is_offered_is_valid_and_nothing_valid_is_nearer(
        minimum in some(), multiple in some(), maximum in some(), typed in 0u32..500,
    ) {
        let rule = QuantityRule { minimum, multiple, maximum };
        let typed = Quantity::whole(typed);
        if let Err(breach) = rule.check(typed) {
            for offered in [breach.below, breach.above].into_iter().flatten() {
                prop_assert_eq!(rule.check(offered), Ok(()));
            }
            prop_assert!(breach.below.is_none_or(|below| below < typed));
            prop_assert!(breach.above.is_none_or(|above| above > typed));
            let whole = |bounds: std::ops::Range<u32>| bounds.map(Quantity::whole).any(|between| rule.check(between).is_ok());
            let upto = |quantity: Quantity| u32::try_from(quantity.get().floor()).unwrap_or(u32::MAX);
            let typed = upto(typed);
            if let Some(below) = breach.below {
                prop_assert!(!whole(upto(below) + 1..typed), "a nearer one below");
            }
            if let Some(above) = breach.above {
                let end = if above.get().fract().is_zero() { upto(above) } else { upto(above) + 1 };
                prop_assert!(!whole(typed + 1..end), "a nearer one above");
            }
        }
    }
}
