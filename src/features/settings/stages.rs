//! The stages of an order below each other, each with its switch, what waits there and when it is entered.

use std::sync::Arc;

use countersign_contract::settings::WorkflowSettings;
use countersign_domain::money::Currency;
use countersign_domain::workflow::Stage;
use leptos::prelude::*;

use crate::features::settings::form::Form;
use crate::features::settings::model::Field;
use crate::features::settings::sections::SettingField;
use crate::features::settings::words;
use crate::i18n::labels;
use crate::route::Route;
use crate::text;
use crate::ui::{Card, Switch};

/// The stages as a track.
#[component]
pub fn StageSwitchList(
    /// The form.
    form: Form,
    /// What is stored, with what waits at each stage.
    settings: Memo<Option<Arc<WorkflowSettings>>>,
    /// The currency of the deployment.
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let item = move |stage: Stage| {
        view! { <StageItem form=form stage=stage settings=settings currency=currency /> }.into_any()
    };
    view! {
        <Card title=move || text!(settings.stages)>
            <p class="settings-lead">{move || text!(settings.stages_lead)}</p>
            <ol class="settings-track">{Vec::from(Stage::ALL.map(item))}</ol>
        </Card>
    }
}

/// What is typed for a stage.
fn field_of(stage: Stage) -> Option<Field> {
    match stage {
        Stage::CustomerConfirmation => Some(Field::ConfirmationHours),
        Stage::ExecutiveApproval => Some(Field::Threshold),
        Stage::Receive => Some(Field::DeemedReceiptDays),
        _ => None,
    }
}

#[component]
fn StageItem(
    form: Form,
    stage: Stage,
    settings: Memo<Option<Arc<WorkflowSettings>>>,
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let on = Memo::new(move |_| form.is_on(stage));
    let waiting = Memo::new(move |_| {
        settings.with(|settings| {
            let all = settings.as_deref().map(|settings| settings.waiting.as_slice());
            let here = all
                .unwrap_or_default()
                .iter()
                .find(|queue| queue.status.stage() == Some(stage));
            here.map_or(0, |queue| queue.count)
        })
    });
    let queue = Route::Queue {
        stage,
        open: None,
        filter: Default::default(),
    }
    .to_path();
    let waits = move || {
        let queue = queue.clone();
        (waiting.get() > 0).then(|| {
            view! {
                <p class="settings-waiting" data-stays=move || (!on.get()).then_some("true")>
                    <a href=queue>{move || text!(settings.waiting, count = waiting.get())}</a>
                    " "
                    {move || (!on.get()).then(|| text!(settings.waiting_stays))}
                </p>
            }
        })
    };
    // What a stage that is off would ask for is kept, and asked for once it is on; unless something is wrong with it.
    let field = field_of(stage).map(|field| {
        let error = form.error(field);
        let shows = Memo::new(move |_| on.get() || error.with(Option::is_some));
        view! {
            <Show when=move || shows.get()>
                <SettingField form=form field=field currency=currency />
            </Show>
        }
        .into_any()
    });
    view! {
        <li data-off=move || (!on.get()).then_some("true")>
            <Switch
                label=Signal::derive(move || labels::stage(stage))
                checked=on
                on_change=move |now: bool| form.switch(stage, now)
                hint=Signal::derive(move || words::stage_hint(stage, on.get()))
                refused=Signal::derive(move || words::fixed(stage))
            />
            {waits}
            {field}
        </li>
    }
}
