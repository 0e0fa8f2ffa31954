//! What became of the last attempt to submit, and whether the cart is kept.

use countersign_contract::ProblemKind;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::cart::state::CartState;
use crate::i18n::problems;
use crate::queries::draft::{Attempt, Cart, Keeping as KeepingState, Ordered};
use crate::route::{Route, use_navigator};
use crate::text;
use crate::ui::{Button, Notice, Toasts, Tone, Variant};

/// What to do once a draft has become an order: say so, and open it while its page is still the cart's.
pub fn open_order() -> impl Fn(Ordered) + Clone + 'static {
    let navigator = use_navigator();
    let toasts = expect_context::<Toasts>();
    let is_here = StoredValue::new(());
    move |ordered: Ordered| {
        toasts.say(match &ordered.number {
            Some(number) => [text!(cart.submitted), number.clone()].join(" "),
            None => text!(cart.already),
        });
        // Somebody who went on to another page meanwhile stays there.
        if is_here.try_get_value().is_some() {
            navigator.go(&Route::Order(ordered.order_id));
        }
    }
}

/// Whether the device has the cart.
#[component]
pub fn Keeping(
    /// The cart.
    cart: Cart,
) -> impl IntoView {
    let keeping = Memo::new(move |_| cart.with(|kept| kept.keeping));
    let is_empty = Memo::new(move |_| cart.line_count() == 0);
    move || match keeping.get()? {
        KeepingState::Kept if is_empty.get() => None,
        KeepingState::Kept => Some(view! { <small class="cart-kept">{text!(cart.saved)}</small> }.into_any()),
        KeepingState::KeptBesideOld => {
            Some(view! { <Notice tone=Tone::Warn>{move || text!(cart.set_aside)}</Notice> }.into_any())
        }
        KeepingState::Refused => {
            Some(view! { <Notice tone=Tone::Bad>{move || text!(cart.not_saved)}</Notice> }.into_any())
        }
    }
}

/// What became of the last attempt; nothing where there was none.
#[component]
pub fn Answer(
    /// The cart.
    state: CartState,
) -> impl IntoView {
    let cart = state.cart;
    let attempt = Memo::new(move |_| cart.with(|kept| kept.attempt.clone()).unwrap_or(Attempt::None));
    let is_sending = Memo::new(move |_| state.is_sending());
    let then = open_order();
    move || {
        let then = then.clone();
        match (is_sending.get(), attempt.get()) {
            (false, Attempt::Refused(error)) => Some(view! { <Refused cart=cart error=error /> }.into_any()),
            (false, _) => None,
            (true, Attempt::Sending) => Some(
                view! {
                    <div role="status">
                        <Notice><p>{move || text!(cart.submitting)}</p><p><small>{move || text!(cart.sending_lead)}</small></p></Notice>
                    </div>
                }
                .into_any(),
            ),
            (true, attempt) => Some(view! { <Unknown cart=cart attempt=attempt then=then /> }.into_any()),
        }
    }
}

/// Whether it arrived is not known: the same bytes may go out again, or it is taken back.
#[component]
fn Unknown(cart: Cart, attempt: Attempt, then: impl Fn(Ordered) + Clone + 'static) -> impl IntoView {
    let why = move || match &attempt {
        Attempt::Unknown(error) => Some(problems::words(error)),
        Attempt::NotTakenBack(error) => Some([text!(cart.not_taken_back), problems::words(error)].join(" ")),
        Attempt::None | Attempt::Sending | Attempt::Refused(_) => None,
    };
    let then = StoredValue::new_local(then);
    let again = move |()| then.with_value(|then| cart.send(then.clone()));
    let take_back = move |()| then.with_value(|then| cart.take_back(then.clone()));
    view! {
        <div role="alert">
            <Notice tone=Tone::Warn>
                <p><b>{move || text!(cart.unknown)}</b></p>
                <p>{why}</p>
                <p>{move || text!(cart.unknown_lead)}</p>
                <div class="cart-answers">
                    <Button label=move || text!(cart.again) variant=Variant::Primary on_press=again />
                    <Button label=move || text!(cart.take_back) on_press=take_back />
                </div>
            </Notice>
        </div>
    }
}

#[component]
fn Refused(cart: Cart, error: ApiError) -> impl IntoView {
    let navigator = use_navigator();
    let way_on = match error.kind() {
        // The differences are listed below.
        Some(ProblemKind::SubmissionChanged { .. }) => return ().into_any(),
        Some(ProblemKind::AlreadyOrdered { order_id }) => {
            let order = Route::Order(*order_id);
            let leave = move |()| {
                cart.finish();
                navigator.go(&order);
            };
            view! { <Button label=move || text!(cart.open_order) variant=Variant::Primary on_press=leave /> }
                .into_any()
        }
        Some(ProblemKind::DraftWithdrawn) => view! {
            <Button label=move || text!(cart.copy) variant=Variant::Primary on_press=move |()| cart.renew() />
        }
        .into_any(),
        _ => ().into_any(),
    };
    let of = error.clone();
    let lead = move || match of.kind() {
        Some(ProblemKind::AlreadyOrdered { .. }) => text!(cart.already),
        Some(ProblemKind::DraftWithdrawn) => text!(cart.withdrawn),
        _ => text!(cart.refused),
    };
    view! {
        <div role="alert">
            <Notice tone=Tone::Bad>
                <p><b>{lead}</b></p>
                <p>{move || problems::words(&error)}</p>
                <div class="cart-answers">{way_on}</div>
            </Notice>
        </div>
    }
    .into_any()
}
