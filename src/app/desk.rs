//! What somebody who is signed in sees: the shell, and the page of the address in it.

use std::time::Duration;

use leptos::prelude::*;

use crate::api::{Api, now};
use crate::app::account_menu::Tools;
use crate::app::leave::{Exit, LeaveDialog};
use crate::app::parts;
use crate::features::auth::SignInForm;
use crate::layout::{ClockNotice, NavItem, Shell, SyncState, UpdateOffer};
use crate::notice_view::Bell;
use crate::queries::Cache;
use crate::queries::ahead::{Ahead, Progress};
use crate::queries::draft::Cart;
use crate::queries::live::keep_current;
use crate::queries::on_behalf::OnBehalf;
use crate::queries::talk::Talk;
use crate::route::{CatalogFilter, OrdersFilter, Route, use_navigator, use_route};
use crate::session::{SessionContext, SessionState};
use crate::text;
use crate::ui::{Button, Dialog, ErrorState, SearchBox};

/// How often the time since the last answer is told again.
const TICK: Duration = Duration::from_secs(20);

#[component]
pub fn Desk(
    session: SessionContext,
    /// The ways of this side.
    ways: fn(SessionContext) -> Signal<Vec<NavItem>>,
    /// The page of this side at an address.
    page: fn(&Route) -> AnyView,
    /// What stands above every page.
    #[prop(optional)]
    notice: Option<AnyView>,
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
    provide_context(Talk::new(api, cache));
    // Staff have a cart only where they order on behalf of a customer, as a distributor does.
    let distributor = use_context::<Cart>().is_some();
    parts::fetch_ahead(distributor);
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
    let exit = Exit::new(session);
    // Whoever comes by while nobody is signed in sees nothing of what is behind the question.
    Effect::new(move |_| lock_screen(!signed_in.get()));
    on_cleanup(|| lock_screen(false));
    view! {
        <Shell
            items=ways(session)
            search=view! { <HeaderSearch distributor=distributor /> }.into_any()
            tools=view! { <Bell /> <Tools session=session exit=exit /> }.into_any()
            sync=sync_state(api, cache)
        >
            {notice}
            <UpdateOffer />
            <ClockNotice is_wrong=api.is_clock_wrong />
            {content}
        </Shell>
        <LeaveDialog exit=exit />
        <SignInAgain session=session exit=exit />
    }
}

/// Takes everything but dialogs out of sight, or brings it back.
fn lock_screen(is_locked: bool) {
    if let Some(root) = document().document_element() {
        // Neither can fail for a fixed, valid name.
        let _ = if is_locked {
            root.set_attribute("data-locked", "")
        } else {
            root.remove_attribute("data-locked")
        };
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

/// Asks the same person to sign in again over the page, which stays as it is.
#[component]
fn SignInAgain(session: SessionContext, exit: Exit) -> impl IntoView {
    let ended = Memo::new(move |_| matches!(session.state.get(), SessionState::Ended(_)));
    let who = move || session.current();
    let name = move || who().map(|who| who.name.clone()).unwrap_or_default();
    view! {
        // Closing it would leave a page that can do nothing: Esc and a press beside it do nothing.
        <Dialog
            open=ended
            on_close=|| ()
            title=move || text!(auth.ended_title)
        >
            <p>{move || text!(auth.ended_lead, name = name())}</p>
            <SignInForm
                session=session
                typed=(who().map(|who| who.login.clone()).unwrap_or_default(), String::new())
                trusted=session.is_trusted
            />
            <Button label=move || text!(auth.ended_leave) on_press=move || exit.abandon() />
        </Dialog>
    }
}

/// What is known about the connection, told again as time passes.
fn sync_state(api: Api, cache: Cache) -> Signal<SyncState> {
    let (cart, behalf) = (use_context::<Cart>(), use_context::<OnBehalf>());
    // Of staff, what waits for any customer, whosever desk is open.
    let pending = move || match behalf {
        Some(behalf) => behalf.pending(),
        None => cart.map(|cart| cart.pending()).unwrap_or_default(),
    };
    let ahead = use_context::<Ahead>();
    let progress = Memo::new(move |_| {
        let Progress { done, all } = ahead?.progress()?;
        Some((done, all))
    });
    let age = Memo::new(move |_| cache.age());
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
        let pending = pending();
        SyncState {
            online: network.get() && api.reachable.get(),
            last,
            waiting: pending.waiting,
            attention: pending.attention,
            age: age.get(),
            progress: progress.get(),
            of_others: behalf.is_some(),
            // An answer since the last tick must not lie in the future.
            now: last.map_or_else(|| time.get(), |last| last.max(time.get())),
        }
    })
}
