//! The lines of the cart, to be edited.

use countersign_domain::id::LineId;
use countersign_domain::quantity::Quantity;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::api::Api;
use crate::features::cart::model::{LineState, Priced};
use crate::features::cart::promotions::Was;
use crate::features::cart::state::CartState;
use crate::i18n::{format, goods, labels, local};
use crate::offline::draft::read_quantity;
use crate::route::Route;
use crate::text;
use crate::ui::{Figure, IconButton, IconName, LateRow, QuantityStepper, Toasts};

/// All lines.
#[component]
pub fn Lines(
    /// The cart.
    state: CartState,
) -> impl IntoView {
    let row = move |id: LineId| line_row(state, id).into_any();
    view! {
        <ul class="cart-lines" aria-label=move || text!(cart.lines)>
            <For each=move || state.ids.get() key=|id| *id children=row />
        </ul>
    }
}

/// Frames in which a row that was scrolled to has its insides, many times over.
const FRAMES: u8 = 60;

/// The id of a line's row.
fn row_id(id: LineId) -> String {
    format!("cart-line-{}", id.0)
}

/// Goes to the quantity of a line, wherever it is: its row may have to come near the screen first to have one.
pub fn go_to(id: LineId) {
    if let Some(row) = document().get_element_by_id(&row_id(id)) {
        row.scroll_into_view();
        focus_quantity(id, FRAMES);
    }
}

fn focus_quantity(id: LineId, frames: u8) {
    let row = document().get_element_by_id(&row_id(id));
    let field = row.and_then(|row| row.query_selector(".cart-quantity input").ok().flatten());
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // Fails only for what is no longer in the page.
        let _ = field.focus();
    } else if let Some(left) = frames.checked_sub(1) {
        request_animation_frame(move || focus_quantity(id, left));
    }
}

/// The id of what takes a line out of the cart.
fn remove_id(id: LineId) -> String {
    format!("cart-remove-{}", id.0)
}

/// Puts the focus on what takes `id` out: whoever takes out several goes on where they are.
fn focus_remove(id: LineId) {
    request_animation_frame(move || {
        let holder = document().get_element_by_id(&remove_id(id));
        let button = holder.and_then(|holder| holder.query_selector("button").ok().flatten());
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // Fails only for what is no longer in the page.
            let _ = button.focus();
        }
    });
}

/// A line, of which only name and SKU code are there until it comes near the screen.
fn line_row(state: CartState, id: LineId) -> Option<AnyView> {
    let line = untrack(|| state.line(id))?;
    let place = untrack(|| state.place_of(id))?;
    let now = Memo::new(move |_| state.state_of(id));
    let item = StoredValue::new(line.item);
    // Somebody may look for either.
    let called = move || item.with_value(|item| format!("{} {}", local(&item.name), item.sku));
    let row = view! {
        <LateRow
            id=row_id(id)
            class="cart-line"
            place=place
            name=Signal::derive(called)
            attention=Signal::derive(move || now.with(|now| now.as_ref().is_some_and(LineState::needs_attention)))
            insides=move || insides(state, id, now).into_any()
        />
    };
    Some(row.into_any())
}

