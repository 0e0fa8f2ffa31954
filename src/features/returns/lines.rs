//! The lines of a return: what was asked, agreed to, arrived and is refunded, and why it comes back.

use std::sync::Arc;

use countersign_contract::returns::ReturnDetail;
use countersign_domain::id::FileId;
use countersign_domain::money::Currency;
use countersign_domain::returns::ReturnLine;
use leptos::prelude::*;

use crate::features::returns::desk::ReturnDesk;
use crate::files_view::{FileStrip, ShownFile};
use crate::i18n::{format, local, returns};
use crate::text;
use crate::ui::{Align, Cell, Column, DataTable, Figure, Row};

/// The lines of the open return.
#[component]
pub fn ReturnLines(
    /// The return.
    desk: ReturnDesk,
) -> impl IntoView {
    let columns = Signal::derive(|| {
        vec![
            Column::words(text!(returns.line.item)),
            Column::figures(text!(returns.line.requested)),
            Column::figures(text!(returns.line.approved)),
            Column::figures(text!(returns.line.arrived)),
            Column::figures(text!(returns.line.refund)),
        ]
    });
    let rows = move || {
        let detail: Option<Arc<ReturnDetail>> = desk.detail.get();
        detail.map(|detail| {
            let currency = &detail.subject.currency;
            let row = |line| cells(line, currency);
            detail.subject.lines.iter().map(row).collect_view()
        })
    };
    view! {
        <div class="order-lines">
            <DataTable caption=move || text!(returns.line.caption) columns=columns>
                {rows}
            </DataTable>
        </div>
    }
}

/// What the customer has photographed of a line.
fn photos(line: &ReturnLine) -> Option<AnyView> {
    let photo = |(number, id): (usize, &FileId)| ShownFile {
        id: *id,
        name: text!(talk.files.photo, number = number, line = local(&line.name)),
        document: None,
    };
    let files: Vec<ShownFile> = (1..).zip(&line.photos).map(photo).collect();
    (!files.is_empty()).then(|| view! { <FileStrip files=files /> }.into_any())
}

fn cells(line: &ReturnLine, currency: &Currency) -> AnyView {
    let why = match line.note.as_str() {
        "" => returns::reason(line.reason),
        note => text!(
            returns.line.why,
            reason = returns::reason(line.reason),
            note = note.to_owned()
        ),
    };
    let arrived = line
        .arrived
        .map_or_else(|| text!(returns.line.not_arrived), format::quantity);
    let requested = format::quantity_of(line.requested, &line.unit);
    let approved = format::quantity(line.approved);
    let refund = format::money(line.amount, currency);
    let (name, sku) = (local(&line.name), line.sku.clone());
    let photos = photos(line);
    view! {
        <Row>
            <Cell><span class="line-name">{name}</span> <small>{sku}</small> <small>{why}</small> {photos}</Cell>
            <Cell label=move || text!(returns.line.requested) align=Align::End><Figure text=requested /></Cell>
            <Cell label=move || text!(returns.line.approved) align=Align::End><Figure text=approved /></Cell>
            <Cell label=move || text!(returns.line.arrived) align=Align::End><Figure text=arrived /></Cell>
            <Cell label=move || text!(returns.line.refund) align=Align::End><Figure text=refund strong=true /></Cell>
        </Row>
    }
    .into_any()
}
