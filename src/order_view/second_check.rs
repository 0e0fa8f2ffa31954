//! The first of two outbound checks is done: who did it, and that somebody else has to do the second (rule 9).

use countersign_contract::order::{HistoryKind, OrderDetail};
use leptos::prelude::*;

use crate::i18n::format;
use crate::order_view::OrderDesk;
use crate::text;
use crate::ui::{Notice, Tone};

/// Who did the first check of the open order, while the second is waited for.
pub fn first_checker(detail: &OrderDetail) -> Option<String> {
    detail.order.first_check?;
    let entry = detail
        .history
        .iter()
        .rev()
        .find(|entry| entry.kind == HistoryKind::FirstCheckDone);
    entry
        .and_then(|entry| entry.by.as_ref())
        .map(|by| by.name.clone())
}

/// Says so to staff; nothing to the customer, whose goods are simply not on their way yet.
#[component]
pub fn SecondCheckNotice(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let words = Memo::new(move |_| {
        desk.detail.with(|detail| {
            let detail = detail.as_deref()?;
            let check = detail.order.first_check.filter(|_| !desk.is_customer())?;
            let who = first_checker(detail)?;
            Some(text!(
                outbound.checked_once,
                who = who,
                at = format::moment(check.at)
            ))
        })
    });
    move || {
        words
            .get()
            .map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })
    }
}
