//! What a promotion promises: the fields of its kind.

use countersign_contract::catalog::Category;
use countersign_domain::id::CategoryId;
use countersign_domain::money::Currency;
use leptos::prelude::*;

use crate::features::promotions::bundle::BundleFields;
use crate::features::promotions::chosen::ChosenGoods;
use crate::features::promotions::finder::{FoundGoods, GoodsFinder};
use crate::features::promotions::form::{Form, Kind};
use crate::features::promotions::picks::{GoodsId, Pick};
use crate::features::promotions::steps::Steps;
use crate::features::promotions::typed::Effect;
use crate::features::promotions::words;
use crate::i18n::local;
use crate::text;
use crate::ui::{Card, Choice, IconButton, IconName, NumberField, RadioGroup, SelectField, Switch};

const KINDS: [(Kind, &str); 4] = [
    (Kind::Line, "line"),
    (Kind::BuyGet, "buy_get"),
    (Kind::Bundle, "bundle"),
    (Kind::Order, "order"),
];

const EFFECTS: [(Effect, &str); 3] = [
    (Effect::Off, "off"),
    (Effect::Cut, "cut"),
    (Effect::Price, "price"),
];

// Where the rules name these fields.
const GOODS: &[&str] = &["rule/goods", "rule/goods/variants", "rule/goods/products"];
const CATEGORIES: &[&str] = &["rule/goods/categories"];
const VALUE: &[&str] = &["rule/effect/price", "rule/effect/share", "rule/effect/amount"];
const BUY: &[&str] = &["rule/buy"];
const QUANTITY: &[&str] = &["rule/quantity"];
const GIFT: &[&str] = &["rule/gift"];
const GIVES: &[&str] = &["rule/gives"];
const MOST: &[&str] = &["rule/most"];

/// The kind, and the fields of it.
#[component]
pub fn RuleFields(
    /// The form.
    form: Form,
    /// The tree of categories.
    categories: Signal<Vec<Category>>,
    /// The currency of the amounts.
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let kinds = || {
        KINDS
            .map(|(kind, value)| Choice::new(value, words::kind(kind)))
            .to_vec()
    };
    let chosen = move || {
        let kind = form.kind.get();
        let found = KINDS.iter().find(|(known, _)| *known == kind);
        found.map_or("line", |(_, value)| value).to_owned()
    };
    let choose = move |value: String| {
        if let Some((kind, _)) = KINDS.iter().find(|(_, name)| *name == value) {
            form.kind.set(*kind);
        }
    };
    let fields = move || match form.kind.get() {
        Kind::Line => view! { <LineFields form=form categories=categories currency=currency /> }.into_any(),
        Kind::BuyGet => view! { <BuyGetFields form=form /> }.into_any(),
        Kind::Bundle => view! { <BundleFields form=form currency=currency /> }.into_any(),
        Kind::Order => view! { <Steps form=form currency=currency /> }.into_any(),
    };
    view! {
        <Card title=move || text!(promotion_desk.promise)>
            <RadioGroup
                label=move || text!(promotion_desk.kind.title)
                options=Signal::derive(kinds)
                selected=Signal::derive(chosen)
                on_select=choose
            />
            {fields}
        </Card>
    }
}

/// Adds what was found to what was chosen.
pub fn add(picks: RwSignal<Vec<Pick<GoodsId>>>, found: FoundGoods) {
    picks.update(|picks| {
        if picks.iter().all(|known| known.id != found.pick.id) {
            picks.push(found.pick);
        }
    });
}

#[component]
fn LineFields(
    form: Form,
    categories: Signal<Vec<Category>>,
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let effects = || {
        EFFECTS
            .map(|(effect, value)| Choice::new(value, words::effect(effect)))
            .to_vec()
    };
    let chosen = move || {
        let effect = form.effect.get();
        let found = EFFECTS.iter().find(|(known, _)| *known == effect);
        found.map_or("off", |(_, value)| value).to_owned()
    };
    let choose = move |value: String| {
        if let Some((effect, _)) = EFFECTS.iter().find(|(_, name)| *name == value) {
            form.effect.set(*effect);
        }
    };
    let unit = move || match form.effect.get() {
        Effect::Off => "%".to_owned(),
        Effect::Price | Effect::Cut => currency.with_value(|currency| currency.code.clone()),
    };
    let value_label = move || match form.effect.get() {
        Effect::Price => text!(promotion_desk.value.price),
        Effect::Off => text!(promotion_desk.value.share),
        Effect::Cut => text!(promotion_desk.value.cut),
    };
    view! {
        <GoodsFinder
            label=move || text!(promotion_desk.goods.add)
            products=true
            error=form.wrong(GOODS)
            on_pick=move |found: FoundGoods| add(form.goods, found)
        />
        <ChosenGoods label=move || text!(promotion_desk.goods.chosen) picks=form.goods />
        <Categories form=form categories=categories />
        <div class="promo-pair">
            <SelectField
                label=move || text!(promotion_desk.effect.title)
                options=Signal::derive(effects)
                selected=Signal::derive(chosen)
                on_select=choose
            />
            <NumberField
                label=Signal::derive(value_label)
                value=form.value
                unit=Signal::derive(unit)
                error=form.wrong(VALUE)
            />
        </div>
        <Switch
            label=move || text!(promotion_desk.stacks)
            hint=move || text!(promotion_desk.stacks_hint)
            checked=form.stacks
            on_change=move |stacks| form.stacks.set(stacks)
        />
    }
}

