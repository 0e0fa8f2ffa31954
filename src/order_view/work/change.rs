//! Answering what the other side proposes (rule 4).

use countersign_contract::order::{AnswerChangeEndpoint, OrderDetail};
use countersign_domain::order::{AnswerChange, ChangeRequest, Impact};
use leptos::prelude::*;

use crate::order_view::input::{self, InputError};
use crate::order_view::{ChangeList, DeedForm, OrderDesk, Typed};
use crate::text;
use crate::ui::{Button, InputKind, TextArea, TextField};

/// Whether agreeing to a request needs a promised date: staff promise one where a customer's wish moves the schedule.
pub fn needs_date(request: &ChangeRequest) -> bool {
    request.from_customer && request.impact == Impact::Schedule
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
