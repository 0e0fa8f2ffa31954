//! What happened to an order, newest first (rule 13).

use std::sync::Arc;

use countersign_contract::order::{HistoryEntry, HistoryKind, OrderDetail};
use countersign_domain::order::Order;
use leptos::prelude::*;

use crate::i18n::{format, labels, local};
use crate::order_view::changes::ChangeList;
use crate::order_view::desk::OrderDesk;
use crate::text;
use crate::ui::Card;

/// What an entry says happened.
pub fn kind_words(entry: &HistoryEntry) -> String {
    match entry.kind {
        HistoryKind::Submitted => text!(order.event.submitted),
        HistoryKind::SubmittedFor => text!(order.event.submitted_for),
        HistoryKind::Resubmitted => text!(order.event.resubmitted),
        HistoryKind::Withdrawn => text!(order.event.withdrawn),
        HistoryKind::StagePassed => {
            let stage = entry.stage.map(labels::stage).unwrap_or_default();
            text!(order.event.stage_passed, stage = stage)
        }
        HistoryKind::PassedOutOfTurn => {
            text!(order.event.passed_out_of_turn, count = entry.waiting_before)
        }
        HistoryKind::ConfirmationRequested => text!(order.event.confirmation_requested),
        HistoryKind::ChangesConfirmed => text!(order.event.changes_confirmed),
        HistoryKind::ChangesDeclined => text!(order.event.changes_declined),
        HistoryKind::ConfirmationExpired => text!(order.event.confirmation_expired),
        HistoryKind::CreditOverridden => text!(order.event.credit_overridden),
        HistoryKind::ProductionReported => text!(order.event.production_reported),
        HistoryKind::FirstCheckDone => text!(order.event.first_check_done),
        HistoryKind::StockChanged => text!(order.event.stock_changed),
        HistoryKind::ShortageDecided => text!(order.event.shortage_decided),
        HistoryKind::Shipped => text!(order.event.shipped),
        HistoryKind::Received => text!(order.event.received),
        HistoryKind::DeemedReceived => text!(order.event.deemed_received),
        HistoryKind::ClaimOpened => text!(order.event.claim_opened),
        HistoryKind::GoodsReturned => text!(order.event.goods_returned),
        HistoryKind::LinesClosed => text!(order.event.lines_closed),
        HistoryKind::LineReleased => text!(order.event.line_released),
        HistoryKind::SentBack => text!(order.event.sent_back),
        HistoryKind::Voided => text!(order.event.voided),
        HistoryKind::RefundDue => text!(order.event.refund_due),
        HistoryKind::PaymentConfirmed => text!(order.event.payment_confirmed),
        HistoryKind::ChangeRequested => text!(order.event.change_requested),
        HistoryKind::ChangeAccepted => text!(order.event.change_accepted),
        HistoryKind::ChangeRefused => text!(order.event.change_refused),
        HistoryKind::Completed => text!(order.event.completed),
        HistoryKind::Rated => text!(order.event.rated, stars = entry.stars.unwrap_or_default()),
    }
}

/// Who did it, with their role; the desk's own timers have no person.
pub fn actor_words(entry: &HistoryEntry) -> String {
    match &entry.by {
        Some(by) => {
            let role = local(&by.role);
            let who = if role.is_empty() {
                by.name.clone()
            } else {
                text!(order.history.actor, name = by.name.clone(), role = role)
            };
            in_place(who, by.stands_in_for.as_deref())
        }
        None => text!(order.history.system),
    }
}

/// Who did it, and for whom where they stood in for a colleague.
pub fn in_place(who: String, other: Option<&str>) -> String {
    match other {
        Some(other) => text!(delegations.history_for, who = who, other = other),
        None => who,
    }
}

/// The history of the open order.
#[component]
pub fn HistoryList(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let entries = move || desk.detail.get().map(newest_first).unwrap_or_default();
    let row = move |(_, entry, order): (usize, HistoryEntry, Arc<OrderDetail>)| {
        view! { <EntryRow desk=desk entry=entry order=order.order.clone() /> }.into_any()
    };
    view! {
        <Card title=move || text!(order.history.title)>
            <ol class="history">
                <For each=entries key=|(position, ..)| *position children=row />
            </ol>
        </Card>
    }
}

/// Entries are only ever appended, so that their position is their name.
fn newest_first(detail: Arc<OrderDetail>) -> Vec<(usize, HistoryEntry, Arc<OrderDetail>)> {
    let entries = detail.history.iter().cloned().enumerate().rev();
    entries
        .map(|(position, entry)| (position, entry, Arc::clone(&detail)))
        .collect()
}

#[component]
fn EntryRow(desk: OrderDesk, entry: HistoryEntry, order: Order) -> impl IntoView {
    let entry = StoredValue::new(entry);
    let of = move |words: fn(&HistoryEntry) -> String| move || entry.with_value(words);
    let at = entry.with_value(|entry| entry.at);
    let reason = entry.with_value(|entry| entry.reason.clone());
    let changes = entry.with_value(|entry| entry.changes.clone());
    view! {
        <li>
            <p class="history-what">
                <b>{of(kind_words)}</b>
                " "
                <time datetime=at.to_rfc3339() title=move || format::moment(at)>
                    {move || format::relative(at, desk.now.get())}
                </time>
            </p>
            <p class="history-who">{of(actor_words)}</p>
            {(!reason.is_empty()).then(|| view! { <blockquote>{reason}</blockquote> })}
            {(!changes.is_empty()).then(|| view! { <ChangeList changes=changes order=order /> }.into_any())}
        </li>
    }
}
