//! A small generator of reproducible numbers, so that the sample is the same everywhere and for ever.

/// Numbers that look random and follow from the seed alone (a Weyl sequence with a mixing step).
#[derive(Debug, Clone)]
pub(super) struct Rng(u64);

impl Rng {
    /// A generator for `seed`.
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator for a name: the same name, the same numbers, whatever stands before it in the data.
    pub(super) fn for_name(name: &str) -> Self {
        Self(name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    /// The next 64 bits.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }

    /// A number from `low` to `high`, both included. `low` where the range is empty.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        let width = u64::from(high.saturating_sub(low)) + 1;
        let step = self.next() % width;
        low.saturating_add(u32::try_from(step).unwrap_or(0))
    }

    /// True in `percent` of a hundred cases.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of `items`, which must not be empty.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let last = u32::try_from(items.len().saturating_sub(1)).unwrap_or(u32::MAX);
        &items[self.between(0, last) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_in_range_and_repeat_for_the_same_seed() {
        let (mut a, mut b) = (Rng::new(7), Rng::new(7));
        let mut seen = [false; 6];
        for _ in 0..1_000 {
            let number = a.between(3, 8);
            assert_eq!(number, b.between(3, 8));
            seen[(number - 3) as usize] = true;
        }
        assert_eq!(seen, [true; 6], "every number of the range comes");
        assert_ne!(
            Rng::for_name("a").between(0, 9_999),
            Rng::for_name("b").between(0, 9_999)
        );
    }
}
