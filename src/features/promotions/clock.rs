//! Moments as they are typed and read: by the company's clock, whatever clock the reader lives by.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, Timelike, Utc};

/// The company's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock(FixedOffset);

impl Clock {
    /// The clock that is so many minutes ahead of UTC; UTC itself where there is no such clock.
    pub fn of(offset_minutes: i32) -> Self {
        let seconds = offset_minutes.saturating_mul(60);
        Self(FixedOffset::east_opt(seconds).unwrap_or(Utc.fix()))
    }

    /// A moment as a field for date and time has it.
    pub fn field(self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.0);
        // Seconds are shown only where there are some: nobody plans by them.
        let form = if local.second() == 0 {
            "%Y-%m-%dT%H:%M"
        } else {
            "%Y-%m-%dT%H:%M:%S"
        };
        local.format(form).to_string()
    }

    /// A moment as it is read in a list: `2026-11-30 08:00`.
    pub fn words(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.0).format("%Y-%m-%d %H:%M").to_string()
    }

    /// The moment that a field for date and time holds; `None` where it holds none.
    pub fn read(self, typed: &str) -> Option<DateTime<Utc>> {
        let typed = typed.trim();
        let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(typed, form).ok())?;
        let at = local.and_local_timezone(self.0).single()?;
        Some(at.with_timezone(&Utc))
    }

    /// What the clock is called: `UTC+08:00`.
    pub fn name(self) -> String {
        format!("UTC{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn what_is_typed_is_meant_by_the_clock_of_the_company() {
        let shanghai = Clock::of(480);
        let at = shanghai.read("2026-11-30T08:00").expect("a moment");
        assert_eq!(at.to_rfc3339(), "2026-11-30T00:00:00+00:00");
        assert_eq!(shanghai.field(at), "2026-11-30T08:00");
        assert_eq!(Clock::of(-210).field(at), "2026-11-29T20:30");
        assert_eq!(shanghai.words(at), "2026-11-30 08:00");
        assert_eq!(shanghai.name(), "UTC+08:00");
    }

    #[test]
    fn seconds_are_kept_where_there_are_some() {
        let clock = Clock::of(0);
        let at = clock.read("2026-11-30T08:00:07").expect("a moment");
        assert_eq!(clock.field(at), "2026-11-30T08:00:07");
        assert_eq!(clock.read("yesterday"), None);
        assert_eq!(clock.read(""), None);
    }
}
