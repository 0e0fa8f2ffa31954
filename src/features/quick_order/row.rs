//! A row of the sheet.

use std::sync::Arc;

use countersign_domain::quantity::Quantity;
use countersign_domain::sheet::Field;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::features::quick_order::grid::{Cell, Focus, cell_id};
use crate::features::quick_order::model::{Bad, Fault, Priced, Row, RowId, Verdict};
use crate::features::quick_order::state::QuickOrder;
use crate::features::quick_order::words;
use crate::i18n::{format, goods, labels, local};
use crate::queries::offers::Offer;
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Figure, IconButton, IconName};

/// A row: what is typed, and what became of it.
#[component]
pub fn SheetRow(state: QuickOrder, id: RowId, focus: Focus) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let row = Memo::new(move |before: Option<&Option<Row>>| {
        let found = state.sheet.with(|sheet| sheet.row(id).cloned());
        // It goes off the page in the same moment; until then it shows what it showed.
        found.or_else(|| before.cloned().flatten())
    });
    let place = Memo::new(move |before: Option<&usize>| {
        let found = state.sheet.with(|sheet| sheet.place(id));
        found.or(before.copied()).unwrap_or_default()
    });
    let number = move || place.get().saturating_add(1);
    let count = move || state.sheet.with(|sheet| sheet.rows().len());
    let typed =
        move |of: fn(&Row) -> &String| row.with(|row| row.as_ref().map(of).cloned().unwrap_or_default());
    let result_id = format!("quick-result-{}", id.0);
    let (described_code, described_quantity) = (result_id.clone(), result_id.clone());
    let go = move |steps: isize, cell: Cell| {
        let beside = state.sheet.with_untracked(|sheet| sheet.beside(id, steps));
        if let Some(beside) = beside {
            focus.go(beside, cell);
        }
    };
    let key = move |event: KeyboardEvent, cell: Cell| {
        // Enter that ends a word of a Chinese keyboard is no Enter.
        if event.is_composing() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let steps = match event.key().as_str() {
            "Enter" => Some((1, Cell::Code)),
            "ArrowDown" => Some((1, cell)),
            "ArrowUp" => Some((-1, cell)),
            _ => None,
        };
        if let Some((steps, cell)) = steps {
            event.prevent_default();
            state.leave(id);
            go(steps, cell);
        }
    };
    let tone = move || {
        row.with(|row| match row.as_ref().map(|row| &row.verdict) {
            Some(Verdict::Bad(_)) => Some("bad"),
            Some(Verdict::Good(_)) => Some("good"),
            Some(Verdict::Empty | Verdict::Waiting) | None => None,
        })
    };
    let is_wrong = move |is_code: bool| {
        let fault = |bad: &Bad| bad.offer.is_none() == is_code;
        row.with(|row| {
            row.as_ref()
                .is_some_and(|row| matches!(&row.verdict, Verdict::Bad(bad) if fault(bad)))
        })
        .then_some("true")
    };
    let is_filled = move || row.with(|row| row.as_ref().is_some_and(|row| row.verdict != Verdict::Empty));
    let remove = move || {
        let next = state.sheet.with_untracked(|sheet| sheet.beside(id, 1));
        state.sheet.update(|sheet| sheet.drop_rows(&[id].into()));
        if let Some(next) = next {
            focus.go(next, Cell::Code);
        }
    };
    let amount = move || {
        row.with(|row| match row.as_ref().map(|row| &row.verdict) {
            Some(Verdict::Good(priced)) => format::money(priced.amount, &session.currency()),
            _ => String::new(),
        })
    };
    let result = move || row.with(|row| row.as_ref().map(|row| result(state, focus, session, row)));
    view! {
        <li
            class="quick-row"
            data-tone=tone
            style:--place=move || place.get().to_string()
            aria-posinset=move || number().to_string()
            aria-setsize=move || count().to_string()
            on:focusin=move |_| focus.is_in(id)
        >
            <span class="quick-number" aria-hidden="true">{number}</span>
            <input
                class="input quick-code"
                id=cell_id(id, Cell::Code)
                type="text"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-label=move || text!(quick_order.code_in, row = number())
                aria-invalid=move || is_wrong(true)
                aria-describedby=described_code
                prop:value=move || typed(|row| &row.typed.code)
                on:input=move |event| state.write(id, Field::Code, event_target_value(&event))
                on:change=move |_| state.leave(id)
                on:keydown=move |event| key(event, Cell::Code)
            />
            <span class="quick-quantity">
                <input
                    class="input"
                    id=cell_id(id, Cell::Quantity)
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    data-kind="decimal"
                    aria-label=move || text!(quick_order.quantity_in, row = number())
                    aria-invalid=move || is_wrong(false)
                    aria-describedby=described_quantity
                    prop:value=move || typed(|row| &row.typed.quantity)
                    on:input=move |event| state.write(id, Field::Quantity, event_target_value(&event))
                    on:keydown=move |event| key(event, Cell::Quantity)
                />
                <span class="field-unit">{move || row.with(|row| row.as_ref().and_then(unit))}</span>
            </span>
            <div class="quick-result" id=result_id>{result}</div>
            <span class="quick-amount"><Figure text=Signal::derive(amount) /></span>
            <span class="quick-remove">
                <Show when=is_filled>
                    <IconButton
                        icon=IconName::Close
                        label=Signal::derive(move || text!(quick_order.remove, row = number()))
                        on_press=move |()| remove()
                    />
                </Show>
            </span>
        </li>
    }
}

