//! What can be said of goods in words: packs, stock, and what a quantity must obey.

use countersign_domain::product::StockShown;
use countersign_domain::quantity::{BreachKind, QuantityBreach, QuantityError, QuantityRule, Unit};

use crate::i18n::{format, local};
use crate::text;

/// A unit, with what is in it: `case = 12 bottles`.
pub fn pack(unit: &Unit, base: &Unit) -> String {
    if unit.code == base.code {
        return local(&unit.name);
    }
    text!(
        goods.pack,
        unit = local(&unit.name),
        factor = format::quantity(unit.factor),
        base = local(&base.name)
    )
}

/// Stock as far as the company shows it; `None` where it shows nothing.
pub fn stock(stock: StockShown, base: &Unit) -> Option<String> {
    match stock {
        StockShown::Number { quantity } if quantity.is_zero() => Some(text!(goods.stock.none)),
        StockShown::Number { quantity } => Some(text!(
            goods.stock.number,
            quantity = format::quantity_of(quantity, base)
        )),
        StockShown::Enough => Some(text!(goods.stock.enough)),
        StockShown::Low => Some(text!(goods.stock.low)),
        StockShown::None => Some(text!(goods.stock.none)),
        StockShown::Hidden => None,
    }
}

/// What a quantity must obey, a sentence for each part of the rule.
pub fn rule(rule: &QuantityRule, unit: &Unit) -> Vec<String> {
    let of = |quantity| format::quantity_of(quantity, unit);
    let parts: Vec<String> = [
        rule.minimum
            .map(|quantity| text!(goods.rule.minimum, quantity = of(quantity))),
        rule.multiple
            .map(|quantity| text!(goods.rule.multiple, quantity = of(quantity))),
        rule.maximum
            .map(|quantity| text!(goods.rule.maximum, quantity = of(quantity))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        vec![text!(goods.rule.any)]
    } else {
        parts
    }
}

/// How a quantity breaks its rule.
pub fn breach(breach: &QuantityBreach, unit: &Unit) -> String {
    let bound = format::quantity_of(breach.bound, unit);
    match breach.kind {
        BreachKind::Zero => text!(goods.breach.zero),
        BreachKind::Minimum => text!(goods.breach.minimum, bound = bound),
        BreachKind::Multiple => text!(goods.breach.multiple, bound = bound),
        BreachKind::Maximum => match breach.others {
            Some(others) => {
                let others = format::quantity_of(others, unit);
                text!(goods.breach.together, bound = bound, others = others)
            }
            None => text!(goods.breach.maximum, bound = bound),
        },
    }
}

/// Why what was typed is no quantity.
pub fn unreadable(error: QuantityError) -> String {
    match error {
        QuantityError::NotANumber => text!(goods.unreadable.not_a_number),
        QuantityError::Negative => text!(goods.unreadable.negative),
        QuantityError::TooLarge => text!(goods.unreadable.too_large),
        QuantityError::TooFine => text!(goods.unreadable.too_fine),
    }
}
