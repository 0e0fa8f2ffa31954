//! The desk of staff who order on behalf of a customer: a distributor's pages of ordering, with that customer's catalog and
//! prices, and a cart that is for nobody else.

use countersign_contract::account::{CustomerRef, GetAccount};
use countersign_contract::buying::ForCustomer;
use countersign_domain::id::CustomerId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::desk::Desk;
use crate::app::{pages, ways};
use crate::features::outbox::OutboxNews;
use crate::features::quick_order::QuickOrder;
use crate::i18n::{local, problems};
use crate::queries::favourites::Favourites;
use crate::queries::on_behalf::{OnBehalf, Ordering};
use crate::queries::{Remote, read};
use crate::route::{Places, Route, Supply};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{ErrorState, WindowPlace};

/// Opens what is kept on the device for the customer before anything can be put into it, and then the desk.
#[component]
pub fn CustomerDesk(
    session: SessionContext,
    /// Who is ordered for.
    customer: CustomerId,
) -> impl IntoView {
    let behalf = expect_context::<OnBehalf>();
    let Ordering { api, cache, cart, .. } = behalf.of(customer);
    provide_context(api);
    provide_context(cache);
    provide_context(cart);
    // Whatever was read for the customer before may have changed while nobody listened.
    cache.invalidate_all();
    let quick_order = QuickOrder::new(api, cache, session);
    provide_context(quick_order);
    provide_context(Favourites::new(api, cache));
    provide_context(Places::<WindowPlace>::listen());
    let is_open = RwSignal::new(false);
    spawn_local(async move {
        cart.open().await;
        quick_order.restore(cart).await;
        is_open.try_set(true);
    });
    let account = read::<GetAccount>(|| Some(((), ForCustomer::default())));
    // Not derived but an answer that arrives: from now on this device knows the customer by name, and finds what waits for it.
    Effect::watch(
        move || {
            account
                .state
                .with(|state| state.ready().map(|account| account.customer.clone()))
        },
        move |named: &Option<CustomerRef>, _, _| {
            if let Some(named) = named {
                behalf.remember(named);
            }
        },
        true,
    );
    let named = Memo::new(move |_| behalf.name_of(customer));
    let failed = Memo::new(move |_| match account.state.get() {
        Remote::Failed(error) => Some(error),
        Remote::Loading | Remote::Ready(_) => None,
    });
    // Nothing is shown for somebody who can't be named: nobody is to order for they don't know whom.
    let face = Memo::new(move |_| match (named.with(Option::is_some), is_open.get()) {
        (true, true) => Ok(()),
        (true, false) => Err(None),
        (false, _) => Err(failed.get()),
    });
    move || match face.get() {
        Ok(()) => view! {
            <Desk
                session=session
                ways=ways::of_customer
                page=pages::of_customer
                notice=view! { <BehalfBar named=named /> }.into_any()
            />
            <OutboxNews />
        }
        .into_any(),
        Err(None) => view! { <p class="asking" role="status">{move || text!(shell.opening)}</p> }.into_any(),
        Err(Some(error)) => view! {
            <main class="sign-in">
                <ErrorState
                    message=Signal::derive(move || problems::words(&error))
                    retry_label=move || text!(shell.retry)
                    on_retry=move || account.retry()
                />
                <WayOut />
            </main>
        }
        .into_any(),
    }
}

/// For whom is ordered, above every page, and the way out of it.
#[component]
fn BehalfBar(named: Memo<Option<CustomerRef>>) -> impl IntoView {
    let words = move || {
        let CustomerRef { name, code, .. } = named.get()?;
        Some(text!(on_behalf.ordering_for, name = local(&name), code = code))
    };
    view! {
        <section class="behalf-bar" aria-label=move || text!(on_behalf.bar)>
            <p>{words}</p>
            <WayOut />
        </section>
    }
}

#[component]
fn WayOut() -> impl IntoView {
    let out = Route::Supply(Supply::OrderFor { q: String::new() }).to_path();
    view! { <a class="button" data-variant="secondary" href=out>{move || text!(on_behalf.leave)}</a> }
}
