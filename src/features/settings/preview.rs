//! The way an order will take once the settings are saved.

use countersign_domain::money::{Currency, Money};
use countersign_domain::order::PreviewCase;
use leptos::prelude::*;

use crate::features::settings::form::Form;
use crate::features::settings::way::{Stop, way};
use crate::features::settings::words;
use crate::i18n::labels;
use crate::order_view::input;
use crate::text;
use crate::ui::{Card, Checkbox, NumberField};

/// What the imagined order costs at first.
const TOTAL: &str = "10000";

/// An order to imagine, and its way.
#[component]
pub fn WayPreview(
    /// The form.
    form: Form,
    /// The currency of the deployment.
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let total = RwSignal::new(TOTAL.to_owned());
    let changed = RwSignal::new(false);
    let produced = RwSignal::new(false);
    let read = move || total.with(|total| input::money(total));
    let error = move || read().err().map(|error| input::error_words(&error));
    let stops = Memo::new(move |_| {
        let case = PreviewCase {
            total: read().unwrap_or(Money::ZERO),
            changed_by_review: changed.get(),
            needs_production: produced.get(),
        };
        way(&form.readable(), case)
    });
    let passed = move || stops.with(|stops| stops.iter().filter(|stop| stop.skipped.is_none()).count());
    let stop = |stop: &Stop| {
        let stage = stop.stage;
        let why = stop
            .skipped
            .map(|why| view! { <small>{move || words::skip(why)}</small> });
        view! {
            <li data-skipped=stop.skipped.map(|_| "true")>
                <span>{move || labels::stage(stage)}</span>
                {why}
            </li>
        }
        .into_any()
    };
    view! {
        <Card title=move || text!(settings.preview)>
            <p class="settings-lead">{move || text!(settings.preview_lead)}</p>
            <NumberField
                label=move || text!(settings.preview_total)
                value=total
                error=Signal::derive(error)
                unit=currency.with_value(|currency| currency.code.clone())
            />
            <Checkbox
                label=move || text!(settings.preview_changed)
                checked=changed
                on_change=move |on: bool| changed.set(on)
            />
            <Checkbox
                label=move || text!(settings.preview_produced)
                checked=produced
                on_change=move |on: bool| produced.set(on)
            />
            <p role="status">{move || text!(settings.preview_passed, count = passed())}</p>
            <ol class="settings-way">{move || stops.with(|stops| stops.iter().map(stop).collect_view())}</ol>
        </Card>
    }
}
