//! What promotions promise, in words for either side.

use countersign_domain::id::VariantId;
use countersign_domain::money::{Currency, Money};
use countersign_domain::promotion::{BundlePart, Goods, LineEffect, OrderEffect, OrderStep, PromotionRule};
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::text::LocalText;

use crate::i18n::{format, local};
use crate::text;

/// What a promotion promises, in a line. Tracks the language.
pub fn promise(rule: &PromotionRule, currency: &Currency) -> String {
    match rule {
        PromotionRule::Line {
            goods,
            effect,
            stacks_with_breaks,
        } => {
            let what = text!(
                promotions.promise.on,
                what = effect_words(*effect, currency),
                goods = counted(goods)
            );
            if *stacks_with_breaks {
                text!(promotions.promise.stacks, what = what)
            } else {
                what
            }
        }
        PromotionRule::BuyGet {
            quantity,
            gives,
            repeats,
            ..
        } => {
            let (quantity, gives) = (format::quantity(*quantity), format::quantity(*gives));
            if *repeats {
                text!(
                    promotions.promise.buy_get_each,
                    quantity = quantity,
                    gives = gives
                )
            } else {
                text!(promotions.promise.buy_get, quantity = quantity, gives = gives)
            }
        }
        PromotionRule::Bundle { components, price } => text!(
            promotions.promise.bundle,
            count = components.len(),
            price = format::money(*price, currency)
        ),
        PromotionRule::Order { steps } => {
            let steps: Vec<String> = steps.iter().map(|step| step_words(step, currency)).collect();
            steps.join(&text!(promotions.promise.between))
        }
    }
}

/// The same where the goods have names: a bundle says what it is of.
pub fn promise_named(
    rule: &PromotionRule,
    currency: &Currency,
    named: impl Fn(VariantId) -> Option<(LocalText, Unit)>,
) -> String {
    let PromotionRule::Bundle { components, price } = rule else {
        return promise(rule, currency);
    };
    let parts = parts(components, Quantity::ONE, named);
    if parts.len() < components.len() {
        return promise(rule, currency);
    }
    text!(
        promotions.promise.bundle_of,
        goods = parts.join(&text!(promotions.promise.between)),
        price = format::money(*price, currency)
    )
}

/// What `count` bundles are of, each with its quantity; what has no name is left out.
pub fn parts(
    components: &[BundlePart],
    count: Quantity,
    named: impl Fn(VariantId) -> Option<(LocalText, Unit)>,
) -> Vec<String> {
    let part = |part: &BundlePart| {
        let (name, unit) = named(part.variant_id)?;
        let quantity = format::quantity_of(part.quantity.times(count), &unit);
        Some(text!(promotions.gift, name = local(&name), quantity = quantity))
    };
    components.iter().filter_map(part).collect()
}

fn effect_words(effect: LineEffect, currency: &Currency) -> String {
    let money = |amount: Money| format::money(amount, currency);
    match effect {
        LineEffect::Price { price } => text!(promotions.promise.price, price = money(price)),
        LineEffect::Off { share } => text!(promotions.promise.off, share = format::share(share)),
        LineEffect::Cut { amount } => text!(promotions.promise.cut, amount = money(amount)),
    }
}

/// How many of each are named.
fn counted(goods: &Goods) -> String {
    let parts = [
        (!goods.variants.is_empty())
            .then(|| text!(promotions.promise.variants, count = goods.variants.len())),
        (!goods.products.is_empty())
            .then(|| text!(promotions.promise.products, count = goods.products.len())),
        (!goods.categories.is_empty())
            .then(|| text!(promotions.promise.categories, count = goods.categories.len())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn step_words(step: &OrderStep, currency: &Currency) -> String {
    let money = |amount: Money| format::money(amount, currency);
    let what = match step.effect {
        OrderEffect::Minus { amount } => text!(promotions.promise.minus, amount = money(amount)),
        OrderEffect::Off { share } => text!(promotions.promise.off, share = format::share(share)),
        OrderEffect::Gift { quantity, .. } => {
            text!(promotions.promise.gift, quantity = format::quantity(quantity))
        }
        OrderEffect::FreeFreight => text!(promotions.promise.free_freight),
    };
    text!(promotions.promise.from, from = money(step.from), what = what)
}
