//! Closing what will not be delivered any more: some lines, or all that remains.

use countersign_contract::order::CloseRemainingEndpoint;
use countersign_domain::id::LineId;
use countersign_domain::order::{CloseRemaining, Order, OrderLine};
use leptos::prelude::*;

use crate::i18n::{format, local};
use crate::order_view::input;
use crate::order_view::{DeedForm, OrderDesk, Typed};
use crate::text;
use crate::ui::{Checkbox, TextArea};

/// The lines of which something is still to be shipped.
pub fn closable(order: &Order) -> Vec<OrderLine> {
    let open = order.lines.iter().filter(|line| !line.remaining().is_zero());
    open.cloned().collect()
}

/// The lines to name for what is ticked: none where all are, which means everything that remains by then.
///
/// # Errors
/// When nothing is ticked.
pub fn named(open: &[OrderLine], ticked: &[LineId]) -> Result<Vec<LineId>, NothingTicked> {
    let ids: Vec<LineId> = open
        .iter()
        .map(|line| line.id)
        .filter(|id| ticked.contains(id))
        .collect();
    match ids.len() {
        0 => Err(NothingTicked),
        all if all == open.len() => Ok(Vec::new()),
        _ => Ok(ids),
    }
}

/// No line is ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NothingTicked;

#[component]
pub(super) fn CloseForm(desk: OrderDesk) -> impl IntoView {
    let pending = desk.change::<CloseRemainingEndpoint>();
    let lines = desk.detail.with_untracked(|detail| {
        detail
            .as_deref()
            .map(|detail| closable(&detail.order))
            .unwrap_or_default()
    });
    let ticked = RwSignal::new(lines.iter().map(|line| line.id).collect::<Vec<_>>());
    let lines = StoredValue::new(lines);
    let nothing = RwSignal::new(false);
    let reason = Typed::new("");
    let submit = move || {
        let said = reason.read(input::words);
        let named = lines.with_value(|lines| ticked.with_untracked(|ticked| named(lines, ticked)));
        nothing.set(named.is_err());
        if let (Ok(reason), Ok(line_ids)) = (said, named) {
            desk.send(pending, CloseRemaining { line_ids, reason });
        }
    };
    let row = move |line: OrderLine| {
        let id = line.id;
        let label = move || {
            text!(
                outbound.close_line,
                line = local(&line.name),
                open = format::quantity_of(line.remaining(), &line.unit)
            )
        };
        let tick = move |on: bool| {
            ticked.update(|ticked| {
                ticked.retain(|known| *known != id);
                if on {
                    ticked.push(id);
                }
            });
        };
        view! {
            <li>
                <Checkbox
                    label=Signal::derive(label)
                    checked=Signal::derive(move || ticked.with(|ticked| ticked.contains(&id)))
                    on_change=tick
                />
            </li>
        }
        .into_any()
    };
    view! {
        <DeedForm
            desk=desk
            button=move || text!(order.deed.close_remaining)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{move || text!(order.ask.close)}</p>
            <fieldset class="radio-group">
                <legend class="field-label">{move || text!(outbound.close_lines)}</legend>
                <ul class="plain-list">
                    <For each=move || lines.get_value() key=|line| line.id children=row />
                </ul>
            </fieldset>
            <p class="form-error" role="alert">{move || nothing.get().then(|| text!(outbound.close_nothing))}</p>
            <TextArea label=move || text!(order.ask.reason) value=reason.value error=reason.wrong() />
        </DeedForm>
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::order::OrderStatus;

    use super::*;
    use crate::order_view::sample;

    #[test]
    fn all_that_remains_needs_no_names_and_nothing_is_no_wish() {
        let open = closable(&sample::order(OrderStatus::PendingShipment));
        let ids: Vec<LineId> = open.iter().map(|line| line.id).collect();
        assert!(ids.len() > 1, "the sample has several lines");
        assert_eq!(named(&open, &ids), Ok(Vec::new()));
        assert_eq!(named(&open, &ids[..1]), Ok(ids[..1].to_vec()));
        assert_eq!(named(&open, &[]), Err(NothingTicked));
    }

    #[test]
    fn what_has_left_can_not_be_closed() {
        let mut order = sample::order(OrderStatus::PendingShipment);
        let gone = order.lines[0].id;
        order.lines[0].shipped = order.lines[0].approved;
        assert!(closable(&order).iter().all(|line| line.id != gone));
    }
}
