//! One order on its way: where it is, and what can be done.

use countersign_domain::id::DraftId;
use countersign_sync::outbox::{Entry, Reason, State};
use countersign_sync::receipt::Receipt;
use countersign_sync::record;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::features::outbox::page::{entry_of, name};
use crate::features::outbox::words;
use crate::i18n::{format, local, talk};
use crate::layout::use_title;
use crate::offline::draft::DraftLine;
use crate::offline::export;
use crate::queries::draft::Cart;
use crate::route::{Navigator, Route, use_navigator};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{
    Button, Card, Crumb, Dialog, EmptyState, Figure, IconName, KeyValue, KeyValues, Notice, PageHeader,
    Toasts, Tone, Variant,
};

/// An entry of the outbox, or what became of it.
#[component]
pub fn OutboxEntryPage(
    /// The entry.
    id: DraftId,
) -> impl IntoView {
    use_title(|| text!(outbox.entry_title));
    let cart = expect_context::<Cart>();
    let navigator = use_navigator();
    let is_here = Memo::new(move |_| entry_of(cart, id).is_some());
    let crumbs = || {
        vec![Crumb {
            label: text!(outbox.title),
            href: Route::Outbox.to_path(),
        }]
    };
    let body = move || {
        if is_here.get() {
            view! { <Waiting cart=cart id=id navigator=navigator /> }.into_any()
        } else {
            view! { <Gone cart=cart id=id /> }.into_any()
        }
    };
    view! {
        <PageHeader
            title=move || text!(outbox.entry_title)
            crumbs=Signal::derive(crumbs)
            crumbs_label=move || text!(outbox.title)
        />
        {body}
    }
}

#[component]
fn Waiting(
    cart: Cart,
    id: DraftId,
    /// The page's: this part of it goes when the entry does.
    navigator: Navigator,
) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let toasts = expect_context::<Toasts>();
    // The last look at it stays while the page is on its way out.
    let entry = Memo::new(move |before: Option<&Option<Entry>>| {
        entry_of(cart, id).or_else(|| before.cloned().flatten())
    });
    let state = move || {
        entry.with(|entry| {
            let entry = entry.as_ref()?;
            let (title, tone) = words::state(entry);
            let role = if tone == Tone::Plain { "status" } else { "alert" };
            let why = words::why(entry);
            let more =
                matches!(entry.state, State::Queued { sent: true, .. }).then(|| text!(outbox.unknown_lead));
            Some(view! {
                <div role=role>
                    <Notice tone=tone>
                        <p><b>{title}</b></p>
                        <p>{why}</p>
                        <p>{more}</p>
                    </Notice>
                </div>
            })
        })
    };
    let ways = Memo::new(move |_| {
        entry
            .with(|entry| entry.as_ref().map(Ways::of))
            .unwrap_or_default()
    });
    let take_back = move |()| {
        cart.take_back(id, move |_| navigator.replace(&Route::CartReview));
    };
    let copy = move |()| cart.copy(id, move || navigator.go(&Route::Cart));
    let save = move |()| {
        let saved = entry.with_untracked(|entry| {
            entry
                .as_ref()
                .map(|entry| export::save(&format!("order-{id}.json"), &record::write(entry)))
        });
        if saved != Some(true) {
            toasts.warn(text!(outbox.not_exported));
        }
    };
    let is_sending = Signal::derive(move || cart.is_sending());
    let open_order = move || {
        ways.get().order.map(|order| {
            view! { <a class="button" data-variant="primary" href=Route::Order(order).to_path()>{move || text!(outbox.open_order)}</a> }
        })
    };
    let when = move || entry.with(|entry| entry.as_ref().map(|entry| format::moment(entry.queued_at)));
    let total = move || {
        entry
            .with(|entry| {
                entry
                    .as_ref()
                    .map(|entry| format::money(entry.total, &session.currency()))
            })
            .unwrap_or_default()
    };
    let called = move || entry.with(|entry| entry.as_ref().map(name)).unwrap_or_default();
    let files = move || {
        let names = |entry: &Entry| talk::file_names(&entry.draft.attachments);
        entry.with(|entry| entry.as_ref().map(names)).unwrap_or_default()
    };
    let lines = move || {
        entry.with(|entry| {
            entry
                .as_ref()
                .map(|entry| entry.draft.lines.clone())
                .unwrap_or_default()
        })
    };
    let line = |line: DraftLine| {
        let item = line.item.clone();
        view! {
            <li>
                <b>{move || local(&line.item.name)}</b>
                " "
                <small class="code">{item.sku}</small>
                " "
                {line.typed}
                " "
                {move || local(&item.unit.name)}
            </li>
        }
        .into_any()
    };
    // Above what the state says: that grows and shrinks while somebody reaches for a button.
    view! {
        <div class="cart-answers">
            {open_order}
            <Show when=move || ways.get().again>
                <Button
                    label=move || text!(outbox.again)
                    variant=Variant::Primary
                    busy=is_sending
                    on_press=move |()| cart.retry(id)
                />
            </Show>
            <Show when=move || ways.get().review>
                <Button label=move || text!(outbox.review) variant=Variant::Primary on_press=take_back />
            </Show>
            <Show when=move || ways.get().take_back>
                <Button label=move || text!(outbox.take_back) on_press=take_back />
            </Show>
            <Button label=move || text!(outbox.copy) on_press=copy />
            <Button label=move || text!(outbox.export) on_press=save />
            <Discard cart=cart entry=entry />
        </div>
        {state}
        <Card title=called>
            <KeyValues>
                <KeyValue label=move || text!(outbox.submitted_at)>{when}</KeyValue>
                <KeyValue label=move || text!(outbox.column_total)><Figure text=Signal::derive(total) strong=true /></KeyValue>
                <Show when=move || !files().is_empty()>
                    <KeyValue label=move || text!(outbox.files)>{files}</KeyValue>
                </Show>
            </KeyValues>
            <ul class="outbox-lines"><For each=lines key=|line| line.id children=line /></ul>
        </Card>
    }
}

