//! The notices that are kept, whatever their time.

use chrono::{DateTime, Utc};
use countersign_contract::endpoint::NoQuery;
use countersign_contract::notice::{KeptNotice, ListManagedNotices, ListNoticeTargets, NoticeTargets};
use countersign_domain::notice::NoticeState;
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;
use leptos::prelude::*;

use crate::api::{ApiError, now};
use crate::i18n::{format, local, notices as words, problems, reasons};
use crate::layout::use_title;
use crate::queries::{self, Remote};
use crate::route::Route;
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Badge, EmptyState, ErrorState, IconName, PageHeader, Skeleton, Tone};

/// What the page says to whoever may not write notices.
pub(super) const DENIED: DenyReason = DenyReason::NeedsPermission {
    permission: Permission::NoticeManage,
};

#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    NotAllowed,
    Skeleton,
    Error(ApiError),
    Empty,
    List,
}

/// Whether somebody may write notices.
pub(super) fn may_write(session: SessionContext) -> Memo<bool> {
    Memo::new(move |_| {
        session
            .current()
            .is_some_and(|who| who.actor.holds(Permission::NoticeManage))
    })
}

/// The page of the notices that are kept.
#[component]
pub fn ManagedNoticesPage() -> impl IntoView {
    use_title(|| text!(notice_desk.title));
    let may = may_write(expect_context::<SessionContext>());
    let read = queries::read::<ListManagedNotices>(move || may.get().then_some(((), NoQuery {})));
    let targets = queries::read::<ListNoticeTargets>(move || may.get().then_some(((), NoQuery {})));
    let targets = Memo::new(move |_| {
        let known = targets.state.with(|state| state.ready().cloned());
        known.map(|known| (*known).clone()).unwrap_or_default()
    });
    let all = Memo::new(move |_| {
        let all = read.state.with(|state| state.ready().map(|all| all.to_vec()));
        all.unwrap_or_default()
    });
    let face = Memo::new(move |_| match read.state.get() {
        _ if !may.get() => Face::NotAllowed,
        Remote::Loading => Face::Skeleton,
        Remote::Failed(error) => Face::Error(error),
        Remote::Ready(all) if all.is_empty() => Face::Empty,
        Remote::Ready(_) => Face::List,
    });
    let body = move || match face.get() {
        Face::NotAllowed => {
            view! { <EmptyState title=move || reasons::deny(&DENIED) icon=IconName::Bell /> }.into_any()
        }
        Face::Skeleton => view! { <Skeleton label=move || text!(notice_desk.loading) lines=8 /> }.into_any(),
        Face::Error(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(notice_desk.retry)
                on_retry=move |()| read.retry()
            />
        }
        .into_any(),
        Face::Empty => view! {
            <EmptyState
                title=move || text!(notice_desk.none)
                hint=move || text!(notice_desk.none_hint)
                icon=IconName::Bell
            />
        }
        .into_any(),
        Face::List => {
            // A notice that was changed or read is another row.
            let key = |kept: &KeptNotice| (kept.notice.id, kept.version, kept.readers);
            let row = move |kept: KeptNotice| view! { <Row kept=kept targets=targets /> }.into_any();
            view! {
                <ul class="kept-notices" aria-label=move || text!(notice_desk.list)>
                    <For each=move || all.get() key=key children=row />
                </ul>
            }
            .into_any()
        }
    };
    let new = move || {
        may.get().then(|| {
            view! {
                <a class="button" data-variant="primary" href=Route::ManagedNotice(None).to_path()>
                    {move || text!(notice_desk.write)}
                </a>
            }
        })
    };
    view! {
        <PageHeader title=move || text!(notice_desk.title) lead=move || text!(notice_desk.lead)>{new}</PageHeader>
        {body}
    }
}

#[component]
fn Row(kept: KeptNotice, targets: Memo<NoticeTargets>) -> impl IntoView {
    let readers = kept.readers;
    let state = kept.notice.state(now());
    let notice = StoredValue::new(kept.notice);
    let of = move |words: fn(&countersign_domain::notice::Notice) -> String| move || notice.with_value(words);
    let href = notice.with_value(|notice| Route::ManagedNotice(Some(notice.id)).to_path());
    let whom = move || {
        let targets = targets.get();
        notice.with_value(|notice| words::audience(&notice.audience, &targets))
    };
    let time = move || {
        let (from, until) = notice.with_value(|notice| (notice.from, notice.until));
        time_words(from, until)
    };
    let is_pinned = notice.with_value(|notice| notice.is_pinned);
    let tone = match state {
        NoticeState::Shown => Tone::Accent,
        NoticeState::Scheduled => Tone::Warn,
        NoticeState::Over | NoticeState::Withdrawn => Tone::Plain,
    };
    view! {
        <li>
            <a href=href>{of(|notice| local(&notice.title))}</a>
            <span class="kept-notice-state">
                {is_pinned.then(|| view! { <Badge text=move || text!(notices.pinned) /> })}
                <Badge text=move || words::state(state) tone=tone />
            </span>
            <small>
                {of(|notice| words::category(notice.category))} " · " {whom} " · " {time} " · "
                {move || text!(notice_desk.readers, count = readers)}
            </small>
        </li>
    }
}

fn time_words(from: DateTime<Utc>, until: Option<DateTime<Utc>>) -> String {
    let from = text!(notice_desk.shown_from, when = format::moment(from));
    match until {
        Some(until) => [from, text!(notice_desk.shown_until, when = format::moment(until))].join(" "),
        None => from,
    }
}
