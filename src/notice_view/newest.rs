//! The newest notices, for the home pages.

use std::sync::Arc;

use countersign_contract::notice::{NoticeBoard, ShownNotice};
use leptos::prelude::*;

use crate::api::now;
use crate::i18n::{format, local, notices as words};
use crate::route::{NoticesPlace, Route};
use crate::text;
use crate::ui::{Badge, Tone};

/// So many of them.
const NEWEST: usize = 3;

/// The newest notices, each a way to itself, and the way to all of them.
#[component]
pub fn NewestNotices(
    /// All of them.
    board: Memo<Option<Arc<NoticeBoard>>>,
) -> impl IntoView {
    let rows = move || {
        let newest = board.with(|board| board.as_deref().map(newest).unwrap_or_default());
        newest.iter().map(row).collect_view()
    };
    let is_empty =
        Memo::new(move |_| board.with(|board| board.as_deref().is_none_or(|board| board.notices.is_empty())));
    view! {
        <Show
            when=move || !is_empty.get()
            fallback=|| view! { <p class="home-none">{move || text!(notices.none)}</p> }
        >
            <ul class="newest-notices">{rows}</ul>
            <p>
                <a href=Route::Notices(NoticesPlace::default()).to_path()>{move || text!(notices.all)}</a>
            </p>
        </Show>
    }
}

/// The last to be shown, the newest first.
fn newest(board: &NoticeBoard) -> Vec<ShownNotice> {
    let mut all = board.notices.clone();
    all.sort_by_key(|notice| std::cmp::Reverse(notice.from));
    all.truncate(NEWEST);
    all
}

fn row(notice: &ShownNotice) -> AnyView {
    let place = NoticesPlace {
        open: Some(notice.id),
        ..NoticesPlace::default()
    };
    let about = [
        words::category(notice.category),
        format::relative(notice.from, now()),
    ];
    let unread = (!notice.is_read)
        .then(|| view! { <Badge text=move || text!(notices.unread_mark) tone=Tone::Accent /> });
    view! {
        <li>
            <a href=Route::Notices(place).to_path()>{local(&notice.title)}</a>
            <small title=format::moment(notice.from)>{about.join(" · ")} " " {unread}</small>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use countersign_domain::id::NoticeId;
    use countersign_domain::notice::NoticeCategory;
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_last_to_be_shown_are_the_newest_wherever_they_stand_on_the_board() {
        let notice = |days: i64| ShownNotice {
            id: NoticeId(Uuid::from_u128(1)),
            category: NoticeCategory::Goods,
            title: LocalText::default(),
            text: LocalText::default(),
            is_pinned: days == 1,
            from: DateTime::UNIX_EPOCH + TimeDelta::days(days),
            is_read: false,
        };
        let board = NoticeBoard {
            unread: 4,
            notices: vec![notice(1), notice(4), notice(2), notice(3)],
        };
        let days: Vec<i64> = newest(&board)
            .iter()
            .map(|one| (one.from - DateTime::UNIX_EPOCH).num_days())
            .collect();
        assert_eq!(days, [4, 3, 2]);
    }
}
