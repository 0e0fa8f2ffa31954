//! What happened to a return, newest first.

use std::sync::Arc;

use countersign_contract::returns::{ReturnChange, ReturnDetail, ReturnEntry, ReturnEntryKind};
use countersign_domain::returns::{Return, ReturnKind};
use leptos::prelude::*;

use crate::features::returns::desk::{ReturnDesk, line_name};
use crate::i18n::{format, local, returns};
use crate::order_view::in_place;
use crate::text;
use crate::ui::Card;

/// The history of the open return.
#[component]
pub fn ReturnHistory(
    /// The return.
    desk: ReturnDesk,
) -> impl IntoView {
    let entries = move || desk.detail.get().map(newest_first).unwrap_or_default();
    let row = move |(_, entry, detail): (usize, ReturnEntry, Arc<ReturnDetail>)| {
        view! { <EntryRow desk=desk entry=entry detail=detail /> }.into_any()
    };
    view! {
        <Card title=move || text!(returns.history)>
            <ol class="history">
                <For each=entries key=|(position, ..)| *position children=row />
            </ol>
        </Card>
    }
}

/// Entries are only ever appended, so that their position is their name.
fn newest_first(detail: Arc<ReturnDetail>) -> Vec<(usize, ReturnEntry, Arc<ReturnDetail>)> {
    let entries = detail.history.iter().cloned().enumerate().rev();
    entries
        .map(|(position, entry)| (position, entry, Arc::clone(&detail)))
        .collect()
}

#[component]
fn EntryRow(desk: ReturnDesk, entry: ReturnEntry, detail: Arc<ReturnDetail>) -> impl IntoView {
    let at = entry.at;
    let entry = StoredValue::new(entry);
    let detail = StoredValue::new(detail);
    let what =
        move || detail.with_value(|detail| entry.with_value(|entry| kind_words(entry, detail.subject.kind)));
    let who = move || entry.with_value(actor_words);
    let reason = entry.with_value(|entry| entry.reason.clone());
    let changes = move || {
        let words = detail.with_value(|detail| {
            entry.with_value(|entry| {
                let words = |change| change_words(change, &detail.subject);
                entry.changes.iter().map(words).collect::<Vec<_>>()
            })
        });
        (!words.is_empty()).then(|| {
            let items = words
                .into_iter()
                .map(|words| view! { <li>{words}</li> })
                .collect_view();
            view! { <ul class="diff">{items}</ul> }
        })
    };
    view! {
        <li>
            <p class="history-what">
                <b>{what}</b>
                " "
                <time datetime=at.to_rfc3339() title=move || format::moment(at)>
                    {move || format::relative(at, desk.now.get())}
                </time>
            </p>
            <p class="history-who">{who}</p>
            {(!reason.is_empty()).then(|| view! { <blockquote>{reason}</blockquote> })}
            {changes}
        </li>
    }
}

/// What an entry says happened.
pub fn kind_words(entry: &ReturnEntry, kind: ReturnKind) -> String {
    match entry.kind {
        ReturnEntryKind::Submitted => match kind {
            ReturnKind::Goods => text!(returns.event.submitted),
            ReturnKind::Claim { .. } => text!(returns.event.claim_opened),
        },
        ReturnEntryKind::StagePassed => {
            let stage = entry.stage.map(returns::stage).unwrap_or_default();
            text!(returns.event.stage_passed, stage = stage)
        }
        ReturnEntryKind::GoodsArrived => text!(returns.event.goods_arrived),
        ReturnEntryKind::Refunded => text!(returns.event.refunded),
        ReturnEntryKind::Refused => text!(returns.event.refused),
        ReturnEntryKind::Voided => text!(returns.event.voided),
    }
}

/// Who did it, with their role; nobody where it happened by itself.
pub fn actor_words(entry: &ReturnEntry) -> String {
    let Some(by) = &entry.by else {
        return String::new();
    };
    let role = local(&by.role);
    let who = if role.is_empty() {
        by.name.clone()
    } else {
        text!(returns.actor, name = by.name.clone(), role = role)
    };
    in_place(who, by.stands_in_for.as_deref())
}

fn change_words(change: &ReturnChange, subject: &Return) -> String {
    let line = |id| line_name(subject, id).unwrap_or_default();
    match change {
        ReturnChange::Cut {
            line_id,
            from,
            to,
            reason,
        } => text!(
            returns.change.cut,
            line = line(*line_id),
            from = format::quantity(*from),
            to = format::quantity(*to),
            reason = reason.clone()
        ),
        ReturnChange::Arrived {
            line_id,
            arrived,
            sellable,
        } => text!(
            returns.change.arrived,
            line = line(*line_id),
            arrived = format::quantity(*arrived),
            sellable = format::quantity(*sellable)
        ),
        ReturnChange::Refunded { target, amount } => text!(
            returns.change.refunded,
            amount = format::money(*amount, &subject.currency),
            target = returns::target(*target)
        ),
    }
}
