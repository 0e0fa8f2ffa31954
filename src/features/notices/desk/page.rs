//! The page of a notice that is kept, or of a new one.

use std::sync::Arc;

use countersign_contract::ProblemKind;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::notice::{GetManagedNotice, KeptNotice};
use countersign_domain::id::NoticeId;
use leptos::prelude::*;
use uuid::Uuid;

use crate::api::ApiError;
use crate::features::notices::desk::edit::EditNotice;
use crate::features::notices::desk::list::{DENIED, may_write};
use crate::i18n::{problems, reasons};
use crate::layout::use_title;
use crate::queries::{self, Remote};
use crate::route::Route;
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Crumb, EmptyState, ErrorState, IconName, PageHeader, Skeleton};

#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    NotAllowed,
    Skeleton,
    Gone,
    Error(ApiError),
    Form,
}

/// A notice to write or to change.
#[component]
pub fn ManagedNoticePage(
    /// Which; none for a new one.
    id: Option<NoticeId>,
) -> impl IntoView {
    let may = may_write(expect_context::<SessionContext>());
    let read = queries::read::<GetManagedNotice>(move || {
        let id = id.filter(|_| may.get())?;
        Some((id, NoQuery {}))
    });
    let kept = Memo::new(move |before: Option<&Option<Arc<KeptNotice>>>| {
        let now = read.state.with(|state| state.ready().cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let title = move || {
        if id.is_some() {
            text!(notice_desk.edit)
        } else {
            text!(notice_desk.write)
        }
    };
    use_title(title);
    let face = Memo::new(move |before: Option<&Face>| match read.state.get() {
        _ if !may.get() => Face::NotAllowed,
        _ if id.is_none() => Face::Form,
        Remote::Ready(_) => Face::Form,
        // What was typed must not go away because the notice could not be read again.
        _ if before == Some(&Face::Form) => Face::Form,
        Remote::Loading => Face::Skeleton,
        Remote::Failed(error) if matches!(error.kind(), Some(ProblemKind::NotFound)) => Face::Gone,
        Remote::Failed(error) => Face::Error(error),
    });
    // The id of a new notice: saving it again after a lost reply saves the same one.
    let own = id.unwrap_or_else(|| NoticeId(Uuid::new_v4()));
    let body = move || match face.get() {
        Face::NotAllowed => {
            view! { <EmptyState title=move || reasons::deny(&DENIED) icon=IconName::Bell /> }.into_any()
        }
        Face::Skeleton => view! { <Skeleton label=move || text!(notice_desk.loading) lines=8 /> }.into_any(),
        Face::Gone => view! {
            <EmptyState
                title=move || text!(notice_desk.gone)
                hint=move || text!(notice_desk.gone_hint)
                icon=IconName::Bell
            >
                <a class="button" href=Route::ManagedNotices.to_path()>{move || text!(notice_desk.title)}</a>
            </EmptyState>
        }
        .into_any(),
        Face::Error(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(notice_desk.retry)
                on_retry=move |()| read.retry()
            />
        }
        .into_any(),
        Face::Form => view! { <EditNotice id=own read=read kept=kept /> }.into_any(),
    };
    let crumbs = || {
        vec![Crumb {
            label: text!(notice_desk.title),
            href: Route::ManagedNotices.to_path(),
        }]
    };
    view! {
        <PageHeader
            title=title
            crumbs=Signal::derive(crumbs)
            crumbs_label=move || text!(notice_desk.title)
        />
        {body}
    }
}
