//! What somebody who is signed in sees: the shell, and the page of the address in it.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, now};
use crate::app::Look;
use crate::features::auth::SignInForm;
use crate::i18n::{local, problems};
use crate::layout::{LanguageChoice, NavItem, Shell, SyncState, ThemeChoice, UpdateOffer};
use crate::offline::prefs;
use crate::queries::Cache;
use crate::queries::draft::Cart;
use crate::queries::live::keep_current;
use crate::route::{CatalogFilter, OrdersFilter, Route, complete_navigation, use_navigator, use_route};
use crate::session::{SessionContext, SessionState};
use crate::text;
use crate::ui::{Button, Dialog, ErrorState, Icon, IconName, Menu, SearchBox, Toasts};

/// How often the time since the last answer is told again.
const TICK: Duration = Duration::from_secs(20);

#[component]
pub fn Desk(
    session: SessionContext,
    /// The ways of this side.
    ways: fn(SessionContext) -> Signal<Vec<NavItem>>,
    /// The page of this side at an address.
    page: fn(&Route) -> AnyView,
) -> impl IntoView {
    let api = expect_context::<Api>();
    let cache = expect_context::<Cache>();
    // A browser does not try a stream again that was refused when the session ended: signing in again opens another.
    let signed_in = Memo::new(move |_| matches!(session.state.get(), SessionState::SignedIn(_)));
    Effect::new(move |_| {
        if signed_in.get() {
            keep_current(api, cache);
        }
    });
    complete_navigation();
    let distributor = session.is_distributor();
    let here = use_route();
    // A page is built anew when it is another page, not when its filter or its open item changes.
    let shown = Memo::new(move |before: Option<&Route>| {
        let now = here.get();
        before
            .filter(|before| before.is_same_page(&now))
            .cloned()
            .unwrap_or(now)
    });
    let content = move || {
        let route = shown.get();
        view! { <ErrorBoundary fallback=|_| view! { <PageFailed /> }.into_any()>{page(&route)}</ErrorBoundary> }
            .into_any()
    };
    view! {
        <Shell
            items=ways(session)
            search=view! { <HeaderSearch distributor=distributor /> }.into_any()
            tools=view! { <Tools session=session /> }.into_any()
            sync=sync_state(api, use_context::<Cart>())
        >
            <UpdateOffer />
            {content}
        </Shell>
        <SignInAgain session=session />
    }
}

#[component]
fn PageFailed() -> impl IntoView {
    let reload = || {
        // The browser may refuse, and then the page stays as it is.
        let _ = location().reload();
    };
    view! {
        <ErrorState message=move || text!(shell.page_failed) retry_label=move || text!(shell.retry) on_retry=reload />
    }
}

/// The search of the header: products for a distributor, orders for staff.
#[component]
fn HeaderSearch(distributor: bool) -> impl IntoView {
    let here = use_route();
    let navigator = use_navigator();
    let words = move || match here.get() {
        Route::Catalog(filter) if distributor => filter.q,
        Route::Orders(filter) if !distributor => filter.q,
        _ => String::new(),
    };
    let search = move |q: String| {
        // Words on the list itself narrow it as it is; from anywhere else they open it.
        match here.get_untracked() {
            Route::Catalog(filter) if distributor => {
                navigator.replace(&Route::Catalog(CatalogFilter { q, ..filter }));
            }
            Route::Orders(filter) if !distributor => {
                navigator.replace(&Route::Orders(OrdersFilter { q, ..filter }));
            }
            _ if q.trim().is_empty() => {}
            _ if distributor => navigator.go(&Route::Catalog(CatalogFilter {
                q,
                ..CatalogFilter::default()
            })),
            _ => navigator.go(&Route::Orders(OrdersFilter {
                q,
                ..OrdersFilter::default()
            })),
        }
    };
    let label = move || {
        if distributor {
            text!(shell.search_products)
        } else {
            text!(shell.search_orders)
        }
    };
    view! { <SearchBox label=label value=words on_search=search hotkey=true /> }
}

/// Account, language and look.
#[component]
fn Tools(session: SessionContext) -> impl IntoView {
    let look = expect_context::<Look>();
    let toasts = expect_context::<Toasts>();
    let shortcuts = expect_context::<crate::ui::Shortcuts>();
    let navigator = use_navigator();
    let name = move || session.current().map(|who| who.name.clone()).unwrap_or_default();
    let organisation = move || session.current().map(|who| local(&who.organisation));
    let sign_out = move |_| {
        spawn_local(async move {
            match session.sign_out().await {
                Ok(()) => navigator.replace(&Route::Home),
                Err(error) => toasts.warn(text!(shell.sign_out_failed, reason = problems::words(&error))),
            }
        });
    };
    view! {
        <Menu label=name icon=IconName::Account>
            <p class="shell-who">{name} <small>{organisation}</small></p>
            <div class="shell-choice">
                <p aria-hidden="true">{move || text!(shell.language)}</p>
                <LanguageChoice on_choose=prefs::save_language />
            </div>
            <div class="shell-choice">
                <p aria-hidden="true">{move || text!(shell.theme)}</p>
                <ThemeChoice selected=move || look.name() on_choose=move |name: String| look.choose(&name) />
            </div>
            <button type="button" on:click=move |_| shortcuts.open_help()>
                {move || text!(shell.shortcuts)}
            </button>
            <button type="button" on:click=sign_out>
                <Icon name=IconName::SignOut />
                {move || text!(shell.sign_out)}
            </button>
        </Menu>
    }
}

/// Asks the same person to sign in again over the page, which stays as it is.
#[component]
fn SignInAgain(session: SessionContext) -> impl IntoView {
    let ended = Memo::new(move |_| matches!(session.state.get(), SessionState::Ended(_)));
    let who = move || session.current();
    let name = move || who().map(|who| who.name.clone()).unwrap_or_default();
    let leave = move || session.state.set(SessionState::SignedOut);
    view! {
        // Closing it would leave a page that can do nothing: Esc and a press beside it do nothing.
        <Dialog
            open=ended
            on_close=|| ()
            title=move || text!(auth.ended_title)
        >
            <p>{move || text!(auth.ended_lead, name = name())}</p>
            <SignInForm session=session typed=(who().map(|who| who.login.clone()).unwrap_or_default(), String::new()) />
            <Button label=move || text!(auth.ended_leave) on_press=leave />
        </Dialog>
    }
}

/// What is known about the connection, told again as time passes.
fn sync_state(api: Api, cart: Option<Cart>) -> Signal<SyncState> {
    let time = RwSignal::new(now());
    let network = RwSignal::new(window().navigator().on_line());
    let tick = set_interval_with_handle(move || time.set(now()), TICK);
    let on = window_event_listener(leptos::ev::online, move |_| network.set(true));
    let off = window_event_listener(leptos::ev::offline, move |_| network.set(false));
    on_cleanup(move || {
        on.remove();
        off.remove();
        if let Ok(tick) = tick {
            tick.clear();
        }
    });
    Signal::derive(move || {
        let last = api.last_contact.get();
        SyncState {
            online: network.get() && api.reachable.get(),
            last,
            waiting: cart.map(|cart| cart.waiting()).unwrap_or_default(),
            // An answer since the last tick must not lie in the future.
            now: last.map_or_else(|| time.get(), |last| last.max(time.get())),
        }
    })
}
