//! How high the lines of a long list are: those that were seen as high as they were, the others as high as is expected.
//!
//! A browser lets no page be higher than some millions of pixels. Beyond that what is out of sight is drawn smaller than it
//! is: the way down the list then goes faster, and each line is still reached.

use std::ops::Range;

/// No list is higher on the page than this: the least that any browser allows, with room for what is around it.
const MOST: u64 = 15_000_000;

/// The heights of all lines, in pixels.
#[derive(Clone, Debug, Default)]
pub struct Heights {
    /// What a line is high that was never seen.
    expected: u32,
    /// What each line is high, where it was seen.
    seen: Vec<Option<u32>>,
    /// How much the lines before a place are higher or lower than expected, as a binary indexed tree.
    tree: Vec<i64>,
    /// Whether what is expected was learnt from lines that were seen.
    is_learnt: bool,
}

/// A line and where it begins on the page, from the top of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The line.
    pub line: usize,
    /// Its upper edge, in pixels.
    pub top: i64,
}

impl Heights {
    /// So many lines, none of which was seen.
    pub fn new(lines: usize, expected: u32) -> Self {
        Self {
            expected: expected.max(1),
            seen: vec![None; lines],
            tree: vec![0; lines + 1],
            is_learnt: false,
        }
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.seen.len()
    }

    /// How high a line is.
    pub fn height(&self, line: usize) -> u32 {
        self.seen.get(line).copied().flatten().unwrap_or(self.expected)
    }

    /// A line was seen to be so high.
    pub fn see(&mut self, line: usize, height: u32) {
        let change = i64::from(height) - i64::from(self.height(line));
        let Some(seen) = self.seen.get_mut(line) else {
            return;
        };
        *seen = Some(height);
        let mut at = line + 1;
        while let Some(sum) = self.tree.get_mut(at) {
            *sum += change;
            at += at & at.wrapping_neg();
        }
    }

    /// Expects of all other lines what those that were seen are high on average: once, as the page would jump with
    /// every change of it. Tells whether it did.
    pub fn learn(&mut self) -> bool {
        let seen: Vec<u32> = self.seen.iter().copied().flatten().collect();
        let sum: u64 = seen.iter().copied().map(u64::from).sum();
        let count = u64::try_from(seen.len()).unwrap_or(u64::MAX);
        let average = sum
            .checked_div(count)
            .and_then(|average| u32::try_from(average).ok());
        let Some(average) = average.filter(|_| !self.is_learnt) else {
            return false;
        };
        let seen = std::mem::take(&mut self.seen);
        *self = Self::new(seen.len(), average);
        self.is_learnt = true;
        for (line, height) in seen.into_iter().enumerate() {
            if let Some(height) = height {
                self.see(line, height);
            }
        }
        true
    }

    /// What all lines before `line` are high together.
    fn before(&self, line: usize) -> u64 {
        let mut at = line.min(self.lines());
        let mut sum = i64::try_from(at)
            .unwrap_or(i64::MAX)
            .saturating_mul(i64::from(self.expected));
        while at > 0 {
            sum += self.tree.get(at).copied().unwrap_or_default();
            at &= at - 1;
        }
        u64::try_from(sum).unwrap_or_default()
    }

    fn all(&self) -> u64 {
        self.before(self.lines())
    }

    /// Pixels of the list as pixels of the page.
    fn on_page(&self, pixels: u64) -> u64 {
        let all = self.all();
        if all <= MOST {
            pixels
        } else {
            pixels.saturating_mul(MOST) / all
        }
    }

    /// How much room lines take that are out of sight.
    pub fn room(&self, lines: Range<usize>) -> u64 {
        let (start, end) = (self.before(lines.start), self.before(lines.end));
        self.on_page(end).saturating_sub(self.on_page(start))
    }

    /// The line that is at `top` of the list where nothing of it is on the page, and where it begins.
    pub fn at(&self, top: i64) -> Spot {
        let wanted = u64::try_from(top).unwrap_or_default();
        let (mut first, mut behind) = (0, self.lines());
        while first + 1 < behind {
            let middle = first + (behind - first) / 2;
            if self.on_page(self.before(middle)) <= wanted {
                first = middle;
            } else {
                behind = middle;
            }
        }
        self.spot(first)
    }

