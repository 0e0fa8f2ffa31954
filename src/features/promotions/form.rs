//! The form of a promotion: everything that is typed and chosen, until it is saved.

use chrono::{DateTime, Timelike, Utc};
use countersign_contract::list::Goods as NamedGoods;
use countersign_contract::promotion::PromotionBody;
use countersign_contract::promotion_desk::PromotionNames;
use countersign_domain::id::{CategoryId, CustomerId, LevelId, ProductId, VariantId};
use countersign_domain::money::{Currency, Rate};
use countersign_domain::promotion::{BundlePart, Goods, LineEffect, OrderEffect, Promotion, PromotionRule};
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;
use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::features::promotions::bundle::PartFields;
use crate::features::promotions::clock::Clock;
use crate::features::promotions::picks::{GoodsId, Pick, variant_pick, variants};
use crate::features::promotions::typed::{Effect, Fault, StepGift, Typed, TypedRule, TypedStep};
use crate::features::promotions::words;

/// What kind of promise it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Another price for some goods.
    #[default]
    Line,
    /// Buy so many, get something.
    BuyGet,
    /// Goods that cost less together.
    Bundle,
    /// A ladder on the order.
    Order,
}

/// A step of the ladder.
#[derive(Clone, Copy, Debug)]
pub struct StepFields {
    /// Tells it from the others for as long as the form is there.
    pub key: u32,
    /// The amount from which it holds.
    pub from: RwSignal<String>,
    /// What it gives.
    pub gives: RwSignal<StepGift>,
    /// How much of that.
    pub value: RwSignal<String>,
    /// What comes with the order; at most one.
    pub gift: RwSignal<Vec<Pick<GoodsId>>>,
}

/// The form. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Its name in Chinese.
    pub zh: RwSignal<String>,
    /// Its name in English.
    pub en: RwSignal<String>,
    /// Whether it may hold at all.
    pub is_on: RwSignal<bool>,
    /// When it begins.
    pub from: RwSignal<String>,
    /// When it ends.
    pub until: RwSignal<String>,
    /// Whether it is for everybody.
    pub is_for_all: RwSignal<bool>,
    /// The levels it is for.
    pub levels: RwSignal<Vec<LevelId>>,
    /// The customers it is for.
    pub customers: RwSignal<Vec<Pick<CustomerId>>>,
    /// What kind of promise it is. What is typed for another kind stays until the page is left.
    pub kind: RwSignal<Kind>,
    /// The goods with another price.
    pub goods: RwSignal<Vec<Pick<GoodsId>>>,
    /// The categories with another price.
    pub categories: RwSignal<Vec<CategoryId>>,
    /// What happens to the price.
    pub effect: RwSignal<Effect>,
    /// By how much.
    pub value: RwSignal<String>,
    /// Whether the price of a break is lowered, too.
    pub stacks: RwSignal<bool>,
    /// What is to be bought.
    pub buy: RwSignal<Vec<Pick<GoodsId>>>,
    /// How many of it.
    pub quantity: RwSignal<String>,
    /// What comes with it; at most one.
    pub gift: RwSignal<Vec<Pick<GoodsId>>>,
    /// How many of that.
    pub gives: RwSignal<String>,
    /// Whether for every so many.
    pub repeats: RwSignal<bool>,
    /// The most in one order.
    pub most: RwSignal<String>,
    /// What a bundle is of.
    pub parts: RwSignal<Vec<PartFields>>,
    /// What one bundle costs.
    pub price: RwSignal<String>,
    /// The ladder.
    pub steps: RwSignal<Vec<StepFields>>,
    /// What is wrong, since the last attempt to save or to try it.
    pub faults: RwSignal<Vec<Fault>>,
    /// Whose the fields are: also those of a step that is added from a part of the page that goes away before the form does.
    owner: StoredValue<Owner>,
}

