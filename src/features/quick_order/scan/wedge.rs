//! Telling a scanner that types from a person who does: it is faster, and it ends with Enter.

/// Milliseconds between two keys of a scanner, at most. People who type fast need twice that.
const GAP: i64 = 50;
/// Shortest code that counts. A person may well type two or three digits and Enter as fast as that.
const SHORTEST: usize = 6;

/// What a key means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Nothing yet.
    Nothing,
    /// It may be the first of a burst.
    First,
    /// A scanner has typed this.
    Code(String),
}

/// The keys of the current burst.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wedge {
    typed: String,
    last: i64,
}

impl Wedge {
    /// A key, by its name, `at` some moment in milliseconds.
    pub fn hear(&mut self, key: &str, at: i64) -> Heard {
        let is_fast = at.saturating_sub(self.last) <= GAP;
        let mut letters = key.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => {
                if !is_fast {
                    self.typed.clear();
                }
                let is_first = self.typed.is_empty();
                self.typed.push(letter);
                self.last = at;
                if is_first { Heard::First } else { Heard::Nothing }
            }
            _ if key == "Enter" => {
                let code = std::mem::take(&mut self.typed);
                if is_fast && code.chars().count() >= SHORTEST {
                    Heard::Code(code)
                } else {
                    Heard::Nothing
                }
            }
            // A scanner holds it for capital letters.
            _ if key == "Shift" => Heard::Nothing,
            _ => {
                self.typed.clear();
                Heard::Nothing
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Heard, Wedge};

    /// Types `keys`, each `gap` milliseconds after the one before, and Enter.
    fn heard(keys: &[&str], gap: i64) -> Heard {
        let mut wedge = Wedge::default();
        let mut at = 10_000;
        for key in keys {
            wedge.hear(key, at);
            at += gap;
        }
        wedge.hear("Enter", at)
    }

    #[test]
    fn a_scanner_is_faster_than_any_person() {
        let code = ["6", "9", "0", "1", "2", "3", "4", "5"];
        assert_eq!(heard(&code, 8), Heard::Code("69012345".to_owned()));
        assert_eq!(heard(&code, 120), Heard::Nothing);
    }

    #[test]
    fn a_quantity_and_enter_is_no_scan_however_fast() {
        assert_eq!(heard(&["1", "2", "0"], 5), Heard::Nothing);
    }

    #[test]
    fn capital_letters_belong_to_a_code_and_other_keys_end_it() {
        let code = ["Shift", "T", "Shift", "E", "A", "-", "1", "2"];
        assert_eq!(heard(&code, 8), Heard::Code("TEA-12".to_owned()));
        let moved = ["6", "9", "0", "ArrowLeft", "1", "2", "3"];
        assert_eq!(heard(&moved, 8), Heard::Nothing);
    }

    #[test]
    fn what_was_typed_slowly_before_is_no_part_of_it() {
        let mut wedge = Wedge::default();
        assert_eq!(wedge.hear("x", 1_000), Heard::First);
        assert_eq!(wedge.hear("6", 2_000), Heard::First);
        for (at, key) in (2_010..).step_by(10).zip(["9", "0", "1", "2", "3"]) {
            assert_eq!(wedge.hear(key, at), Heard::Nothing);
        }
        assert_eq!(wedge.hear("Enter", 2_060), Heard::Code("690123".to_owned()));
    }
}
