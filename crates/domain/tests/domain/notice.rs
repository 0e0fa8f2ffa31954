//! Notices: for whom, and from when until when.

use chrono::TimeDelta;
use countersign_domain::id::{LevelId, NoticeId, RegionId};
use countersign_domain::notice::{Notice, NoticeAudience as A, NoticeCategory, NoticeReader, NoticeState};
use countersign_domain::text::LocalText;

use crate::world::{id, start};

const GOLD: u128 = 1;
const SILVER: u128 = 2;
const EAST: u128 = 11;
const NORTH: u128 = 12;

fn customer(level: u128, region: u128) -> NoticeReader {
    NoticeReader::Customer {
        level: LevelId(id(level)),
        region: RegionId(id(region)),
    }
}

fn customers(levels: &[u128], regions: &[u128]) -> A {
    A::Customers {
        levels: levels.iter().map(|one| LevelId(id(*one))).collect(),
        regions: regions.iter().map(|one| RegionId(id(*one))).collect(),
    }
}

fn notice() -> Notice {
    Notice {
        id: NoticeId(id(0x900)),
        category: NoticeCategory::Delivery,
        title: LocalText::new("停发通知", ""),
        text: LocalText::new("周六盘点。", ""),
        is_pinned: false,
        audience: A::Everyone,
        from: start(),
        until: Some(start() + TimeDelta::days(2)),
        is_withdrawn: false,
    }
}

#[test]
fn a_notice_is_for_whom_it_names() {
    let everybody = [
        customer(GOLD, EAST),
        customer(GOLD, NORTH),
        customer(SILVER, EAST),
        NoticeReader::Staff,
    ];
    let table = [
        (A::Everyone, [true, true, true, true]),
        (A::Staff, [false, false, false, true]),
        (customers(&[], &[]), [true, true, true, false]),
        (customers(&[GOLD], &[]), [true, true, false, false]),
        (customers(&[], &[EAST]), [true, false, true, false]),
        (customers(&[GOLD], &[EAST]), [true, false, false, false]),
        (customers(&[GOLD, SILVER], &[NORTH]), [false, true, false, false]),
    ];
    for (audience, expected) in table {
        let includes = everybody.map(|reader| audience.includes(reader));
        assert_eq!(includes, expected, "{audience:?}");
    }
}

#[test]
fn a_notice_is_shown_from_its_first_moment_until_before_its_last() {
    let notice = notice();
    let state = |seconds: i64| notice.state(start() + TimeDelta::seconds(seconds));
    let two_days = 2 * 24 * 3600;
    assert_eq!(state(-1), NoticeState::Scheduled);
    assert_eq!(state(0), NoticeState::Shown);
    assert_eq!(state(two_days - 1), NoticeState::Shown);
    assert_eq!(state(two_days), NoticeState::Over);
    let endless = Notice {
        until: None,
        ..notice.clone()
    };
    assert_eq!(
        endless.state(start() + TimeDelta::days(4_000)),
        NoticeState::Shown
    );
    let withdrawn = Notice {
        is_withdrawn: true,
        ..notice
    };
    for days in [-1, 0, 1, 9] {
        let now = start() + TimeDelta::days(days);
        assert_eq!(withdrawn.state(now), NoticeState::Withdrawn);
    }
}

#[test]
fn only_what_is_shown_now_is_shown_to_its_readers() {
    let staff_only = Notice {
        audience: A::Staff,
        ..notice()
    };
    assert!(staff_only.is_shown_to(NoticeReader::Staff, start()));
    assert!(!staff_only.is_shown_to(customer(GOLD, EAST), start()));
    assert!(!staff_only.is_shown_to(NoticeReader::Staff, start() - TimeDelta::seconds(1)));
}

#[test]
fn staff_of_some_regions_write_to_customers_of_these_regions_only() {
    let east = [RegionId(id(EAST))];
    for (audience, may) in [
        (A::Everyone, false),
        (A::Staff, false),
        (customers(&[], &[]), false),
        (customers(&[GOLD], &[]), false),
        (customers(&[], &[EAST]), true),
        (customers(&[GOLD], &[EAST]), true),
        (customers(&[], &[EAST, NORTH]), false),
    ] {
        assert_eq!(audience.is_within(&east), may, "{audience:?}");
        assert!(audience.is_within(&[]), "staff without regions act everywhere");
    }
}

#[test]
fn a_text_in_one_language_is_read_in_both() {
    use countersign_domain::text::Language;
    let notice = notice();
    for language in [Language::ZhCn, Language::En] {
        assert_eq!(notice.title.get(language), "停发通知");
    }
}
