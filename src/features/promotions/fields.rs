//! What a promotion is called, when it holds and for whom.

use countersign_contract::promotion_desk::PromotionLevel;
use leptos::prelude::*;

use crate::features::promotions::chosen::ChosenCustomers;
use crate::features::promotions::clock::Clock;
use crate::features::promotions::finder::CustomerFinder;
use crate::features::promotions::form::Form;
use crate::features::promotions::picks::Pick;
use crate::i18n::local;
use crate::text;
use crate::ui::{Card, Checkbox, Choice, InputKind, RadioGroup, Switch, TextField};

// Where the rules name these fields.
const NAME: &[&str] = &["name/zh"];
const NAME_EN: &[&str] = &["name/en"];
const FROM: &[&str] = &["from"];
const UNTIL: &[&str] = &["until"];
const AUDIENCE: &[&str] = &["audience", "audience/customers"];
const LEVELS: &[&str] = &["audience/levels"];

/// Name and time.
#[component]
pub fn Basics(
    /// The form.
    form: Form,
    /// The clock the times are typed by.
    clock: Clock,
) -> impl IntoView {
    let by_clock = move || text!(promotion_desk.by_clock, clock = clock.name());
    view! {
        <Card title=move || text!(promotion_desk.basics)>
            <div class="promo-pair">
                <TextField
                    label=move || text!(promotion_desk.name_zh)
                    value=form.zh
                    required=true
                    error=form.wrong(NAME)
                />
                <TextField
                    label=move || text!(promotion_desk.name_en)
                    value=form.en
                    required=true
                    error=form.wrong(NAME_EN)
                />
                <TextField
                    label=move || text!(promotion_desk.from)
                    value=form.from
                    kind=InputKind::Moment
                    required=true
                    hint=by_clock
                    error=form.wrong(FROM)
                />
                <TextField
                    label=move || text!(promotion_desk.until)
                    value=form.until
                    kind=InputKind::Moment
                    hint=move || text!(promotion_desk.until_hint)
                    error=form.wrong(UNTIL)
                />
            </div>
            <Switch
                label=move || text!(promotion_desk.is_on)
                hint=move || text!(promotion_desk.is_on_hint)
                checked=form.is_on
                on_change=move |is_on| form.is_on.set(is_on)
            />
        </Card>
    }
}

/// For whom.
#[component]
pub fn AudienceFields(
    /// The form.
    form: Form,
    /// The levels of customers.
    levels: StoredValue<Vec<PromotionLevel>>,
) -> impl IntoView {
    let choices = || {
        vec![
            Choice::new("all", text!(promotion_desk.audience.everybody)),
            Choice::new("some", text!(promotion_desk.audience.some)),
        ]
    };
    let chosen = move || if form.is_for_all.get() { "all" } else { "some" }.to_owned();
    let level = move |level: PromotionLevel| {
        let id = level.id;
        let change = move |is_in: bool| {
            form.levels.update(|levels| {
                levels.retain(|level| *level != id);
                if is_in {
                    levels.push(id);
                }
            });
        };
        view! {
            <Checkbox
                label=Signal::derive(move || local(&level.name))
                checked=Signal::derive(move || form.levels.with(|levels| levels.contains(&id)))
                on_change=change
            />
        }
        .into_any()
    };
    let add = move |pick: Pick<_>| {
        form.customers.update(|picks| {
            if picks.iter().all(|known| known.id != pick.id) {
                picks.push(pick);
            }
        });
    };
    let of_levels = form.wrong(LEVELS);
    view! {
        <Card title=move || text!(promotion_desk.audience.title)>
            <RadioGroup
                label=move || text!(promotion_desk.audience.title)
                options=Signal::derive(choices)
                selected=Signal::derive(chosen)
                on_select=move |value: String| form.is_for_all.set(value == "all")
            />
            <Show when=move || !form.is_for_all.get()>
                <fieldset class="promo-levels">
                    <legend class="field-label">{move || text!(promotion_desk.audience.of_levels)}</legend>
                    <For each=move || levels.get_value() key=|level| level.id children=level />
                    <p class="field-error">{move || of_levels.get()}</p>
                </fieldset>
                <CustomerFinder
                    label=move || text!(promotion_desk.audience.add_customer)
                    error=form.wrong(AUDIENCE)
                    on_pick=add
                />
                <ChosenCustomers label=move || text!(promotion_desk.audience.chosen) picks=form.customers />
            </Show>
        </Card>
    }
}
