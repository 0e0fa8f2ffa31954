//! Change requests (rule 4): proposing a new version of a reviewed order, and answering the other side's proposal.

use countersign_contract::order::{AnswerChangeEndpoint, OrderDetail, RequestChangeEndpoint};
use countersign_domain::id::ChangeRequestId;
use countersign_domain::order::{
    AnswerChange, ChangeRequest, Impact, OrderLine, Proposal, ProposedQuantity, RequestChange,
};
use leptos::prelude::*;
use uuid::Uuid;

use crate::i18n::format;
use crate::order_view::input::{self, InputError};
use crate::order_view::{ChangeList, DeedForm, OrderDesk, Typed, Wrong, line_name, line_unit, read_all};
use crate::text;
use crate::ui::{Button, InputKind, NumberField, TextArea, TextField};

/// The quantity typed for a line, where it differs: at least what has left.
///
/// # Errors
/// What is wrong with it.
pub fn proposed(typed: &str, line: &OrderLine) -> Result<Option<ProposedQuantity>, InputError> {
    let quantity = input::quantity(typed, None)?;
    if quantity < line.shipped {
        return Err(InputError::TooLittle(line.shipped));
    }
    Ok((quantity != line.approved).then_some(ProposedQuantity {
        line_id: line.id,
        quantity,
    }))
}

/// Whether agreeing to a request needs a promised date: staff promise one where a customer's wish moves the schedule.
pub fn needs_date(request: &ChangeRequest) -> bool {
    request.from_customer && request.impact == Impact::Schedule
}

#[derive(Clone, Copy)]
struct Fields {
    line: StoredValue<OrderLine>,
    quantity: Typed,
}

impl Fields {
    fn of(line: &OrderLine) -> Self {
        Self {
            line: StoredValue::new(line.clone()),
            quantity: Typed::new(line.approved.to_string()),
        }
    }

    fn read(&self) -> Result<Option<ProposedQuantity>, Wrong> {
        self.quantity
            .read(|typed| self.line.with_value(|line| proposed(typed, line)))
    }
}

#[component]
pub(super) fn RequestForm(desk: OrderDesk) -> impl IntoView {
    desk.detail
        .get_untracked()
        .map(|detail| request_form(desk, &detail))
}

fn request_form(desk: OrderDesk, detail: &OrderDetail) -> AnyView {
    let pending = desk.change::<RequestChangeEndpoint>();
    let order = &detail.order;
    let rows = StoredValue::new(order.lines.iter().map(Fields::of).collect::<Vec<_>>());
    let before = (order.wanted_date, order.note.clone());
    let wanted = Typed::new(order.wanted_date.map(|day| day.to_string()).unwrap_or_default());
    let note = RwSignal::new(order.note.clone());
    let reason = Typed::new("");
    // One request, however often it is sent.
    let id = ChangeRequestId(Uuid::new_v4());
    let submit = move || {
        let date = wanted.read(input::date);
        let said = reason.read(input::words);
        let lines = read_all(rows, Fields::read);
        let (Ok(date), Ok(reason), Ok(lines)) = (date, said, lines) else {
            return;
        };
        let note = note.get_untracked().trim().to_owned();
        let proposal = Proposal {
            quantities: lines.into_iter().flatten().collect(),
            wanted_date: date.filter(|date| Some(*date) != before.0),
            address: None,
            note: (note != before.1).then_some(note),
        };
        let body = RequestChange { id, proposal, reason };
        desk.send(pending, body);
    };
    let row = |fields: Fields| view! { <QuantityRow fields=fields /> }.into_any();
    view! {
        <DeedForm
            desk=desk
            button=move || text!(order.request.send)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{move || text!(order.request.lead)}</p>
            <ul class="deed-lines">
                <For each=move || rows.get_value() key=|fields| fields.line.with_value(|line| line.id) children=row />
            </ul>
            <TextField
                label=move || text!(order.delivery.wanted)
                value=wanted.value
                kind=InputKind::Date
                error=wanted.wrong()
            />
            <TextArea label=move || text!(order.delivery.note) value=note rows=2 />
            <TextArea label=move || text!(order.ask.reason) value=reason.value error=reason.wrong() />
        </DeedForm>
    }
    .into_any()
}

