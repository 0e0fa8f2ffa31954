//! The page behind the bell: what the supplier has to say, and what needs attention. Its address says what is open.

use countersign_contract::alert::ListAlerts;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::notice::ShownNotice;
use countersign_domain::id::NoticeId;
use countersign_domain::notice::NoticeCategory;
use countersign_domain::permission::Permission;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::notices::item::NoticeItem;
use crate::features::notices::model::{about, arranged, category_name, category_named};
use crate::i18n::{notices as words, problems};
use crate::layout::use_title;
use crate::notice_view::AlertList;
use crate::queries::notices::Notices;
use crate::queries::{self, Remote};
use crate::route::{NoticesPlace, Route, use_navigator, use_route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{
    Button, Card, Choice, EmptyState, ErrorState, IconName, PageHeader, SelectField, Skeleton, Toasts,
};

/// What the list of notices has to show.
#[derive(Clone, PartialEq)]
enum Face {
    Skeleton,
    Error(ApiError),
    /// There are none at all.
    Empty,
    /// There are none about the chosen category.
    NoneFound,
    List,
}

/// Notices and alerts.
#[component]
pub fn NoticesPage() -> impl IntoView {
    use_title(|| text!(notices.title));
    let session = expect_context::<SessionContext>();
    let route = use_route();
    // On the way to another page the address is not this one's any more: then what was shown stays.
    let place = Memo::new(move |before: Option<&NoticesPlace>| match route.get() {
        Route::Notices(place) => place,
        _ => before.cloned().unwrap_or_default(),
    });
    let notices = Notices::read();
    let all = Memo::new(move |before: Option<&Vec<ShownNotice>>| {
        let before: Vec<NoticeId> = before.into_iter().flatten().map(|notice| notice.id).collect();
        let state = notices.read.state;
        state.with(|state| match state.ready() {
            Some(board) => arranged(&before, &board.notices),
            None => Vec::new(),
        })
    });
    read_what_is_open(notices, all, place);
    let may_write = move || {
        session
            .current()
            .is_some_and(|who| who.actor.holds(Permission::NoticeManage))
    };
    view! {
        <PageHeader title=move || text!(notices.title)>
            <Show when=may_write>
                <a class="button" data-variant="secondary" href=Route::ManagedNotices.to_path()>
                    {move || text!(notice_desk.title)}
                </a>
            </Show>
        </PageHeader>
        <div class="home">
            <div class="home-main">
                <List notices=notices all=all place=place />
            </div>
            <aside class="home-side" aria-label=move || text!(alerts.title)>
                <AlertsCard />
            </aside>
        </div>
    }
}

/// Tells the server that what is open is being read. Not derived but something that happens: with the first look, and - where
/// there was no connection then - once there is one.
fn read_what_is_open(notices: Notices, all: Memo<Vec<ShownNotice>>, place: Memo<NoticesPlace>) {
    let open = Memo::new(move |_| {
        let id = place.with(|place| place.open)?;
        let is_unread = |notice: &ShownNotice| notice.id == id && !notice.is_read;
        all.with(|all| all.iter().any(is_unread)).then_some(id)
    });
    Effect::new(move |_| {
        if let (Some(id), true) = (open.get(), notices.can_mark()) {
            // It stays unread where it can't be told; the next look tells it again.
            notices.mark(&[id], |_| ());
        }
    });
}

#[component]
fn MarkAll(notices: Notices, all: Memo<Vec<ShownNotice>>) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let unread = move || {
        let unread = |all: &Vec<ShownNotice>| {
            let unread = all.iter().filter(|notice| !notice.is_read);
            unread.map(|notice| notice.id).collect::<Vec<_>>()
        };
        all.with(unread)
    };
    let refused = move || {
        if unread().is_empty() {
            Some(text!(notices.nothing_unread))
        } else {
            (!notices.can_mark()).then(|| text!(notices.needs_connection))
        }
    };
    let mark = move || {
        let ids = untrack(unread);
        notices.mark(&ids, move |error| {
            toasts.warn(untrack(|| problems::words(&error)))
        });
    };
    view! {
        <Button label=move || text!(notices.mark_all) refused=Signal::derive(refused) on_press=mark />
    }
}

