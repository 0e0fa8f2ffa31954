//! What is typed about a notice, and the notice it makes.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use countersign_contract::notice::{MAX_TEXT, MAX_TITLE, NoticeBody};
use countersign_contract::problem::{FieldCode, FieldError};
use countersign_domain::id::{LevelId, RegionId};
use countersign_domain::notice::{Notice, NoticeAudience, NoticeCategory};
use countersign_domain::text::LocalText;

/// A field that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The title in Chinese; also that there is none in either language.
    TitleZh,
    /// The title in English.
    TitleEn,
    /// The text in Chinese; also that there is none in either language.
    TextZh,
    /// The text in English.
    TextEn,
    /// The levels.
    Levels,
    /// The regions.
    Regions,
    /// The first day.
    From,
    /// The last day.
    Until,
}

/// Who reads it, as it is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Readers {
    /// Customers and staff.
    Everyone,
    /// Customers.
    #[default]
    Customers,
    /// Staff.
    Staff,
}

impl Readers {
    /// All of them, with the names they have in a choice.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Everyone, "everyone"),
        (Self::Customers, "customers"),
        (Self::Staff, "staff"),
    ];
}

/// What is typed and chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// What it is about.
    pub category: NoticeCategory,
    /// The title in both languages.
    pub title: LocalText,
    /// The text in both languages.
    pub text: LocalText,
    /// Whether it is pinned.
    pub is_pinned: bool,
    /// Who reads it.
    pub readers: Readers,
    /// The levels of the customers.
    pub levels: Vec<LevelId>,
    /// Their regions.
    pub regions: Vec<RegionId>,
    /// The first day, as `2026-11-25`; empty for at once, or for as it was.
    pub from: String,
    /// The last day; empty for none.
    pub until: String,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            category: NoticeCategory::Company,
            title: LocalText::default(),
            text: LocalText::default(),
            is_pinned: false,
            readers: Readers::default(),
            levels: Vec::new(),
            regions: Vec::new(),
            from: String::new(),
            until: String::new(),
        }
    }
}

/// Where days begin, and which day a moment is in: the device's, handed in.
#[derive(Clone, Copy)]
pub struct Calendar {
    /// When a day begins.
    pub midnight: fn(NaiveDate) -> DateTime<Utc>,
    /// The day of a moment.
    pub day_of: fn(DateTime<Utc>) -> NaiveDate,
}

impl Calendar {
    /// The last day of a time that ends before `until`.
    fn last_day(self, until: DateTime<Utc>) -> NaiveDate {
        (self.day_of)(until.checked_sub_signed(TimeDelta::seconds(1)).unwrap_or(until))
    }
}

impl Typed {
    /// What stands in the form of a notice that is kept.
    pub fn of(notice: &Notice, calendar: Calendar) -> Self {
        let (readers, levels, regions) = match &notice.audience {
            NoticeAudience::Everyone => (Readers::Everyone, Vec::new(), Vec::new()),
            NoticeAudience::Staff => (Readers::Staff, Vec::new(), Vec::new()),
            NoticeAudience::Customers { levels, regions } => {
                (Readers::Customers, levels.clone(), regions.clone())
            }
        };
        let until = notice.until.map(|until| calendar.last_day(until).to_string());
        Self {
            category: notice.category,
            title: notice.title.clone(),
            text: notice.text.clone(),
            is_pinned: notice.is_pinned,
            readers,
            levels,
            regions,
            from: (calendar.day_of)(notice.from).to_string(),
            until: until.unwrap_or_default(),
        }
    }

