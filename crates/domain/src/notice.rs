//! Notices: what the supplier tells its customers or its staff, to whom, and from when until when (domain.md section 7).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::id::{LevelId, NoticeId, RegionId};
use crate::text::LocalText;

/// A notice as the supplier keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// What it is about.
    pub category: NoticeCategory,
    /// Its title, in one language at least.
    pub title: LocalText,
    /// What it says: plain text with line breaks, in one language at least.
    pub text: LocalText,
    /// Whether it stands above those that are not pinned.
    pub is_pinned: bool,
    /// For whom it is.
    pub audience: NoticeAudience,
    /// Shown from this moment on.
    pub from: DateTime<Utc>,
    /// Until before this moment; absent: until it is withdrawn.
    pub until: Option<DateTime<Utc>>,
    /// Shown to nobody, whatever the time. Whoever has read it already may have acted on it: it is kept.
    pub is_withdrawn: bool,
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeCategory {
    /// 公司: the supplier itself.
    Company,
    /// 商品: what is new, changed or no longer to be had.
    Goods,
    /// 促销.
    Promotion,
    /// 物流: holidays, carriers, delays.
    Delivery,
    /// 政策: terms, prices, payment.
    Terms,
}

impl NoticeCategory {
    /// Every category, in the order of a list to choose from.
    pub const ALL: [Self; 5] = [
        Self::Company,
        Self::Goods,
        Self::Promotion,
        Self::Delivery,
        Self::Terms,
    ];
}

/// For whom a notice is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum NoticeAudience {
    /// Every customer and all staff.
    Everyone,
    /// Customers. Where both lists name something, a customer has to be in both: the gold customers of the east.
    Customers {
        /// Of one of these levels; empty: of any.
        #[serde(default)]
        levels: Vec<LevelId>,
        /// In one of these regions; empty: in any.
        #[serde(default)]
        regions: Vec<RegionId>,
    },
    /// All staff, and no customer.
    Staff,
}

/// Who reads, as far as notices care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeReader {
    /// An account of a customer.
    Customer {
        /// The customer's level.
        level: LevelId,
        /// The customer's region.
        region: RegionId,
    },
    /// A staff account.
    Staff,
}

/// Where a notice stands in its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeState {
    /// Its time has not come.
    Scheduled,
    /// It is shown.
    Shown,
    /// Its time is over.
    Over,
    /// It was taken back.
    Withdrawn,
}

impl NoticeAudience {
    /// Whether it is for this reader.
    pub fn includes(&self, reader: NoticeReader) -> bool {
        match (self, reader) {
            (Self::Everyone, _) | (Self::Staff, NoticeReader::Staff) => true,
            (Self::Customers { levels, regions }, NoticeReader::Customer { level, region }) => {
                (levels.is_empty() || levels.contains(&level))
                    && (regions.is_empty() || regions.contains(&region))
            }
            (Self::Customers { .. }, NoticeReader::Staff) | (Self::Staff, NoticeReader::Customer { .. }) => {
                false
            }
        }
    }

    /// Whether staff who act within `regions` only may write to it: to customers of these regions and nobody else (domain.md
    /// section 2). No regions: they act everywhere.
    pub fn is_within(&self, regions: &[RegionId]) -> bool {
        if regions.is_empty() {
            return true;
        }
        match self {
            Self::Customers { regions: named, .. } => {
                !named.is_empty() && named.iter().all(|region| regions.contains(region))
            }
            Self::Everyone | Self::Staff => false,
        }
    }
}

impl Notice {
    /// Where it stands at `now`.
    pub fn state(&self, now: DateTime<Utc>) -> NoticeState {
        if self.is_withdrawn {
            NoticeState::Withdrawn
        } else if now < self.from {
            NoticeState::Scheduled
        } else if self.until.is_some_and(|until| until <= now) {
            NoticeState::Over
        } else {
            NoticeState::Shown
        }
    }

    /// Whether `reader` sees it at `now`.
    pub fn is_shown_to(&self, reader: NoticeReader, now: DateTime<Utc>) -> bool {
        self.state(now) == NoticeState::Shown && self.audience.includes(reader)
    }
}
