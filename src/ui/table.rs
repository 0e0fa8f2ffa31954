//! A table on a desk, cards on a phone.
//!
//! The roles are spelt out because the phone's layout takes the elements' own away.

use leptos::prelude::*;

/// How a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Start,
    /// Figures.
    End,
}

impl Align {
    fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

/// A column's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub label: String,
    /// How it stands.
    pub align: Align,
}

impl Column {
    /// A column of words.
    pub fn words(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            align: Align::Start,
        }
    }

    /// A column of figures.
    pub fn figures(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            align: Align::End,
        }
    }
}

/// The table. Its children are [`Row`]s.
#[component]
pub fn DataTable(
    /// What it lists; spoken, not shown.
    #[prop(into)]
    caption: Signal<String>,
    /// The columns.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let heads = move || {
        let head = |column: Column| {
            view! { <th role="columnheader" scope="col" data-align=column.align.name()>{column.label}</th> }
        };
        columns.get().into_iter().map(head).collect_view()
    };
    view! {
        <table class="table" role="table" aria-label=move || caption.get()>
            <thead role="rowgroup">
                <tr role="row">{heads}</tr>
            </thead>
            <tbody role="rowgroup">{children()}</tbody>
        </table>
    }
}

/// A row. Its children are [`Cell`]s.
#[component]
pub fn Row(
    /// The cells.
    children: Children,
) -> impl IntoView {
    view! { <tr role="row">{children()}</tr> }
}

/// A cell.
#[component]
pub fn Cell(
    /// The column's name, shown before the value on a phone; empty for the cell that names the row.
    #[prop(optional, into)]
    label: Signal<String>,
    /// How it stands.
    #[prop(optional)]
    align: Align,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    view! {
        <td role="cell" data-align=align.name() data-label=move || label.get()>
            {children()}
        </td>
    }
}
