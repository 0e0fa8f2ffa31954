//! The app as a whole: its settings, who is signed in, and what is shown for that.

mod account_menu;
mod customer;
mod desk;
mod distributor;
mod leave;
mod pages;
mod parts;
mod sides;
mod supplier;
mod ways;

use std::time::Duration;

use countersign_domain::id::{AccountId, CustomerId};
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::api::{Api, ApiError, Config, load_config};
use crate::app::sides::NotFetched;
use crate::features::auth::SignInPage;
use crate::i18n::{problems, set_language};
use crate::layout::{Brand, LanguageChoice, ThemeChoice, UpdateOffer, use_title};
use crate::offline::prefs::{self, KeptSide, Theme};
use crate::queries::Cache;
use crate::route::{Route, complete_navigation, use_navigator};
use crate::session::{SessionContext, SessionState};
use crate::text;
use crate::ui::{Button, ErrorState, Shortcuts, Toasts, Variant};

/// Reads the deployment's settings and mounts the app in place of what `index.html` drew.
pub fn start() {
    set_language(prefs::language());
    // Not leptos' own: its executor is there only once something is mounted.
    wasm_bindgen_futures::spawn_local(async {
        let config = load_config().await;
        let typed = (typed_before("boot-login"), typed_before("boot-password"));
        if let Some(boot) = document().get_element_by_id("boot") {
            boot.remove();
        }
        mount_to_body(move || view! { <App config=config typed=typed /> });
        if let Some(root) = document().document_element() {
            // What `public/boot.js` waits for. It can't fail for a fixed, valid name.
            let _ = root.set_attribute("data-boot", "mounted");
        }
    });
}

/// What a person typed into the form that was there before the app.
fn typed_before(id: &str) -> String {
    let input = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    input.map(|input| input.value()).unwrap_or_default()
}

/// Everything.
#[component]
pub fn App(
    /// The deployment's settings, or why they can't be read.
    config: Result<Config, ApiError>,
    /// What was typed before the app was there.
    #[prop(optional)]
    typed: (String, String),
) -> impl IntoView {
    match config {
        Ok(config) => view! { <Frontdoor config=config typed=typed /> }.into_any(),
        Err(error) => view! { <NoSettings error=error /> }.into_any(),
    }
}

/// What is there while the deployment's settings are not: nothing else can be shown or asked.
#[component]
fn NoSettings(error: ApiError) -> impl IntoView {
    let words = move || match error {
        ApiError::Unreachable => text!(shell.config_unreachable),
        ApiError::NotOurs | ApiError::Problem(_) => text!(shell.config_broken),
    };
    let reload = || {
        // The browser may refuse, and then the page stays as it is.
        let _ = location().reload();
    };
    view! {
        <main class="sign-in">
            <section class="card" role="alert">
                <p>{words}</p>
                <Button label=move || text!(shell.retry) variant=Variant::Primary on_press=reload />
            </section>
        </main>
    }
}

/// What is on the screen. A session that ends keeps its desk, so that nothing typed is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Screen {
    Asking,
    Unreachable(ApiError),
    SignIn,
    Desk(AccountId),
}

#[component]
fn Frontdoor(config: Config, typed: (String, String)) -> impl IntoView {
    let api = Api::new(&config);
    let cache = Cache::new(api);
    let session = SessionContext::new(api);
    provide_context(api);
    provide_context(cache);
    provide_context(session);
    provide_context(Brand::new(config.brand.name.clone()));
    provide_context(Toasts::new());
    provide_context(Shortcuts::new());
    provide_context(Look::new());
    let kept = prefs::side();
    if let Some(side) = kept {
        // Who was signed in last time most likely is: their pages are on the way before the server has said so.
        spawn_local(sides::fetch_ahead(side == KeptSide::Distributor));
    }
    spawn_local(session.ask());
    Effect::new(move |_| keep_side(session));
    let screen = Memo::new(move |_| match session.state.get() {
        _ if session.is_closing.get() => Screen::Asking,
        SessionState::Asking => Screen::Asking,
        SessionState::Unreachable(error) => Screen::Unreachable(error),
        SessionState::SignedOut => Screen::SignIn,
        SessionState::SignedIn(who) | SessionState::Ended(who) => Screen::Desk(who.actor.account_id),
    });
    let demo = config.demo;
    let view = move || match screen.get() {
        Screen::Asking => {
            view! { <p class="asking" role="status">{move || text!(auth.asking)}</p> }.into_any()
        }
        Screen::Unreachable(error) => view! { <Unreachable session=session error=error /> }.into_any(),
        Screen::SignIn => {
            view! { <SignIn session=session demo=demo typed=typed.clone() kept=kept /> }.into_any()
        }
        // Another account is another desk: nothing of the one before stays on the screen.
        Screen::Desk(_) => view! { <DeskWhenHere session=session /> }.into_any(),
    };
    view! { <Router><Doorkeeper session=session />{view}</Router> }
}

