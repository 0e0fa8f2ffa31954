//! What the home pages of both sides show of notices and alerts.

use std::sync::Arc;

use countersign_contract::alert::{Alerts, ListAlerts};
use countersign_contract::endpoint::NoQuery;
use countersign_contract::notice::NoticeBoard;
use leptos::prelude::*;

use crate::notice_view::alerts::{AlertList, count_of};
use crate::notice_view::newest::NewestNotices;
use crate::queries::notices::Notices;
use crate::queries::{self, Remote};
use crate::text;
use crate::ui::Card;

/// Alerts on a home page; the rest is behind the bell.
const MOST: usize = 6;

/// Notices and alerts, read for a home page. A page waits for them, so that nothing on it moves when they come; one that can't
/// be read keeps it from nothing. Cheap to copy.
#[derive(Clone, Copy)]
pub struct News {
    board: Memo<Option<Arc<NoticeBoard>>>,
    alerts: Memo<Option<Arc<Alerts>>>,
    is_loading: Memo<bool>,
}

impl News {
    /// Reads them.
    pub fn read() -> Self {
        let notices = Notices::read().read.state;
        let alerts = queries::read::<ListAlerts>(|| Some(((), NoQuery {}))).state;
        Self {
            board: Memo::new(move |_| notices.with(|state| state.ready().cloned())),
            alerts: Memo::new(move |_| alerts.with(|state| state.ready().cloned())),
            is_loading: Memo::new(move |_| {
                notices.with(|state| matches!(state, Remote::Loading))
                    || alerts.with(|state| matches!(state, Remote::Loading))
            }),
        }
    }

    /// Whether either is still being read. Tracks it.
    pub fn is_loading(&self) -> bool {
        self.is_loading.get()
    }
}

/// What needs attention; nothing while nothing does.
#[component]
pub fn AlertsCard(
    /// What was read.
    news: News,
    /// Whether overdue reviews are among them.
    with_reviews: bool,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| {
        let alerts = news.alerts;
        alerts.with(|alerts| {
            alerts
                .as_deref()
                .is_some_and(|alerts| count_of(alerts, with_reviews) > 0)
        })
    });
    view! {
        <Show when=move || is_shown.get()>
            <Card title=move || text!(alerts.title)>
                <AlertList alerts=news.alerts with_reviews=with_reviews most=MOST />
            </Card>
        </Show>
    }
}

/// The newest notices; nothing where they can't be read.
#[component]
pub fn NewestCard(
    /// What was read.
    news: News,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| news.board.with(Option::is_some));
    view! {
        <Show when=move || is_shown.get()>
            <Card title=move || text!(notices.title)>
                <NewestNotices board=news.board />
            </Card>
        </Show>
    }
}
