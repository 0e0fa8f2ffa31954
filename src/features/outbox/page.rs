//! Everything that is on its way.

use countersign_domain::id::DraftId;
use countersign_sync::outbox::Entry;
use leptos::prelude::*;

use crate::api::now;
use crate::features::outbox::words;
use crate::i18n::format;
use crate::layout::use_title;
use crate::queries::draft::Cart;
use crate::route::{CatalogFilter, Route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{
    Badge, Button, Cell, Column, DataTable, EmptyState, Figure, IconName, Notice, PageHeader, Row, Tone,
    Variant,
};

/// The orders that are not acknowledged yet.
#[component]
pub fn OutboxPage() -> impl IntoView {
    use_title(|| text!(outbox.title));
    let cart = expect_context::<Cart>();
    let ids = Memo::new(move |_| {
        cart.outbox(|contents| {
            contents
                .entries
                .iter()
                .map(|held| held.entry.id())
                .collect::<Vec<_>>()
        })
        .unwrap_or_default()
    });
    let unreadable = Memo::new(move |_| {
        cart.outbox(|contents| contents.unreadable.len())
            .unwrap_or_default()
    });
    // What needs its person is not sent by pressing a button.
    let waits = Memo::new(move |_| cart.pending().waiting > 0);
    let columns = || {
        vec![
            Column::words(text!(outbox.column_order)),
            Column::words(text!(outbox.column_state)),
            Column::figures(text!(outbox.column_total)),
        ]
    };
    let row = move |id: DraftId| view! { <EntryRow cart=cart id=id /> }.into_any();
    let list = move || {
        if ids.with(Vec::is_empty) {
            view! {
                <EmptyState title=move || text!(outbox.empty) hint=move || text!(outbox.empty_lead) icon=IconName::Check>
                    <a class="button" data-variant="primary" href=Route::Catalog(CatalogFilter::default()).to_path()>
                        {move || text!(cart.to_catalog)}
                    </a>
                </EmptyState>
            }
            .into_any()
        } else {
            view! {
                <DataTable caption=move || text!(outbox.title) columns=Signal::derive(columns)>
                    <For each=move || ids.get() key=|id| *id children=row />
                </DataTable>
            }
            .into_any()
        }
    };
    view! {
        <PageHeader title=move || text!(outbox.title) lead=Signal::derive(|| text!(outbox.lead))>
            <Show when=move || waits.get()>
                <Button
                    label=move || text!(outbox.send_now)
                    variant=Variant::Primary
                    busy=Signal::derive(move || cart.is_sending())
                    on_press=move |()| cart.send_now()
                />
            </Show>
        </PageHeader>
        <Show when=move || { unreadable.get() > 0 }>
            <Notice tone=Tone::Warn>{move || text!(outbox.unreadable, count = unreadable.get())}</Notice>
        </Show>
        {list}
    }
}

#[component]
fn EntryRow(cart: Cart, id: DraftId) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let entry = Memo::new(move |_| entry_of(cart, id));
    let part = move |part: fn(&Entry) -> String| {
        move || entry.with(|entry| entry.as_ref().map(part)).unwrap_or_default()
    };
    let when = move || {
        entry.with(|entry| {
            entry
                .as_ref()
                .map(|entry| format::relative(entry.queued_at, now()))
        })
    };
    let total = move || {
        entry
            .with(|entry| {
                entry
                    .as_ref()
                    .map(|entry| format::money(entry.total, &session.currency()))
            })
            .unwrap_or_default()
    };
    let badge = move || {
        entry.with(|entry| {
            entry.as_ref().map(|entry| {
                let (words, tone) = words::state(entry);
                view! { <Badge text=words tone=tone /> }
            })
        })
    };
    view! {
        <Row>
            <Cell>
                <a href=Route::OutboxEntry(id).to_path()>{part(name)}</a>
                <small>{when}</small>
            </Cell>
            <Cell label=move || text!(outbox.column_state)>{badge}</Cell>
            <Cell label=move || text!(outbox.column_total) align=crate::ui::Align::End>
                <Figure text=Signal::derive(total) />
            </Cell>
        </Row>
    }
}

/// What an entry is called: its draft's name, else its number of lines.
pub(super) fn name(entry: &Entry) -> String {
    if entry.draft.name.trim().is_empty() {
        text!(cart.line_count, count = entry.draft.lines.len())
    } else {
        entry.draft.name.clone()
    }
}

/// An entry, while it is in the outbox.
pub(super) fn entry_of(cart: Cart, id: DraftId) -> Option<Entry> {
    cart.outbox(|contents| {
        contents
            .entries
            .iter()
            .find(|held| held.entry.id() == id)
            .map(|held| held.entry.clone())
    })
    .flatten()
}
