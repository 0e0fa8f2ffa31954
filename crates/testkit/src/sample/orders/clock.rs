//! Office hours in China.

use chrono::{DateTime, Datelike, Days, Duration, FixedOffset, NaiveDate, NaiveTime, Timelike, Utc, Weekday};

/// China Standard Time, in seconds east of Greenwich; it has no summer time.
pub const CHINA_SECONDS_EAST: i32 = 8 * 3_600;

/// The moment on a clock in China.
pub fn local(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    match FixedOffset::east_opt(CHINA_SECONDS_EAST) {
        Some(china) => at.with_timezone(&china),
        None => at.fixed_offset(),
    }
}

/// The moment a clock in China shows this.
pub(super) fn at_local(date: NaiveDate, hour: u32, minute: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN);
    date.and_time(time).and_utc() - Duration::seconds(i64::from(CHINA_SECONDS_EAST))
}

/// The moment itself when the desk is open (Monday to Saturday, 8 to 18), else as far into the next opening as it is
/// past the full hour, so that not everything happens at once in the morning.
pub(super) fn when_open(at: DateTime<Utc>) -> DateTime<Utc> {
    let clock = local(at);
    let mut date = clock.date_naive();
    if (8..18).contains(&clock.hour()) && date.weekday() != Weekday::Sun {
        return at;
    }
    if clock.hour() >= 18 {
        date = tomorrow(date);
    }
    if date.weekday() == Weekday::Sun {
        date = tomorrow(date);
    }
    at_local(date, 8, clock.minute())
}

fn tomorrow(date: NaiveDate) -> NaiveDate {
    date.checked_add_days(Days::new(1)).unwrap_or(date)
}
