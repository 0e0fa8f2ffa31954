//! The lines of an order with their quantities in every state, and their price with its reasons.

use std::sync::Arc;

use countersign_contract::order::OrderDetail;
use countersign_domain::id::LineId;
use countersign_domain::money::Currency;
use countersign_domain::order::{Change, OrderLine};
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;

use crate::i18n::{format, labels, local};
use crate::order_view::OrderDesk;
use crate::text;
use crate::ui::{Align, Cell, Column, Figure, LongTable, Row};

/// A quantity of a line that differs from what was approved and is therefore worth showing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Set aside in stock.
    Reserved(Quantity),
    /// Finished in production.
    Produced(Quantity),
    /// Left.
    Shipped(Quantity),
    /// Arrived whole.
    Received(Quantity),
    /// Did not arrive.
    Short(Quantity),
    /// Arrived damaged.
    Damaged(Quantity),
    /// Came back.
    Returned(Quantity),
    /// Not delivered any more.
    Closed(Quantity),
}

/// How far a line has come: every quantity that is not nothing, in the order of its way.
pub fn progress(line: &OrderLine) -> Vec<Progress> {
    let all = [
        Progress::Produced(line.produced),
        Progress::Reserved(line.reserved_total()),
        Progress::Shipped(line.shipped),
        Progress::Received(line.received),
        Progress::Short(line.short),
        Progress::Damaged(line.damaged),
        Progress::Returned(line.returned),
        Progress::Closed(line.closed),
    ];
    all.into_iter()
        .filter(|state| !state.quantity().is_zero())
        .collect()
}

impl Progress {
    /// The quantity, whatever became of it.
    fn quantity(self) -> Quantity {
        match self {
            Self::Reserved(quantity)
            | Self::Produced(quantity)
            | Self::Shipped(quantity)
            | Self::Received(quantity)
            | Self::Short(quantity)
            | Self::Damaged(quantity)
            | Self::Returned(quantity)
            | Self::Closed(quantity) => quantity,
        }
    }
}

fn progress_words(progress: Progress) -> String {
    let shown = format::quantity;
    match progress {
        Progress::Reserved(quantity) => text!(order.line.reserved, quantity = shown(quantity)),
        Progress::Produced(quantity) => text!(order.line.produced, quantity = shown(quantity)),
        Progress::Shipped(quantity) => text!(order.line.shipped, quantity = shown(quantity)),
        Progress::Received(quantity) => text!(order.line.received, quantity = shown(quantity)),
        Progress::Short(quantity) => text!(order.line.short, quantity = shown(quantity)),
        Progress::Damaged(quantity) => text!(order.line.damaged, quantity = shown(quantity)),
        Progress::Returned(quantity) => text!(order.line.returned, quantity = shown(quantity)),
        Progress::Closed(quantity) => text!(order.line.closed, quantity = shown(quantity)),
    }
}

/// Free stock for a line in all warehouses, where this person may see it.
pub fn free_stock(detail: &OrderDetail, line: LineId) -> Option<Quantity> {
    let mut found = detail
        .stock
        .iter()
        .filter(|stock| stock.line_id == line)
        .peekable();
    found.peek()?;
    Some(found.map(|stock| stock.free).sum())
}

/// Who last changed the quantity or price of a line and why: `cut by 张三: short stock`.
fn last_change(detail: &OrderDetail, line: LineId) -> Option<(String, String)> {
    detail.history.iter().rev().find_map(|entry| {
        let reason = entry.changes.iter().find_map(|change| match change {
            Change::Quantity { line_id, reason, .. } | Change::Price { line_id, reason, .. }
                if *line_id == line && !reason.is_empty() =>
            {
                Some(reason.clone())
            }
            _ => None,
        })?;
        let who = entry.by.as_ref().map(|by| by.name.clone()).unwrap_or_default();
        Some((who, reason))
    })
}

/// The lines of the open order.
#[component]
pub fn LineTable(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let all = Memo::new(move |_| {
        let lines = |detail: &OrderDetail| detail.order.lines.iter().map(|line| line.id).collect::<Vec<_>>();
        desk.detail
            .with(|detail| detail.as_deref().map(lines))
            .unwrap_or_default()
    });
    let shows_stock = Memo::new(move |_| {
        desk.detail
            .with(|detail| detail.as_deref().is_some_and(|detail| !detail.stock.is_empty()))
    });
    let columns = Signal::derive(move || {
        let mut columns = vec![
            Column::words(text!(order.line.item)),
            Column::figures(text!(order.line.quantity)),
            Column::figures(text!(order.line.price)),
        ];
        if shows_stock.get() {
            columns.push(Column::figures(text!(order.line.stock)));
        }
        columns.push(Column::figures(text!(order.line.amount)));
        columns
    });
    let row = move |id: LineId| view! { <LineRow desk=desk id=id shows_stock=shows_stock /> }.into_any();
    view! {
        <div class="order-lines">
            <LongTable
                caption=move || text!(order.line.caption)
                columns=columns
                keys=all
                row=row
                show_all=move || text!(order.line.show_all, count = all.with(Vec::len))
            />
        </div>
    }
}