#[component]
fn Categories(form: Form, categories: Signal<Vec<Category>>) -> impl IntoView {
    let name = move |id: CategoryId| {
        categories.with(|all| {
            let found = all.iter().find(|category| category.id == id);
            found.map_or_else(
                || text!(promotion_desk.unnamed),
                |category| path_of(category, all),
            )
        })
    };
    let options = move || {
        let chosen = form.categories.get();
        let mut options = vec![Choice::new("", text!(promotion_desk.goods.no_category))];
        categories.with(|all| {
            let open = all.iter().filter(|category| !chosen.contains(&category.id));
            options.extend(open.map(|one| Choice::new(one.id.to_string(), path_of(one, all))));
        });
        options
    };
    let choose = move |value: String| {
        if let Ok(id) = value.parse() {
            form.categories.update(|chosen| chosen.push(id));
        }
    };
    let row = move |id: CategoryId| {
        let name = Signal::derive(move || name(id));
        let remove = move |()| {
            form.categories
                .update(|chosen| chosen.retain(|known| *known != id))
        };
        view! {
            <li>
                <span>{move || name.get()}</span>
                <IconButton
                    icon=IconName::Close
                    label=Signal::derive(move || text!(promotion_desk.take_out, name = name.get()))
                    on_press=remove
                />
            </li>
        }
        .into_any()
    };
    view! {
        <SelectField
            label=move || text!(promotion_desk.goods.add_category)
            hint=move || text!(promotion_desk.goods.category_hint)
            options=Signal::derive(options)
            selected=Signal::derive(String::new)
            on_select=choose
            error=form.wrong(CATEGORIES)
        />
        <ul class="promo-chosen" aria-label=move || text!(promotion_desk.goods.categories)>
            <For each=move || form.categories.get() key=|id| *id children=row />
        </ul>
    }
}

/// The name of a category with those above it.
fn path_of(category: &Category, all: &[Category]) -> String {
    let mut names = vec![local(&category.name)];
    let mut above = category.parent_id;
    // A tree has no more floors than categories.
    for _ in all {
        let Some(parent) = above.and_then(|id| all.iter().find(|one| one.id == id)) else {
            break;
        };
        names.push(local(&parent.name));
        above = parent.parent_id;
    }
    names.reverse();
    names.join(" / ")
}

#[component]
fn BuyGetFields(form: Form) -> impl IntoView {
    view! {
        <GoodsFinder
            label=move || text!(promotion_desk.buy.add)
            error=form.wrong(BUY)
            on_pick=move |found: FoundGoods| add(form.buy, found)
        />
        <ChosenGoods label=move || text!(promotion_desk.buy.chosen) picks=form.buy />
        <NumberField
            label=move || text!(promotion_desk.buy.quantity)
            hint=move || text!(promotion_desk.buy.quantity_hint)
            value=form.quantity
            error=form.wrong(QUANTITY)
        />
        <GoodsFinder
            label=move || text!(promotion_desk.buy.gift)
            error=form.wrong(GIFT)
            on_pick=move |found: FoundGoods| form.gift.set(vec![found.pick])
        />
        <ChosenGoods label=move || text!(promotion_desk.buy.gift_chosen) picks=form.gift />
        <NumberField
            label=move || text!(promotion_desk.buy.gives)
            value=form.gives
            error=form.wrong(GIVES)
        />
        <Switch
            label=move || text!(promotion_desk.buy.repeats)
            hint=move || text!(promotion_desk.buy.repeats_hint)
            checked=form.repeats
            on_change=move |repeats| form.repeats.set(repeats)
        />
        <Show when=move || form.repeats.get()>
            <NumberField
                label=move || text!(promotion_desk.buy.most)
                hint=move || text!(promotion_desk.buy.most_hint)
                value=form.most
                error=form.wrong(MOST)
            />
        </Show>
    }
}