/// Throws the order away once that is said twice: nobody but this device has it.
#[component]
fn Discard(cart: Cart, entry: Memo<Option<Entry>>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let is_asked = RwSignal::new(false);
    // What is asked about is what stood there then, whatever another tab makes of it meanwhile.
    let seen = StoredValue::new(None::<Entry>);
    let ask = move |()| {
        seen.set_value(entry.get_untracked());
        is_asked.set(true);
    };
    let keep = move |()| is_asked.set(false);
    let discard = move |()| {
        is_asked.set(false);
        if let Some(seen) = seen.get_value() {
            cart.discard(seen, move || toasts.warn(text!(outbox.discard_changed)));
        }
    };
    view! {
        <Button label=move || text!(outbox.discard) variant=Variant::Quiet on_press=ask />
        <Dialog
            open=is_asked
            on_close=keep
            title=move || text!(outbox.discard_title)
            close_label=Signal::derive(move || text!(outbox.discard_keep))
        >
            <p>{move || text!(outbox.discard_lead)}</p>
            <div class="cart-answers">
                <Button label=move || text!(outbox.discard_keep) on_press=keep />
                <Button label=move || text!(outbox.discard_order) variant=Variant::Danger on_press=discard />
            </div>
        </Dialog>
    }
}

/// What can be done with an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ways {
    again: bool,
    review: bool,
    take_back: bool,
    order: Option<countersign_domain::id::OrderId>,
}

impl Ways {
    fn of(entry: &Entry) -> Self {
        match &entry.state {
            // The same while it is being sent, when the button says that it is busy: an order that goes back and forth
            // between the two must not move the buttons.
            State::Queued { .. } | State::Sending { .. } => Self {
                again: true,
                take_back: true,
                ..Self::default()
            },
            State::Withdrawing { .. } => Self {
                again: true,
                ..Self::default()
            },
            State::NeedsAttention { reason } => match reason {
                Reason::Changed { .. } | Reason::Rejected { .. } | Reason::Withdrawn => Self {
                    review: true,
                    ..Self::default()
                },
                Reason::AlreadyOrdered { order_id } => Self {
                    order: Some(*order_id),
                    ..Self::default()
                },
                // These bytes are refused for ever; what another device made of the draft stands instead of them.
                Reason::Blocked { .. } if reason.is_for_good() => Self {
                    review: true,
                    ..Self::default()
                },
                Reason::Blocked { .. } => Self {
                    again: true,
                    take_back: true,
                    ..Self::default()
                },
            },
        }
    }
}

/// What became of an entry that is not in the outbox any more.
#[component]
fn Gone(cart: Cart, id: DraftId) -> impl IntoView {
    let receipt = RwSignal::new(None::<Receipt>);
    spawn_local(async move {
        let found = cart.receipt(id).await;
        // The page may be gone by now.
        receipt.try_set(found);
    });
    let way_on = move || {
        let receipt = receipt.get()?;
        Some(view! {
            <a class="button" data-variant="primary" href=Route::Order(receipt.order_id).to_path()>
                {move || text!(outbox.open_order)}
            </a>
        })
    };
    let title = move || {
        if receipt.with(Option::is_some) {
            text!(outbox.arrived)
        } else {
            text!(outbox.gone)
        }
    };
    view! {
        <EmptyState title=Signal::derive(title) icon=IconName::Check>
            {way_on}
            <a class="button" data-variant="secondary" href=Route::Outbox.to_path()>{move || text!(outbox.title)}</a>
        </EmptyState>
    }
}
