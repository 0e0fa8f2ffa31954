//! An order in the plan: what is to be made of it, and a field for what is finished of each line.

use countersign_contract::order::{OrderDetail, PassProduction, ReportProductionEndpoint};
use countersign_contract::plan::{PlannedLine, PlannedOrder};
use countersign_domain::order::{PassStage, ReportProduction};
use countersign_domain::permission::Permission;
use countersign_domain::plan::Standing;
use countersign_domain::policy::DenyReason;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::plan::model::{percent, produced, standing};
use crate::i18n::{format, local, reasons};
use crate::order_view::{Typed, Wrong, error_words, read_all};
use crate::queries::live::{invalidate_order, invalidate_order_lists};
use crate::queries::{self, Cache};
use crate::route::Route;
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Badge, Button, NumberField, ProgressBar, Toasts, Tone, Variant};

#[derive(Clone, Copy)]
struct Fields {
    line: StoredValue<PlannedLine>,
    produced: Typed,
}

/// An order in production.
#[component]
pub fn PlanCard(
    /// The order.
    order: PlannedOrder,
) -> impl IntoView {
    let report = queries::change::<ReportProductionEndpoint>();
    let pass = queries::change::<PassProduction>();
    let cache = expect_context::<Cache>();
    let toasts = expect_context::<Toasts>();
    let session = expect_context::<SessionContext>();
    let PlannedOrder {
        id,
        number,
        version,
        promised,
        ..
    } = order.clone();
    let is_done = standing(&order) == Standing::Done;
    let rows: Vec<Fields> = order
        .lines
        .iter()
        .map(|line| Fields {
            produced: Typed::new(line.produced.to_string()),
            line: StoredValue::new(line.clone()),
        })
        .collect();
    let rows = StoredValue::new(rows);
    let nothing = RwSignal::new(false);
    let said_number = StoredValue::new(number.clone());
    // The reply is about the whole order; the plan is read again.
    let settle = move |_: OrderDetail, _: &str| {
        invalidate_order(cache, id);
        invalidate_order_lists(cache);
        let number = said_number.try_get_value().unwrap_or_default();
        toasts.say(untrack(|| text!(plan.reported, number = number)));
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if is_done {
            pass.send(id, PassStage::default(), Some(version), settle);
            return;
        }
        let read = |fields: &Fields| -> Result<_, Wrong> {
            fields
                .produced
                .read(|typed| fields.line.with_value(|line| produced(typed, line)))
        };
        if let Ok(lines) = read_all(rows, read) {
            let lines: Vec<_> = lines.into_iter().flatten().collect();
            nothing.set(lines.is_empty());
            if !lines.is_empty() {
                report.send(id, ReportProduction { lines }, Some(version), settle);
            }
        }
    };
    let refused = Signal::derive(move || {
        let permission = Permission::OrderOutboundReview;
        let may = session.current().is_some_and(|who| who.actor.holds(permission));
        (!may).then(|| reasons::deny(&DenyReason::NeedsPermission { permission }))
    });
    let error = move || {
        let failed: Option<ApiError> = report.error.get().or_else(|| pass.error.get());
        failed
            .map(|error| error_words(&error, None))
            .or_else(|| nothing.get().then(|| text!(plan.nothing)))
    };
    let label = Signal::derive(move || {
        if is_done {
            text!(order.produce.pass)
        } else {
            text!(order.produce.report)
        }
    });
    let customer = order.customer.name.clone();
    let promised = move || match promised {
        Some(day) => text!(order.promised_on, date = format::date(day)),
        None => text!(plan.no_day),
    };
    let row = move |fields: Fields| view! { <PlanLine fields=fields /> }.into_any();
    view! {
        <li class="plan-order">
            <header>
                <a href=Route::Order(id).to_path()>{number}</a>
                <span>{move || local(&customer)}</span>
                <span>{promised}</span>
                <StandingBadge standing=standing(&order) />
            </header>
            <form novalidate on:submit=submit>
                <ul class="plan-lines">
                    <For
                        each=move || rows.get_value()
                        key=|fields| fields.line.with_value(|line| line.id)
                        children=row
                    />
                </ul>
                <p class="form-error" role="alert">{error}</p>
                <Button
                    label=label
                    variant=Variant::Secondary
                    submit=true
                    refused=refused
                    busy=Signal::derive(move || report.busy.get() || pass.busy.get())
                />
            </form>
        </li>
    }
}

#[component]
fn PlanLine(fields: Fields) -> impl IntoView {
    let line = fields.line;
    let name = Signal::derive(move || line.with_value(|line| local(&line.name)));
    let done = percent_of(line);
    let tone = line.with_value(|line| tone(line.standing));
    let hint = move || {
        line.with_value(|line| {
            text!(
                order.produce.done_of,
                done = format::quantity(line.produced),
                whole = format::quantity(line.quantity)
            )
        })
    };
    view! {
        <li>
            <div>
                <b>{move || name.get()}</b>
                <small>{line.with_value(|line| line.sku.clone())}</small>
                <ProgressBar
                    label=Signal::derive(move || text!(plan.progress, line = name.get()))
                    percent=Signal::stored(done)
                    tone=Signal::stored(tone)
                />
            </div>
            <NumberField
                label=Signal::derive(move || text!(plan.finished, line = name.get()))
                hint=Signal::derive(hint)
                value=fields.produced.value
                unit=Signal::derive(move || line.with_value(|line| local(&line.unit)))
                error=fields.produced.wrong()
            />
        </li>
    }
}

fn percent_of(line: StoredValue<PlannedLine>) -> u32 {
    line.with_value(percent)
}

fn tone(standing: Standing) -> Tone {
    match standing {
        Standing::Done => Tone::Accent,
        Standing::OnTime => Tone::Plain,
        Standing::AtRisk => Tone::Warn,
        Standing::Late => Tone::Bad,
    }
}

/// How it stands, in a word.
#[component]
fn StandingBadge(standing: Standing) -> impl IntoView {
    let words = move || match standing {
        Standing::Done => text!(plan.standing.done),
        Standing::OnTime => text!(plan.standing.on_time),
        Standing::AtRisk => text!(plan.standing.at_risk),
        Standing::Late => text!(plan.standing.late),
    };
    view! { <Badge text=Signal::derive(words) tone=Signal::stored(tone(standing)) /> }
}
