//! What a customer orders, and how much of it.

use rust_decimal::Decimal;

use super::{PlannedLine, line_estimate};
use crate::sample::catalog::{Product, Variant, catalog};
use crate::sample::customers::Customer;
use crate::sample::rng::Rng;

/// How many different goods a customer keeps coming back to.
const FAVOURITES: usize = 34;

/// A good and what it is a product of.
pub(super) type Good = (&'static Product, &'static Variant);

/// The goods a customer buys, those with agreed prices among them: in stock, nothing made to order.
pub(super) fn favourites(customer: &Customer) -> Vec<Good> {
    let mut rng = Rng::for_name(customer.code);
    let mut goods: Vec<Good> = customer
        .agreed_prices
        .iter()
        .filter_map(|(sku, _)| catalog().find(sku))
        .collect();
    let tastes: Vec<Vec<Good>> = customer
        .rhythm
        .tastes
        .iter()
        .map(|taste| on_the_shelf(taste))
        .collect();
    // Of two drawn the lower wins, so the first tastes come more often. Tries are bounded: shelves may be short.
    for _ in 0..FAVOURITES * 8 {
        let last = u32::try_from(tastes.len().saturating_sub(1)).unwrap_or(0);
        let taste = rng.between(0, last).min(rng.between(0, last));
        let good = *rng.pick(&tastes[taste as usize]);
        if goods.len() < FAVOURITES && !goods.iter().any(|(_, known)| known.sku == good.1.sku) {
            goods.push(good);
        }
    }
    goods
}

fn on_the_shelf(taste: &str) -> Vec<Good> {
    let stocked = |(product, variant): &Good| !product.made_to_order && variant.stock > Decimal::ZERO;
    catalog()
        .variants()
        .filter(|(product, _)| product.category.starts_with(taste))
        .filter(stocked)
        .collect()
}

/// Everything made to order.
pub(super) fn made_to_order() -> Vec<Good> {
    catalog()
        .variants()
        .filter(|(product, _)| product.made_to_order)
        .collect()
}

/// A basket: some of `goods`, each once.
pub(super) fn basket(customer: &Customer, goods: &[Good], rng: &mut Rng) -> Vec<PlannedLine> {
    let wanted = rng.between(customer.rhythm.lines.0, customer.rhythm.lines.1) as usize;
    let mut lines: Vec<PlannedLine> = Vec::new();
    for _ in 0..wanted * 4 {
        let good = *rng.pick(goods);
        if lines.len() < wanted && !lines.iter().any(|line| line.sku == good.1.sku) {
            lines.push(line(good, customer, rng));
        }
    }
    lines
}

/// A line of `variant` in its largest pack, within minimum, multiple and maximum. Of what is dear there is less.
pub(super) fn line((product, variant): Good, customer: &Customer, rng: &mut Rng) -> PlannedLine {
    let (low, high) = customer.rhythm.packs;
    let packs = Decimal::from(rng.between(low, high));
    let (unit, size, step) = match variant.ordering_pack() {
        Some(pack) => (pack.unit, pack.size, Decimal::ONE),
        None => (product.unit, Decimal::ONE, variant.multiple),
    };
    let price = variant.list_price * size * step;
    let steps = if price > Decimal::from(600) {
        packs / Decimal::from(5)
    } else if price > Decimal::from(250) {
        packs / Decimal::from(3)
    } else {
        packs
    };
    let least = (variant.minimum / (size * step)).ceil();
    let mut steps = steps.floor().max(least).max(Decimal::ONE);
    if let Some(maximum) = variant.maximum {
        steps = steps.min((maximum / (size * step)).floor());
    }
    PlannedLine {
        sku: &variant.sku,
        unit,
        size,
        quantity: steps * step,
    }
}

/// Adds to every line until the order comes to at least `amount`.
pub(super) fn raise_to(amount: Decimal, customer: &Customer, lines: &mut [PlannedLine]) {
    let total = |lines: &[PlannedLine]| -> Decimal {
        lines.iter().map(|line| line_estimate(customer.code, line)).sum()
    };
    // Bounded, since a maximum may hold every line back.
    for _ in 0..200 {
        if total(lines) >= amount {
            return;
        }
        for line in lines.iter_mut() {
            let Some((_, variant)) = catalog().find(line.sku) else {
                continue;
            };
            let more = if line.size == Decimal::ONE {
                variant.multiple
            } else {
                Decimal::ONE
            };
            let raised = (line.quantity + more) * line.size;
            if variant.maximum.is_none_or(|maximum| raised <= maximum) {
                line.quantity += more;
            }
        }
    }
}
