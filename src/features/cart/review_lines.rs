//! The lines of the cart, to be read before they are submitted.

use countersign_domain::id::LineId;
use leptos::prelude::*;

use crate::features::cart::lines::price;
use crate::features::cart::model::LineState;
use crate::features::cart::state::CartState;
use crate::i18n::{format, goods, local};
use crate::layout::keep_place;
use crate::route::Route;
use crate::text;
use crate::ui::{Figure, VisuallyHidden, Windowed};

/// What a line is high as long as none was seen, in pixels.
const EXPECTED: u32 = 84;

/// All lines.
#[component]
pub fn ReviewLines(
    /// The cart.
    state: CartState,
) -> impl IntoView {
    let count = Signal::derive(move || state.ids.with(Vec::len));
    let key = move |number: usize| state.ids.with(|ids| ids.get(number).copied());
    let place_of = move |id: Option<LineId>| state.place_of(id?);
    let row = move |(id, _): (Option<LineId>, Signal<usize>)| id.map(|id| review_line(state, id)).into_any();
    let (on_place, begin) = keep_place(|route| matches!(route, Route::CartReview));
    view! {
        <Windowed
            label=move || text!(cart.lines)
            count=count
            expected=EXPECTED
            key=key
            row=row
            class="cart-lines"
            row_class="cart-row"
            layout="review"
            busy=false
            on_sight=|_| ()
            on_place=on_place
            begin=begin
            place_of=place_of
        />
    }
}

fn review_line(state: CartState, id: LineId) -> AnyView {
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
    let trouble = move || {
        now.with(|now| match now.as_ref()? {
            LineState::Gone => Some(text!(cart.gone)),
            LineState::Unreadable(error, _) => Some(goods::unreadable(*error)),
            LineState::Breach(breach, offer) => Some(goods::breach(breach, &offer.variant.unit)),
            LineState::TooMuch(_) => Some(text!(goods.unreadable.too_large)),
            LineState::Asking | LineState::Priced(_) => None,
        })
    };
    let amount = move || {
        now.with(|now| {
            now.as_ref()
                .and_then(LineState::priced)
                .map(|priced| price(state, priced))
        })
    };
    view! {
        <div class="review-line">
            <div class="cart-item">
                <b>{name}</b>
                <small class="code">{sku}</small>
                <small>{note}</small>
                <p class="field-error">{trouble}</p>
            </div>
            <div>
                <VisuallyHidden text=move || text!(cart.column_quantity) />
                <Figure text=Signal::derive(quantity) />
            </div>
            <div class="cart-price">
                <VisuallyHidden text=move || text!(cart.amount) />
                {amount}
            </div>
        </div>
    }
    .into_any()
}
