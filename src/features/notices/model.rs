//! What the page of notices shows, as plain data.

use countersign_contract::notice::ShownNotice;
use countersign_domain::id::NoticeId;
use countersign_domain::notice::NoticeCategory;

/// The contract's names of the categories, for addresses and lists to choose from.
const CATEGORIES: [(NoticeCategory, &str); 5] = [
    (NoticeCategory::Company, "company"),
    (NoticeCategory::Goods, "goods"),
    (NoticeCategory::Promotion, "promotion"),
    (NoticeCategory::Delivery, "delivery"),
    (NoticeCategory::Terms, "terms"),
];

/// The name of a category.
pub fn category_name(category: NoticeCategory) -> &'static str {
    let found = CATEGORIES.iter().find(|(known, _)| *known == category);
    found.map_or("", |(_, name)| name)
}

/// The category of that name; none where there is none.
pub fn category_named(name: &str) -> Option<NoticeCategory> {
    let found = CATEGORIES.iter().find(|(_, known)| *known == name);
    found.map(|(category, _)| *category)
}

/// The notices in the order in which they are shown to somebody who looked at them as `before`: what is being read stays where
/// it is, although it is not unread any more. What is new comes first, and what is pinned stands above the rest.
pub fn arranged(before: &[NoticeId], notices: &[ShownNotice]) -> Vec<ShownNotice> {
    let mut all = notices.to_vec();
    let place = |notice: &ShownNotice| before.iter().position(|id| *id == notice.id);
    all.sort_by_key(|notice| (!notice.is_pinned, place(notice)));
    all
}

/// Those about a category; all of them without one.
pub fn about(notices: &[ShownNotice], category: Option<NoticeCategory>) -> Vec<ShownNotice> {
    let is_about = |notice: &&ShownNotice| category.is_none_or(|category| notice.category == category);
    notices.iter().filter(is_about).cloned().collect()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::*;

    fn notice(number: u128, is_pinned: bool, category: NoticeCategory) -> ShownNotice {
        ShownNotice {
            id: NoticeId(Uuid::from_u128(number)),
            category,
            title: LocalText::default(),
            text: LocalText::default(),
            is_pinned,
            from: DateTime::UNIX_EPOCH,
            is_read: false,
        }
    }

    fn numbers(notices: &[ShownNotice]) -> Vec<u128> {
        notices.iter().map(|notice| notice.id.0.as_u128()).collect()
    }

    #[test]
    fn what_is_read_stays_in_its_place_and_what_is_new_comes_first_below_what_is_pinned() {
        let goods = NoticeCategory::Goods;
        let ids = |numbers: &[u128]| {
            let id = |number: &u128| NoticeId(Uuid::from_u128(*number));
            numbers.iter().map(id).collect::<Vec<_>>()
        };
        // As the server has them: pinned, unread, read.
        let board = [
            notice(1, true, goods),
            notice(3, false, goods),
            notice(2, false, goods),
        ];
        assert_eq!(numbers(&arranged(&[], &board)), [1, 3, 2]);
        assert_eq!(numbers(&arranged(&ids(&[1, 2, 3]), &board)), [1, 2, 3]);
        let more = [board.to_vec(), vec![notice(4, false, goods)]].concat();
        assert_eq!(numbers(&arranged(&ids(&[1, 2, 3]), &more)), [1, 4, 2, 3]);
        assert_eq!(numbers(&arranged(&ids(&[1, 2, 3]), &board[1..])), [2, 3]);
    }

    #[test]
    fn a_category_narrows_the_list() {
        let all = [
            notice(1, false, NoticeCategory::Goods),
            notice(2, false, NoticeCategory::Terms),
        ];
        assert_eq!(numbers(&about(&all, None)), [1, 2]);
        assert_eq!(numbers(&about(&all, Some(NoticeCategory::Terms))), [2]);
    }

    #[test]
    fn categories_are_named_as_on_the_wire() {
        for category in NoticeCategory::ALL {
            let wire = serde_json::to_value(category).expect("a category is plain data");
            assert_eq!(wire, category_name(category));
            assert_eq!(category_named(category_name(category)), Some(category));
        }
        assert_eq!(category_named("weather"), None);
    }
}
