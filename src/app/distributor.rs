//! The distributor's desk, with what only distributors have: the cart and the outbox.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Api;
use crate::app::desk::Desk;
use crate::app::{pages, ways};
use crate::features::outbox::OutboxNews;
use crate::queries::Cache;
use crate::queries::draft::Cart;
use crate::session::SessionContext;
use crate::text;

/// Opens what is kept on the device before anything can be put into it, and then the desk.
#[component]
pub fn DistributorDesk(session: SessionContext) -> impl IntoView {
    let cart = Cart::new(expect_context::<Api>(), expect_context::<Cache>(), session);
    provide_context(cart);
    let is_open = RwSignal::new(false);
    spawn_local(async move {
        cart.open().await;
        // Whoever signed out meanwhile has no use for it.
        is_open.try_set(true);
    });
    move || {
        if is_open.get() {
            view! {
                <Desk session=session ways=ways::of_distributor page=pages::of_distributor />
                <OutboxNews />
            }
            .into_any()
        } else {
            view! { <p class="asking" role="status">{move || text!(shell.opening)}</p> }.into_any()
        }
    }
}
