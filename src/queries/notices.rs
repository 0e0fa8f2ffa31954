//! The notices of whoever is signed in, and marking them as read. Every reader on the screen has the same ones: the bell, the home
//! page, the page of notices.

use std::collections::BTreeSet;

use countersign_contract::NoContent;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::notice::{
    ListNotices, MarkNoticeRead, MarkNoticesRead, NoticeBoard, NoticesRead, ShownNotice,
};
use countersign_domain::id::NoticeId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, ApiError, Change};
use crate::queries::{Cache, Read, read};

/// The notices, owned by the current component. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Notices {
    api: Api,
    cache: Cache,
    /// The read behind them.
    pub read: Read<NoticeBoard>,
    /// Being marked.
    pending: StoredValue<BTreeSet<NoticeId>>,
}

impl Notices {
    /// Reads them.
    pub fn read() -> Self {
        Self {
            api: expect_context(),
            cache: expect_context(),
            read: read::<ListNotices>(|| Some(((), NoQuery {}))),
            pending: StoredValue::new(BTreeSet::new()),
        }
    }

    /// Whether the server can be told of anything. Tracks it.
    pub fn can_mark(&self) -> bool {
        self.api.reachable.get()
    }

    /// Tells the server that these have been read; what it is being told already is left out. `failed` is told why not.
    pub fn mark(self, ids: &[NoticeId], failed: impl FnOnce(ApiError) + 'static) {
        let is_new = |id: &&NoticeId| !self.pending.with_value(|pending| pending.contains(*id));
        let ids: Vec<NoticeId> = ids.iter().filter(is_new).copied().collect();
        if ids.is_empty() {
            return;
        }
        self.pending
            .update_value(|pending| pending.extend(ids.iter().copied()));
        spawn_local(async move {
            let change = match ids.as_slice() {
                [id] => Change::new::<MarkNoticeRead>(id, &NoContent {}, "", None),
                _ => {
                    let notices = ids.clone();
                    Change::new::<MarkNoticesRead>(&(), &NoticesRead { notices }, "", None)
                }
            };
            match self.api.send(&change).await {
                Ok(_) => self.take(&ids),
                Err(error) => failed(error),
            }
            // The page may be gone by now.
            self.pending
                .try_update_value(|pending| pending.retain(|id| !ids.contains(id)));
        });
    }

    /// Shows what the server knows now, before it is read again.
    fn take(self, ids: &[NoticeId]) {
        let state = self.read.state.try_get_untracked();
        let board = state.as_ref().and_then(|state| state.ready());
        let text = board.and_then(|board| serde_json::to_string(&with_read(board, ids)).ok());
        if let Some(text) = text {
            self.cache.put::<ListNotices>(&(), &NoQuery {}, &text);
        }
    }
}

/// The board once these are read.
fn with_read(board: &NoticeBoard, ids: &[NoticeId]) -> NoticeBoard {
    let read = |notice: &ShownNotice| ShownNotice {
        is_read: notice.is_read || ids.contains(&notice.id),
        ..notice.clone()
    };
    let notices: Vec<ShownNotice> = board.notices.iter().map(read).collect();
    let unread = notices.iter().filter(|notice| !notice.is_read).count();
    NoticeBoard {
        unread: u32::try_from(unread).unwrap_or(u32::MAX),
        notices,
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use countersign_domain::notice::NoticeCategory;
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::*;

    fn notice(number: u128, is_read: bool) -> ShownNotice {
        ShownNotice {
            id: NoticeId(Uuid::from_u128(number)),
            category: NoticeCategory::Goods,
            title: LocalText::default(),
            text: LocalText::default(),
            is_pinned: false,
            from: DateTime::UNIX_EPOCH,
            is_read,
        }
    }

    #[test]
    fn what_is_read_counts_no_longer_and_what_was_read_stays_read() {
        let board = NoticeBoard {
            unread: 2,
            notices: vec![notice(1, false), notice(2, false), notice(3, true)],
        };
        let unknown = NoticeId(Uuid::from_u128(9));
        let after = with_read(&board, &[NoticeId(Uuid::from_u128(2)), unknown]);
        assert_eq!(after.unread, 1);
        let read: Vec<bool> = after.notices.iter().map(|notice| notice.is_read).collect();
        assert_eq!(read, [false, true, true]);
    }
}
