//! The head of an order: whose it is, which, where it stands, what it costs.

use countersign_contract::order::{HistoryKind, OrderDetail};
use countersign_domain::order::{OrderStatus, Priority};
use leptos::html;
use leptos::prelude::*;

use crate::i18n::{format, labels, local};
use crate::order_view::{DeadlineChip, OrderDesk, UnreadBadge};
use crate::text;
use crate::ui::{Badge, IconButton, IconName, Toasts, Tone};

/// The head of the open order. Its heading takes the focus when `focused` turns true, so that a person who works
/// through a queue is told what they look at now.
#[component]
pub fn OrderHead(
    /// The order.
    desk: OrderDesk,
    /// Whether the heading takes the focus when the order is there.
    #[prop(optional)]
    focused: bool,
) -> impl IntoView {
    let heading: NodeRef<html::H1> = NodeRef::new();
    Effect::new(move |taken: Option<bool>| {
        let node = heading.get();
        let there = desk.detail.with(Option::is_some);
        match node {
            Some(node) if focused && there && taken != Some(true) => node.focus().is_ok(),
            _ => taken.unwrap_or_default(),
        }
    });
    let with = move |words: fn(&OrderDetail, bool) -> String| {
        move || {
            desk.detail
                .with(|detail| detail.as_deref().map(|detail| words(detail, desk.is_customer())))
        }
    };
    let part = move |words: fn(&OrderDetail) -> String| {
        Signal::derive(move || {
            desk.detail
                .with(|detail| detail.as_deref().map(words).unwrap_or_default())
        })
    };
    let tone = Signal::derive(move || {
        desk.detail
            .with(|detail| detail.as_deref().map(|detail| status_tone(detail.order.status)))
            .unwrap_or_default()
    });
    let is_hurried = move || {
        desk.detail.with(|detail| {
            detail
                .as_deref()
                .is_some_and(|detail| detail.order.priority != Priority::Normal)
        })
    };
    let deadline = Signal::derive(move || {
        desk.detail.with(|detail| {
            let order = &detail.as_deref()?.order;
            Some((order.due_at()?, order.urgency(desk.now.get())))
        })
    });
    view! {
        <header class="order-head">
            <div class="order-name">
                <h1 node_ref=heading tabindex="-1">{with(title)}</h1>
                <CopiedNumber number=part(|detail| detail.order.number.clone()) />
                <p class="order-lead">{with(lead)}</p>
                <p class="order-state">
                    <Badge text=part(|detail| labels::status(detail.order.status)) tone=tone />
                    " "
                    <Show when=is_hurried>
                        <Badge text=part(|detail| labels::priority(detail.order.priority)) tone=Tone::Warn />
                    </Show>
                    " "
                    <DeadlineChip deadline=deadline now=desk.now />
                    " "
                    <UnreadBadge id=desk.id />
                </p>
            </div>
            <p class="order-total">
                <span class="visually-hidden">{move || text!(order.total)} " "</span>
                {with(|detail, _| format::money(detail.order.total, &detail.order.currency))}
            </p>
        </header>
    }
}

/// The tone of a status: what ended badly, what went well, what waits.
pub fn status_tone(status: OrderStatus) -> Tone {
    match status {
        OrderStatus::SentBack => Tone::Warn,
        OrderStatus::Voided => Tone::Bad,
        OrderStatus::Completed => Tone::Accent,
        _ => Tone::Plain,
    }
}

/// Staff know an order by its customer; the customer knows it by its first goods.
fn title(detail: &OrderDetail, own: bool) -> String {
    let first = detail.order.lines.first().filter(|_| own);
    match first {
        None => local(&detail.customer.name),
        Some(line) if detail.order.lines.len() == 1 => local(&line.name),
        Some(line) => text!(
            order.title_own,
            first = local(&line.name),
            count = detail.order.lines.len()
        ),
    }
}

fn lead(detail: &OrderDetail, _: bool) -> String {
    let order = &detail.order;
    let at = format::moment(order.submitted_at);
    let mut parts = vec![match submitter(detail) {
        Some(name) => {
            let customer = local(&detail.customer.name);
            text!(order.submitted_by, at = at, name = name, customer = customer)
        }
        None => text!(order.submitted_at, at = at),
    }];
    if let Some(wanted) = order.wanted_date {
        parts.push(text!(order.wanted_on, date = format::date(wanted)));
    }
    if let Some(promised) = order.promised_date {
        parts.push(text!(order.promised_on, date = format::date(promised)));
    }
    parts.join(" · ")
}

/// Who submitted the order on behalf of its customer, where somebody did.
fn submitter(detail: &OrderDetail) -> Option<String> {
    let first = detail
        .history
        .iter()
        .find(|entry| entry.kind == HistoryKind::SubmittedFor)?;
    Some(first.by.as_ref()?.name.clone()).filter(|_| detail.order.on_behalf)
}

/// A number with a button that copies it.
#[component]
fn CopiedNumber(
    /// The number.
    number: Signal<String>,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let copy = move |()| {
        // Refused only where the page is not allowed to write to the clipboard; the number can be selected then.
        let _ = window()
            .navigator()
            .clipboard()
            .write_text(&number.get_untracked());
        toasts.say(text!(order.copied, number = number.get_untracked()));
    };
    view! {
        <p class="order-number">
            <span>{move || number.get()}</span>
            <IconButton icon=IconName::Copy label=move || text!(order.copy) on_press=copy />
        </p>
    }
}
