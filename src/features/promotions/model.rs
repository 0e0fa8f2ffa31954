//! How promotions stand, and which of them a filter leaves, as plain data.

use chrono::{DateTime, Utc};
use countersign_contract::promotion::KeptPromotion;
use countersign_domain::promotion::Promotion;

use crate::route::PromotionsFilter;

/// How a promotion stands at some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Running,
    /// It will hold.
    Scheduled,
    /// Its time is over.
    Ended,
    /// It is switched off, whenever its time is.
    Off,
}

impl Standing {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::Running, Self::Scheduled, Self::Ended, Self::Off];

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Scheduled => "scheduled",
            Self::Ended => "ended",
            Self::Off => "off",
        }
    }

    /// How `promotion` stands at `now`.
    pub fn of(promotion: &Promotion, now: DateTime<Utc>) -> Self {
        if !promotion.is_on {
            Self::Off
        } else if promotion.until.is_some_and(|until| until <= now) {
            Self::Ended
        } else if promotion.from > now {
            Self::Scheduled
        } else {
            Self::Running
        }
    }
}

/// The promotions that `filter` leaves of `all`, in their order, with how each stands. What the address says wrongly counts
/// as not said.
pub fn shown(
    all: &[KeptPromotion],
    filter: &PromotionsFilter,
    now: DateTime<Utc>,
) -> Vec<(KeptPromotion, Standing)> {
    let wanted = Standing::ALL
        .into_iter()
        .find(|state| state.name() == filter.state);
    let words = filter.q.trim().to_lowercase();
    let fits = |kept: &KeptPromotion| {
        let name = &kept.promotion.name;
        [&name.zh, &name.en]
            .iter()
            .any(|name| name.to_lowercase().contains(&words))
    };
    all.iter()
        .filter(|kept| fits(kept))
        .map(|kept| (kept.clone(), Standing::of(&kept.promotion, now)))
        .filter(|(_, standing)| wanted.is_none_or(|wanted| wanted == *standing))
        .collect()
}

/// How many of `all` stand so.
pub fn count(all: &[KeptPromotion], standing: Standing, now: DateTime<Utc>) -> usize {
    all.iter()
        .filter(|kept| Standing::of(&kept.promotion, now) == standing)
        .count()
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use countersign_contract::promotion::KeptPromotion;
    use countersign_domain::id::PromotionId;
    use countersign_domain::promotion::{Audience, Promotion, PromotionRule};
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::{Standing, count, shown};
    use crate::route::PromotionsFilter;

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
    }

    fn promotion(name: &str, is_on: bool, from: i64, until: Option<i64>) -> KeptPromotion {
        KeptPromotion {
            version: 1,
            promotion: Promotion {
                id: PromotionId(Uuid::nil()),
                name: LocalText::new("满减", name),
                is_on,
                from: now() + TimeDelta::hours(from),
                until: until.map(|hours| now() + TimeDelta::hours(hours)),
                audience: Audience::default(),
                rule: PromotionRule::Order { steps: Vec::new() },
            },
        }
    }

    fn all() -> Vec<KeptPromotion> {
        vec![
            promotion("Winter", true, 1, None),
            promotion("Autumn", true, -2, Some(1)),
            promotion("Summer", true, -2, Some(0)),
            promotion("Spring", false, -2, None),
        ]
    }

    fn names(q: &str, state: &str) -> Vec<String> {
        let filter = PromotionsFilter {
            q: q.to_owned(),
            state: state.to_owned(),
        };
        let found = shown(&all(), &filter, now());
        found
            .into_iter()
            .map(|(kept, _)| kept.promotion.name.en)
            .collect()
    }

    #[test]
    fn a_promotion_ends_in_the_moment_it_says() {
        let standings: Vec<_> = all()
            .iter()
            .map(|kept| Standing::of(&kept.promotion, now()))
            .collect();
        assert_eq!(
            standings,
            [
                Standing::Scheduled,
                Standing::Running,
                Standing::Ended,
                Standing::Off
            ]
        );
        assert_eq!(count(&all(), Standing::Ended, now()), 1);
    }

    #[test]
    fn words_and_standing_narrow_the_list_and_nonsense_does_not() {
        assert_eq!(names("", "running"), ["Autumn"]);
        assert_eq!(names(" WIN ", ""), ["Winter"]);
        assert_eq!(names("满减", "off"), ["Spring"]);
        assert_eq!(names("", "lost").len(), 4);
    }
}
