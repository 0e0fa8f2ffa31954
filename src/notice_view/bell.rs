//! The bell: how many notices are unread and how many alerts there are, on every page.

use countersign_contract::alert::ListAlerts;
use countersign_contract::endpoint::NoQuery;
use leptos::prelude::*;

use crate::notice_view::alerts::count_of;
use crate::queries;
use crate::queries::notices::Notices;
use crate::route::{NoticesPlace, Route, use_route};
use crate::text;
use crate::ui::{Icon, IconName};

/// Most that the bell has room for; the words beside it have the whole number.
const ROOM: usize = 99;

/// The way to notices and alerts, with the number of those that are unread or need attention.
#[component]
pub fn Bell() -> impl IntoView {
    let notices = Notices::read().read.state;
    let alerts = queries::read::<ListAlerts>(|| Some(((), NoQuery {}))).state;
    let here = use_route();
    let unread = Memo::new(move |_| notices.with(|state| state.ready().map_or(0, |board| board.unread)));
    let alerted =
        Memo::new(move |_| alerts.with(|state| state.ready().map_or(0, |alerts| count_of(alerts, true))));
    let all = move || {
        alerted
            .get()
            .saturating_add(usize::try_from(unread.get()).unwrap_or(ROOM))
    };
    let current = move || here.with(|here| matches!(here, Route::Notices(_)).then_some("page"));
    let shown = move || match all() {
        0 => None,
        all if all > ROOM => Some(format!("{ROOM}+")),
        all => Some(all.to_string()),
    };
    let words = move || {
        let unread = (unread.get() > 0).then(|| text!(notices.unread, count = unread.get()));
        let alerted = (alerted.get() > 0).then(|| text!(alerts.count, count = alerted.get()));
        unread.into_iter().chain(alerted).collect::<Vec<_>>().join(" ")
    };
    view! {
        <a
            class="bell"
            href=Route::Notices(NoticesPlace::default()).to_path()
            title=move || text!(notices.title)
            aria-current=current
        >
            <Icon name=IconName::Bell />
            <span class="visually-hidden">{move || text!(notices.title)} " " {words}</span>
            {move || shown().map(|shown| view! { <b aria-hidden="true">{shown}</b> })}
        </a>
    }
}
