//! What is typed into the forms of an order, read as what it should be.

use chrono::NaiveDate;
use countersign_domain::money::{Money, Rate};
use countersign_domain::quantity::Quantity;
use rust_decimal::Decimal;

use crate::i18n::format;
use crate::text;

/// What is wrong with something typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputError {
    /// Nothing is there.
    Missing,
    /// It can't be read as a quantity, an amount, a share or a date.
    Unreadable,
    /// More than there is.
    TooMuch(Quantity),
    /// Less than must be.
    TooLittle(Quantity),
    /// The parts don't add up to this.
    Sum(Quantity),
}

/// A quantity of at most `most`.
///
/// # Errors
/// What is wrong with it.
pub fn quantity(text: &str, most: Option<Quantity>) -> Result<Quantity, InputError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(InputError::Missing);
    }
    let typed: Quantity = text.parse().map_err(|_| InputError::Unreadable)?;
    match most {
        Some(most) if typed > most => Err(InputError::TooMuch(most)),
        _ => Ok(typed),
    }
}

/// An amount that is not negative.
///
/// # Errors
/// What is wrong with it.
pub fn money(text: &str) -> Result<Money, InputError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(InputError::Missing);
    }
    let typed: Money = text.parse().map_err(|_| InputError::Unreadable)?;
    if typed.is_negative() {
        Err(InputError::Unreadable)
    } else {
        Ok(typed)
    }
}

/// A share typed in percent: `15` is 0.15. Nothing typed is no share.
///
/// # Errors
/// What is wrong with it.
pub fn percent(text: &str) -> Result<Rate, InputError> {
    let text = text.trim().trim_end_matches(['%', '％']).trim_end();
    if text.is_empty() {
        return Ok(Rate::ZERO);
    }
    let typed = Decimal::from_str_exact(text).map_err(|_| InputError::Unreadable)?;
    let share = typed
        .checked_div(Decimal::ONE_HUNDRED)
        .ok_or(InputError::Unreadable)?;
    Rate::new(share.normalize()).ok_or(InputError::Unreadable)
}

/// A share as it is typed.
pub fn percent_text(rate: Rate) -> String {
    if rate.is_zero() {
        return String::new();
    }
    rate.get()
        .saturating_mul(Decimal::ONE_HUNDRED)
        .normalize()
        .to_string()
}

/// A date, or nothing.
///
/// # Errors
/// When it is neither.
pub fn date(text: &str) -> Result<Option<NaiveDate>, InputError> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| InputError::Unreadable),
    }
}

/// Words that must be there.
///
/// # Errors
/// When there are none.
pub fn words(text: &str) -> Result<String, InputError> {
    match text.trim() {
        "" => Err(InputError::Missing),
        text => Ok(text.to_owned()),
    }
}

/// What is wrong, in words.
pub fn error_words(error: &InputError) -> String {
    match error {
        InputError::Missing => text!(order.input.missing),
        InputError::Unreadable => text!(order.input.unreadable),
        InputError::TooMuch(most) => text!(order.input.too_much, most = format::quantity(*most)),
        InputError::TooLittle(least) => text!(order.input.too_little, least = format::quantity(*least)),
        InputError::Sum(whole) => text!(order.input.sum, whole = format::quantity(*whole)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_read_within_its_bound() {
        let most = Some(Quantity::whole(10));
        assert_eq!(quantity(" 10 ", most), Ok(Quantity::whole(10)));
        assert_eq!(
            quantity("11", most),
            Err(InputError::TooMuch(Quantity::whole(10)))
        );
        assert_eq!(quantity("", most), Err(InputError::Missing));
        assert_eq!(quantity("-1", None), Err(InputError::Unreadable));
        assert_eq!(quantity("1e9", None), Err(InputError::Unreadable));
    }

    #[test]
    fn a_share_is_typed_in_percent() {
        assert_eq!(
            percent("15"),
            Ok(Rate::new(Decimal::new(15, 2)).expect("a share"))
        );
        assert_eq!(percent("12.5 %").map(percent_text), Ok("12.5".to_owned()));
        assert_eq!(percent(""), Ok(Rate::ZERO));
        assert_eq!(percent("101"), Err(InputError::Unreadable));
    }

    #[test]
    fn an_amount_is_never_negative() {
        assert_eq!(money("31.20"), Ok(Money::new(3120, 2)));
        assert_eq!(money("-1"), Err(InputError::Unreadable));
        assert_eq!(money("¥1"), Err(InputError::Unreadable));
    }
}
