//! A row of the board: a SKU with its figures, and the orders behind it.

use countersign_contract::open::{OpenOrderLine, OpenQuantity};
use leptos::prelude::*;

use crate::features::open_board::model::{figures, missing, orders};
use crate::i18n::{format, labels, local};
use crate::route::Route;
use crate::text;
use crate::ui::{Align, Badge, Cell, Row, Tone};

/// A SKU of which something is open.
#[component]
pub fn OpenRow(
    /// The SKU as it stands now.
    row: Memo<OpenQuantity>,
) -> impl IntoView {
    let figure = move |place: usize| {
        move || {
            let figures = row.with(figures);
            figures
                .get(place)
                .copied()
                .map(format::quantity)
                .unwrap_or_default()
        }
    };
    let name = move || row.with(|row| local(&row.name));
    let code = move || row.with(|row| text!(open_board.code, sku = row.sku.clone(), unit = local(&row.unit)));
    let behind = move || row.with(|row| row.lines.clone());
    let line = |line: OpenOrderLine| view! { <OrderBehind line=line /> }.into_any();
    let shortage = move || {
        let short = row.with(missing);
        let words = move || text!(open_board.missing, quantity = format::quantity(short));
        (!short.is_zero()).then(|| view! { <Badge text=Signal::derive(words) tone=Tone::Warn /> })
    };
    view! {
        <Row>
            <Cell>
                <b>{name}</b>
                <small>{code}</small>
                <details class="open-lines">
                    <summary>{move || text!(open_board.orders, count = row.with(orders))}</summary>
                    <ul>
                        // A line of which less is open is another line.
                        <For
                            each=behind
                            key=|line| (line.line_id, line.status, line.open, line.fillable, line.held)
                            children=line
                        />
                    </ul>
                </details>
            </Cell>
            <Cell label=move || text!(open_board.ordered) align=Align::End>{figure(0)}</Cell>
            <Cell label=move || text!(open_board.shipped) align=Align::End>{figure(1)}</Cell>
            <Cell label=move || text!(open_board.closed) align=Align::End>{figure(2)}</Cell>
            <Cell label=move || text!(open_board.open) align=Align::End><b>{figure(3)}</b></Cell>
            <Cell label=move || text!(open_board.reserved) align=Align::End>{figure(4)}</Cell>
            <Cell label=move || text!(open_board.in_stock) align=Align::End>{figure(5)}</Cell>
            <Cell label=move || text!(open_board.fillable) align=Align::End>
                <b>{figure(6)}</b>
                " "
                {shortage}
            </Cell>
        </Row>
    }
}

/// An order behind a SKU, in its turn.
#[component]
fn OrderBehind(line: OpenOrderLine) -> impl IntoView {
    let href = Route::Order(line.order_id).to_path();
    let number = line.number.clone();
    let line = StoredValue::new(line);
    let about = move || {
        line.with_value(|line| {
            let due = match line.due {
                Some(due) => text!(open_board.due, date = format::date(due)),
                None => text!(open_board.no_date),
            };
            let open = text!(
                open_board.line_open,
                open = format::quantity(line.open),
                fillable = format::quantity(line.fillable)
            );
            [local(&line.customer.name), labels::status(line.status), due, open].join(" · ")
        })
    };
    let held = line.with_value(|line| line.held);
    view! {
        <li>
            <a href=href>{number}</a>
            " "
            <span>{about}</span>
            " "
            {held.then(|| view! { <Badge text=move || text!(open_board.held) tone=Tone::Warn /> })}
        </li>
    }
}
