//! The bell: how many notices are unread, on every page.

use leptos::prelude::*;

use crate::queries::notices::Notices;
use crate::route::{NoticesPlace, Route, use_route};
use crate::text;
use crate::ui::{Icon, IconName};

/// The way to the notices, with the number of those that are unread.
#[component]
pub fn Bell() -> impl IntoView {
    let notices = Notices::read();
    let here = use_route();
    let unread = Memo::new(move |_| {
        let state = notices.read.state;
        state.with(|state| state.ready().map_or(0, |board| board.unread))
    });
    let current = move || here.with(|here| matches!(here, Route::Notices(_)).then_some("page"));
    let count = move || {
        (unread.get() > 0).then(|| {
            view! {
                <b aria-hidden="true">{move || unread.get()}</b>
                <span class="visually-hidden">{move || text!(notices.unread, count = unread.get())}</span>
            }
        })
    };
    view! {
        <a
            class="bell"
            href=Route::Notices(NoticesPlace::default()).to_path()
            title=move || text!(notices.title)
            aria-current=current
        >
            <Icon name=IconName::Bell />
            <span class="visually-hidden">{move || text!(notices.title)} " "</span>
            {count}
        </a>
    }
}
