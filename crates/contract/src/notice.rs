//! Notices: what the supplier tells, as its readers see it and as staff keep it.
//!
//! Which notices somebody has read is kept for each account, so that every device of the account says the same.

use chrono::{DateTime, Utc};
use countersign_domain::id::{LevelId, NoticeId, RegionId};
use countersign_domain::notice::{Notice, NoticeAudience, NoticeCategory};
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::endpoint::{NoContent, NoQuery, endpoints};

endpoints! {
    /// The notices meant for this account: pinned ones first, then what it has not read, then the newest
    ListNotices = Get "/notices" "list_notices" None true 200 ((), NoQuery, NoContent) -> NoticeBoard;
    /// This account has read a notice; one it has read already stays read
    MarkNoticeRead = Put "/notices/{notice_id}/read" "mark_notice_read" None true 204
        (NoticeId, NoQuery, NoContent) -> NoContent;
    /// This account has read these notices; what is not, or no longer, meant for it is left out
    MarkNoticesRead = Put "/notices/read" "mark_notices_read" None true 204 ((), NoQuery, NoticesRead) -> NoContent;
    /// Every notice these staff may write, the newest beginning first
    ListManagedNotices = Get "/managed-notices" "list_managed_notices" None true 200
        ((), NoQuery, NoContent) -> Vec<KeptNotice>;
    /// One of them
    GetManagedNotice = Get "/managed-notices/{notice_id}" "get_managed_notice" None true 200
        (NoticeId, NoQuery, NoContent) -> KeptNotice;
    /// Makes a notice (version 0) or replaces it; with `is_withdrawn` it is taken back
    PutManagedNotice = Put "/managed-notices/{notice_id}" "put_managed_notice" Version true 200
        (NoticeId, NoQuery, NoticeBody) -> KeptNotice;
    /// The levels and regions these staff may write to
    ListNoticeTargets = Get "/notice-targets" "list_notice_targets" None true 200
        ((), NoQuery, NoContent) -> NoticeTargets;
}

/// Most notices shown at once, in the order of the list.
pub const MAX_SHOWN: usize = 200;

/// Longest title in either language, in characters.
pub const MAX_TITLE: usize = 100;

/// Longest text in either language, in characters.
pub const MAX_TEXT: usize = 5_000;

/// Most levels, and most regions, that a notice names.
pub const MAX_TARGETS: usize = 200;

/// The notices of an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeBoard {
    /// How many of them it has not read.
    pub unread: u32,
    /// At most 200 of them.
    pub notices: Vec<ShownNotice>,
}

/// A notice as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownNotice {
    /// Its id.
    pub id: NoticeId,
    /// What it is about.
    pub category: NoticeCategory,
    /// Its title.
    pub title: LocalText,
    /// What it says: plain text with line breaks.
    pub text: LocalText,
    /// Whether it stands above those that are not pinned.
    pub is_pinned: bool,
    /// Since when it is shown.
    pub from: DateTime<Utc>,
    /// Whether this account has read it.
    pub is_read: bool,
}

/// Notices somebody has read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticesRead {
    /// Which, at most 200.
    pub notices: Vec<NoticeId>,
}

/// A notice with its version, which is its ETag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptNotice {
    /// Rises with every change.
    pub version: u64,
    /// How many accounts have read it.
    pub readers: u32,
    /// The notice.
    pub notice: Notice,
}

/// A notice as it is put in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeBody {
    /// What it is about.
    pub category: NoticeCategory,
    /// Its title, at most 100 characters; one language may be empty.
    pub title: LocalText,
    /// What it says, at most 5,000 characters of plain text; one language may be empty.
    pub text: LocalText,
    /// Whether it stands above those that are not pinned.
    #[serde(default)]
    pub is_pinned: bool,
    /// For whom.
    pub audience: NoticeAudience,
    /// Shown from this moment on; absent: as before, or from now on where it is new.
    #[serde(default)]
    pub from: Option<DateTime<Utc>>,
    /// Until before this moment; absent: until it is withdrawn.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
    /// Whether it is taken back.
    #[serde(default)]
    pub is_withdrawn: bool,
}

impl NoticeBody {
    /// The notice with this id, shown from `from` where the body doesn't say.
    pub fn with_id(self, id: NoticeId, from: DateTime<Utc>) -> Notice {
        let Self {
            category,
            title,
            text,
            is_pinned,
            audience,
            from: chosen,
            until,
            is_withdrawn,
        } = self;
        Notice {
            id,
            category,
            title,
            text,
            is_pinned,
            audience,
            from: chosen.unwrap_or(from),
            until,
            is_withdrawn,
        }
    }
}

/// What a notice may be targeted at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeTargets {
    /// The levels of customers, by code.
    pub levels: Vec<TargetLevel>,
    /// The regions, by code: all of them, or those these staff act in.
    pub regions: Vec<TargetRegion>,
}

/// A level of customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TargetLevel {
    /// Its id.
    pub id: LevelId,
    /// Its name.
    pub name: LocalText,
}

/// A region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TargetRegion {
    /// Its id.
    pub id: RegionId,
    /// Its name.
    pub name: LocalText,
}
