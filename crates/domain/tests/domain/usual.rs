//! The usual list: how often, how much, and what is due.

use chrono::{Days, NaiveDate};
use countersign_domain::quantity::{Quantity, QuantityRule};
use countersign_domain::usual::{Purchase, Rhythm, Usual};
use proptest::prelude::*;

use crate::world::quantity;

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1)
        .and_then(|first| first.checked_add_days(Days::new(number)))
        .expect("a day")
}

fn bought(purchases: &[(u64, u32)]) -> Vec<Purchase> {
    let purchase = |(number, count): &(u64, u32)| Purchase {
        on: day(*number),
        quantity: Quantity::whole(*count),
    };
    purchases.iter().map(purchase).collect()
}

fn on(purchases: &[(u64, u32)], today: u64) -> Usual {
    Usual::of(&bought(purchases), day(today)).expect("something was bought")
}

#[test]
fn what_was_bought_every_week_is_due_after_a_week() {
    let weekly = [(0, 4), (7, 6), (14, 4), (21, 40)];
    let usual = on(&weekly, 27);
    assert_eq!((usual.orders, usual.last_on), (4, day(21)));
    assert_eq!(usual.quantity, quantity("4"), "one large order is no habit");
    assert_eq!(usual.rhythm, Rhythm::NotYet { every: 7, ago: 6 });
    assert_eq!(usual.suggested(&QuantityRule::default()), None);
    let usual = on(&weekly, 28);
    assert_eq!(usual.rhythm, Rhythm::Due { every: 7, ago: 7 });
    assert_eq!(usual.suggested(&QuantityRule::default()), Some(quantity("4")));
    assert_eq!(on(&weekly, 81).rhythm, Rhythm::Due { every: 7, ago: 60 });
    assert_eq!(on(&weekly, 82).rhythm, Rhythm::Lapsed { every: 7, ago: 61 });
}

#[test]
fn a_suggestion_is_a_quantity_that_can_be_ordered() {
    let dozens = QuantityRule {
        minimum: None,
        multiple: Some(quantity("12")),
        maximum: Some(quantity("24")),
    };
    let suggested = |count| on(&[(0, count), (7, count)], 14).suggested(&dozens);
    assert_eq!(suggested(10), Some(quantity("12")));
    assert_eq!(suggested(12), Some(quantity("12")));
    assert_eq!(
        suggested(90),
        Some(quantity("24")),
        "nothing above it can be ordered"
    );
}

#[test]
fn one_day_makes_no_rhythm() {
    assert_eq!(on(&[(3, 5), (3, 7)], 9).rhythm, Rhythm::None { ago: 6 });
    assert_eq!(on(&[(3, 5), (3, 7)], 9).orders, 2);
    assert_eq!(
        on(&[(3, 5)], 2).rhythm,
        Rhythm::None { ago: 0 },
        "a clock may be behind"
    );
    assert_eq!(Usual::of(&[], day(1)), None);
    assert_eq!(
        Usual::of(&bought(&[(1, 0)]), day(1)),
        None,
        "nothing of it was bought"
    );
}

proptest! {
    #[test]
    fn what_is_usual_has_been_and_does_not_depend_on_the_order(
        purchases in proptest::collection::vec((0u64..400, 1u32..500), 1..40), later in 0u64..400, turn in 0usize..40,
    ) {
        let last = purchases.iter().map(|(number, _)| *number).max().unwrap_or(0);
        let usual = on(&purchases, last + later);
        let mut turned = purchases.clone();
        turned.rotate_left(turn % purchases.len());
        prop_assert_eq!(on(&turned, last + later), usual);
        prop_assert!(purchases.iter().any(|(_, count)| Quantity::whole(*count) == usual.quantity));
        prop_assert_eq!(usual.last_on, day(last));
        let suggested = usual.suggested(&QuantityRule::default());
        match usual.rhythm {
            Rhythm::None { ago } => prop_assert_eq!(u64::from(ago), later),
            Rhythm::NotYet { every, ago } => prop_assert!(every > ago && suggested.is_none()),
            Rhythm::Due { every, ago } => {
                prop_assert!(every >= 1 && ago >= every);
                prop_assert_eq!(suggested, Some(usual.quantity));
            }
            Rhythm::Lapsed { every, ago } => prop_assert!(ago > 4 * every && ago > 60 && suggested.is_none()),
        }
    }

    #[test]
    fn a_suggestion_always_obeys_the_rule(count in 1u32..500, minimum in 0u32..100, multiple in 0u32..50, maximum in 0u32..600) {
        let some = |count: u32| (count > 0).then(|| Quantity::whole(count));
        let rule = QuantityRule { minimum: some(minimum), multiple: some(multiple), maximum: some(maximum) };
        if let Some(suggested) = on(&[(0, count), (1, count)], 2).suggested(&rule) {
            prop_assert_eq!(rule.check(suggested), Ok(()));
        }
    }
}