impl Form {
    /// A form of a promotion that begins now and promises nothing yet.
    pub fn new(now: DateTime<Utc>, clock: Clock) -> Self {
        let minute = now.with_second(0).and_then(|now| now.with_nanosecond(0));
        let text = || RwSignal::new(String::new());
        Self {
            zh: text(),
            en: text(),
            is_on: RwSignal::new(true),
            from: RwSignal::new(clock.field(minute.unwrap_or(now))),
            until: text(),
            is_for_all: RwSignal::new(true),
            levels: RwSignal::default(),
            customers: RwSignal::default(),
            kind: RwSignal::default(),
            goods: RwSignal::default(),
            categories: RwSignal::default(),
            effect: RwSignal::default(),
            value: text(),
            stacks: RwSignal::new(false),
            buy: RwSignal::default(),
            quantity: text(),
            gift: RwSignal::default(),
            gives: text(),
            repeats: RwSignal::new(true),
            most: text(),
            parts: RwSignal::default(),
            price: text(),
            steps: RwSignal::new(vec![StepFields::of(0, &TypedStep::default(), Vec::new())]),
            faults: RwSignal::default(),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// A form of `promotion`, whose parts are called so.
    pub fn of(promotion: &Promotion, names: &PromotionNames, clock: Clock) -> Self {
        let form = Self::new(promotion.from, clock);
        form.zh.set(promotion.name.zh.clone());
        form.en.set(promotion.name.en.clone());
        form.is_on.set(promotion.is_on);
        form.from.set(clock.field(promotion.from));
        form.until
            .set(promotion.until.map(|at| clock.field(at)).unwrap_or_default());
        let audience = &promotion.audience;
        form.is_for_all
            .set(audience.levels.is_empty() && audience.customers.is_empty());
        form.levels.set(audience.levels.clone());
        let customer = |id: &CustomerId| {
            let found = names.customers.iter().find(|customer| customer.id == *id);
            Pick {
                id: *id,
                name: found.map(|customer| customer.name.clone()).unwrap_or_default(),
                code: found.map(|customer| customer.code.clone()).unwrap_or_default(),
            }
        };
        form.customers
            .set(audience.customers.iter().map(customer).collect());
        form.fill(&promotion.rule, names);
        form
    }

    fn fill(self, rule: &PromotionRule, names: &PromotionNames) {
        let variant = |id: &VariantId| variant_pick(*id, &names.variants);
        match rule {
            PromotionRule::Line {
                goods,
                effect,
                stacks_with_breaks,
            } => {
                let product = |id: &ProductId| {
                    let found = names.products.iter().find(|product| product.id == *id);
                    Pick {
                        id: GoodsId::Product(*id),
                        name: found.map(|product| product.name.clone()).unwrap_or_default(),
                        code: String::new(),
                    }
                };
                let products = goods.products.iter().map(product);
                self.kind.set(Kind::Line);
                self.goods
                    .set(products.chain(goods.variants.iter().map(variant)).collect());
                self.categories.set(goods.categories.clone());
                let (effect, value) = match effect {
                    LineEffect::Price { price } => (Effect::Price, price.to_string()),
                    LineEffect::Off { share } => (Effect::Off, percent(*share)),
                    LineEffect::Cut { amount } => (Effect::Cut, amount.to_string()),
                };
                self.effect.set(effect);
                self.value.set(value);
                self.stacks.set(*stacks_with_breaks);
            }
            PromotionRule::BuyGet {
                buy,
                quantity,
                gift,
                gives,
                repeats,
                most,
            } => {
                self.kind.set(Kind::BuyGet);
                self.buy.set(buy.iter().map(variant).collect());
                self.quantity.set(quantity.to_string());
                self.gift.set(vec![variant(gift)]);
                self.gives.set(gives.to_string());
                self.repeats.set(*repeats);
                self.most
                    .set(most.map(|most| most.to_string()).unwrap_or_default());
            }
            PromotionRule::Bundle { components, price } => {
                self.kind.set(Kind::Bundle);
                let part = |part: &BundlePart| PartFields::of(part, &names.variants);
                self.parts.set(components.iter().map(part).collect());
                self.price.set(price.to_string());
            }
            PromotionRule::Order { steps } => {
                self.kind.set(Kind::Order);
                let step = |(key, step): (u32, &countersign_domain::promotion::OrderStep)| {
                    let (gives, value, gift) = match step.effect {
                        OrderEffect::Minus { amount } => (StepGift::Minus, amount.to_string(), None),
                        OrderEffect::Off { share } => (StepGift::Off, percent(share), None),
                        OrderEffect::Gift { variant_id, quantity } => {
                            (StepGift::Gift, quantity.to_string(), Some(variant_id))
                        }
                        OrderEffect::FreeFreight => (StepGift::FreeFreight, String::new(), None),
                    };
                    let typed = TypedStep {
                        from: step.from.to_string(),
                        gives,
                        value,
                        gift,
                    };
                    StepFields::of(key, &typed, gift.iter().map(variant).collect())
                };
                self.steps.set((0..).zip(steps).map(step).collect());
            }
        }
    }

    /// Everything that is typed. Tracks it.
    pub fn typed(self) -> Typed {
        let rule = match self.kind.get() {
            Kind::Line => TypedRule::Line {
                goods: self.chosen_goods(),
                effect: self.effect.get(),
                value: self.value.get(),
                stacks: self.stacks.get(),
            },
            Kind::BuyGet => TypedRule::BuyGet {
                buy: self.buy.with(|picks| variants(picks)),
                quantity: self.quantity.get(),
                gift: self.gift.with(|picks| variants(picks)).first().copied(),
                gives: self.gives.get(),
                repeats: self.repeats.get(),
                most: self.most.get(),
            },
            Kind::Bundle => TypedRule::Bundle {
                parts: self
                    .parts
                    .with(|parts| parts.iter().map(PartFields::typed).collect()),
                price: self.price.get(),
            },
            Kind::Order => {
                let steps = self.steps.get();
                TypedRule::Order(steps.into_iter().map(StepFields::typed).collect())
            }
        };
        Typed {
            name: LocalText::new(self.zh.get(), self.en.get()),
            is_on: self.is_on.get(),
            from: self.from.get(),
            until: self.until.get(),
            is_for_all: self.is_for_all.get(),
            levels: self.levels.get(),
            customers: self
                .customers
                .with(|picks| picks.iter().map(|pick| pick.id).collect()),
            rule,
        }
    }

    fn chosen_goods(self) -> Goods {
        let product = |pick: &Pick<GoodsId>| match pick.id {
            GoodsId::Product(id) => Some(id),
            GoodsId::Variant(_) => None,
        };
        self.goods.with(|picks| Goods {
            variants: variants(picks),
            products: picks.iter().filter_map(product).collect(),
            categories: self.categories.get(),
        })
    }

    /// The promotion that is typed; where it is none, the fields say why not.
    pub fn read(self, currency: &Currency, clock: Clock) -> Option<PromotionBody> {
        match untrack(|| self.typed()).read(currency, clock) {
            Ok(body) => {
                self.faults.set(Vec::new());
                Some(body)
            }
            Err(faults) => {
                self.faults.set(faults);
                None
            }
        }
    }

    /// What is wrong with one of these fields, in words.
    pub fn wrong(self, at: &'static [&'static str]) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.faults.with(|faults| {
                let fault = faults.iter().find(|fault| at.contains(&fault.at.as_str()));
                fault.map(words::fault)
            })
        })
    }

    /// Adds an empty step to the ladder.
    pub fn add_step(self) {
        self.steps.update(|steps| {
            let last = steps.iter().map(|step| step.key).max().unwrap_or_default();
            let empty = || StepFields::of(last.saturating_add(1), &TypedStep::default(), Vec::new());
            steps.push(self.owner.get_value().with(empty));
        });
    }

    /// Adds something to the bundle; what is there already stays as it is.
    pub fn add_part(self, goods: &NamedGoods) {
        self.parts.update(|parts| {
            if parts.iter().all(|part| part.variant != goods.variant_id) {
                let fields = || PartFields::new(goods, Quantity::ONE);
                parts.push(self.owner.get_value().with(fields));
            }
        });
    }
}

impl StepFields {
    fn of(key: u32, step: &TypedStep, gift: Vec<Pick<GoodsId>>) -> Self {
        Self {
            key,
            from: RwSignal::new(step.from.clone()),
            gives: RwSignal::new(step.gives),
            value: RwSignal::new(step.value.clone()),
            gift: RwSignal::new(gift),
        }
    }

    fn typed(self) -> TypedStep {
        TypedStep {
            from: self.from.get(),
            gives: self.gives.get(),
            value: self.value.get(),
            gift: self.gift.with(|picks| variants(picks)).first().copied(),
        }
    }
}

fn percent(share: Rate) -> String {
    let percent = share.get().saturating_mul(Decimal::ONE_HUNDRED);
    percent.normalize().to_string()
}
