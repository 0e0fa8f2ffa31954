//! The sign-in page, and the form that a session which ended under somebody's hands shows again.

use countersign_contract::endpoint::NoQuery;
use countersign_contract::meta::{DemoAccount, GetMeta};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ApiError;
use crate::features::auth::{FieldErrors, check};
use crate::i18n::{local, problems};
use crate::queries;
use crate::session::SessionContext;
use crate::text;
use crate::ui::Checkbox;

/// The page of whoever is not signed in. `demo`: list the accounts to step into.
#[component]
pub fn SignInPage(
    /// The session to open.
    session: SessionContext,
    /// Whether the deployment is a demo.
    demo: bool,
    /// What was typed before the app was there.
    #[prop(optional)]
    typed: (String, String),
) -> impl IntoView {
    let trusted = RwSignal::new(false);
    view! {
        <main class="sign-in">
            <section class="card">
                <h1>{move || text!(auth.title)}</h1>
                <SignInForm session=session typed=typed trusted=trusted asks_for_trust=true />
            </section>
            {demo.then(|| view! { <DemoAccounts session=session trusted=trusted /> }.into_any())}
        </main>
    }
}

/// Login, password and the button.
#[component]
pub fn SignInForm(
    /// The session to open.
    session: SessionContext,
    /// What was typed before the app was there.
    #[prop(optional)]
    typed: (String, String),
    /// Whether the device is trusted.
    trusted: RwSignal<bool>,
    /// Whether to ask for that.
    #[prop(optional)]
    asks_for_trust: bool,
) -> impl IntoView {
    let login = RwSignal::new(typed.0);
    let password = RwSignal::new(typed.1);
    let missing = RwSignal::new(FieldErrors::default());
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        match check(&login.get_untracked(), &password.get_untracked()) {
            Err(fields) => missing.set(fields),
            Ok(credentials) => {
                missing.set(FieldErrors::default());
                sign_in(session, credentials, trusted.get_untracked(), busy, error);
            }
        }
    };
    view! {
        <form novalidate on:submit=submit>
            <label for="login">{move || text!(auth.login)}</label>
            <input
                id="login"
                name="login"
                type="text"
                autocomplete="username"
                autocapitalize="none"
                spellcheck="false"
                prop:value=login
                on:input=move |event| login.set(event_target_value(&event))
                aria-invalid=move || missing.get().login.to_string()
                aria-describedby="login-error"
            />
            <p class="field-error" id="login-error">{move || missing.get().login.then(|| text!(auth.login_missing))}</p>
            <label for="password">{move || text!(auth.password)}</label>
            <input
                id="password"
                name="password"
                type="password"
                autocomplete="current-password"
                prop:value=password
                on:input=move |event| password.set(event_target_value(&event))
                aria-invalid=move || missing.get().password.to_string()
                aria-describedby="password-error"
            />
            <p class="field-error" id="password-error">
                {move || missing.get().password.then(|| text!(auth.password_missing))}
            </p>
            {asks_for_trust
                .then(|| {
                    view! {
                        <Checkbox
                            label=move || text!(auth.trust)
                            checked=trusted
                            on_change=move |is_trusted: bool| trusted.set(is_trusted)
                        />
                        <small class="sign-in-trust">{move || text!(auth.trust_hint)}</small>
                    }
                        .into_any()
                })}
            <p class="form-error" role="alert">{move || error.get().map(|error| problems::words(&error))}</p>
            <button class="primary" type="submit" aria-disabled=move || busy.get().to_string() aria-busy=move || busy.get().to_string()>
                {move || text!(auth.submit)}
            </button>
        </form>
    }
}

#[component]
fn DemoAccounts(session: SessionContext, trusted: RwSignal<bool>) -> impl IntoView {
    let meta = queries::read::<GetMeta>(|| Some(((), NoQuery {})));
    let accounts = move || {
        meta.state
            .get()
            .ready()
            .map(|meta| meta.demo_accounts.clone())
            .unwrap_or_default()
    };
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let step_in = move |account: DemoAccount| {
        let label = {
            let account = account.clone();
            move || {
                text!(
                    auth.demo_step_in,
                    name = local(&account.name),
                    role = local(&account.role)
                )
            }
        };
        let click = move |_| {
            if let Ok(credentials) = check(&account.login, &account.password) {
                sign_in(session, credentials, trusted.get_untracked(), busy, error);
            }
        };
        view! { <li><button type="button" on:click=click>{label}</button></li> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="demo-title">
            <h2 id="demo-title">{move || text!(auth.demo_title)}</h2>
            <p>{move || text!(auth.demo_lead)}</p>
            <ul class="demo-accounts">
                <For each=accounts key=|account| account.login.clone() children=step_in />
            </ul>
            <p class="form-error" role="alert">{move || error.get().map(|error| problems::words(&error))}</p>
        </section>
    }
}

fn sign_in(
    session: SessionContext,
    credentials: countersign_contract::session::Credentials,
    is_trusted: bool,
    busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    error.set(None);
    spawn_local(async move {
        let outcome = session.sign_in(credentials, is_trusted).await;
        // Signing in takes this form off the page; then there is nobody to tell.
        busy.try_set(false);
        error.try_set(outcome.err());
    });
}