    /// The notice it makes, in place of the one that is kept. A day that was not changed is not a new moment.
    ///
    /// # Errors
    /// Every field that can't be taken as it is. What only the server knows, it says itself.
    pub fn read(
        &self,
        kept: Option<&Notice>,
        calendar: Calendar,
    ) -> Result<NoticeBody, Vec<(Field, FieldCode)>> {
        let mut wrong = Vec::new();
        let texts = [
            (&self.title, Field::TitleZh, Field::TitleEn, MAX_TITLE),
            (&self.text, Field::TextZh, Field::TextEn, MAX_TEXT),
        ];
        for (text, zh, en, most) in texts {
            if text.zh.trim().is_empty() && text.en.trim().is_empty() {
                wrong.push((zh, FieldCode::Required));
            }
            let lengths = [(zh, &text.zh), (en, &text.en)];
            let long = lengths
                .into_iter()
                .filter(|(_, text)| text.trim().chars().count() > most);
            wrong.extend(long.map(|(field, _)| (field, FieldCode::TooLong)));
        }
        let mut day = |typed: &str, field: Field| match typed.trim() {
            "" => None,
            typed => {
                let day = typed.parse::<NaiveDate>().ok();
                if day.is_none() {
                    wrong.push((field, FieldCode::Invalid));
                }
                day
            }
        };
        let (first, last) = (day(&self.from, Field::From), day(&self.until, Field::Until));
        let same_first = kept.filter(|kept| Some((calendar.day_of)(kept.from)) == first);
        let from = match same_first {
            Some(kept) => Some(kept.from),
            None => first.map(calendar.midnight),
        };
        let kept_until = kept.and_then(|kept| kept.until);
        let same_last = kept_until.filter(|until| Some(calendar.last_day(*until)) == last);
        let until = same_last.or_else(|| {
            let next = last.and_then(|last| last.checked_add_days(Days::new(1)));
            next.map(calendar.midnight)
        });
        if from.is_some_and(|from| until.is_some_and(|until| until <= from)) {
            wrong.push((Field::Until, FieldCode::TooSmall));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(NoticeBody {
            category: self.category,
            title: self.title.clone(),
            text: self.text.clone(),
            is_pinned: self.is_pinned,
            audience: match self.readers {
                Readers::Everyone => NoticeAudience::Everyone,
                Readers::Staff => NoticeAudience::Staff,
                Readers::Customers => NoticeAudience::Customers {
                    levels: self.levels.clone(),
                    regions: self.regions.clone(),
                },
            },
            from,
            until,
            is_withdrawn: kept.is_some_and(|kept| kept.is_withdrawn),
        })
    }
}

/// The notice as it is kept, taken back or shown again.
pub fn withdrawn(notice: &Notice, is_withdrawn: bool) -> NoticeBody {
    NoticeBody {
        category: notice.category,
        title: notice.title.clone(),
        text: notice.text.clone(),
        is_pinned: notice.is_pinned,
        audience: notice.audience.clone(),
        from: Some(notice.from),
        until: notice.until,
        is_withdrawn,
    }
}

/// The server's word on fields, where each of them is one of the form's.
pub fn of_server(errors: &[FieldError]) -> Option<Vec<(Field, FieldCode)>> {
    let field = |error: &FieldError| {
        let field = match error.pointer.trim_start_matches('/') {
            "title" | "title/zh" => Field::TitleZh,
            "title/en" => Field::TitleEn,
            "text" | "text/zh" => Field::TextZh,
            "text/en" => Field::TextEn,
            "audience/levels" => Field::Levels,
            "audience/regions" => Field::Regions,
            "from" => Field::From,
            "until" => Field::Until,
            _ => return None,
        };
        Some((field, error.code))
    };
    errors.iter().map(field).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;
    use countersign_domain::id::NoticeId;
    use uuid::Uuid;

    use super::*;

    const UTC: Calendar = Calendar {
        midnight: |day| day.and_time(NaiveTime::MIN).and_utc(),
        day_of: |at| at.date_naive(),
    };

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    fn notice() -> Notice {
        Notice {
            id: NoticeId(Uuid::from_u128(1)),
            category: NoticeCategory::Goods,
            title: LocalText::new("标题", ""),
            text: LocalText::new("内容", "Text"),
            is_pinned: true,
            audience: NoticeAudience::Customers {
                levels: vec![LevelId(Uuid::from_u128(2))],
                regions: Vec::new(),
            },
            from: time("2026-11-22T09:30:00Z"),
            until: Some(time("2026-11-25T00:00:00Z")),
            is_withdrawn: false,
        }
    }

    #[test]
    fn what_was_not_changed_stays_as_it_was_to_the_second() {
        let kept = notice();
        let typed = Typed::of(&kept, UTC);
        assert_eq!(
            (typed.from.as_str(), typed.until.as_str()),
            ("2026-11-22", "2026-11-24")
        );
        let body = typed.read(Some(&kept), UTC).expect("nothing is wrong");
        assert_eq!(body, withdrawn(&kept, false));
        let odd = Notice {
            until: Some(time("2026-11-25T16:00:00Z")),
            ..kept
        };
        let body = Typed::of(&odd, UTC)
            .read(Some(&odd), UTC)
            .expect("nothing is wrong");
        assert_eq!(body.until, odd.until);
    }

    #[test]
    fn days_are_whole_days() {
        let typed = Typed {
            title: LocalText::new("", "Title"),
            text: LocalText::new("", "Text"),
            from: "2026-12-01".to_owned(),
            until: "2026-12-01".to_owned(),
            ..Typed::default()
        };
        let body = typed.read(None, UTC).expect("nothing is wrong");
        assert_eq!(body.from, Some(time("2026-12-01T00:00:00Z")));
        assert_eq!(body.until, Some(time("2026-12-02T00:00:00Z")));
        let at_once = Typed {
            from: String::new(),
            until: String::new(),
            ..typed
        };
        let body = at_once.read(None, UTC).expect("nothing is wrong");
        assert_eq!((body.from, body.until), (None, None));
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let typed = Typed {
            title: LocalText::new(" ", ""),
            text: LocalText::new("", "x".repeat(MAX_TEXT + 1)),
            from: "tomorrow".to_owned(),
            ..Typed::default()
        };
        assert_eq!(
            typed.read(None, UTC),
            Err(vec![
                (Field::TitleZh, FieldCode::Required),
                (Field::TextEn, FieldCode::TooLong),
                (Field::From, FieldCode::Invalid),
            ])
        );
        let backwards = Typed {
            title: LocalText::new("标题", ""),
            text: LocalText::new("内容", ""),
            from: "2026-12-02".to_owned(),
            until: "2026-12-01".to_owned(),
            ..Typed::default()
        };
        assert_eq!(
            backwards.read(None, UTC),
            Err(vec![(Field::Until, FieldCode::TooSmall)])
        );
    }

    #[test]
    fn the_servers_word_is_shown_at_the_field_it_is_about() {
        let error = |pointer: &str| FieldError {
            pointer: pointer.to_owned(),
            code: FieldCode::Unknown,
        };
        assert_eq!(
            of_server(&[error("/audience/regions")]),
            Some(vec![(Field::Regions, FieldCode::Unknown)])
        );
        assert_eq!(
            of_server(&[error("/audience/regions"), error("/audience/for")]),
            None
        );
    }
}