    /// Where a line begins where nothing of the list is on the page.
    pub fn spot(&self, line: usize) -> Spot {
        Spot {
            line,
            top: i64::try_from(self.on_page(self.before(line))).unwrap_or(i64::MAX),
        }
    }

    /// The lines that fill the page from `top` to `bottom`, going out from one of which the place is known.
    pub fn filling(&self, known: Spot, top: i64, bottom: i64) -> Range<usize> {
        let last = self.lines().saturating_sub(1);
        let Spot {
            line: known_line,
            top: known_top,
        } = known;
        let (mut start, mut above) = (known_line.min(last), known_top);
        while start > 0 && above > top {
            start -= 1;
            above -= i64::from(self.height(start));
        }
        let (mut end, mut below) = (known_line.min(self.lines()), known_top);
        while end < self.lines() && below < bottom {
            below += i64::from(self.height(end));
            end += 1;
        }
        // The known one may itself be above the page.
        while start + 1 < end && above + i64::from(self.height(start)) <= top {
            above += i64::from(self.height(start));
            start += 1;
        }
        // Or below it.
        while end > start + 1 && below - i64::from(self.height(end - 1)) >= bottom {
            end -= 1;
            below -= i64::from(self.height(end));
        }
        start..end.max((start + 1).min(self.lines()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_were_seen_are_as_high_as_they_were() {
        let mut heights = Heights::new(100, 50);
        assert_eq!(heights.room(0..100), 5_000);
        heights.see(3, 80);
        heights.see(3, 70);
        heights.see(90, 10);
        assert_eq!(heights.height(3), 70);
        assert_eq!(heights.room(0..3), 150);
        assert_eq!(heights.room(0..4), 220);
        assert_eq!(heights.room(3..4), 70);
        assert_eq!(heights.room(0..100), 4_980);
        heights.see(100, 7);
        assert_eq!(heights.room(0..100), 4_980, "there is no such line");
    }

    #[test]
    fn what_is_at_a_place_is_what_begins_there_or_before() {
        let mut heights = Heights::new(10, 50);
        heights.see(2, 100);
        let line = |top| heights.at(top).line;
        assert_eq!(line(-30), 0);
        assert_eq!(line(0), 0);
        assert_eq!(line(99), 1);
        assert_eq!(line(100), 2);
        assert_eq!(line(199), 2);
        assert_eq!(line(200), 3);
        assert_eq!(line(1_000_000), 9);
        assert_eq!(heights.at(210), Spot { line: 3, top: 200 });
        assert_eq!(Heights::new(0, 50).at(10).line, 0);
    }

    #[test]
    fn the_lines_around_a_known_one_fill_the_page() {
        let heights = Heights::new(1_000, 50);
        let known = Spot {
            line: 100,
            top: 5_010,
        };
        assert_eq!(heights.filling(known, 5_010, 5_110), 100..102);
        assert_eq!(heights.filling(known, 4_900, 5_100), 97..102);
        assert_eq!(heights.filling(known, 5_200, 5_300), 103..106);
        assert_eq!(
            heights.filling(known, -500, 0),
            0..1,
            "the list begins further down"
        );
        assert_eq!(heights.filling(Spot { line: 998, top: 0 }, 0, 5_000), 998..1_000);
        assert_eq!(
            Heights::new(0, 50).filling(Spot { line: 0, top: 0 }, 0, 500),
            0..0
        );
    }

    #[test]
    fn what_is_expected_is_learnt_once() {
        let mut heights = Heights::new(1_000, 50);
        assert!(!heights.learn(), "nothing was seen");
        heights.see(0, 100);
        heights.see(1, 120);
        assert!(heights.learn());
        assert_eq!(heights.height(999), 110);
        assert_eq!(heights.room(0..3), 330);
        heights.see(2, 500);
        assert!(!heights.learn());
        assert_eq!(heights.room(0..3), 720);
    }

    #[test]
    fn a_list_that_is_too_high_for_a_page_is_reached_to_its_end() {
        let heights = Heights::new(1_000_000, 300);
        assert_eq!(heights.room(0..1_000_000), MOST);
        assert_eq!(heights.at(i64::try_from(MOST).expect("small")).line, 999_999);
        assert_eq!(heights.at(0).line, 0);
        let middle = heights.spot(500_000);
        assert_eq!(heights.at(middle.top).line, 500_000);
        assert_eq!(
            heights.filling(middle, middle.top, middle.top + 900),
            500_000..500_003
        );
    }
}
