//! The delegations, those that end last first.

use std::sync::Arc;

use countersign_contract::NoContent;
use countersign_contract::delegation::{DelegationShown, Delegations, EndDelegation};
use countersign_domain::delegation::DelegationState;
use leptos::prelude::*;

use crate::i18n::{format, problems};
use crate::queries::{self, Read};
use crate::text;
use crate::ui::{Badge, Button, EmptyState, IconName, Toasts, Tone};

/// All of them.
#[component]
pub fn DelegationList(
    /// What there is.
    all: Memo<Option<Arc<Delegations>>>,
    /// The read behind it.
    read: Read<Delegations>,
) -> impl IntoView {
    let items =
        Memo::new(move |_| all.with(|all| all.as_deref().map(|all| all.items.clone()).unwrap_or_default()));
    let row = move |one: DelegationShown| view! { <DelegationRow one=one read=read /> }.into_any();
    view! {
        <Show
            when=move || items.with(|items| !items.is_empty())
            fallback=|| {
                view! {
                    <EmptyState
                        title=move || text!(delegations.none)
                        hint=move || text!(delegations.none_hint)
                        icon=IconName::Account
                    />
                }
            }
        >
            <ul class="delegation-rows" aria-label=move || text!(delegations.list)>
                <For each=move || items.get() key=|one| (one.id, one.version, one.state as u8) children=row />
            </ul>
        </Show>
    }
}

#[component]
fn DelegationRow(one: DelegationShown, read: Read<Delegations>) -> impl IntoView {
    let pending = queries::change_of::<EndDelegation, _>(read);
    let toasts = expect_context::<Toasts>();
    let DelegationShown {
        id,
        version,
        from,
        to,
        first_day,
        last_day,
        ended_at,
        state,
    } = one;
    let (whose, whom) = (from.name, to.name);
    let who = move || text!(delegations.for_whom, to = whom.clone(), from = whose.clone());
    let days = move || {
        text!(
            delegations.days,
            first = format::date(first_day),
            last = format::date(last_day)
        )
    };
    let ended = move || ended_at.map(|at| text!(delegations.ended, at = format::moment(at)));
    let words = move || match state {
        DelegationState::Planned => text!(delegations.state.planned),
        DelegationState::Running => text!(delegations.state.running),
        DelegationState::Over => text!(delegations.state.over),
    };
    let tone = match state {
        DelegationState::Running => Tone::Accent,
        DelegationState::Planned | DelegationState::Over => Tone::Plain,
    };
    let end = move || {
        pending.send(id, NoContent {}, Some(version), move |_, _| {
            read.retry();
            toasts.say(untrack(|| text!(delegations.is_ended)));
        });
    };
    let button = (state != DelegationState::Over).then(|| {
        view! { <Button label=move || text!(delegations.end) busy=pending.busy on_press=end /> }
    });
    let error = move || pending.error.with(|error| error.as_ref().map(problems::words));
    view! {
        <li>
            <div>
                <b>{who}</b>
                " "
                <Badge text=Signal::derive(words) tone=Signal::stored(tone) />
                <small>{days}</small>
                <small>{ended}</small>
                <p class="form-error" role="alert">{error}</p>
            </div>
            {button}
        </li>
    }
}
