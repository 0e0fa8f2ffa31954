//! The last look before submitting, and submitting.

use countersign_domain::id::LineId;
use leptos::prelude::*;

use crate::features::cart::changes::Changes;
use crate::features::cart::delivery::address_line;
use crate::features::cart::keeping::Keeping;
use crate::features::cart::lines::{price, trouble};
use crate::features::cart::merge::Merge;
use crate::features::cart::model::LineState;
use crate::features::cart::state::CartState;
use crate::features::cart::summary::{Summary, not_ready};
use crate::i18n::{format, labels, local, talk};
use crate::layout::use_title;
use crate::route::{CatalogFilter, Navigator, Route, use_navigator};
use crate::text;
use crate::ui::{
    ActionBar, Align, Button, Card, Cell, Column, Crumb, EmptyState, Figure, IconName, LongTable,
};
use crate::ui::{KeyValue, KeyValues, PageHeader, Row, Toasts, Variant};

/// Everything the order will say, and the button that submits it.
#[component]
pub fn CartReviewPage() -> impl IntoView {
    use_title(|| text!(cart.review_title));
    let state = CartState::new();
    let navigator = use_navigator();
    let is_empty = Memo::new(move |_| state.cart.line_count() == 0);
    let crumbs = || {
        vec![Crumb {
            label: text!(cart.title),
            href: Route::Cart.to_path(),
        }]
    };
    let body = move || {
        if is_empty.get() {
            view! {
                <EmptyState
                    title=move || text!(cart.empty)
                    hint=move || text!(cart.empty_lead)
                    icon=IconName::Cart
                >
                    <a class="button" data-variant="primary" href=Route::Catalog(CatalogFilter::default()).to_path()>
                        {move || text!(cart.to_catalog)}
                    </a>
                </EmptyState>
            }
            .into_any()
        } else {
            view! { <Filled state=state navigator=navigator /> }.into_any()
        }
    };
    view! {
        <PageHeader
            title=move || text!(cart.review_title)
            crumbs=Signal::derive(crumbs)
            crumbs_label=move || text!(cart.back)
        >
            <Keeping cart=state.cart />
        </PageHeader>
        {body}
    }
}

#[component]
fn Filled(
    state: CartState,
    /// The page's: this part of it goes when the draft does.
    navigator: Navigator,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let busy = RwSignal::new(false);
    let submission = Memo::new(move |_| state.submission());
    let is_asked = Memo::new(move |_| state.cart.with(|kept| kept.theirs.is_some()).unwrap_or_default());
    let refused = move || match (is_asked.get(), submission.get()) {
        (true, _) => Some(text!(cart.merge_title)),
        (false, Err(reason)) => Some(not_ready(reason)),
        (false, Ok(_)) => None,
    };
    let submit = move |()| {
        let Ok(submission) = submission.get_untracked() else {
            return;
        };
        if busy.get_untracked() || is_asked.get_untracked() {
            return;
        }
        busy.set(true);
        let total = state.totals.with_untracked(|totals| totals.total);
        let then = move |id| navigator.replace(&Route::OutboxEntry(id));
        let refused = move |_| {
            busy.try_set(false);
            toasts.warn(text!(cart.not_queued));
        };
        state.cart.submit(submission, total, then, refused);
    };
    let columns = || {
        vec![
            Column::words(text!(cart.lines)),
            Column::figures(text!(cart.column_quantity)),
            Column::figures(text!(cart.amount)),
        ]
    };
    let row = move |id: LineId| view! { <LineRow state=state id=id /> }.into_any();
    let total = move || state.money(state.totals.with(|totals| totals.total));
    let bar = view! {
        <ActionBar label=move || text!(cart.review_title)>
            <Button
                label=Signal::derive(move || if busy.get() { text!(cart.submitting) } else { text!(cart.submit) })
                variant=Variant::Primary
                busy=busy
                refused=Signal::derive(refused)
                on_press=submit
            />
            <a class="button cart-bar-back" data-variant="secondary" href=Route::Cart.to_path()>{move || text!(cart.back)}</a>
            <b class="cart-bar-total">{total}</b>
        </ActionBar>
    };
    view! {
        <Merge state=state />
        <Changes state=state />
        <div class="cart">
            <div class="cart-main">
                <LongTable
                    caption=move || text!(cart.lines)
                    columns=Signal::derive(columns)
                    keys=state.ids
                    row=row
                    show_all=move || text!(order.line.show_all, count = state.ids.with(Vec::len))
                />
                <Terms state=state />
            </div>
            <aside class="cart-side"><Summary state=state /></aside>
        </div>
        {bar}
    }
}

