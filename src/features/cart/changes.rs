//! What changed since the customer wrote the order, line by line. Nothing is sent until each is settled.

use countersign_contract::submission::SubmissionChange;
use countersign_domain::id::LineId;
use leptos::prelude::*;

use crate::features::cart::promotions::OrderChange;
use crate::features::cart::settling::{key, leave_out, settle, settle_all};
use crate::features::cart::state::CartState;
use crate::i18n::{goods, labels, local};
use crate::offline::draft::DraftLine;
use crate::text;
use crate::ui::{Button, Notice, Tone, Variant};

/// The differences that are not settled yet.
#[component]
pub fn Changes(
    /// The cart.
    state: CartState,
) -> impl IntoView {
    let cart = state.cart;
    let changes = Memo::new(move |_| {
        cart.with(|kept| kept.draft.refused.clone())
            .flatten()
            .unwrap_or_default()
    });
    let some = Memo::new(move |_| changes.with(|changes| !changes.is_empty()));
    // What can be agreed to at once: prices and what is gone. A quantity is the customer's to choose.
    let simple = move || {
        let is_simple = |change: &&SubmissionChange| !matches!(change, SubmissionChange::Quantity { .. });
        changes.with(|changes| changes.iter().filter(is_simple).count())
    };
    let accept_all = move |()| cart.edit(settle_all);
    let row = move |change: SubmissionChange| view! { <ChangeRow state=state change=change /> }.into_any();
    move || {
        some.get().then(|| {
            view! {
                <section class="cart-changes" role="alert" aria-label=move || text!(cart.changed)>
                    <Notice tone=Tone::Warn>
                        <p><b>{move || text!(cart.changed)}</b></p>
                        <p>{move || text!(cart.changed_lead)}</p>
                        <ul><For each=move || changes.get() key=key children=row /></ul>
                        <Show when=move || { simple() > 1 }>
                            <Button label=move || text!(cart.accept_all) variant=Variant::Primary on_press=accept_all />
                        </Show>
                    </Notice>
                </section>
            }
            .into_any()
        })
    }
}

#[component]
fn ChangeRow(state: CartState, change: SubmissionChange) -> impl IntoView {
    let cart = state.cart;
    let (id, about) = key(&change);
    let line: Option<DraftLine> = id.and_then(|id| cart.peek(|kept| kept.draft.line(id).cloned()).flatten());
    let item = StoredValue::new(line.map(|line| line.item));
    let name = move || {
        item.with_value(|item| item.as_ref().map(|item| local(&item.name)))
            .unwrap_or_else(|| text!(promotions.whole_order))
    };
    let remove = move |()| {
        if let Some(id) = id {
            cart.edit(|draft| leave_out(draft, id));
        }
    };
    let agree = move |()| cart.edit(|draft| settle(draft, (id, about)));
    let (words, ways) = match change {
        SubmissionChange::Price {
            seen, now, reasons, ..
        } => {
            let words = move || {
                text!(
                    cart.changed_price,
                    seen = state.money(seen),
                    now = state.money(now)
                )
            };
            let why = move || {
                let reason = |reason| view! { <li>{state.currency.with(|currency| labels::price_reason(&reason, currency))}</li> };
                reasons.clone().into_iter().map(reason).collect_view()
            };
            let words = view! { <p>{words}</p> <ul class="reasons">{why}</ul> }.into_any();
            let spoken = Signal::derive(move || text!(cart.accept_price, name = name()));
            let ways = view! {
                <span role="group" aria-label=move || spoken.get()>
                    <Button label=move || text!(cart.accept) on_press=agree />
                </span>
                <Button label=move || text!(cart.remove_gone) on_press=remove variant=Variant::Quiet />
            };
            (words, ways.into_any())
        }
        SubmissionChange::Unavailable { .. } => {
            let words = view! { <p>{move || text!(cart.changed_gone)}</p> }.into_any();
            (
                words,
                view! { <Button label=move || text!(cart.remove_gone) on_press=remove /> }.into_any(),
            )
        }
        SubmissionChange::Quantity { breach, .. } => {
            let words =
                move || item.with_value(|item| item.as_ref().map(|item| goods::breach(&breach, &item.unit)));
            let near = [breach.below, breach.above].into_iter().flatten().map(|near| {
                let take = move |()| {
                    if let Some(id) = id {
                        take_quantity(state, id, near.to_string());
                    }
                };
                let label = move || text!(cart.take, quantity = near.to_string());
                view! { <Button label=label on_press=take /> }
            });
            let ways = view! {
                {near.collect_view()}
                <Button label=move || text!(cart.remove_gone) on_press=remove variant=Variant::Quiet />
            };
            (view! { <p>{words}</p> }.into_any(), ways.into_any())
        }
        SubmissionChange::Order { seen, now, reasons } => {
            let words = view! { <OrderChange state=state seen=seen now=now reasons=reasons /> }.into_any();
            let ways = view! {
                <Button label=move || text!(promotions.agree_order) on_press=agree />
            };
            (words, ways.into_any())
        }
    };
    view! {
        <li>
            <b>{name}</b>
            {words}
            <div class="cart-answers">{ways}</div>
        </li>
    }
}

fn take_quantity(state: CartState, id: LineId, typed: String) {
    state.cart.edit(|draft| {
        if let Some(line) = draft.lines.iter_mut().find(|line| line.id == id) {
            line.typed = typed;
        }
        draft.settle_quantity(id);
    });
    state.cart.show_anew();
}
