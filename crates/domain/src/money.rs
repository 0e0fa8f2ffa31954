//! Money: exact decimals in the one currency of a deployment, strings on the wire (domain.md section 5).

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::quantity::Quantity;

/// An amount of money or a unit price, in the deployment's currency.
///
/// Amounts that are charged are rounded half up to the minor unit ([`Currency::round`]); unit prices may carry more
/// digits. May be negative (a reversal).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "31.20"))]
#[serde(transparent)]
pub struct Money(pub Decimal);

impl Money {
    /// No money.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// `units` and `scale` digits of it behind the point: `Money::new(3120, 2)` is 31.20.
    pub fn new(units: i64, scale: u32) -> Self {
        Self(Decimal::new(units, scale))
    }

    /// Whether this is no money.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Whether this is less than nothing.
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }
}

/// A share between 0 and 1, such as a discount or a deposit: `0.15` is 15 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "0.15"))]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Rate(Decimal);

impl Rate {
    /// No share at all.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A share, if it lies between 0 and 1.
    pub fn new(share: Decimal) -> Option<Self> {
        (Decimal::ZERO..=Decimal::ONE)
            .contains(&share)
            .then_some(Self(share))
    }

    /// The share as a decimal between 0 and 1.
    pub fn get(self) -> Decimal {
        self.0
    }

    /// Whether it takes nothing off.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

impl TryFrom<Decimal> for Rate {
    type Error = &'static str;

    fn try_from(share: Decimal) -> Result<Self, Self::Error> {
        Self::new(share).ok_or("a rate lies between 0 and 1")
    }
}

impl From<Rate> for Decimal {
    fn from(rate: Rate) -> Self {
        rate.0
    }
}

/// The currency of a deployment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Currency {
    /// ISO 4217 code, such as `CNY`.
    pub code: String,
    /// Digits of the minor unit: 2 for CNY, 0 for JPY.
    pub minor_digits: u32,
}

impl Currency {
    /// Rounds half up (away from zero) to the minor unit (domain.md section 5.6).
    pub fn round(&self, amount: Decimal) -> Money {
        let mut rounded =
            amount.round_dp_with_strategy(self.minor_digits, RoundingStrategy::MidpointAwayFromZero);
        rounded.rescale(self.minor_digits);
        Money(rounded)
    }

    /// What `quantity` costs at `price` with `discount` off, rounded half up to the minor unit.
    ///
    /// `None` when the result is beyond what a decimal can hold.
    pub fn line_amount(&self, price: Money, quantity: Quantity, discount: Rate) -> Option<Money> {
        let gross = price.0.checked_mul(quantity.get())?;
        let net = gross.checked_mul(Decimal::ONE.checked_sub(discount.get())?)?;
        Some(self.round(net))
    }
}

impl Default for Currency {
    fn default() -> Self {
        Self {
            code: "CNY".to_owned(),
            minor_digits: 2,
        }
    }
}

// Sums saturate rather than panic: amounts are bounded by validation far below the limit, and a reader who sees a
// saturated sum still has a running app.
impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Money {
    type Err = rust_decimal::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Decimal::from_str_exact(text).map(Self)
    }
}
