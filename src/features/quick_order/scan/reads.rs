//! Which of the codes a camera sees count as read: what stays in sight counts once.

use std::collections::BTreeMap;

/// So many milliseconds a code has to be out of sight before it counts again: longer than a hand trembles, shorter than it
/// takes to hold the next one of the same goods before the camera.
const AWAY: i64 = 1_200;

/// The codes in sight, and when each was last seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads {
    seen: BTreeMap<String, i64>,
}

impl Reads {
    /// The codes of those in sight `at` some moment, in milliseconds, that count.
    pub fn take(&mut self, codes: Vec<String>, at: i64) -> Vec<String> {
        self.seen.retain(|_, last| at.saturating_sub(*last) < AWAY);
        let is_new = |code: &String| self.seen.insert(code.clone(), at).is_none();
        let codes = codes.into_iter().filter(|code| !code.trim().is_empty());
        codes.filter(is_new).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Reads;

    fn take(reads: &mut Reads, codes: &[&str], at: i64) -> Vec<String> {
        reads.take(codes.iter().map(|code| (*code).to_owned()).collect(), at)
    }

    #[test]
    fn what_stays_in_sight_counts_once_and_again_after_it_was_away() {
        let mut reads = Reads::default();
        assert_eq!(take(&mut reads, &["690"], 0), ["690"]);
        for at in (200..=4_000).step_by(200) {
            assert_eq!(take(&mut reads, &["690"], at), [""; 0], "{at}");
        }
        assert_eq!(take(&mut reads, &[], 4_900), [""; 0]);
        assert_eq!(take(&mut reads, &["690"], 5_000), [""; 0], "a hand trembled");
        assert_eq!(take(&mut reads, &["690"], 6_300), ["690"]);
    }

    #[test]
    fn two_codes_in_sight_count_each() {
        let mut reads = Reads::default();
        assert_eq!(take(&mut reads, &["690", "691", " "], 0), ["690", "691"]);
        assert_eq!(take(&mut reads, &["691", "692"], 100), ["692"]);
    }
}