/// What is in a line, or nothing once it is taken out.
fn insides(state: CartState, id: LineId, now: Memo<Option<LineState>>) -> Option<impl IntoView> {
    let api = expect_context::<Api>();
    let toasts = expect_context::<Toasts>();
    // A line that is taken out goes off the page in the same moment.
    let first = state.cart.peek(|kept| kept.draft.line(id).cloned()).flatten()?;
    let item = StoredValue::new(first.item);
    let name = Signal::derive(move || item.with_value(|item| local(&item.name)));
    let unit = Signal::derive(move || item.with_value(|item| local(&item.unit.name)));
    let typed = RwSignal::new(first.typed);
    let rule = move || {
        now.with(|now| {
            now.as_ref()
                .and_then(LineState::offer)
                .map(|offer| offer.variant.rule)
        })
    };
    let quantity = move || read_quantity(&typed.get()).unwrap_or(Quantity::ZERO);
    let up = move || {
        rule()
            .and_then(|rule| rule.next_above(quantity()))
            .map(|next| next.to_string())
    };
    let down = move || {
        rule()
            .and_then(|rule| rule.next_below(quantity()))
            .map(|next| next.to_string())
    };
    let error = move || now.with(|now| now.as_ref().and_then(trouble));
    let nearest = move || {
        now.with(|now| match now {
            Some(LineState::Breach(breach, _)) => [breach.below, breach.above]
                .into_iter()
                .flatten()
                .map(|near| near.to_string())
                .collect(),
            _ => Vec::new(),
        })
    };
    let keep_quantity = move |text: String| {
        state.cart.edit(|draft| {
            if let Some(line) = draft.lines.iter_mut().find(|line| line.id == id) {
                line.typed = text;
            }
            draft.settle_quantity(id);
        });
    };
    let keep_note = move |event| {
        let text = event_target_value(&event);
        state.cart.edit(|draft| {
            if let Some(line) = draft.lines.iter_mut().find(|line| line.id == id) {
                line.note = text;
            }
        });
    };
    let remove = move |()| {
        let place = untrack(|| state.place_of(id)).unwrap_or_default();
        if let Some(undo) = state.cart.remove(id) {
            let left = state.ids.get_untracked();
            // The line that came in its place, else the last one.
            if let Some(next) = left.get(place).or(left.last()) {
                focus_remove(*next);
            }
            toasts.say_with_undo(
                text!(cart.removed, name = name.get_untracked()),
                text!(cart.undo),
                move || state.cart.undo(undo.clone()),
            );
        }
    };
    let picture = move || {
        now.with(|now| {
            now.as_ref()
                .and_then(LineState::offer)
                .and_then(|offer| offer.picture.clone())
        })
    };
    let image = move || {
        picture().map(|path| {
            view! { <img class="cart-picture" src=api.url(&path) alt="" width="48" height="48" loading="lazy" decoding="async" /> }
        })
    };
    let has_note = !first.note.is_empty();
    let note = first.note;
    Some(view! {
        {image}
        <div class="cart-item">
            <a href=item.with_value(|item| Route::Product(item.product_id).to_path())>{move || name.get()}</a>
            <small class="code">{item.with_value(|item| item.sku.clone())}</small>
            <small>{move || pack(&now)}</small>
        </div>
        // What is typed is kept with every key, not only when the typing is over.
        <div class="cart-quantity" on:input=move |event| keep_quantity(event_target_value(&event))>
            <QuantityStepper
                label=Signal::derive(move || text!(cart.quantity, name = name.get(), unit = unit.get()))
                value=typed
                up=Signal::derive(up)
                down=Signal::derive(down)
                up_label=Signal::derive(move || text!(goods.more, name = name.get()))
                down_label=Signal::derive(move || text!(goods.less, name = name.get()))
                nearest=Signal::derive(nearest)
                error=Signal::derive(error)
                unit=unit
                on_commit=keep_quantity
            />
        </div>
        <div class="cart-price">{move || now.with(|now| now.as_ref().and_then(LineState::priced).map(|priced| price(state, priced)))}</div>
        <details class="cart-note" open=has_note>
            <summary aria-label=move || text!(cart.note_named, name = name.get())>{move || text!(cart.note)}</summary>
            <input
                class="input"
                type="text"
                maxlength="200"
                autocomplete="off"
                aria-label=move || text!(cart.note_named, name = name.get())
                prop:value=note
                on:input=keep_note
            />
        </details>
        <div class="cart-remove" id=remove_id(id)>
            <IconButton
                icon=IconName::Close
                label=Signal::derive(move || text!(cart.remove_named, name = name.get()))
                on_press=remove
            />
        </div>
    })
}

fn pack(now: &Memo<Option<LineState>>) -> Option<String> {
    now.with(|now| {
        let offer = now.as_ref().and_then(LineState::offer)?;
        Some(goods::pack(&offer.variant.unit, &offer.variant.base_unit))
    })
}

/// What is wrong with a line, in words.
pub fn trouble(state: &LineState) -> Option<String> {
    match state {
        LineState::Gone => Some(text!(cart.gone)),
        LineState::Unreadable(error, _) => Some(goods::unreadable(*error)),
        LineState::Breach(breach, offer) => Some(goods::breach(breach, &offer.variant.unit)),
        LineState::TooMuch(_) => Some(text!(goods.unreadable.too_large)),
        LineState::Asking | LineState::Priced(_) => None,
    }
}

/// Price, amount and why.
pub fn price(state: CartState, priced: &Priced) -> AnyView {
    let unit = local(&priced.offer.variant.unit.name);
    let reasons = priced.price.reasons.iter().map(|reason| {
        let words = state
            .currency
            .with(|currency| labels::price_reason(reason, currency));
        view! { <li>{words}</li> }
    });
    let reasons = reasons.collect_view();
    let was = (priced.price.unit < priced.base).then(|| {
        view! { <Was price=state.money(priced.base) /> }
    });
    let short = priced.short_of().map(|left| {
        let words = if left.is_zero() {
            text!(cart.stock_none)
        } else {
            text!(
                cart.stock_short,
                quantity = format::quantity_of(left, &priced.offer.variant.base_unit)
            )
        };
        view! { <small class="stock-short">{words}</small> }
    });
    view! {
        <Figure text=state.money(priced.amount) strong=true />
        <details class="why">
            <summary aria-label=text!(cart.why_price)>
                {was}
                <Figure text=state.money(priced.price.unit) />
                " "
                <small>{text!(cart.per_unit, unit = unit)}</small>
            </summary>
            <ul class="reasons">{reasons}</ul>
        </details>
        {short}
    }
    .into_any()
}
