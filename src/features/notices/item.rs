//! A notice in the list: its title, and its text while it is open.

use countersign_contract::notice::ShownNotice;
use countersign_domain::id::NoticeId;
use leptos::prelude::*;

use crate::api::now;
use crate::i18n::{format, local, notices as words};
use crate::route::{NoticesPlace, Route};
use crate::text;
use crate::ui::{Badge, Tone};

/// A notice. It stays the same row while it is opened, read and closed, so that the focus stays on it.
#[component]
pub fn NoticeItem(
    /// Which.
    id: NoticeId,
    /// Those there are.
    notices: Memo<Vec<ShownNotice>>,
    /// What the page shows.
    place: Memo<NoticesPlace>,
) -> impl IntoView {
    let notice = Memo::new(move |before: Option<&Option<ShownNotice>>| {
        let now = notices.with(|all| all.iter().find(|notice| notice.id == id).cloned());
        // On its way out of the list it is what it was.
        now.or_else(|| before.cloned().flatten())
    });
    let of = move |what: fn(&ShownNotice) -> String| {
        move || notice.with(|notice| notice.as_ref().map(what).unwrap_or_default())
    };
    let is = move |what: fn(&ShownNotice) -> bool| {
        Memo::new(move |_| notice.with(|notice| notice.as_ref().is_some_and(what)))
    };
    let (is_read, is_pinned) = (is(|notice| notice.is_read), is(|notice| notice.is_pinned));
    let is_open = Memo::new(move |_| place.with(|place| place.open == Some(id)));
    let way = move || {
        let open = (!is_open.get()).then_some(id);
        let category = place.with(|place| place.category.clone());
        Route::Notices(NoticesPlace { category, open }).to_path()
    };
    let text_id = format!("notice-{id}");
    let controls = text_id.clone();
    view! {
        <li class="notice-item" data-unread=move || (!is_read.get()).then_some("true")>
            <h2 class="notice-title">
                <a href=way aria-expanded=move || is_open.get().to_string() aria-controls=controls>
                    {of(|notice| local(&notice.title))}
                </a>
            </h2>
            <p class="notice-about">
                <Show when=move || is_pinned.get()>
                    <Badge text=move || text!(notices.pinned) />
                </Show>
                <Show when=move || !is_read.get()>
                    <Badge text=move || text!(notices.unread_mark) tone=Tone::Accent />
                </Show>
                <small title=of(|notice| format::moment(notice.from))>
                    {of(|notice| words::category(notice.category))} " · "
                    {of(|notice| format::relative(notice.from, now()))}
                </small>
            </p>
            <div id=text_id hidden=move || !is_open.get()>
                <p class="notice-text">{of(|notice| local(&notice.text))}</p>
            </div>
        </li>
    }
}
