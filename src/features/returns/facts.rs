//! What stands beside the lines of a return: its order, whose it is, the refund, the note.

use countersign_domain::returns::ReturnKind;
use leptos::prelude::*;

use crate::features::returns::desk::ReturnDesk;
use crate::i18n::{format, local, returns};
use crate::route::Route;
use crate::text;
use crate::ui::{Card, Figure, KeyValue, KeyValues};

/// Everything beside the lines of the open return.
#[component]
pub fn ReturnFacts(
    /// The return.
    desk: ReturnDesk,
) -> impl IntoView {
    move || {
        let detail = desk.detail.get()?;
        let subject = &detail.subject;
        let order = Route::Order(subject.order_id).to_path();
        let order_number = subject.order_number.clone();
        let kind = match subject.kind {
            ReturnKind::Goods => text!(returns.kind.goods),
            ReturnKind::Claim { .. } => text!(returns.kind.claim),
        };
        let total = format::money(subject.total, &subject.currency);
        let target = match subject.refunded_to {
            Some(target) => returns::target(target),
            None => text!(returns.facts.not_refunded),
        };
        let customer = local(&detail.customer.name);
        let note = subject.note.clone();
        let said = (!note.is_empty()).then(|| {
            view! { <Card title=move || text!(returns.facts.note)><blockquote>{note}</blockquote></Card> }
        });
        let facts = view! {
            <Card title=move || text!(returns.facts.title)>
                <KeyValues>
                    <KeyValue label=move || text!(returns.facts.order)><a href=order>{order_number}</a></KeyValue>
                    <KeyValue label=move || text!(returns.facts.customer)>{customer}</KeyValue>
                    <KeyValue label=move || text!(returns.facts.kind)>{kind}</KeyValue>
                    <KeyValue label=move || text!(returns.facts.refund)><Figure text=total strong=true /></KeyValue>
                    <KeyValue label=move || text!(returns.facts.target)>{target}</KeyValue>
                </KeyValues>
            </Card>
            {said}
        };
        Some(facts.into_any())
    }
}