#[component]
fn List(notices: Notices, all: Memo<Vec<ShownNotice>>, place: Memo<NoticesPlace>) -> impl IntoView {
    let navigator = use_navigator();
    let shown = Memo::new(move |_| {
        let category = place.with(|place| category_named(&place.category));
        all.with(|all| about(all, category))
    });
    let face = Memo::new(move |_| match notices.read.state.get() {
        Remote::Loading => Face::Skeleton,
        Remote::Failed(error) => Face::Error(error),
        Remote::Ready(board) if board.notices.is_empty() => Face::Empty,
        Remote::Ready(_) if shown.with(Vec::is_empty) => Face::NoneFound,
        Remote::Ready(_) => Face::List,
    });
    let options = || {
        let each = |category: NoticeCategory| Choice::new(category_name(category), words::category(category));
        let any = Choice::new("", text!(notices.any_category));
        std::iter::once(any)
            .chain(NoticeCategory::ALL.map(each))
            .collect::<Vec<_>>()
    };
    let choose = move |category: String| {
        let open = place.with_untracked(|place| place.open);
        navigator.replace(&Route::Notices(NoticesPlace { category, open }));
    };
    // A link may be older than what it leads to.
    let is_gone = move || {
        let open = place.with(|place| place.open);
        open.is_some_and(|id| all.with(|all| all.iter().all(|notice| notice.id != id)))
    };
    let ids = move || shown.with(|all| all.iter().map(|notice| notice.id).collect::<Vec<_>>());
    let row = move |id: NoticeId| view! { <NoticeItem id=id notices=all place=place /> }.into_any();
    let body = move || match face.get() {
        Face::Skeleton => view! { <Skeleton label=move || text!(notices.loading) lines=6 /> }.into_any(),
        Face::Error(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(notices.retry)
                on_retry=move |()| notices.read.retry()
            />
        }
        .into_any(),
        Face::Empty => view! {
            <EmptyState
                title=move || text!(notices.none)
                hint=move || text!(notices.none_hint)
                icon=IconName::Bell
            />
        }
        .into_any(),
        Face::NoneFound => view! {
            <EmptyState
                title=move || text!(notices.none_found)
                hint=move || text!(notices.none_found_hint)
                icon=IconName::Bell
            >
                <a class="button" href=Route::Notices(NoticesPlace::default()).to_path()>
                    {move || text!(notices.show_all)}
                </a>
            </EmptyState>
        }
        .into_any(),
        Face::List => view! {
            <MarkAll notices=notices all=all />
            <p class="notices-gone" role="status">{move || is_gone().then(|| text!(notices.gone))}</p>
            <ul class="notice-list" aria-label=move || text!(notices.title)>
                <For each=ids key=|id| *id children=row />
            </ul>
        }
        .into_any(),
    };
    view! {
        <section class="card" aria-label=move || text!(notices.title)>
            <div class="notices-filter">
                <SelectField
                    label=move || text!(notices.about)
                    options=Signal::derive(options)
                    selected=Signal::derive(move || place.with(|place| place.category.clone()))
                    on_select=choose
                />
            </div>
            {body}
        </section>
    }
}

#[component]
fn AlertsCard() -> impl IntoView {
    let read = queries::read::<ListAlerts>(|| Some(((), NoQuery {})));
    let alerts = Memo::new(move |_| read.state.with(|state| state.ready().cloned()));
    let face = Memo::new(move |_| {
        read.state.with(|state| match state {
            Remote::Loading => Face::Skeleton,
            Remote::Failed(error) => Face::Error(error.clone()),
            Remote::Ready(_) => Face::List,
        })
    });
    let body = move || match face.get() {
        Face::Error(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(alerts.retry)
                on_retry=move |()| read.retry()
            />
        }
        .into_any(),
        Face::List => view! { <AlertList alerts=alerts /> }.into_any(),
        _ => view! { <Skeleton label=move || text!(alerts.loading) lines=4 /> }.into_any(),
    };
    view! { <Card title=move || text!(alerts.title)>{body}</Card> }
}
