//! Production: what is finished of each line, and passing the order on when all is.

use countersign_contract::order::{OrderDetail, PassProduction, ReportProductionEndpoint};
use countersign_domain::order::{OrderLine, PassStage, ProducedLine, ReportProduction};
use countersign_domain::plan;
use leptos::prelude::*;

use crate::i18n::format;
use crate::order_view::input::{self, InputError};
use crate::order_view::{DeedForm, OrderDesk, Typed, Wrong, line_name, line_unit, read_all};
use crate::text;
use crate::ui::NumberField;

/// What was typed as finished in all, where it differs from what is known.
///
/// # Errors
/// What is wrong with it.
pub fn produced(typed: &str, line: &OrderLine) -> Result<Option<ProducedLine>, InputError> {
    let produced = input::quantity(typed, Some(line.deliverable()))?;
    Ok((produced != line.produced).then_some(ProducedLine {
        line_id: line.id,
        produced,
    }))
}

#[derive(Clone, Copy)]
struct Fields {
    line: StoredValue<OrderLine>,
    produced: Typed,
}

impl Fields {
    fn of(line: OrderLine) -> Self {
        Self {
            produced: Typed::new(line.deliverable().to_string()),
            line: StoredValue::new(line),
        }
    }

    fn read(&self) -> Result<Option<ProducedLine>, Wrong> {
        self.produced
            .read(|typed| self.line.with_value(|line| produced(typed, line)))
    }
}

#[component]
pub(super) fn ProductionForm(desk: OrderDesk) -> impl IntoView {
    let report = desk.change::<ReportProductionEndpoint>();
    let pass = desk.change::<PassProduction>();
    // What the plan of production lists and what `decide` asks for before the order passes on.
    let (lines, nothing_to_report) = desk
        .detail
        .with_untracked(|detail: &Option<std::sync::Arc<OrderDetail>>| {
            detail.as_deref().map(|OrderDetail { order, .. }| {
                let lines: Vec<OrderLine> = plan::planned(order).into_iter().cloned().collect();
                (lines, plan::unfinished(order).is_empty())
            })
        })
        .unwrap_or((Vec::new(), true));
    let rows = StoredValue::new(lines.into_iter().map(Fields::of).collect::<Vec<_>>());
    let submit = move || {
        if nothing_to_report {
            desk.send(pass, PassStage::default());
            return;
        }
        if let Ok(lines) = read_all(rows, Fields::read) {
            let lines = lines.into_iter().flatten().collect();
            desk.send(report, ReportProduction { lines });
        }
    };
    let row = |fields: Fields| {
        let line = fields.line;
        let hint = Signal::derive(move || {
            line.with_value(|line| {
                text!(
                    order.produce.done_of,
                    done = format::quantity(line.produced),
                    whole = format::quantity(line.deliverable())
                )
            })
        });
        view! {
            <li>
                <NumberField
                    label=line_name(line)
                    hint=hint
                    value=fields.produced.value
                    unit=line_unit(line)
                    error=fields.produced.wrong()
                />
            </li>
        }
        .into_any()
    };
    let label = Signal::derive(move || {
        if nothing_to_report {
            text!(order.produce.pass)
        } else {
            text!(order.produce.report)
        }
    });
    view! {
        <DeedForm
            desk=desk
            button=label
            busy=Signal::derive(move || report.busy.get() || pass.busy.get())
            error=Signal::derive(move || report.error.get().or_else(|| pass.error.get()))
            on_submit=submit
        >
            <p>
                {move || if nothing_to_report { text!(order.produce.pass_lead) } else { text!(order.produce.report_lead) }}
            </p>
            <ul class="deed-lines">
                <For
                    each=move || if nothing_to_report { Vec::new() } else { rows.get_value() }
                    key=|fields| fields.line.with_value(|line| line.id)
                    children=row
                />
            </ul>
        </DeedForm>
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::money::Money;
    use countersign_domain::quantity::Quantity;

    use super::*;
    use crate::order_view::sample;

    #[test]
    fn what_is_finished_is_told_in_all_and_only_where_it_is_new() {
        let mut line = sample::line(1, 60, Money::new(1, 0));
        assert_eq!(produced("0", &line), Ok(None));
        let forty = ProducedLine {
            line_id: line.id,
            produced: Quantity::whole(40),
        };
        assert_eq!(produced("40", &line), Ok(Some(forty)));
        line.produced = Quantity::whole(40);
        assert_eq!(produced("40", &line), Ok(None));
        assert_eq!(
            produced("61", &line),
            Err(InputError::TooMuch(Quantity::whole(60)))
        );
    }
}
