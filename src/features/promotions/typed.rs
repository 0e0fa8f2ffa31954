//! A promotion as it is typed, and what is wrong with it: the rules of the domain, at the field they are about.

use countersign_contract::problem::FieldCode;
use countersign_contract::promotion::PromotionBody;
use countersign_domain::id::{CustomerId, LevelId, PromotionId, VariantId};
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::promotion::{
    Audience, BundlePart, FaultKind, Goods, LineEffect, OrderEffect, OrderStep, PromotionRule,
};
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::features::promotions::clock::Clock;

/// A promotion as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Its name, in both languages.
    pub name: LocalText,
    /// Whether it may hold at all.
    pub is_on: bool,
    /// When it begins, by the company's clock.
    pub from: String,
    /// When it ends; empty means when it is switched off.
    pub until: String,
    /// Whether it is for everybody.
    pub is_for_all: bool,
    /// Otherwise for these levels
    pub levels: Vec<LevelId>,
    /// and these customers.
    pub customers: Vec<CustomerId>,
    /// What it promises.
    pub rule: TypedRule,
}

/// What is typed as its promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedRule {
    /// Another price for some goods.
    Line {
        /// Which.
        goods: Goods,
        /// What `value` is.
        effect: Effect,
        /// A price, a share in percent or an amount.
        value: String,
        /// Whether it is taken off the price of a break, too.
        stacks: bool,
    },
    /// Buy so many, get something.
    BuyGet {
        /// What counts.
        buy: Vec<VariantId>,
        /// How many of it.
        quantity: String,
        /// What comes with it.
        gift: Option<VariantId>,
        /// How many of that.
        gives: String,
        /// Whether for every so many.
        repeats: bool,
        /// The most in one order; empty means any number.
        most: String,
    },
    /// Goods that cost less together.
    Bundle {
        /// What one is of, and how many of each.
        parts: Vec<(VariantId, String)>,
        /// What one costs.
        price: String,
    },
    /// A ladder on the order as a whole.
    Order(Vec<TypedStep>),
}

/// What a line promotion does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effect {
    /// Another price.
    Price,
    /// A share off.
    #[default]
    Off,
    /// So much less.
    Cut,
}

/// A step of a ladder as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedStep {
    /// The amount from which it holds.
    pub from: String,
    /// What it gives.
    pub gives: StepGift,
    /// An amount, a share in percent or a quantity.
    pub value: String,
    /// What comes with the order.
    pub gift: Option<VariantId>,
}

/// What a step of a ladder gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepGift {
    /// So much less.
    #[default]
    Minus,
    /// A share off.
    Off,
    /// Something comes with it.
    Gift,
    /// The freight is free.
    FreeFreight,
}

/// A field that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it is within the promotion: a JSON pointer without the slash before it.
    pub at: String,
    /// What is wrong.
    pub code: FieldCode,
}

/// Everything that is wrong; the first word on a field is the last one.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, at: impl Into<String>, code: FieldCode) {
        let at = at.into();
        if self.0.iter().all(|known| known.at != at) {
            self.0.push(Fault { at, code });
        }
    }

    fn read<T>(&mut self, at: &str, typed: &str, read: fn(&str) -> Option<T>) -> Option<T> {
        let typed = typed.trim();
        if typed.is_empty() {
            self.add(at, FieldCode::Required);
            return None;
        }
        let found = read(typed);
        if found.is_none() {
            self.add(at, FieldCode::Invalid);
        }
        found
    }

    fn share(&mut self, at: &str, typed: &str) -> Rate {
        let read = |typed: &str| {
            let typed = typed.trim_end_matches(['%', '％']).trim_end();
            Decimal::from_str_exact(typed)
                .ok()?
                .checked_div(Decimal::ONE_HUNDRED)
        };
        let Some(share) = self.read(at, typed, read) else {
            return Rate::ZERO;
        };
        Rate::new(share.normalize()).unwrap_or_else(|| {
            self.add(
                at,
                if share > Decimal::ONE {
                    FieldCode::TooLarge
                } else {
                    FieldCode::TooSmall
                },
            );
            Rate::ZERO
        })
    }

    fn money(&mut self, at: &str, typed: &str) -> Money {
        self.read(at, typed, |typed| typed.parse().ok())
            .unwrap_or_default()
    }

    fn quantity(&mut self, at: &str, typed: &str) -> Quantity {
        self.read(at, typed, |typed| typed.parse().ok())
            .unwrap_or_default()
    }
}

