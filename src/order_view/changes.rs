//! What changed about an order, entry by entry, in words.

use chrono::NaiveDate;
use countersign_domain::id::LineId;
use countersign_domain::order::{Change, Order};
use countersign_domain::text::LocalText;
use leptos::prelude::*;

use crate::i18n::{format, labels, local};
use crate::text;

/// One entry of a diff. Lines are named from `order`; one that is gone is named by its code.
pub fn change_words(change: &Change, order: &Order) -> String {
    let money = |amount| format::money(amount, &order.currency);
    match change {
        Change::Quantity {
            line_id,
            from,
            to,
            reason,
        } => because(
            text!(
                order.change.quantity,
                line = line(order, *line_id),
                from = format::quantity(*from),
                to = format::quantity(*to)
            ),
            reason,
        ),
        Change::Price {
            line_id,
            from,
            to,
            discount_from,
            discount_to,
            reason,
        } => {
            let mut parts = Vec::new();
            if from != to {
                parts.push(text!(
                    order.change.price,
                    line = line(order, *line_id),
                    from = money(*from),
                    to = money(*to)
                ));
            }
            if discount_from != discount_to {
                parts.push(text!(
                    order.change.discount,
                    line = line(order, *line_id),
                    from = format::share(*discount_from),
                    to = format::share(*discount_to)
                ));
            }
            because(parts.join(" · "), reason)
        }
        Change::Held {
            line_id,
            held: true,
            reason,
        } => because(text!(order.change.held, line = line(order, *line_id)), reason),
        Change::Held { line_id, reason, .. } => {
            because(text!(order.change.released, line = line(order, *line_id)), reason)
        }
        Change::Split {
            line_id,
            quantity,
            reason,
            ..
        } => because(
            text!(
                order.change.split,
                line = line(order, *line_id),
                quantity = format::quantity(*quantity)
            ),
            reason,
        ),
        Change::Added { line_id, quantity } => text!(
            order.change.added,
            line = line(order, *line_id),
            quantity = format::quantity(*quantity)
        ),
        Change::Removed { sku, quantity, .. } => text!(
            order.change.removed,
            line = sku.clone(),
            quantity = format::quantity(*quantity)
        ),
        Change::Freight { from, to, reason } => because(
            text!(order.change.freight, from = money(*from), to = money(*to)),
            reason,
        ),
        Change::FreightWaived {
            name,
            from,
            to,
            reason,
        } => because(
            text!(
                promotions.change.freight_waived,
                name = local(name),
                from = money(*from),
                to = money(*to)
            ),
            reason,
        ),
        Change::PromisedDate { from, to } => {
            text!(order.change.promised_date, from = day(*from), to = day(*to))
        }
        Change::WantedDate { from, to } => text!(order.change.wanted_date, from = day(*from), to = day(*to)),
        Change::Address { from, to } => text!(order.change.address, from = from.clone(), to = to.clone()),
        Change::DeliveryMethod { from, to } => {
            let name =
                |name: &Option<LocalText>| name.as_ref().map_or_else(|| text!(order.change.none), local);
            text!(order.change.delivery_method, from = name(from), to = name(to))
        }
        Change::Note { from, to } => text!(order.change.note, from = quoted(from), to = quoted(to)),
        Change::Priority { from, to } => text!(
            order.change.priority,
            from = labels::priority(*from),
            to = labels::priority(*to)
        ),
    }
}

fn because(what: String, reason: &str) -> String {
    if reason.is_empty() {
        what
    } else {
        text!(order.change.because, what = what, reason = reason.to_owned())
    }
}

fn day(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| text!(order.change.none), format::date)
}

fn quoted(note: &str) -> String {
    if note.is_empty() {
        text!(order.change.none)
    } else {
        note.to_owned()
    }
}

fn line(order: &Order, id: LineId) -> String {
    order
        .line(id)
        .map_or_else(|| text!(order.change.line_gone), |line| local(&line.name))
}

/// A whole diff as a list; nothing where it is empty.
#[component]
pub fn ChangeList(
    /// The diff.
    changes: Vec<Change>,
    /// The order it is about.
    order: Order,
) -> impl IntoView {
    let entries = move || {
        let entry = |change: &Change| view! { <li>{change_words(change, &order)}</li> };
        changes.iter().map(entry).collect_view()
    };
    view! { <ul class="diff">{entries}</ul> }
}