/// The unit of the quantity: the one that is written, else the one it is ordered in.
fn unit(row: &Row) -> Option<String> {
    let written = row.typed.unit.trim();
    if !written.is_empty() {
        return Some(written.to_owned());
    }
    let offer = match &row.verdict {
        Verdict::Good(priced) => Some(&priced.offer),
        Verdict::Bad(bad) => bad.offer.as_ref(),
        Verdict::Empty | Verdict::Waiting => None,
    };
    offer.map(|offer| local(&offer.variant.unit.name))
}

/// What became of a row.
fn result(state: QuickOrder, focus: Focus, session: SessionContext, row: &Row) -> AnyView {
    match &row.verdict {
        Verdict::Empty => ().into_any(),
        Verdict::Waiting => view! { <small>{text!(quick_order.waiting)}</small> }.into_any(),
        Verdict::Good(priced) => good(session, row, priced),
        Verdict::Bad(bad) => {
            let place = words::place(row, bad).map(|place| view! { <b>{place} ": "</b> });
            view! {
                {bad.offer.as_ref().map(named)}
                <span class="quick-fault">{place} {words::fault(bad)} " " {offers(state, focus, row.id, bad)}</span>
            }
            .into_any()
        }
    }
}

fn named(offer: &Arc<Offer>) -> AnyView {
    let name = local(&offer.item.name);
    let pack = goods::pack(&offer.variant.unit, &offer.variant.base_unit);
    view! { <span class="quick-name">{name} " " <small>{pack}</small></span> }.into_any()
}

fn good(session: SessionContext, row: &Row, priced: &Priced) -> AnyView {
    let price = format::money(priced.price, &session.currency());
    let unit = local(&priced.offer.variant.unit.name);
    let stock = goods::stock(priced.offer.variant.stock, &priced.offer.variant.base_unit);
    let note = row.typed.note.trim().to_owned();
    let note = (!note.is_empty()).then(|| text!(quick_order.note_is, note = note));
    let rest: Vec<String> = [
        Some(text!(quick_order.price, price = price, unit = unit)),
        priced.promotion.as_ref().map(labels::price_reason_short),
        stock,
        note,
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        {named(&priced.offer)}
        <small class="quick-price">{rest.join(" · ")}</small>
    }
    .into_any()
}

/// What would mend a row.
fn offers(state: QuickOrder, focus: Focus, id: RowId, bad: &Bad) -> Vec<AnyView> {
    let quantities: Vec<Quantity> = match &bad.fault {
        Fault::Breach(breach) => [breach.below, breach.above].into_iter().flatten().collect(),
        Fault::Unit { nearest, .. } => nearest.clone(),
        Fault::Cell(kind) if kind.field() == Field::Quantity => {
            let smallest = bad.offer.as_ref().and_then(|offer| offer.variant.rule.smallest());
            smallest.into_iter().collect()
        }
        _ => Vec::new(),
    };
    if let Fault::Ambiguous(offers) = &bad.fault {
        return offers
            .iter()
            .map(|offer| choice(state, focus, id, offer))
            .collect();
    }
    let unit = bad.offer.as_ref().map(|offer| offer.variant.unit.clone());
    let button = |quantity: Quantity| {
        let label = unit
            .as_ref()
            .map(|unit| format::quantity_of(quantity, unit))
            .unwrap_or_default();
        let take = move |_| {
            state.sheet.update(|sheet| sheet.take_quantity(id, quantity));
            // The button goes away; the focus stays in the row.
            focus.go(id, Cell::Quantity);
        };
        view! { <button class="stepper-offer" type="button" on:click=take>{label}</button> }.into_any()
    };
    quantities.into_iter().map(button).collect()
}

/// One of the articles that have the code of a row.
fn choice(state: QuickOrder, focus: Focus, id: RowId, offer: &Arc<Offer>) -> AnyView {
    let (sku, label) = (offer.item.sku.clone(), words::offered(offer));
    let take = move |_| {
        state.write(id, Field::Code, sku.clone());
        state.leave(id);
        focus.go(id, Cell::Quantity);
    };
    view! { <button class="stepper-offer" type="button" on:click=take>{label}</button> }.into_any()
}
