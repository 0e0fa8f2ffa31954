//! Quantities, units and the rules a typed quantity must obey (domain.md section 5).

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::text::LocalText;

/// The largest quantity a line may carry; far above any real order, far below what a decimal can hold.
pub const MAX_QUANTITY: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// A quantity of something, never negative, with at most [`Quantity::MAX_SCALE`] digits behind the point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "12"))]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Quantity(Decimal);

/// Why something is not a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityError {
    /// Not a decimal number.
    NotANumber,
    /// Less than zero.
    Negative,
    /// More than [`MAX_QUANTITY`].
    TooLarge,
    /// More than [`Quantity::MAX_SCALE`] digits behind the point.
    TooFine,
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotANumber => "not a decimal number",
            Self::Negative => "a quantity is not negative",
            Self::TooLarge => "a quantity is at most 1000000000",
            Self::TooFine => "a quantity has at most 4 decimal places",
        })
    }
}

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// One.
    pub const ONE: Self = Self(Decimal::ONE);
    /// Digits behind the point: enough for grams of a kilogram and for a tenth of that.
    pub const MAX_SCALE: u32 = 4;

    /// A quantity, if `value` is one.
    pub fn new(value: Decimal) -> Result<Self, QuantityError> {
        if value.is_sign_negative() && !value.is_zero() {
            return Err(QuantityError::Negative);
        }
        if value > MAX_QUANTITY {
            return Err(QuantityError::TooLarge);
        }
        let value = value.normalize();
        if value.scale() > Self::MAX_SCALE {
            return Err(QuantityError::TooFine);
        }
        Ok(Self(value))
    }

    /// Reads a quantity as people type it, full-width digits of a Chinese keyboard among them.
    ///
    /// # Errors
    /// Why it is not a quantity.
    pub fn read(typed: &str) -> Result<Self, QuantityError> {
        let plain: String = typed
            .trim()
            .chars()
            .map(|character| match character {
                '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0'))
                    .unwrap_or(character),
                '．' | '。' => '.',
                other => other,
            })
            .collect();
        plain.parse()
    }

    /// A whole number of units.
    pub fn whole(count: u32) -> Self {
        Self(Decimal::from(count))
    }

    /// The decimal itself.
    pub fn get(self) -> Decimal {
        self.0
    }

    /// Whether there is nothing.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// What is left after taking `other` away, or nothing where `other` is more.
    pub fn minus(self, other: Self) -> Self {
        if other.0 >= self.0 {
            Self::ZERO
        } else {
            Self((self.0 - other.0).normalize())
        }
    }

    /// `self` packs of `factor` base units each, in base units.
    pub fn times(self, factor: Self) -> Self {
        Self(self.0.saturating_mul(factor.0).min(MAX_QUANTITY).normalize())
    }
}

impl TryFrom<Decimal> for Quantity {
    type Error = QuantityError;

    fn try_from(value: Decimal) -> Result<Self, Self::Error> {
        Self::new(value)
    }
}

impl From<Quantity> for Decimal {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(Decimal::from_str_exact(text.trim()).map_err(|_| QuantityError::NotANumber)?)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Add for Quantity {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0).min(MAX_QUANTITY).normalize())
    }
}

impl AddAssign for Quantity {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(quantities: I) -> Self {
        quantities.fold(Self::ZERO, Add::add)
    }
}

/// A unit something can be ordered in: the base unit (瓶, factor 1) or a pack (箱 = 12 瓶, factor 12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unit {
    /// Stable code within the variant, such as `bottle` or `case`.
    pub code: String,
    /// What people call it.
    pub name: LocalText,
    /// Base units in one of it; 1 for the base unit.
    pub factor: Quantity,
}

