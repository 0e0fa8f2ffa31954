//! When to try again (protocol.md: backoff with jitter, 1 s to 5 min).

use chrono::{DateTime, TimeDelta, Utc};

/// The longest wait.
const LONGEST: TimeDelta = TimeDelta::minutes(5);

/// How long to wait after `attempts` that brought no answer. `chance` (0 to 999) spreads devices that lost the same server
/// at the same moment over half of the time.
pub(super) fn delay(attempts: u32, chance: u32) -> TimeDelta {
    let doubled = 1_000_i64 << attempts.saturating_sub(1).min(9);
    let whole = doubled.min(LONGEST.num_milliseconds());
    let half = whole / 2;
    TimeDelta::milliseconds(half + half * i64::from(chance.min(999)) / 999)
}

/// Whether a moment written down earlier has come.
///
/// A clock that was set back would let a moment lie far ahead: nothing is ever waited for longer than the longest wait.
pub(super) fn has_come(moment: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    moment <= now || moment - now > LONGEST
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::{LONGEST, delay, has_come};

    #[test]
    fn waits_grow_from_a_second_to_five_minutes() {
        assert_eq!(delay(1, 999), TimeDelta::seconds(1));
        assert_eq!(delay(2, 999), TimeDelta::seconds(2));
        assert_eq!(delay(2, 0), TimeDelta::seconds(1));
        assert_eq!(delay(u32::MAX, 999), LONGEST);
        assert_eq!(delay(0, 999), TimeDelta::seconds(1));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_hold_anything_up() {
        let now = DateTime::UNIX_EPOCH;
        assert!(has_come(now, now));
        assert!(!has_come(now + TimeDelta::seconds(5), now));
        assert!(has_come(now + TimeDelta::days(365), now));
    }
}
