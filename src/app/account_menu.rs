//! The account's menu: language, look, signing out.

use leptos::prelude::*;

use crate::app::Look;
use crate::app::leave::Exit;
use crate::i18n::local;
use crate::layout::{LanguageChoice, ThemeChoice};
use crate::offline::prefs;
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Icon, IconName, Menu, Toasts};

/// Account, language and look.
#[component]
pub(super) fn Tools(session: SessionContext, exit: Exit) -> impl IntoView {
    let look = expect_context::<Look>();
    let shortcuts = expect_context::<crate::ui::Shortcuts>();
    let name = move || session.current().map(|who| who.name.clone()).unwrap_or_default();
    let organisation = move || session.current().map(|who| local(&who.organisation));
    let toasts = expect_context::<Toasts>();
    let trust = move || {
        let is_trusted = !session.is_trusted.get_untracked();
        session.trust(is_trusted);
        toasts.say(if is_trusted {
            text!(shell.trusted)
        } else {
            text!(shell.trusted_no_more)
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
            <button type="button" on:click=move |_| trust()>
                {move || if session.is_trusted.get() { text!(shell.trust_no_more) } else { text!(shell.trust) }}
            </button>
            <button type="button" on:click=move |_| shortcuts.open_help()>
                {move || text!(shell.shortcuts)}
            </button>
            <button type="button" on:click=move |_| exit.begin()>
                <Icon name=IconName::SignOut />
                {move || text!(shell.sign_out)}
            </button>
        </Menu>
    }
}