impl Unit {
    /// `quantity` of this unit, in `other`: what does not go up in it is rounded to [`Quantity::MAX_SCALE`] digits. A unit
    /// of nothing is as large as any other.
    pub fn convert(&self, quantity: Quantity, other: &Self) -> Quantity {
        if self.factor == other.factor || self.factor.is_zero() || other.factor.is_zero() {
            return quantity;
        }
        let base = quantity.times(self.factor).get();
        let whole = base.checked_div(other.factor.get()).unwrap_or(base);
        Quantity::new(whole.round_dp(Quantity::MAX_SCALE).min(MAX_QUANTITY)).unwrap_or(quantity)
    }
}

/// Minimum, multiple and maximum of a variant, in its ordering unit (domain.md section 5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuantityRule {
    /// Smallest quantity that can be ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Quantity>,
    /// Orders go in whole multiples of this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multiple: Option<Quantity>,
    /// Largest quantity that can be ordered at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Quantity>,
}

/// How a typed quantity breaks its rule, with the nearest ones that don't.
///
/// A typed quantity is never silently changed; the nearest valid ones are offered (domain.md section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuantityBreach {
    /// Which part of the rule is broken.
    pub kind: BreachKind,
    /// The bound that is broken: the minimum, multiple or maximum.
    pub bound: Quantity,
    /// The nearest valid quantity below, where there is one above zero.
    pub below: Option<Quantity>,
    /// The nearest valid quantity above, where there is one.
    pub above: Option<Quantity>,
    /// What other lines order of the same variant, where it is only together with them that the maximum is broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub others: Option<Quantity>,
}

/// The part of a [`QuantityRule`] that is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BreachKind {
    /// Nothing is no quantity to order.
    Zero,
    /// Below the minimum.
    Minimum,
    /// Not a whole multiple.
    Multiple,
    /// Above the maximum.
    Maximum,
}

impl QuantityRule {
    /// Whether `quantity` obeys the rule.
    ///
    /// # Errors
    /// The part that is broken, with the nearest valid quantities on either side. A rule no quantity can obey (a minimum
    /// above the maximum) offers none.
    pub fn check(&self, quantity: Quantity) -> Result<(), QuantityBreach> {
        let breach = |kind, bound| {
            Err(QuantityBreach {
                kind,
                bound,
                below: self.nearest_below(quantity),
                above: self.nearest_above(quantity),
                others: None,
            })
        };
        if quantity.is_zero() {
            return breach(BreachKind::Zero, Quantity::ZERO);
        }
        if let Some(minimum) = self.minimum.filter(|minimum| quantity < *minimum) {
            return breach(BreachKind::Minimum, minimum);
        }
        if let Some(maximum) = self.maximum.filter(|maximum| quantity > *maximum) {
            return breach(BreachKind::Maximum, maximum);
        }
        match self.step() {
            Some(step) if !is_multiple(quantity, step) => breach(BreachKind::Multiple, step),
            _ => Ok(()),
        }
    }

    /// Whether a line of `quantity` obeys the rule where other lines order `others` of the same variant: all of them together
    /// may not be more than the maximum. Minimum and multiple hold for each line by itself, as lines are held, split and
    /// closed one by one, and what is left of any must be what can be packed.
    ///
    /// # Errors
    /// The part that is broken, with the nearest quantities this line could have while the others stay as they are.
    pub fn check_beside(&self, quantity: Quantity, others: Quantity) -> Result<(), QuantityBreach> {
        let left = Self {
            maximum: self.maximum.map(|maximum| maximum.minus(others)),
            ..*self
        };
        left.check(quantity).map_err(|breach| match self.maximum {
            Some(bound) if breach.kind == BreachKind::Maximum => QuantityBreach {
                bound,
                others: Some(others).filter(|others| !others.is_zero()),
                ..breach
            },
            _ => breach,
        })
    }

    /// The smallest quantity that obeys the rule: what a first click adds.
    pub fn smallest(&self) -> Option<Quantity> {
        self.nearest_above(Quantity::ZERO)
    }

    /// `quantity` where it obeys the rule, else the next valid one above it, else the next below: what is offered in the
    /// place of a quantity that nobody has typed.
    pub fn nearest(&self, quantity: Quantity) -> Option<Quantity> {
        match self.check(quantity) {
            Ok(()) => Some(quantity),
            Err(breach) => breach.above.or(breach.below),
        }
    }