#[component]
fn LineRow(state: CartState, id: LineId) -> impl IntoView {
    let line = Memo::new(move |_| state.line(id));
    let now = Memo::new(move |_| state.state_of(id));
    let name = move || line.with(|line| line.as_ref().map(|line| local(&line.item.name)));
    let sku = move || line.with(|line| line.as_ref().map(|line| line.item.sku.clone()));
    let note = move || line.with(|line| line.as_ref().map(|line| line.note.clone()));
    let quantity = move || {
        let readable = now.with(|now| {
            let priced = now.as_ref().and_then(LineState::priced)?;
            Some(format::quantity_of(priced.quantity, &priced.offer.variant.unit))
        });
        readable
            .or_else(|| line.with(|line| line.as_ref().map(|line| line.typed.clone())))
            .unwrap_or_default()
    };
    let trouble = move || now.with(|now| now.as_ref().and_then(trouble));
    let amount = move || {
        now.with(|now| {
            now.as_ref()
                .and_then(LineState::priced)
                .map(|priced| price(state, priced))
        })
    };
    view! {
        <Row>
            <Cell>
                <b>{name}</b>
                <small class="code">{sku}</small>
                <small>{note}</small>
                <p class="field-error">{trouble}</p>
            </Cell>
            <Cell label=move || text!(cart.column_quantity) align=Align::End>
                <Figure text=Signal::derive(quantity) />
            </Cell>
            <Cell label=move || text!(cart.amount) align=Align::End>
                <div class="cart-price">{amount}</div>
            </Cell>
        </Row>
    }
}

#[component]
fn Terms(state: CartState) -> impl IntoView {
    let draft = move |part: fn(&crate::offline::draft::Draft) -> String| {
        move || state.cart.with(|kept| part(&kept.draft)).unwrap_or_default()
    };
    let address = move || {
        state
            .address()
            .map(|address| address_line(&address))
            .unwrap_or_default()
    };
    let method = move || {
        let choice = state.cart.with(|kept| kept.draft.delivery_method).flatten();
        state.delivery_words(choice)
    };
    let wanted = draft(|draft| {
        draft
            .wanted_date
            .map_or_else(|| text!(cart.wanted_none), format::date)
    });
    let note = draft(|draft| draft.note.clone());
    let files = draft(|draft| talk::file_names(&draft.attachments));
    view! {
        <Card title=move || text!(cart.details)>
            <KeyValues>
                <KeyValue label=move || text!(cart.address)>{address}</KeyValue>
                <KeyValue label=move || text!(cart.wanted)>{wanted}</KeyValue>
                <Show when=move || !method().is_empty()>
                    <KeyValue label=move || text!(cart.delivery_method)>{method}</KeyValue>
                </Show>
                <KeyValue label=move || text!(cart.priority)>
                    {draft(|draft| labels::priority(draft.priority))}
                </KeyValue>
                <Show when=move || !note().is_empty()>
                    <KeyValue label=move || text!(cart.order_note)>{note}</KeyValue>
                </Show>
                <Show when=move || !files().is_empty()>
                    <KeyValue label=move || text!(cart.files.title)>{files}</KeyValue>
                </Show>
            </KeyValues>
        </Card>
    }
}
