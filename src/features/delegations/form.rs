//! Handing queues over: whose, to whom, from which day to which.

use std::sync::Arc;

use countersign_contract::delegation::{AddDelegation, Delegations, StaffRef};
use countersign_domain::delegation::DelegationFault;
use countersign_domain::id::{AccountId, DelegationId};
use countersign_domain::permission::Permission;
use leptos::prelude::*;
use uuid::Uuid;

use crate::features::delegations::model::{Fault, Typed, Wrong};
use crate::i18n::{local, problems};
use crate::order_view::input::error_words;
use crate::queries::{self, Read};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Button, Choice, InputKind, SelectField, TextField, Toasts, Variant};

/// The form.
#[component]
pub fn HandOverForm(
    /// Who is on the staff.
    all: Memo<Option<Arc<Delegations>>>,
    /// The read behind it.
    read: Read<Delegations>,
) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let toasts = expect_context::<Toasts>();
    let pending = queries::change::<AddDelegation>();
    // Another account gets another desk: who is signed in does not change while this page is there.
    let who = untrack(|| session.current());
    let own = who.as_ref().map(|who| who.actor.account_id);
    let sets = who.is_some_and(|who| who.actor.holds(Permission::SettingsManage));
    let today = all.with_untracked(|all| all.as_deref().map(|all| all.today.to_string()));
    let from = RwSignal::new(own.map(|id| id.to_string()).unwrap_or_default());
    let to = RwSignal::new(String::new());
    let first_day = RwSignal::new(today.clone().unwrap_or_default());
    let last_day = RwSignal::new(today.unwrap_or_default());
    let wrong = RwSignal::new(Wrong::default());
    // One id for what is being typed, however often it is sent.
    let id = StoredValue::new(DelegationId(Uuid::new_v4()));
    let people = move |leaves_out: Option<AccountId>| {
        all.with(|all| {
            let staff = all.as_deref().map(|all| all.staff.as_slice()).unwrap_or_default();
            let others = staff.iter().filter(|one| Some(one.id) != leaves_out);
            others.map(person).collect::<Vec<_>>()
        })
    };
    let owners = move || people(None);
    let colleagues = move || {
        let nobody = Choice::new("", text!(delegations.choose));
        std::iter::once(nobody)
            .chain(people(from.with(|from| from.parse().ok())))
            .collect::<Vec<_>>()
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Ok(owner), Some(today)) = (
            from.with_untracked(|from| from.parse()),
            all.with_untracked(|all| all.as_deref().map(|all| all.today)),
        ) else {
            return;
        };
        let typed = Typed {
            from: owner,
            to: to.get_untracked(),
            first_day: first_day.get_untracked(),
            last_day: last_day.get_untracked(),
        };
        let asked = typed.read(id.get_value(), today);
        wrong.set(asked.clone().err().unwrap_or_default());
        let Ok(body) = asked else { return };
        pending.send((), body, None, move |shown, _| {
            // The page may be gone by now.
            id.try_set_value(DelegationId(Uuid::new_v4()));
            to.try_set(String::new());
            read.retry();
            toasts.say(untrack(|| text!(delegations.handed_over, name = shown.to.name)));
        });
    };
    let fault = move |of: fn(&Wrong) -> Option<&Fault>| {
        Signal::derive(move || wrong.with(|wrong| of(wrong).map(fault_words)))
    };
    let error = move || pending.error.with(|error| error.as_ref().map(problems::words));
    view! {
        <form class="delegation-form" novalidate on:submit=submit>
            <p>{move || text!(delegations.about)}</p>
            <div class="delegation-fields">
                {sets
                    .then(|| {
                        view! {
                            <SelectField
                                label=move || text!(delegations.from)
                                options=Signal::derive(owners)
                                selected=from
                                on_select=move |id: String| from.set(id)
                            />
                        }
                    })}
                <SelectField
                    label=move || text!(delegations.to)
                    options=Signal::derive(colleagues)
                    selected=to
                    error=fault(|wrong| wrong.to.as_ref())
                    on_select=move |id: String| to.set(id)
                />
                <TextField
                    label=move || text!(delegations.first_day)
                    value=first_day
                    kind=InputKind::Date
                    error=fault(|wrong| wrong.first_day.as_ref())
                />
                <TextField
                    label=move || text!(delegations.last_day)
                    hint=move || text!(delegations.last_day_hint)
                    value=last_day
                    kind=InputKind::Date
                    error=fault(|wrong| wrong.last_day.as_ref())
                />
            </div>
            <p class="form-error" role="alert">{error}</p>
            <Button
                label=move || text!(delegations.hand_over)
                variant=Variant::Primary
                submit=true
                busy=pending.busy
            />
        </form>
    }
}

/// Somebody on the staff, by name and roles.
fn person(one: &StaffRef) -> Choice {
    let roles = local(&one.roles);
    let words = if roles.is_empty() {
        one.name.clone()
    } else {
        text!(order.history.actor, name = one.name.clone(), role = roles)
    };
    Choice::new(one.id.to_string(), words)
}

fn fault_words(fault: &Fault) -> String {
    match fault {
        Fault::Input(error) => error_words(error),
        Fault::Rule(DelegationFault::ToOneself) => text!(delegations.fault.to_oneself),
        Fault::Rule(DelegationFault::EndsBeforeItBegins) => text!(delegations.fault.ends_before),
        Fault::Rule(DelegationFault::AlreadyOver) => text!(delegations.fault.over),
        Fault::Rule(DelegationFault::TooLong) => text!(delegations.fault.too_long),
    }
}