    /// The next valid quantity above `quantity`, where there is one: what a step upwards leads to.
    pub fn next_above(&self, quantity: Quantity) -> Option<Quantity> {
        let one_more = quantity + self.step().unwrap_or(Quantity::ONE);
        // From between two multiples, the next of them is nearer than a whole step.
        let nearest = self.nearest_above(quantity).filter(|nearest| *nearest > quantity);
        nearest.or_else(|| self.nearest_below(one_more).filter(|found| *found > quantity))
    }

    /// The next valid quantity below `quantity`, where there is one above zero.
    pub fn next_below(&self, quantity: Quantity) -> Option<Quantity> {
        let nearest = self.nearest_below(quantity).filter(|nearest| *nearest < quantity);
        nearest.or_else(|| self.nearest_below(quantity.minus(self.step().unwrap_or(Quantity::ONE))))
    }

    fn step(&self) -> Option<Quantity> {
        self.multiple.filter(|step| !step.is_zero())
    }

    /// The largest valid quantity that is not above `quantity`.
    fn nearest_below(&self, quantity: Quantity) -> Option<Quantity> {
        let bound = self.maximum.map_or(quantity, |maximum| maximum.min(quantity));
        let found = match self.step() {
            Some(step) => multiple_of(step, bound, false)?,
            None => bound,
        };
        (!found.is_zero() && self.minimum.is_none_or(|minimum| found >= minimum)).then_some(found)
    }

    /// The smallest valid quantity that is not below `quantity`.
    fn nearest_above(&self, quantity: Quantity) -> Option<Quantity> {
        let least = self
            .minimum
            .filter(|minimum| !minimum.is_zero())
            .or(self.step())
            .unwrap_or(Quantity::ONE);
        let bound = quantity.max(least);
        let found = match self.step() {
            Some(step) => multiple_of(step, bound, true)?,
            None => bound,
        };
        (self.maximum.is_none_or(|maximum| found <= maximum)).then_some(found)
    }
}

fn is_multiple(quantity: Quantity, step: Quantity) -> bool {
    quantity.0.checked_rem(step.0).is_some_and(|rest| rest.is_zero())
}

/// The multiple of `step` next to `bound`, above or below it.
fn multiple_of(step: Quantity, bound: Quantity, above: bool) -> Option<Quantity> {
    let steps = bound.0.checked_div(step.0)?;
    let steps = if above { steps.ceil() } else { steps.floor() };
    Quantity::new(steps.checked_mul(step.0)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{Quantity, QuantityRule};

    fn rule(minimum: u32, multiple: u32, maximum: u32) -> QuantityRule {
        let some = |count| (count > 0).then(|| Quantity::whole(count));
        QuantityRule {
            minimum: some(minimum),
            multiple: some(multiple),
            maximum: some(maximum),
        }
    }

    fn steps(rule: QuantityRule, quantity: u32) -> (Option<u32>, Option<u32>) {
        let read = |found: Option<Quantity>| found.and_then(|found| found.to_string().parse().ok());
        let quantity = Quantity::whole(quantity);
        (read(rule.next_below(quantity)), read(rule.next_above(quantity)))
    }

    #[test]
    fn steps_lead_from_one_valid_quantity_to_the_next() {
        assert_eq!(steps(rule(0, 0, 0), 1), (None, Some(2)));
        assert_eq!(steps(rule(0, 6, 24), 12), (Some(6), Some(18)));
        assert_eq!(steps(rule(0, 6, 24), 13), (Some(12), Some(18)));
        assert_eq!(steps(rule(0, 6, 24), 24), (Some(18), None));
        assert_eq!(steps(rule(10, 0, 20), 10), (None, Some(11)));
        assert_eq!(steps(rule(10, 0, 20), 3), (None, Some(10)));
        assert_eq!(steps(rule(10, 0, 20), 99), (Some(20), None));
    }
}
