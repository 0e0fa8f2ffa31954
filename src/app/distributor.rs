//! The distributor's desk, with what only distributors have: the cart and the outbox.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Api;
use crate::app::desk::Desk;
use crate::app::{pages, ways};
use crate::features::outbox::OutboxNews;
use crate::features::quick_order::QuickOrder;
use crate::queries::ahead::Ahead;
use crate::queries::draft::Cart;
use crate::queries::favourites::Favourites;
use crate::queries::kept::KeptReads;
use crate::queries::{Cache, Shelf};
use crate::route::Places;
use crate::session::{SessionContext, SessionState};
use crate::text;
use crate::ui::WindowPlace;

/// Opens what is kept on the device before anything can be put into it, and then the desk.
#[component]
pub fn DistributorDesk(session: SessionContext) -> impl IntoView {
    let api = expect_context::<Api>();
    let cache = expect_context::<Cache>();
    let cart = Cart::new(api, cache, session, None);
    provide_context(cart);
    let ahead = Ahead::new(api);
    provide_context(ahead);
    let readable = Readable {
        session,
        cart,
        cache,
        ahead,
        kept: StoredValue::new_local(None),
    };
    let quick_order = QuickOrder::new(api, cache, session);
    provide_context(quick_order);
    provide_context(Favourites::new(api, cache));
    provide_context(Places::<WindowPlace>::listen());
    let is_open = RwSignal::new(false);
    spawn_local(async move {
        cart.open().await;
        quick_order.restore(cart).await;
        readable.set().await;
        is_open.try_set(true);
    });
    // Not derived but an event: somebody has thought about the device anew.
    Effect::watch(
        move || session.trust_changes.get(),
        move |_, _, _| spawn_local(readable.set()),
        false,
    );
    on_cleanup(move || cache.keep_nowhere());
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

/// What can be read without a connection on a device that is trusted, and nothing elsewhere.
#[derive(Clone, Copy)]
struct Readable {
    session: SessionContext,
    cart: Cart,
    cache: Cache,
    ahead: Ahead,
    /// What is kept now.
    kept: StoredValue<Option<Rc<KeptReads>>, LocalStorage>,
}

impl Readable {
    /// Begins to keep, or stops and deletes, as the device is trusted now.
    async fn set(self) {
        // Whoever signed out meanwhile has no use for it.
        let Some(store) = self.cart.store() else { return };
        let account = self.session.state.with_untracked(|state| match state {
            SessionState::SignedIn(who) | SessionState::Ended(who) => who.actor.account_id.to_string(),
            SessionState::Asking | SessionState::Unreachable(_) | SessionState::SignedOut => String::new(),
        });
        if self.session.is_trusted.try_get_untracked() == Some(true) {
            let kept = Rc::new(KeptReads::new(store));
            self.kept.try_set_value(Some(Rc::clone(&kept)));
            self.cache.keep_in(Rc::clone(&kept) as Rc<dyn Shelf>);
            self.ahead.fetch_into(kept, &account);
            self.ahead.run();
        } else {
            self.cache.keep_nowhere();
            self.ahead.fetch_nowhere();
            // The device may have been trusted before this app was opened. What can't be deleted now is at the next start.
            let kept = self.kept.try_update_value(Option::take).flatten();
            let _ = kept
                .unwrap_or_else(|| Rc::new(KeptReads::new(store)))
                .close()
                .await;
        }
    }
}
