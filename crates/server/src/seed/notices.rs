//! The sample's notices, written by the business lead.

use chrono::{DateTime, TimeDelta, Utc};
use countersign_domain::id::NoticeId;
use countersign_domain::notice::{Notice, NoticeAudience, NoticeCategory};
use countersign_testkit::sample::notices::{self as sample, Audience, Category, NOTICES};
use countersign_testkit::sample::staff::LEAD;

use super::goods::level_id;
use super::ids::id;
use super::people::{account_id, region_id};
use super::{SeedError, local};
use crate::db::Tx;
use crate::repo::notices;

/// Stores them, shown since their time.
pub(super) async fn store(tx: &mut Tx, now: DateTime<Utc>) -> Result<(), SeedError> {
    for one in &NOTICES {
        notices::put(tx, &notice(one, now), account_id(LEAD), now).await?;
    }
    Ok(())
}

fn notice(one: &sample::Notice, now: DateTime<Utc>) -> Notice {
    Notice {
        id: NoticeId(id("notice", one.key)),
        category: match one.category {
            Category::Company => NoticeCategory::Company,
            Category::Goods => NoticeCategory::Goods,
            Category::Promotion => NoticeCategory::Promotion,
            Category::Delivery => NoticeCategory::Delivery,
            Category::Terms => NoticeCategory::Terms,
        },
        title: local(one.title),
        text: local(one.text),
        is_pinned: one.is_pinned,
        audience: match one.audience {
            Audience::Everyone => NoticeAudience::Everyone,
            Audience::Customers(levels, regions) => NoticeAudience::Customers {
                levels: levels.iter().copied().map(level_id).collect(),
                regions: regions.iter().copied().map(region_id).collect(),
            },
            Audience::Staff => NoticeAudience::Staff,
        },
        from: now
            .checked_sub_signed(TimeDelta::hours(i64::from(one.hours_ago)))
            .unwrap_or(now),
        until: None,
        is_withdrawn: false,
    }
}