/// What one row shows; it is drawn again only when this differs.
#[derive(Clone, PartialEq)]
struct Shown {
    line: OrderLine,
    currency: Currency,
    free: Option<Quantity>,
    changed: Option<(String, String)>,
}

#[component]
fn LineRow(desk: OrderDesk, id: LineId, shows_stock: Memo<bool>) -> impl IntoView {
    let shown = Memo::new(move |_| {
        desk.detail.with(|detail| {
            let detail: &Arc<OrderDetail> = detail.as_ref()?;
            Some(Shown {
                line: detail.order.line(id)?.clone(),
                currency: detail.order.currency.clone(),
                free: free_stock(detail, id),
                changed: last_change(detail, id),
            })
        })
    });
    move || shown.get().map(|shown| cells(shown, shows_stock.get()))
}

fn cells(shown: Shown, shows_stock: bool) -> AnyView {
    let Shown {
        line,
        currency,
        free,
        changed,
    } = shown;
    let name = local(&line.name);
    let code = text!(
        order.line.code,
        sku = line.sku.clone(),
        unit = local(&line.unit.name),
        factor = format::quantity(line.unit.factor)
    );
    let notes = [
        Some(code),
        (!line.note.is_empty()).then(|| text!(order.line.note, note = line.note.clone())),
        line.held.then(|| text!(order.line.held)),
        changed.map(|(who, reason)| text!(order.line.changed, who = who, reason = reason)),
    ];
    let notes = notes
        .into_iter()
        .flatten()
        .map(|words| view! { <small>{words}</small> })
        .collect_view();
    let was = (line.ordered != line.approved).then(|| {
        view! {
            <del>
                <span class="visually-hidden">{text!(order.line.ordered)} " "</span>
                {format::quantity(line.ordered)}
            </del>
            " "
        }
    });
    let approved = format::quantity_of(line.approved, &line.unit);
    let steps = progress(&line)
        .into_iter()
        .map(progress_words)
        .collect::<Vec<_>>();
    let is_short = free.is_some_and(|free| free < line.unreserved());
    let free = free.map(format::quantity);
    let stock = shows_stock.then(|| {
        view! {
            <Cell label=move || text!(order.line.stock) align=Align::End>
                <span class="stock" data-short=is_short.then_some("true")>{free}</span>
            </Cell>
        }
    });
    let price = price(&line, &currency);
    let amount = format::money(line.amount, &currency);
    view! {
        <Row>
            <Cell><span class="line-name">{name}</span> {notes}</Cell>
            <Cell label=move || text!(order.line.quantity) align=Align::End>
                <span>{was} <Figure text=approved /> <small>{steps.join(" · ")}</small></span>
            </Cell>
            <Cell label=move || text!(order.line.price) align=Align::End>{price}</Cell>
            {stock}
            <Cell label=move || text!(order.line.amount) align=Align::End><Figure text=amount strong=true /></Cell>
        </Row>
    }
    .into_any()
}

/// A price; one that has a reason beyond the list price says it in two words and opens the whole of it.
fn price(line: &OrderLine, currency: &Currency) -> AnyView {
    let amount = format::money(line.price, currency);
    if line.reasons.is_empty() {
        return view! { <Figure text=amount /> }.into_any();
    }
    let short = line
        .reasons
        .iter()
        .map(labels::price_reason_short)
        .collect::<Vec<_>>()
        .join(", ");
    let reasons = line
        .reasons
        .iter()
        .map(|reason| view! { <li>{labels::price_reason(reason, currency)}</li> })
        .collect_view();
    view! {
        <details class="line-why">
            <summary>
                <span class="line-why-price">{amount}</span>
                <span class="visually-hidden">" " {text!(order.line.why)}</span>
                <small>{short}</small>
            </summary>
            <ul>{reasons}</ul>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use countersign_domain::money::Money;

    use super::*;
    use crate::order_view::sample;

    #[test]
    fn a_line_shows_the_quantities_it_has_come_through_and_no_others() {
        let mut line = sample::line(1, 60, Money::new(3120, 2));
        assert_eq!(progress(&line), []);
        line.shipped = Quantity::whole(40);
        line.received = Quantity::whole(38);
        line.damaged = Quantity::whole(2);
        assert_eq!(
            progress(&line),
            [
                Progress::Shipped(Quantity::whole(40)),
                Progress::Received(Quantity::whole(38)),
                Progress::Damaged(Quantity::whole(2))
            ]
        );
    }
}
