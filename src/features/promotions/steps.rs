//! The ladder of an order promotion.

use countersign_domain::money::Currency;
use leptos::prelude::*;

use crate::features::promotions::chosen::ChosenGoods;
use crate::features::promotions::finder::{FoundGoods, GoodsFinder};
use crate::features::promotions::form::{Form, StepFields};
use crate::features::promotions::typed::StepGift;
use crate::features::promotions::words;
use crate::text;
use crate::ui::{Button, Choice, IconButton, IconName, NumberField, SelectField};

const GIFTS: [(StepGift, &str); 4] = [
    (StepGift::Minus, "minus"),
    (StepGift::Off, "off"),
    (StepGift::Gift, "gift"),
    (StepGift::FreeFreight, "free_freight"),
];

/// The steps, the lowest first.
#[component]
pub fn Steps(
    /// The form.
    form: Form,
    /// The currency of the amounts.
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let wrong = form.wrong(&["rule/steps"]);
    let row = move |step: StepFields| view! { <Step form=form step=step currency=currency /> }.into_any();
    view! {
        <p class="field-hint">{move || text!(promotion_desk.steps.hint)}</p>
        <p class="field-error" role="alert">{move || wrong.get()}</p>
        <ol class="promo-steps" aria-label=move || text!(promotion_desk.steps.title)>
            <For each=move || form.steps.get() key=|step| step.key children=row />
        </ol>
        <Button
            label=move || text!(promotion_desk.steps.add)
            icon=IconName::Plus
            on_press=move |()| form.add_step()
        />
    }
}

#[component]
fn Step(form: Form, step: StepFields, currency: StoredValue<Currency>) -> impl IntoView {
    let place = Memo::new(move |before: Option<&usize>| {
        let steps = form.steps.get();
        let found = steps.iter().position(|one| one.key == step.key);
        // A step that is taken out goes off the page in the same moment.
        found.or(before.copied()).unwrap_or_default()
    });
    let number = move || place.get().saturating_add(1);
    let wrong = move |fields: &'static [&'static str]| {
        Signal::derive(move || {
            let below = format!("rule/steps/{}/", place.get());
            form.faults.with(|faults| {
                let is_here = |at: &str| {
                    at.strip_prefix(&below)
                        .is_some_and(|field| fields.contains(&field))
                };
                faults.iter().find(|fault| is_here(&fault.at)).map(words::fault)
            })
        })
    };
    let options = || {
        GIFTS
            .map(|(gives, value)| Choice::new(value, words::gives(gives)))
            .to_vec()
    };
    let chosen = move || {
        let gives = step.gives.get();
        let found = GIFTS.iter().find(|(known, _)| *known == gives);
        found.map_or("minus", |(_, value)| value).to_owned()
    };
    let choose = move |value: String| {
        if let Some((gives, _)) = GIFTS.iter().find(|(_, name)| *name == value) {
            step.gives.set(*gives);
        }
    };
    let money = move || currency.with_value(|currency| currency.code.clone());
    let value = move || match step.gives.get() {
        StepGift::Minus => view! {
            <NumberField
                label=move || text!(promotion_desk.steps.amount)
                value=step.value
                unit=Signal::derive(money)
                error=wrong(&["amount"])
            />
        }
        .into_any(),
        StepGift::Off => view! {
            <NumberField
                label=move || text!(promotion_desk.steps.share)
                value=step.value
                unit=Signal::derive(|| "%".to_owned())
                error=wrong(&["share"])
            />
        }
        .into_any(),
        StepGift::Gift => view! {
            <NumberField
                label=move || text!(promotion_desk.steps.quantity)
                value=step.value
                error=wrong(&["quantity"])
            />
            <GoodsFinder
                label=move || text!(promotion_desk.buy.gift)
                error=wrong(&["variant_id"])
                on_pick=move |found: FoundGoods| step.gift.set(vec![found.pick])
            />
            <ChosenGoods label=move || text!(promotion_desk.buy.gift_chosen) picks=step.gift />
        }
        .into_any(),
        StepGift::FreeFreight => ().into_any(),
    };
    let remove = move |()| form.steps.update(|steps| steps.retain(|one| one.key != step.key));
    view! {
        <li>
            <fieldset>
                <legend>{move || text!(promotion_desk.steps.step, number = number())}</legend>
                <NumberField
                    label=move || text!(promotion_desk.steps.from)
                    value=step.from
                    unit=Signal::derive(money)
                    error=wrong(&["from"])
                />
                <SelectField
                    label=move || text!(promotion_desk.steps.gives)
                    options=Signal::derive(options)
                    selected=Signal::derive(chosen)
                    on_select=choose
                />
                {value}
                <IconButton
                    icon=IconName::Close
                    label=Signal::derive(move || text!(promotion_desk.steps.remove, number = number()))
                    on_press=remove
                />
            </fieldset>
        </li>
    }
}