#[component]
fn QuantityRow(fields: Fields) -> impl IntoView {
    let line = fields.line;
    let hint = Signal::derive(move || {
        line.with_value(|line| {
            text!(
                order.request.line,
                approved = format::quantity(line.approved),
                shipped = format::quantity(line.shipped)
            )
        })
    });
    view! {
        <li>
            <NumberField
                label=line_name(line)
                hint=hint
                value=fields.quantity.value
                unit=line_unit(line)
                error=fields.quantity.wrong()
            />
        </li>
    }
}

#[component]
pub(super) fn AnswerForm(desk: OrderDesk) -> impl IntoView {
    // What was asked when the panel opened: an answer is to what was read.
    desk.detail.get_untracked().and_then(|detail| {
        let request = detail.order.change_request.clone()?;
        Some(answer_form(desk, &detail, request))
    })
}

fn answer_form(desk: OrderDesk, detail: &OrderDetail, request: ChangeRequest) -> AnyView {
    let pending = desk.change::<AnswerChangeEndpoint>();
    let (id, dated) = (request.id, needs_date(&request));
    let promised = request
        .proposal
        .wanted_date
        .map(|day| day.to_string())
        .unwrap_or_default();
    let promised = Typed::new(promised);
    let reason = Typed::new("");
    let agree = move || {
        let date = promised.read(|typed| match input::date(typed) {
            Ok(None) if dated => Err(InputError::Missing),
            date => date,
        });
        reason.tell(None);
        if let Ok(date) = date {
            let body = AnswerChange {
                id,
                accept: true,
                promised_date: date.filter(|_| dated),
                reason: reason.text().trim().to_owned(),
            };
            desk.send(pending, body);
        }
    };
    let refuse = move || {
        promised.tell(None);
        if let Ok(reason) = reason.read(input::words) {
            let body = AnswerChange {
                id,
                accept: false,
                promised_date: None,
                reason,
            };
            desk.send(pending, body);
        }
    };
    let date = dated.then(|| {
        view! {
            <TextField
                label=move || text!(order.review.promised)
                value=promised.value
                kind=InputKind::Date
                error=promised.wrong()
            />
        }
        .into_any()
    });
    let impact = request.impact;
    let order = detail.order.clone();
    let refusal =
        view! { <Button label=move || text!(order.request.refuse) busy=pending.busy on_press=refuse /> }
            .into_any();
    view! {
        <DeedForm
            desk=desk
            button=move || text!(order.request.agree)
            busy=pending.busy
            error=pending.error
            on_submit=agree
            other=refusal
        >
            <blockquote>{request.reason}</blockquote>
            <ChangeList changes=request.changes order=order />
            <p>{move || impact_words(impact)}</p>
            {date}
            <TextArea
                label=move || text!(order.request.answer_reason)
                value=reason.value
                error=reason.wrong()
            />
        </DeedForm>
    }
    .into_any()
}

/// What a change does, in a sentence.
pub fn impact_words(impact: Impact) -> String {
    match impact {
        Impact::Minor => text!(order.request.minor),
        Impact::Schedule => text!(order.request.schedule),
        Impact::Substantive => text!(order.request.substantive),
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::money::Money;
    use countersign_domain::quantity::Quantity;

    use super::*;
    use crate::order_view::sample;

    #[test]
    fn a_proposal_names_only_what_differs_and_no_less_than_has_left() {
        let mut line = sample::line(1, 60, Money::new(1, 0));
        line.shipped = Quantity::whole(20);
        assert_eq!(proposed("60", &line), Ok(None));
        let forty = ProposedQuantity {
            line_id: line.id,
            quantity: Quantity::whole(40),
        };
        assert_eq!(proposed(" 40", &line), Ok(Some(forty)));
        assert_eq!(
            proposed("19", &line),
            Err(InputError::TooLittle(Quantity::whole(20)))
        );
        assert_eq!(proposed("", &line), Err(InputError::Missing));
    }
}