/// Whoever signs in after somebody has signed out begins at the beginning, not where that one was.
#[component]
fn Doorkeeper(session: SessionContext) -> impl IntoView {
    let navigator = use_navigator();
    complete_navigation();
    Effect::watch(
        move || session.sign_outs.get(),
        move |_, _, _| navigator.replace(&Route::Home),
        false,
    );
}

/// Remembers for the next start which side is signed in here. A session that ended is that of somebody who is about to
/// sign in again.
fn keep_side(session: SessionContext) {
    match session.state.get() {
        SessionState::SignedIn(_) if session.is_distributor() => {
            prefs::save_side(Some(KeptSide::Distributor))
        }
        SessionState::SignedIn(_) => prefs::save_side(Some(KeptSide::Supplier)),
        SessionState::SignedOut => prefs::save_side(None),
        SessionState::Asking | SessionState::Unreachable(_) | SessionState::Ended(_) => {}
    }
}

/// How long after the sign-in form the pages behind it are fetched ahead: the form comes first. Not every browser tells
/// when it is idle.
const FETCH_AHEAD: Duration = Duration::from_millis(300);

/// The desk of a side, once that part of the app is here.
#[component]
fn DeskWhenHere(
    session: SessionContext,
    /// The customer on whose behalf staff order, with the distributor's part.
    #[prop(optional)]
    customer: Option<CustomerId>,
) -> impl IntoView {
    let distributor = customer.is_some() || untrack(|| session.is_distributor());
    let fetched = RwSignal::new(None);
    let fetch = move || {
        fetched.set(None);
        spawn_local(async move {
            // Whoever signed out meanwhile has no use for it.
            fetched.try_set(Some(sides::fetch(distributor).await));
        });
    };
    fetch();
    move || match fetched.get() {
        None => view! { <p class="asking" role="status">{move || text!(shell.opening)}</p> }.into_any(),
        Some(Ok(build)) => build(session, customer),
        Some(Err(NotFetched)) => view! {
            <FrontBar />
            <main class="sign-in">
                <ErrorState
                    message=move || text!(shell.not_fetched)
                    retry_label=move || text!(shell.retry)
                    on_retry=fetch
                />
            </main>
        }
        .into_any(),
    }
}

#[component]
fn SignIn(
    session: SessionContext,
    demo: bool,
    typed: (String, String),
    /// The side that was signed in when the app was last open.
    kept: Option<KeptSide>,
) -> impl IntoView {
    // Whoever signs in next gets nothing that was read for somebody else.
    let cache = expect_context::<Cache>();
    cache.clear();
    cache.keep_nowhere();
    use_title(|| text!(auth.title));
    // Most who sign in are distributors, where nothing is known of who was here.
    let is_distributor = kept != Some(KeptSide::Supplier);
    set_timeout(
        move || spawn_local(sides::fetch_ahead(is_distributor)),
        FETCH_AHEAD,
    );
    view! {
        <FrontBar />
        <UpdateOffer />
        <SignInPage session=session demo=demo typed=typed />
    }
}

#[component]
fn Unreachable(session: SessionContext, error: ApiError) -> impl IntoView {
    use_title(|| text!(auth.unreachable_title));
    let retry = move || {
        session.state.set(SessionState::Asking);
        spawn_local(session.ask());
    };
    view! {
        <FrontBar />
        <main class="sign-in">
            <section class="card" role="alert">
                <h1>{move || text!(auth.unreachable_title)}</h1>
                <p>{move || problems::words(&error)}</p>
                <Button label=move || text!(shell.retry) variant=Variant::Primary on_press=retry />
            </section>
        </main>
    }
}

/// Brand, language and look, where there is no shell.
#[component]
fn FrontBar() -> impl IntoView {
    let brand = expect_context::<Brand>();
    let look = expect_context::<Look>();
    view! {
        <header class="bar">
            <span class="brand">{brand.name()}</span>
            <LanguageChoice on_choose=prefs::save_language />
            <ThemeChoice selected=move || look.name() on_choose=move |name: String| look.choose(&name) />
        </header>
    }
}

/// The look that is on, provided at the root.
#[derive(Clone, Copy)]
struct Look(RwSignal<Theme>);

impl Look {
    fn new() -> Self {
        Self(RwSignal::new(prefs::theme()))
    }

    fn name(self) -> String {
        self.0.get().name().to_owned()
    }

    fn choose(self, name: &str) {
        if let Some(theme) = Theme::ALL.into_iter().find(|theme| theme.name() == name) {
            self.0.set(theme);
            prefs::save_theme(theme);
        }
    }
}
