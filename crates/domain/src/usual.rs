//! What a customer usually buys of a variant, and how much of it is due by the rhythm of its orders.
//!
//! The rhythm is the median of the days between two purchases, the usual quantity the median of what was bought: one large
//! order before a holiday moves neither. Where there are two in the middle it is the smaller one, so that what is called
//! usual has really been. Nothing here adds anything to a cart: a suggestion is a number with its reason beside it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::quantity::{Quantity, QuantityRule};

/// After this many intervals without a purchase nobody waits for the next one.
const LAPSED_INTERVALS: u32 = 4;

/// Days without a purchase that never count as the end of a habit: who buys daily may be on holiday.
const LAPSED_DAYS: u32 = 60;

/// What one order bought of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// The day it was ordered, where the company is.
    pub on: NaiveDate,
    /// How much, in the unit the variant is ordered in now.
    pub quantity: Quantity,
}

/// What a customer usually buys of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usual {
    /// How many orders bought it.
    pub orders: u32,
    /// The day of the last one.
    pub last_on: NaiveDate,
    /// The usual quantity: the median of what was bought, in the ordering unit.
    pub quantity: Quantity,
    /// The rhythm of the purchases.
    pub rhythm: Rhythm,
}

/// The rhythm of purchases, and where in it a day stands: the reason for what is suggested, or for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "rhythm", rename_all = "snake_case")]
pub enum Rhythm {
    /// Bought on one day only, which makes no rhythm.
    None {
        /// Days since then.
        ago: u32,
    },
    /// The next purchase is not due yet.
    NotYet {
        /// Usual days from one purchase to the next, at least 1.
        every: u32,
        /// Days since the last one.
        ago: u32,
    },
    /// The next purchase is due.
    Due {
        /// Usual days from one purchase to the next, at least 1.
        every: u32,
        /// Days since the last one.
        ago: u32,
    },
    /// It has not been bought for so long that it is no habit any more.
    Lapsed {
        /// Usual days from one purchase to the next, at least 1.
        every: u32,
        /// Days since the last one.
        ago: u32,
    },
}

impl Usual {
    /// What `purchases`, in any order, say on the day `today`. `None` where nothing was bought.
    pub fn of(purchases: &[Purchase], today: NaiveDate) -> Option<Self> {
        let bought: Vec<&Purchase> = purchases.iter().filter(|one| !one.quantity.is_zero()).collect();
        let mut days: Vec<NaiveDate> = bought.iter().map(|one| one.on).collect();
        days.sort_unstable();
        days.dedup();
        let last_on = *days.last()?;
        let gaps = days.windows(2).filter_map(|pair| match pair {
            [before, after] => Some(days_between(*before, *after)),
            _ => None,
        });
        let every = median(gaps.collect());
        Some(Self {
            orders: u32::try_from(bought.len()).unwrap_or(u32::MAX),
            last_on,
            quantity: median(bought.iter().map(|one| one.quantity).collect())?,
            rhythm: Rhythm::of(every, days_between(last_on, today)),
        })
    }

    /// How much to order now: the usual quantity, or the nearest that `rule` allows, where the next purchase is due.
    pub fn suggested(&self, rule: &QuantityRule) -> Option<Quantity> {
        match self.rhythm {
            Rhythm::Due { .. } => rule.nearest(self.quantity),
            Rhythm::None { .. } | Rhythm::NotYet { .. } | Rhythm::Lapsed { .. } => None,
        }
    }
}

impl Rhythm {
    fn of(every: Option<u32>, ago: u32) -> Self {
        match every {
            None => Self::None { ago },
            Some(every) if ago > LAPSED_DAYS.max(every.saturating_mul(LAPSED_INTERVALS)) => {
                Self::Lapsed { every, ago }
            }
            Some(every) if ago >= every => Self::Due { every, ago },
            Some(every) => Self::NotYet { every, ago },
        }
    }
}

/// Days from one day to another; none where that one came before.
fn days_between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from(to.signed_duration_since(from).num_days()).unwrap_or(0)
}

/// The middle one, the smaller of two.
fn median<T: Ord + Copy>(mut all: Vec<T>) -> Option<T> {
    all.sort_unstable();
    let middle = all.len().checked_sub(1)? / 2;
    all.get(middle).copied()
}
