//! Deadlines and duties.

use countersign_domain::money::Currency;
use leptos::prelude::*;

use crate::features::settings::form::Form;
use crate::features::settings::model::{Duty, Field};
use crate::features::settings::words;
use crate::text;
use crate::ui::{Card, NumberField, Switch};

/// One field of the settings.
#[component]
pub fn SettingField(
    /// The form.
    form: Form,
    /// Which.
    field: Field,
    /// The currency of the deployment.
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let unit = move || currency.with_value(|currency| words::unit(field, currency));
    view! {
        <div class="settings-field">
            <NumberField
                label=Signal::derive(move || words::field_name(field))
                value=form.text(field)
                hint=Signal::derive(move || words::field_hint(field))
                error=form.error(field)
                unit=Signal::derive(unit)
            />
        </div>
    }
}

/// How long the reviews may take, and how much the promised date allows for.
#[component]
pub fn Deadlines(
    /// The form.
    form: Form,
    /// The currency of the deployment.
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let fields = [
        Field::NormalHours,
        Field::SpecialHours,
        Field::UrgentHours,
        Field::SlackDays,
        Field::ShipmentNewsDays,
    ];
    let fields =
        fields.map(|field| view! { <SettingField form=form field=field currency=currency /> }.into_any());
    view! {
        <Card title=move || text!(settings.deadlines)>
            <p class="settings-lead">{move || text!(settings.deadlines_lead)}</p>
            <div class="settings-fields">{Vec::from(fields)}</div>
        </Card>
    }
}

/// Who may not do what, and which stages a return has.
#[component]
pub fn Duties(
    /// The form.
    form: Form,
) -> impl IntoView {
    view! {
        <Card title=move || text!(settings.duties)>
            <DutySwitch form=form duty=Duty::CreatorMayNotApprove />
            <DutySwitch form=form duty=Duty::OneStagePerPerson />
            <DutySwitch form=form duty=Duty::SecondCheck />
        </Card>
        <Card title=move || text!(settings.returns)>
            <DutySwitch form=form duty=Duty::ReturnGoodsReceipt />
            <DutySwitch form=form duty=Duty::ReturnRefund />
        </Card>
    }
}

#[component]
fn DutySwitch(form: Form, duty: Duty) -> impl IntoView {
    view! {
        <Switch
            label=Signal::derive(move || words::duty_name(duty))
            checked=Signal::derive(move || form.holds(duty))
            on_change=move |on: bool| form.hold(duty, on)
            hint=Signal::derive(move || words::duty_hint(duty))
        />
    }
}
