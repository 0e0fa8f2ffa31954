//! The app as a whole: its settings, who is signed in, and what is shown for that.

use countersign_contract::session::Session;
use countersign_domain::text::Language;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::api::{Api, ApiError, Config, load_config};
use crate::features::auth::{SignInForm, SignInPage};
use crate::i18n::{language, problems, set_language, tag};
use crate::offline::prefs::{self, Theme};
use crate::queries::Cache;
use crate::session::{SessionContext, SessionState};
use crate::text;

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
        Ok(config) => view! { <Desk config=config typed=typed /> }.into_any(),
        Err(_) => {
            view! { <main class="sign-in"><p role="alert">{move || text!(shell.config_broken)}</p></main> }
                .into_any()
        }
    }
}

#[component]
fn Desk(config: Config, typed: (String, String)) -> impl IntoView {
    let api = Api::new(&config);
    provide_context(api);
    provide_context(Cache::new(api));
    let session = SessionContext::new(api);
    spawn_local(session.ask());
    let brand = config.brand.name.clone();
    let demo = config.demo;
    // What is on screen depends on the kind of the state; a session that ended keeps its page.
    let screen = move || match session.state.get() {
        SessionState::Asking => {
            view! { <p class="asking" role="status">{move || text!(auth.asking)}</p> }.into_any()
        }
        SessionState::Unreachable(error) => view! { <Unreachable session=session error=error /> }.into_any(),
        SessionState::SignedOut => {
            view! { <SignInPage session=session demo=demo typed=typed.clone() /> }.into_any()
        }
        SessionState::SignedIn(who) => {
            view! { <SignedIn session=session who=who.as_ref().clone() /> }.into_any()
        }
        SessionState::Ended(who) => view! { <Ended session=session who=who.as_ref().clone() /> }.into_any(),
    };
    view! {
        <header class="bar">
            <span class="brand">{brand}</span>
            <LanguageChoice />
            <ThemeChoice />
        </header>
        {screen}
    }
}

#[component]
fn Unreachable(session: SessionContext, error: ApiError) -> impl IntoView {
    let retry = move |_| {
        session.state.set(SessionState::Asking);
        spawn_local(session.ask());
    };
    view! {
        <main class="sign-in">
            <section class="card" role="alert">
                <h1>{move || text!(auth.unreachable_title)}</h1>
                <p>{move || problems::words(&error)}</p>
                <button class="primary" type="button" on:click=retry>{move || text!(shell.retry)}</button>
            </section>
        </main>
    }
}

#[component]
fn SignedIn(session: SessionContext, who: Session) -> impl IntoView {
    let error = RwSignal::new(None::<ApiError>);
    let sign_out = move |_| {
        spawn_local(async move {
            if let Err(failure) = session.sign_out().await {
                error.try_set(Some(failure));
            }
        });
    };
    view! {
        <main class="sign-in">
            <section class="card">
                <h1>{move || text!(shell.signed_in, name = who.name.clone())}</h1>
                <p class="form-error" role="alert">{move || error.get().map(|error| problems::words(&error))}</p>
                <button type="button" on:click=sign_out>{move || text!(shell.sign_out)}</button>
            </section>
        </main>
    }
}

#[component]
fn Ended(session: SessionContext, who: Session) -> impl IntoView {
    let name = who.name.clone();
    let leave = move |_| session.state.set(SessionState::SignedOut);
    view! {
        <main class="sign-in">
            <section class="card">
                <h1>{move || text!(auth.ended_title)}</h1>
                <p>{move || text!(auth.ended_lead, name = name.clone())}</p>
                <SignInForm session=session typed=(who.login.clone(), String::new()) />
                <button type="button" on:click=leave>{move || text!(auth.ended_leave)}</button>
            </section>
        </main>
    }
}

#[component]
fn LanguageChoice() -> impl IntoView {
    let button = |choice: Language, name: &'static str| {
        let choose = move |_| {
            set_language(choice);
            prefs::save_language(tag(choice));
        };
        let pressed = move || (language() == choice).to_string();
        view! { <button type="button" lang=tag(choice) aria-pressed=pressed on:click=choose>{name}</button> }
    };
    view! {
        <div role="group" aria-label=move || text!(shell.language)>
            {button(Language::ZhCn, "中文")} {button(Language::En, "English")}
        </div>
    }
}

#[component]
fn ThemeChoice() -> impl IntoView {
    let chosen = RwSignal::new(prefs::theme());
    let button = move |theme: Theme| {
        let choose = move |_| {
            chosen.set(theme);
            prefs::save_theme(theme);
        };
        let name = move || match theme {
            Theme::System => text!(shell.theme_system),
            Theme::Light => text!(shell.theme_light),
            Theme::Dark => text!(shell.theme_dark),
        };
        let pressed = move || (chosen.get() == theme).to_string();
        view! { <button type="button" aria-pressed=pressed on:click=choose>{name}</button> }
    };
    view! {
        <div role="group" aria-label=move || text!(shell.theme)>{Theme::ALL.map(button).collect_view()}</div>
    }
}
