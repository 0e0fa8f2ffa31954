//! What became of orders on their way, wherever the person is in the app.

use countersign_domain::id::DraftId;
use countersign_sync::outbox::{Heard, Reason};
use leptos::prelude::*;

use crate::queries::draft::Cart;
use crate::route::{Route, use_navigator, use_route};
use crate::text;
use crate::ui::Toasts;

/// Says what became of entries, and goes on from an entry's page to what it has become.
#[component]
pub fn OutboxNews() -> impl IntoView {
    let cart = expect_context::<Cart>();
    let toasts = expect_context::<Toasts>();
    let here = use_route();
    let navigator = use_navigator();
    let told = StoredValue::new(cart.news().len());
    let tell = move |id: DraftId, heard: Heard| {
        let is_here = here.get_untracked() == Route::OutboxEntry(id);
        match heard {
            Heard::Accepted { order_id, number } => {
                toasts.say(match &number {
                    Some(number) => [text!(cart.submitted), number.clone()].join(" "),
                    None => text!(outbox.already),
                });
                if is_here {
                    navigator.replace(&Route::Order(order_id));
                }
            }
            // Whoever waits for the answer sees at once what it is about.
            Heard::NeedsAttention(Reason::Changed { .. }) if is_here => {
                cart.take_back(id, move |_| navigator.replace(&Route::CartReview));
            }
            Heard::NeedsAttention(_) if !is_here => toasts.warn(text!(outbox.attention)),
            Heard::TakenBack(draft) => {
                toasts.say(text!(outbox.taken_back));
                if is_here {
                    cart.open_draft(draft);
                    navigator.replace(&Route::CartReview);
                }
            }
            Heard::Discarded => toasts.say(text!(outbox.discarded)),
            Heard::NeedsAttention(_) | Heard::Unknown(_) | Heard::Late => {}
        }
    };
    Effect::new(move |_| {
        let news = cart.news();
        let before = told.get_value();
        told.set_value(news.len());
        untrack(|| {
            for (id, heard) in news.into_iter().skip(before) {
                tell(id, heard);
            }
        });
    });
}
