//! Notices in words: what they are about, where they stand, and for whom they are.

use countersign_contract::notice::NoticeTargets;
use countersign_domain::notice::{NoticeAudience, NoticeCategory, NoticeState};

use crate::i18n::local;
use crate::text;

/// What a notice is about: 物流发货.
pub fn category(category: NoticeCategory) -> String {
    match category {
        NoticeCategory::Company => text!(notices.category.company),
        NoticeCategory::Goods => text!(notices.category.goods),
        NoticeCategory::Promotion => text!(notices.category.promotion),
        NoticeCategory::Delivery => text!(notices.category.delivery),
        NoticeCategory::Terms => text!(notices.category.terms),
    }
}

/// Where a notice stands in its time: 待发布.
pub fn state(state: NoticeState) -> String {
    match state {
        NoticeState::Scheduled => text!(notice_desk.state.scheduled),
        NoticeState::Shown => text!(notice_desk.state.shown),
        NoticeState::Over => text!(notice_desk.state.over),
        NoticeState::Withdrawn => text!(notice_desk.state.withdrawn),
    }
}

/// For whom a notice is. Levels and regions that are not among the `targets` have no name here.
pub fn audience(audience: &NoticeAudience, targets: &NoticeTargets) -> String {
    let (levels, regions) = match audience {
        NoticeAudience::Everyone => return text!(notice_desk.for_everyone),
        NoticeAudience::Staff => return text!(notice_desk.for_staff),
        NoticeAudience::Customers { levels, regions } => (levels, regions),
    };
    let named_levels = targets.levels.iter().filter(|one| levels.contains(&one.id));
    let named_regions = targets.regions.iter().filter(|one| regions.contains(&one.id));
    let names: Vec<String> = named_levels
        .map(|one| local(&one.name))
        .chain(named_regions.map(|one| local(&one.name)))
        .collect();
    if names.is_empty() {
        text!(notice_desk.for_customers)
    } else {
        text!(notice_desk.for_some, names = names.join(" · "))
    }
}
