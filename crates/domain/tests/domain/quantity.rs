//! Quantities: what they are, and the minimum, multiple and maximum they obey (domain.md section 5).

use countersign_domain::quantity::{BreachKind, Quantity, QuantityBreach, QuantityError, QuantityRule};
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