impl Typed {
    /// The promotion that is typed, or everything that keeps it from being one.
    ///
    /// # Errors
    /// Field by field: what can't be read, and what the domain refuses.
    pub fn read(&self, currency: &Currency, clock: Clock) -> Result<PromotionBody, Vec<Fault>> {
        let mut faults = Faults::default();
        if !self.is_for_all && self.levels.is_empty() && self.customers.is_empty() {
            faults.add("audience", FieldCode::Required);
        }
        let begins = match self.from.trim() {
            "" => {
                faults.add("from", FieldCode::Required);
                None
            }
            typed => {
                let from = clock.read(typed);
                if from.is_none() {
                    faults.add("from", FieldCode::Invalid);
                }
                from
            }
        };
        let until = match self.until.trim() {
            "" => None,
            typed => {
                let until = clock.read(typed);
                if until.is_none() {
                    faults.add("until", FieldCode::Invalid);
                }
                // What begins at no moment can't end too early.
                until.filter(|_| begins.is_some())
            }
        };
        let audience = if self.is_for_all {
            Audience::default()
        } else {
            Audience {
                levels: self.levels.clone(),
                customers: self.customers.clone(),
            }
        };
        let body = PromotionBody {
            name: LocalText::new(self.name.zh.trim(), self.name.en.trim()),
            is_on: self.is_on,
            from: begins.unwrap_or_default(),
            until,
            audience,
            rule: self.rule.read(&mut faults),
        };
        let promotion = body.clone().with_id(PromotionId(Uuid::nil()));
        for fault in promotion.faults(currency) {
            let code = match fault.kind {
                FaultKind::Missing => FieldCode::Required,
                FaultKind::Invalid => FieldCode::Invalid,
                FaultKind::TooLong => FieldCode::TooLong,
                FaultKind::TooSmall => FieldCode::TooSmall,
                FaultKind::TooLarge => FieldCode::TooLarge,
                FaultKind::Duplicate => FieldCode::Duplicate,
            };
            faults.add(place(&fault.field), code);
        }
        if faults.0.is_empty() {
            Ok(body)
        } else {
            Err(faults.0)
        }
    }
}

/// A field by its JSON pointer, without the slash before it.
pub fn place(pointer: &str) -> &str {
    pointer.trim_start_matches('/')
}

impl TypedRule {
    fn read(&self, faults: &mut Faults) -> PromotionRule {
        match self {
            Self::Line {
                goods,
                effect,
                value,
                stacks,
            } => PromotionRule::Line {
                goods: goods.clone(),
                effect: match effect {
                    Effect::Price => LineEffect::Price {
                        price: faults.money("rule/effect/price", value),
                    },
                    Effect::Off => LineEffect::Off {
                        share: faults.share("rule/effect/share", value),
                    },
                    Effect::Cut => LineEffect::Cut {
                        amount: faults.money("rule/effect/amount", value),
                    },
                },
                stacks_with_breaks: *stacks,
            },
            Self::BuyGet {
                buy,
                quantity,
                gift,
                gives,
                repeats,
                most,
            } => {
                if gift.is_none() {
                    faults.add("rule/gift", FieldCode::Required);
                }
                let is_open = !repeats || most.trim().is_empty();
                PromotionRule::BuyGet {
                    buy: buy.clone(),
                    quantity: faults.quantity("rule/quantity", quantity),
                    gift: gift.unwrap_or(VariantId(Uuid::nil())),
                    gives: faults.quantity("rule/gives", gives),
                    repeats: *repeats,
                    // Given once, it can't be given too often.
                    most: (!is_open).then(|| faults.quantity("rule/most", most)),
                }
            }
            Self::Bundle { parts, price } => {
                let part = |(place, (variant_id, quantity)): (usize, &(VariantId, String))| BundlePart {
                    variant_id: *variant_id,
                    quantity: faults.quantity(&format!("rule/components/{place}/quantity"), quantity),
                };
                let components = parts.iter().enumerate().map(part).collect();
                PromotionRule::Bundle {
                    components,
                    price: faults.money("rule/price", price),
                }
            }
            Self::Order(steps) => PromotionRule::Order {
                steps: (0..)
                    .zip(steps)
                    .map(|(place, step)| step.read(place, faults))
                    .collect(),
            },
        }
    }
}

impl TypedStep {
    fn read(&self, place: usize, faults: &mut Faults) -> OrderStep {
        let at = |name: &str| format!("rule/steps/{place}/{name}");
        let from = faults.money(&at("from"), &self.from);
        let effect = match self.gives {
            StepGift::Minus => OrderEffect::Minus {
                amount: faults.money(&at("amount"), &self.value),
            },
            StepGift::Off => OrderEffect::Off {
                share: faults.share(&at("share"), &self.value),
            },
            StepGift::Gift => {
                if self.gift.is_none() {
                    faults.add(at("variant_id"), FieldCode::Required);
                }
                OrderEffect::Gift {
                    variant_id: self.gift.unwrap_or(VariantId(Uuid::nil())),
                    quantity: faults.quantity(&at("quantity"), &self.value),
                }
            }
            StepGift::FreeFreight => OrderEffect::FreeFreight,
        };
        OrderStep { from, effect }
    }
}

#[cfg(test)]
mod tests;
