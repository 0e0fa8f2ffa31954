use std::collections::BTreeSet;

use chrono::{TimeDelta, TimeZone};
use countersign_domain::order::OrderStatus;
use countersign_domain::quantity::Quantity;
use countersign_testkit::sample::orders::CHINA_SECONDS_EAST;

use super::*;

fn china() -> FixedOffset {
    FixedOffset::east_opt(CHINA_SECONDS_EAST).expect("less than a day")
}

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 4, 0, 0)
        .single()
        .expect("a moment that exists")
}

fn played_at(now: DateTime<Utc>) -> play::Outcome {
    let planned = plan(now);
    let numbers = planned.iter().map(|order| format!("N{}", order.number)).collect();
    let goods = goods::Goods::read().expect("the catalog fits the domain");
    play::Desk::play(&planned, numbers, &goods, &workflow(), china()).expect("the orders fit the domain")
}

/// Whenever a demo is started: no step of the sample is refused, and there is an order to see in every status.
#[test]
fn the_sample_plays_through_whenever_it_is_started() {
    for hours in [0, 7, 50, 24 * 40 + 3, 24 * 130 + 17] {
        let now = noon() + TimeDelta::hours(hours);
        let outcome = played_at(now);
        let statuses: BTreeSet<_> = outcome.orders.iter().map(|one| one.order.status).collect();
        assert_eq!(statuses, BTreeSet::from(OrderStatus::ALL), "at {now}");
        for one in &outcome.orders {
            assert!(
                !one.stuck,
                "{} at {now}: {:?}",
                one.order.number, one.order.status
            );
            assert!(
                one.events.iter().all(|event| event.at <= now),
                "nothing is ahead of the clock"
            );
            assert!(
                one.events.is_sorted_by_key(|event| event.at),
                "{}",
                one.order.number
            );
        }
        for (variant, _, shelf) in outcome.shelves.iter() {
            assert!(shelf.reserved <= shelf.on_hand, "{variant} at {now}");
        }
    }
}

#[test]
fn what_is_reserved_is_what_the_orders_have_set_aside() {
    let outcome = played_at(noon());
    for (variant, warehouse, shelf) in outcome.shelves.iter() {
        let set_aside: Quantity = outcome
            .orders
            .iter()
            .flat_map(|one| &one.order.lines)
            .filter(|line| line.variant_id == variant)
            .flat_map(|line| {
                let here = line.reserved.iter().filter(|part| part.warehouse_id == warehouse);
                here.map(|part| part.quantity.times(line.unit.factor))
            })
            .sum();
        assert_eq!(shelf.reserved, set_aside, "{variant} in {warehouse}");
    }
}

/// What the sample orders could be ordered by hand: quantities obey their rules, and prices are those of the catalog.
#[test]
fn every_line_obeys_the_rule_of_its_variant() {
    let goods = goods::Goods::read().expect("the catalog fits the domain");
    for order in plan(noon()) {
        for line in &order.lines {
            let (_, variant) = goods.find(line.sku).expect("a variant of the catalog");
            assert_eq!(variant.ordering_unit().factor.get(), line.size, "{}", line.sku);
            let amount = goods::quantity(line.quantity).expect("a quantity");
            assert_eq!(
                variant.rule.check(amount),
                Ok(()),
                "{} of order {}",
                line.sku,
                order.number
            );
        }
    }
}

#[test]
fn a_variant_can_be_ordered_at_all() {
    let goods = goods::Goods::read().expect("the catalog fits the domain");
    for variant in goods.products.iter().flat_map(|product| &product.variants) {
        assert!(variant.rule.smallest().is_some(), "{}", variant.sku);
        assert!(variant.prices.list > Money::ZERO, "{}", variant.sku);
        assert!(
            variant.prices.breaks.is_sorted_by_key(|step| step.from),
            "{}",
            variant.sku
        );
    }
}
