//! The workflow: which stages are on, when they are entered, how long they may take, and who may not do what.

use std::sync::Arc;

use countersign_contract::ProblemKind;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::settings::{GetWorkflow, PutWorkflow, WorkflowSettings};
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::api::ApiError;
use crate::features::settings::changes::ForeignChanges;
use crate::features::settings::form::Form;
use crate::features::settings::methods::DeliveryMethods;
use crate::features::settings::model::of_server;
use crate::features::settings::preview::WayPreview;
use crate::features::settings::sections::{Deadlines, Duties};
use crate::features::settings::stages::StageSwitchList;
use crate::i18n::{problems, reasons};
use crate::layout::use_title;
use crate::queries::{self, Cache, Pending, Read, Remote};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{ActionBar, Button, EmptyState, ErrorState, IconName, PageHeader, Skeleton, Toasts, Variant};

/// The settings of the workflow.
#[component]
pub fn WorkflowPage() -> impl IntoView {
    use_title(|| text!(settings.title));
    let session = expect_context::<SessionContext>();
    let may = Memo::new(move |_| {
        session
            .current()
            .is_some_and(|who| who.actor.holds(Permission::SettingsManage))
    });
    let read = queries::read::<GetWorkflow>(move || may.get().then_some(((), NoQuery {})));
    let face = Memo::new(move |before: Option<&Face>| match read.state.get() {
        _ if !may.get() => Face::NotAllowed,
        Remote::Ready(_) => Face::Form,
        // What was typed must not go away because the settings could not be read again.
        _ if before == Some(&Face::Form) => Face::Form,
        Remote::Loading => Face::Skeleton,
        Remote::Failed(error) => Face::Error(error),
    });
    let body = move || match face.get() {
        Face::NotAllowed => view! {
            <EmptyState title=move || reasons::deny(&DENIED) icon=IconName::Settings />
        }
        .into_any(),
        Face::Skeleton => view! { <Skeleton label=move || text!(settings.loading) lines=9 /> }.into_any(),
        Face::Error(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(settings.retry)
                on_retry=move |()| read.retry()
            />
        }
        .into_any(),
        Face::Form => open(read),
    };
    view! {
        <PageHeader title=move || text!(settings.title) lead=move || text!(settings.lead) />
        {body}
    }
}

/// What the page says to whoever may not set anything.
const DENIED: DenyReason = DenyReason::NeedsPermission {
    permission: Permission::SettingsManage,
};

#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    NotAllowed,
    Skeleton,
    Error(ApiError),
    Form,
}

/// The form, started from what is stored now.
fn open(read: Read<WorkflowSettings>) -> AnyView {
    let settings = Memo::new(move |before: Option<&Option<Arc<WorkflowSettings>>>| {
        let now = read.state.with(|state| state.ready().cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let form = settings.with_untracked(|settings| settings.as_deref().map(Form::new));
    form.map_or_else(
        || ().into_any(),
        |form| view! { <WorkflowForm form=form read=read settings=settings /> }.into_any(),
    )
}

#[component]
fn WorkflowForm(
    form: Form,
    read: Read<WorkflowSettings>,
    settings: Memo<Option<Arc<WorkflowSettings>>>,
) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let toasts = expect_context::<Toasts>();
    let cache = expect_context::<Cache>();
    let pending = queries::change::<PutWorkflow>();
    let sheet: NodeRef<html::Form> = NodeRef::new();
    let currency = StoredValue::new(untrack(|| session.currency()));
    // Not derived but an answer that arrives once: what others saved goes into a form that is being edited.
    Effect::watch(
        move || settings.get(),
        move |settings, _, _| {
            if let Some(settings) = settings {
                form.rebase(settings);
            }
        },
        false,
    );
    watch_errors(form, pending, read, sheet);
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        match untrack(|| form.read()) {
            Err(errors) => {
                form.mark(errors);
                show_first_error(sheet);
            }
            Ok(workflow) => {
                form.mark(Vec::new());
                pending.send((), workflow, Some(form.version()), move |saved, text| {
                    form.saved(&saved);
                    cache.put::<GetWorkflow>(&(), &NoQuery {}, text);
                    toasts.say(untrack(|| text!(settings.saved)));
                    // What may be done with an order depends on the workflow.
                    spawn_local(session.renew());
                });
            }
        }
    };
    let unsaved = Memo::new(move |_| form.unsaved());
    let resting = move || (unsaved.get() == 0).then(|| text!(settings.nothing_changed));
    let discard = move || {
        form.discard();
        pending.error.set(None);
    };
    view! {
        <div class="settings">
            <form class="settings-form" novalidate node_ref=sheet on:submit=save>
                <ForeignChanges form=form currency=currency />
                <StageSwitchList form=form settings=settings currency=currency />
                <Deadlines form=form currency=currency />
                <Duties form=form />
                <DeliveryMethods form=form />
                <p class="form-error" role="alert">{move || failure(pending)}</p>
                <ActionBar label=move || text!(settings.actions)>
                    <Button
                        label=move || text!(settings.save)
                        variant=Variant::Primary
                        submit=true
                        busy=pending.busy
                        refused=Signal::derive(resting)
                    />
                    <Show when=move || { unsaved.get() > 0 }>
                        <Button label=move || text!(settings.discard) on_press=discard />
                        <small role="status">{move || text!(settings.unsaved, count = unsaved.get())}</small>
                    </Show>
                </ActionBar>
            </form>
            <aside class="settings-preview" aria-label=move || text!(settings.preview)>
                <WayPreview form=form currency=currency />
            </aside>
        </div>
    }
}

/// What the answer to a save asks for: the fields it is about are marked, and what somebody else saved is read.
fn watch_errors(
    form: Form,
    pending: Pending<PutWorkflow>,
    read: Read<WorkflowSettings>,
    sheet: NodeRef<html::Form>,
) {
    // Not derived but an answer that arrives once.
    Effect::watch(
        move || pending.error.get(),
        move |error, _, _| match error.as_ref().and_then(ApiError::kind) {
            Some(ProblemKind::Stale { .. }) => read.retry(),
            Some(ProblemKind::InvalidInput { errors }) => {
                form.mark(of_server(errors).unwrap_or_default());
                show_first_error(sheet);
            }
            _ => {}
        },
        false,
    );
}

/// Why the last save did not succeed; what is wrong with a field of the page is said there.
fn failure(pending: Pending<PutWorkflow>) -> Option<String> {
    pending.error.with(|error| {
        let error = error.as_ref()?;
        match error.kind() {
            Some(ProblemKind::Stale { .. }) => Some(text!(settings.stale)),
            Some(ProblemKind::InvalidInput { errors }) if of_server(errors).is_some() => {
                Some(text!(settings.look_at_fields))
            }
            _ => Some(problems::words(error)),
        }
    })
}

/// Puts the cursor into the first field with an error, once it is marked.
fn show_first_error(sheet: NodeRef<html::Form>) {
    request_animation_frame(move || {
        let form = sheet.try_get_untracked().flatten();
        let first = form.and_then(|form| form.query_selector("[aria-invalid=true]").ok().flatten());
        if let Some(field) = first.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            // Fails only for a field that is no longer in the page.
            let _ = field.focus();
        }
    });
}
