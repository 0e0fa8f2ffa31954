//! What the cart comes to, how it will be paid, and what comes next.

use countersign_domain::file::MAX_ATTACHMENTS;
use countersign_domain::id::LineId;
use leptos::prelude::*;

use crate::features::cart::model::{NotReady, Payment, payment};
use crate::features::cart::next::Next;
use crate::features::cart::promotions::Promised;
use crate::features::cart::state::CartState;
use crate::text;
use crate::ui::{Button, Card, Figure, KeyValue, KeyValues, Notice, Tone};

/// The totals.
#[component]
pub fn Summary(
    /// The cart.
    state: CartState,
    /// Goes to a line, where the page has them to be edited.
    #[prop(optional)]
    go_to: Option<fn(LineId)>,
) -> impl IntoView {
    let totals = state.totals;
    let total = move || state.money(totals.with(|totals| totals.total));
    let count = move || text!(cart.line_count, count = totals.with(|totals| totals.lines));
    let attention = move || {
        let count = totals.with(|totals| totals.attention);
        (count > 0).then(|| text!(cart.attention, count = count))
    };
    let next = go_to.map(|go_to| {
        let last = StoredValue::new(None::<LineId>);
        let go = move |()| {
            let id = untrack(|| state.next_with_trouble(last.get_value()));
            last.set_value(id);
            id.into_iter().for_each(go_to);
        };
        view! {
            <Show when=move || { totals.with(|totals| totals.attention) > 0 }>
                <Button label=move || text!(cart.attention_next) on_press=go />
            </Show>
        }
    });
    let lead = move || {
        let days = totals.with(|totals| totals.lead_days);
        (days > 0).then(|| text!(cart.delivery, days = days))
    };
    let paying = Memo::new(move |_| {
        let standing = state
            .account
            .state
            .with(|state| state.ready().map(|account| account.standing.clone()))?;
        Some(payment(
            &standing,
            totals.with(|totals| totals.total),
            &state.currency.get(),
        ))
    });
    let finance = move || {
        let words = |text: String, tone: Tone| view! { <Notice tone=tone>{text}</Notice> }.into_any();
        paying.get().map(|payment| match payment {
            Payment::Within(left) => view! {
                <KeyValues>
                    <KeyValue label=move || text!(cart.credit_left)>
                        <Figure text=Signal::derive(move || state.money(left)) />
                    </KeyValue>
                </KeyValues>
            }
            .into_any(),
            Payment::Over(amount) => words(text!(cart.credit_over, amount = state.money(amount)), Tone::Warn),
            Payment::NoCredit => words(text!(cart.credit_none), Tone::Warn),
            Payment::Prepaid(amount) => words(text!(cart.prepaid, amount = state.money(amount)), Tone::Plain),
            Payment::Deposit(amount) => words(text!(cart.deposit, amount = state.money(amount)), Tone::Plain),
        })
    };
    view! {
        <Card title=move || text!(cart.summary)>
            <Promised state=state />
            <p class="cart-total" role="status">
                <span>{move || text!(cart.total)}</span>
                <Figure text=Signal::derive(total) strong=true />
            </p>
            <p><small>{count}</small></p>
            <p class="cart-attention">{attention}</p>
            {next}
            {finance}
            <p><small>{lead}</small></p>
            <Next state=state />
        </Card>
    }
}

/// Why the cart can't be submitted, in words.
pub fn not_ready(reason: NotReady) -> String {
    match reason {
        NotReady::Empty => text!(cart.empty),
        NotReady::Asking => text!(cart.loading),
        NotReady::Attention => text!(cart.not_ready),
        NotReady::DateInPast => text!(cart.wanted_past),
        NotReady::NoAddress => text!(cart.address_none),
        NotReady::Unsettled => text!(cart.changed),
        NotReady::TooManyFiles => text!(cart.files.most, most = MAX_ATTACHMENTS),
    }
}
