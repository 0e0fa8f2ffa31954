//! What the columns of pasted cells or a file hold: shown, and said by a person where it is not clear.

use std::sync::Arc;

use countersign_domain::sheet::{Columns, Field, column_name, read};
use leptos::html;
use leptos::prelude::*;

use crate::features::quick_order::state::{Import, QuickOrder};
use crate::features::quick_order::words;
use crate::text;
use crate::ui::{Button, Choice, SelectField, Variant};

/// Rows that are shown.
const SHOWN: usize = 8;

/// Name of the choice for a column that is not read.
const NOTHING: &str = "";

/// The question what the columns hold, while there is one.
#[component]
pub fn ImportPanel(
    /// Whose.
    state: QuickOrder,
    /// Called when it is answered or dropped.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    // Another choice for a column changes what is in the panel, not the panel.
    let number = Memo::new(move |_| {
        let rows = state
            .import
            .with(|import| import.as_ref().map(|import| Arc::clone(&import.rows)));
        rows.map(|rows| Arc::as_ptr(&rows).addr())
    });
    move || {
        number
            .get()
            .and_then(|_| state.import.get_untracked())
            .map(|import| view! { <Panel state=state import=import on_done=on_done /> })
    }
}

#[component]
fn Panel(state: QuickOrder, import: Import, on_done: Callback<()>) -> impl IntoView {
    let heading: NodeRef<html::H2> = NodeRef::new();
    // Whoever pasted or chose a file goes on here.
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            // Nothing is lost where it fails: the panel is the next thing on the page.
            let _ = heading.focus();
        }
    });
    let rows = import.rows.clone();
    let columns = Memo::new(move |before: Option<&Columns>| {
        let now = state
            .import
            .with(|import| import.as_ref().map(|import| import.columns.clone()));
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let found = {
        let rows = rows.clone();
        Memo::new(move |_| {
            let sheet = columns.with(|columns| read(&rows, columns));
            let wrong = sheet.lines.iter().filter(|line| line.wish.is_err()).count();
            (sheet.lines.len(), wrong, sheet.empty)
        })
    };
    let summary = move || {
        let (lines, wrong, empty) = found.get();
        text!(
            quick_order.import.summary,
            rows = lines,
            wrong = wrong,
            empty = empty
        )
    };
    let refused = move || {
        columns.with(|columns| {
            let has_code = columns.of(Field::Code).or(columns.of(Field::Barcode)).is_some();
            (!has_code).then(|| text!(quick_order.import.no_code))
        })
    };
    let no_quantity = move || {
        let is_missing = columns.with(|columns| columns.of(Field::Quantity).is_none());
        is_missing.then(|| text!(quick_order.import.no_quantity))
    };
    let source = {
        let (file, sheet, others) = (import.file.clone(), import.sheet.clone(), import.others.clone());
        move || {
            let file = file.clone().unwrap_or_else(|| text!(quick_order.import.pasted));
            let sheet = sheet
                .clone()
                .map(|sheet| text!(quick_order.import.sheet, sheet = sheet));
            let others =
                (!others.is_empty()).then(|| text!(quick_order.import.others, sheets = others.join(", ")));
            [Some(file), sheet, others]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · ")
        }
    };
    let take = move |()| {
        if let Some(import) = state.import.get_untracked() {
            state.take_as_said(import);
            on_done.run(());
        }
    };
    let drop = move |()| {
        state.import.set(None);
        on_done.run(());
    };
    view! {
        <section class="card quick-import" aria-label=move || text!(quick_order.import.title)>
            <h2 tabindex="-1" node_ref=heading>{move || text!(quick_order.import.title)}</h2>
            <p>{source}</p>
            <p role="status">{summary} " " {no_quantity}</p>
            <div class="quick-preview">
                <table>
                    <thead><tr>{heads(state, &import, columns)}</tr></thead>
                    <tbody>{preview(&import)}</tbody>
                </table>
            </div>
            <div class="quick-tools">
                <Button
                    label=move || text!(quick_order.import.take)
                    variant=Variant::Primary
                    refused=Signal::derive(refused)
                    on_press=take
                />
                <Button label=move || text!(quick_order.import.cancel) on_press=drop />
            </div>
        </section>
    }
}

/// A choice for each column, with its name where it has one.
fn heads(state: QuickOrder, import: &Import, columns: Memo<Columns>) -> Vec<AnyView> {
    let names = import
        .columns
        .above()
        .checked_sub(1)
        .and_then(|row| import.rows.get(row))
        .cloned()
        .unwrap_or_default();
    let head = |column: usize| {
        let name = names.get(column).cloned().unwrap_or_default();
        let label = move || {
            let letter = column_name(column);
            if name.is_empty() {
                text!(quick_order.import.column, column = letter)
            } else {
                text!(
                    quick_order.import.column_named,
                    column = letter,
                    name = name.clone()
                )
            }
        };
        let selected = move || {
            let held = columns.with(|columns| columns.fields().get(column).copied().flatten());
            held.map_or(NOTHING, value_of).to_owned()
        };
        let choose = move |value: String| {
            let field = Field::ALL.into_iter().find(|field| value_of(*field) == value);
            state.import.update(|import| {
                if let Some(import) = import {
                    import.columns.assign(column, field);
                }
            });
        };
        view! {
            <th scope="col">
                <SelectField
                    label=Signal::derive(label)
                    options=Signal::derive(choices)
                    selected=Signal::derive(selected)
                    on_select=choose
                />
            </th>
        }
        .into_any()
    };
    (0..import.columns.fields().len()).map(head).collect()
}

fn preview(import: &Import) -> Vec<AnyView> {
    let width = import.columns.fields().len();
    let first = import.columns.above();
    let rows = import.rows.iter().skip(first).filter(|row| !row.is_empty());
    rows.take(SHOWN)
        .map(|row| {
            let cells = (0..width).map(|column| {
                let text = row.get(column).cloned().unwrap_or_default();
                view! { <td>{text}</td> }
            });
            view! { <tr>{cells.collect_view()}</tr> }.into_any()
        })
        .collect()
}

fn choices() -> Vec<Choice> {
    let nothing = Choice::new(NOTHING, text!(quick_order.import.not_read));
    let fields = Field::ALL.into_iter();
    std::iter::once(nothing)
        .chain(fields.map(|field| Choice::new(value_of(field), words::field(field))))
        .collect()
}

fn value_of(field: Field) -> &'static str {
    match field {
        Field::Code => "code",
        Field::Barcode => "barcode",
        Field::Quantity => "quantity",
        Field::Unit => "unit",
        Field::Note => "note",
    }
}
