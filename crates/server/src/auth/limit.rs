//! Slowing down whoever guesses passwords.
//!
//! An attempt is counted before the password is looked at and given back when it was right, so that only failed ones
//! count and a burst of parallel guesses gains nothing.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// How many failed attempts are free, and how long each takes to be forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Failed attempts at once.
    pub burst: i32,
    /// Time in which one of them is forgotten.
    pub refill: TimeDelta,
}

/// One login from one address: five guesses, then one in half a minute.
const PER_LOGIN: Allowance = Allowance {
    burst: 5,
    refill: TimeDelta::seconds(30),
};
/// All logins from one address, which may be an office: fifty, then one in three seconds.
const PER_ADDRESS: Allowance = Allowance {
    burst: 50,
    refill: TimeDelta::seconds(3),
};
/// Keys kept before those with nothing left to forget are thrown away.
const KEPT: usize = 10_000;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Login(IpAddr, String),
    Address(IpAddr),
}

/// The attempts of late.
#[derive(Debug, Default)]
pub struct SignInLimiter {
    /// When everything counted against a key is forgotten.
    clear_at: Mutex<HashMap<Key, DateTime<Utc>>>,
}

/// An attempt that was counted; give it back when the password was right.
#[derive(Debug)]
#[must_use]
pub struct Attempt([(Key, Allowance); 2]);

impl SignInLimiter {
    /// Counts an attempt.
    ///
    /// # Errors
    /// The seconds to wait when there were too many.
    pub fn begin(&self, address: IpAddr, login: &str, now: DateTime<Utc>) -> Result<Attempt, u64> {
        let keys = [
            (Key::Login(address, login.to_owned()), PER_LOGIN),
            (Key::Address(address), PER_ADDRESS),
        ];
        let mut clear_at = self.clear_at.lock().unwrap_or_else(PoisonError::into_inner);
        if clear_at.len() > KEPT {
            clear_at.retain(|_, at| *at > now);
        }
        let wait = keys
            .iter()
            .filter_map(|(key, allowance)| {
                let filled = clear_at.get(key).copied().unwrap_or(now).max(now) - now;
                let over = filled + allowance.refill - allowance.refill * allowance.burst;
                (over > TimeDelta::zero()).then_some(over)
            })
            .max();
        if let Some(wait) = wait {
            return Err(u64::try_from(wait.num_seconds()).unwrap_or(0) + 1);
        }
        for (key, allowance) in &keys {
            let at = clear_at.entry(key.clone()).or_insert(now);
            *at = (*at).max(now) + allowance.refill;
        }
        Ok(Attempt(keys))
    }

    /// The password was right: nothing is counted.
    pub fn give_back(&self, attempt: Attempt) {
        let mut clear_at = self.clear_at.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, allowance) in attempt.0 {
            if let Some(at) = clear_at.get_mut(&key) {
                *at -= allowance.refill;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HOME: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn five_wrong_guesses_and_no_more() {
        let limiter = SignInLimiter::default();
        let now = DateTime::UNIX_EPOCH;
        for _ in 0..5 {
            drop(limiter.begin(HOME, "anna", now).expect("within the burst"));
        }
        let wait = limiter.begin(HOME, "anna", now).expect_err("one too many");
        assert!((30..=31).contains(&wait), "{wait}");
        assert!(
            limiter.begin(HOME, "berta", now).is_ok(),
            "another login is not hindered"
        );
        assert!(
            limiter.begin(HOME, "anna", now + TimeDelta::seconds(31)).is_ok(),
            "time heals"
        );
    }

    #[test]
    fn right_passwords_never_count() {
        let limiter = SignInLimiter::default();
        for _ in 0..500 {
            let attempt = limiter
                .begin(HOME, "anna", DateTime::UNIX_EPOCH)
                .expect("never limited");
            limiter.give_back(attempt);
        }
    }

    #[test]
    fn one_address_can_not_try_every_login() {
        let limiter = SignInLimiter::default();
        let refused = (0..100)
            .filter(|number| {
                limiter
                    .begin(HOME, &format!("user{number}"), DateTime::UNIX_EPOCH)
                    .is_err()
            })
            .count();
        assert_eq!(refused, 50);
    }
}
