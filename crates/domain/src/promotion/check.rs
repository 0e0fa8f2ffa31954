//! What a promotion must be like before anybody is promised anything.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{BundlePart, Goods, LineEffect, OrderEffect, OrderStep, Promotion, PromotionRule};
use crate::money::{Currency, Money, Rate};
use crate::price::UNIT_PRICE_DIGITS;

/// Longest name, in characters of either language.
const MAX_NAME: usize = 60;
/// Most entries of a list of goods, levels or customers.
const MAX_NAMED: usize = 500;
/// Most steps of an order promotion.
const MAX_STEPS: usize = 20;
/// Least and most different goods in a bundle.
const COMPONENTS: std::ops::RangeInclusive<usize> = 2..=20;
/// Below this are all amounts and prices: far above any real one, far below what a decimal can hold.
const MAX_MONEY: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// A field of a promotion that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromotionFault {
    /// JSON pointer to the field within the promotion, such as `/rule/steps/1/from`.
    pub field: String,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It is missing or empty.
    Missing,
    /// It has more digits or other signs than it may.
    Invalid,
    /// It is longer than allowed.
    TooLong,
    /// It is less than allowed.
    TooSmall,
    /// It is more than allowed.
    TooLarge,
    /// It is there twice.
    Duplicate,
}

impl Promotion {
    /// Everything that is wrong with it; nothing where it can be kept. Whether what it names exists is not asked here.
    pub fn faults(&self, currency: &Currency) -> Vec<PromotionFault> {
        let mut faults = Faults(Vec::new());
        for (field, name) in [("/name/zh", &self.name.zh), ("/name/en", &self.name.en)] {
            faults.unless(!name.trim().is_empty(), field, FaultKind::Missing);
            faults.unless(name.chars().count() <= MAX_NAME, field, FaultKind::TooLong);
            faults.unless(!name.chars().any(char::is_control), field, FaultKind::Invalid);
        }
        let lasts = self.until.is_none_or(|until| until > self.from);
        faults.unless(lasts, "/until", FaultKind::TooSmall);
        faults.list(&self.audience.levels, "/audience/levels");
        faults.list(&self.audience.customers, "/audience/customers");
        match &self.rule {
            PromotionRule::Line { goods, effect, .. } => {
                faults.goods(goods);
                faults.effect(*effect);
            }
            PromotionRule::BuyGet {
                buy,
                quantity,
                gives,
                most,
                ..
            } => {
                faults.unless(!buy.is_empty(), "/rule/buy", FaultKind::Missing);
                faults.list(buy, "/rule/buy");
                faults.unless(!quantity.is_zero(), "/rule/quantity", FaultKind::TooSmall);
                faults.unless(!gives.is_zero(), "/rule/gives", FaultKind::TooSmall);
                let some = most.is_none_or(|most| !most.is_zero());
                faults.unless(some, "/rule/most", FaultKind::TooSmall);
            }
            PromotionRule::Bundle { components, price } => {
                faults.components(components);
                faults.money(*price, currency.minor_digits, "/rule/price");
            }
            PromotionRule::Order { steps } => faults.steps(steps, currency),
        }
        faults.0
    }
}

struct Faults(Vec<PromotionFault>);

impl Faults {
    fn unless(&mut self, fine: bool, field: impl Into<String>, kind: FaultKind) {
        if !fine {
            self.0.push(PromotionFault {
                field: field.into(),
                kind,
            });
        }
    }

    fn list<T: Ord>(&mut self, list: &[T], field: &str) {
        self.unless(list.len() <= MAX_NAMED, field, FaultKind::TooLong);
        let distinct: BTreeSet<&T> = list.iter().collect();
        self.unless(distinct.len() == list.len(), field, FaultKind::Duplicate);
    }

    fn components(&mut self, components: &[BundlePart]) {
        let at = "/rule/components";
        let is_enough = components.len() >= *COMPONENTS.start();
        self.unless(is_enough, at, FaultKind::Missing);
        self.unless(components.len() <= *COMPONENTS.end(), at, FaultKind::TooLong);
        let mut known = BTreeSet::new();
        for (place, part) in components.iter().enumerate() {
            let is_new = known.insert(part.variant_id);
            self.unless(is_new, format!("{at}/{place}/variant_id"), FaultKind::Duplicate);
            let is_some = !part.quantity.is_zero();
            self.unless(is_some, format!("{at}/{place}/quantity"), FaultKind::TooSmall);
        }
    }

    fn goods(&mut self, goods: &Goods) {
        self.unless(!goods.is_empty(), "/rule/goods", FaultKind::Missing);
        self.list(&goods.variants, "/rule/goods/variants");
        self.list(&goods.products, "/rule/goods/products");
        self.list(&goods.categories, "/rule/goods/categories");
    }

    fn effect(&mut self, effect: LineEffect) {
        match effect {
            LineEffect::Price { price } => self.money(price, UNIT_PRICE_DIGITS, "/rule/effect/price"),
            LineEffect::Off { share } => self.share(share, "/rule/effect/share"),
            LineEffect::Cut { amount } => {
                self.unless(!amount.is_zero(), "/rule/effect/amount", FaultKind::TooSmall);
                self.money(amount, UNIT_PRICE_DIGITS, "/rule/effect/amount");
            }
        }
    }

    fn steps(&mut self, steps: &[OrderStep], currency: &Currency) {
        self.unless(!steps.is_empty(), "/rule/steps", FaultKind::Missing);
        self.unless(steps.len() <= MAX_STEPS, "/rule/steps", FaultKind::TooLong);
        let mut before: Option<Money> = None;
        for (place, step) in steps.iter().enumerate() {
            let field = |name: &str| format!("/rule/steps/{place}/{name}");
            self.money(step.from, currency.minor_digits, &field("from"));
            // By rising amount, each once: which step holds is seen at once.
            let rises = before.is_none_or(|before| step.from > before);
            self.unless(rises, field("from"), FaultKind::TooSmall);
            before = Some(step.from);
            match step.effect {
                OrderEffect::Minus { amount } => {
                    self.unless(!amount.is_zero(), field("amount"), FaultKind::TooSmall);
                    self.money(amount, currency.minor_digits, &field("amount"));
                }
                OrderEffect::Off { share } => self.share(share, &field("share")),
                OrderEffect::Gift { quantity, .. } => {
                    self.unless(!quantity.is_zero(), field("quantity"), FaultKind::TooSmall);
                }
                OrderEffect::FreeFreight => {}
            }
        }
    }

    fn money(&mut self, amount: Money, digits: u32, field: &str) {
        self.unless(!amount.is_negative(), field, FaultKind::TooSmall);
        self.unless(amount.0 < MAX_MONEY, field, FaultKind::TooLarge);
        self.unless(amount.0.normalize().scale() <= digits, field, FaultKind::Invalid);
    }

    fn share(&mut self, share: Rate, field: &str) {
        self.unless(!share.is_zero(), field, FaultKind::TooSmall);
        self.unless(
            share.get().normalize().scale() <= UNIT_PRICE_DIGITS,
            field,
            FaultKind::Invalid,
        );
    }
}
