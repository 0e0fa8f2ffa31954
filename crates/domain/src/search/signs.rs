//! Which signs a text has, at a glance.

/// A set of letters and digits: those of ASCII each for itself, of the others some share a place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(u64);

/// Places for letters and digits of ASCII.
const PLAIN: u32 = 36;

impl Signs {
    /// The set of `signs`; what is neither letter nor digit is left out.
    pub fn of(signs: impl Iterator<Item = char>) -> Self {
        Self(signs.filter_map(place).fold(0, |set, place| set | (1 << place)))
    }

    /// How many of `others` are certainly not in it.
    pub fn lacks(self, others: Self) -> u32 {
        (others.0 & !self.0).count_ones()
    }
}

fn place(sign: char) -> Option<u32> {
    match sign {
        'a'..='z' | '0'..='9' => sign.to_digit(PLAIN),
        _ if !sign.is_ascii() && sign.is_alphanumeric() => {
            Some(PLAIN + u32::from(sign) % (u64::BITS - PLAIN))
        }
        _ => None,
    }
}
