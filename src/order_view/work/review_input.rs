//! What the order review changes about an order, as it was typed (rule 5).

use countersign_domain::id::LineId;
use countersign_domain::money::Money;
use countersign_domain::order::{FreightReview, LineReview, LineSplit, OrderLine};
use countersign_domain::quantity::Quantity;
use uuid::Uuid;

use crate::order_view::input::{self, InputError};

/// What was typed for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineInput {
    /// The approved quantity.
    pub quantity: String,
    /// The price per unit.
    pub price: String,
    /// The discount in percent.
    pub discount: String,
    /// Whether the line is put on hold.
    pub held: bool,
    /// How much becomes a line of its own; empty for nothing.
    pub split: String,
    /// Whether that line is put on hold.
    pub split_held: bool,
    /// The id of that line, made here.
    pub new_line: LineId,
    /// Why.
    pub reason: String,
}

/// What is wrong with a line's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineErrors {
    /// Of the quantity.
    pub quantity: Option<InputError>,
    /// Of the price.
    pub price: Option<InputError>,
    /// Of the discount.
    pub discount: Option<InputError>,
    /// Of the part to split off.
    pub split: Option<InputError>,
    /// Of the reason: missing though something changed.
    pub reason: Option<InputError>,
}

impl LineInput {
    /// A line as it is before anything is typed.
    pub fn of(line: &OrderLine) -> Self {
        Self {
            quantity: line.approved.to_string(),
            price: line.price.to_string(),
            discount: input::percent_text(line.discount),
            held: line.held,
            split: String::new(),
            split_held: false,
            new_line: LineId(Uuid::new_v4()),
            reason: String::new(),
        }
    }

    /// What the review changes about `line`; nothing where all is as it was.
    ///
    /// # Errors
    /// Field by field.
    pub fn read(&self, line: &OrderLine) -> Result<Option<LineReview>, LineErrors> {
        let quantity = input::quantity(&self.quantity, None);
        let price = input::money(&self.price);
        let discount = input::percent(&self.discount);
        let split = self.split(quantity.as_ref().ok().copied());
        let (Ok(quantity), Ok(price), Ok(discount), Ok(split)) = (&quantity, &price, &discount, &split)
        else {
            return Err(LineErrors {
                quantity: quantity.err(),
                price: price.err(),
                discount: discount.err(),
                split: split.err(),
                reason: None,
            });
        };
        let review = LineReview {
            line_id: line.id,
            quantity: Some(*quantity).filter(|quantity| *quantity != line.approved),
            price: Some(*price).filter(|price| *price != line.price),
            discount: Some(*discount).filter(|discount| *discount != line.discount),
            held: Some(self.held).filter(|held| *held != line.held),
            split: *split,
            reason: self.reason.trim().to_owned(),
        };
        let changes = review.quantity.is_some()
            || review.price.is_some()
            || review.discount.is_some()
            || review.held.is_some()
            || review.split.is_some();
        match (changes, review.reason.is_empty()) {
            (false, _) => Ok(None),
            (true, false) => Ok(Some(review)),
            (true, true) => Err(LineErrors {
                reason: Some(InputError::Missing),
                ..LineErrors::default()
            }),
        }
    }
}

impl LineInput {
    /// The part of a line of `whole` that becomes a line of its own.
    fn split(&self, whole: Option<Quantity>) -> Result<Option<LineSplit>, InputError> {
        let typed = self.split.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let quantity = input::quantity(typed, whole)?;
        Ok((!quantity.is_zero()).then_some(LineSplit {
            new_line_id: self.new_line,
            quantity,
            held: self.split_held,
        }))
    }
}

/// Another freight, where what was typed is another.
///
/// # Errors
/// What is wrong with the amount, and with the reason.
pub fn freight(
    typed: &str,
    reason: &str,
    before: Money,
) -> Result<Option<FreightReview>, (Option<InputError>, Option<InputError>)> {
    let freight = input::money(typed).map_err(|error| (Some(error), None))?;
    if freight == before {
        return Ok(None);
    }
    let reason = input::words(reason).map_err(|error| (None, Some(error)))?;
    Ok(Some(FreightReview { freight, reason }))
}

#[cfg(test)]
mod tests {
    use countersign_domain::money::Rate;
    use rust_decimal::Decimal;

    use super::*;
    use crate::order_view::sample;

    fn line() -> OrderLine {
        sample::line(1, 60, Money::new(3120, 2))
    }

    #[test]
    fn what_stays_as_it_is_is_not_sent() {
        assert_eq!(LineInput::of(&line()).read(&line()), Ok(None));
    }

    #[test]
    fn a_change_needs_its_reason() {
        let mut typed = LineInput::of(&line());
        typed.quantity = "45".to_owned();
        let missing = LineErrors {
            reason: Some(InputError::Missing),
            ..LineErrors::default()
        };
        assert_eq!(typed.read(&line()), Err(missing));
        typed.reason = " short stock ".to_owned();
        let review = typed
            .read(&line())
            .expect("nothing is wrong")
            .expect("the quantity changed");
        assert_eq!(review.quantity, Some(Quantity::whole(45)));
        assert_eq!((review.price, review.discount), (None, None));
        assert_eq!(review.reason, "short stock");
    }

    #[test]
    fn holding_a_line_is_a_change_of_its_own() {
        let mut typed = LineInput::of(&line());
        typed.held = true;
        typed.reason = "not before the fair".to_owned();
        let review = typed
            .read(&line())
            .expect("nothing is wrong")
            .expect("the line is held");
        assert_eq!((review.held, review.quantity), (Some(true), None));
    }

    #[test]
    fn a_part_that_is_split_off_gets_the_id_made_for_it_and_is_no_more_than_the_line() {
        let mut typed = LineInput::of(&line());
        typed.split = "20".to_owned();
        typed.reason = "the rest later".to_owned();
        let review = typed
            .read(&line())
            .expect("nothing is wrong")
            .expect("a part is split off");
        let split = LineSplit {
            new_line_id: typed.new_line,
            quantity: Quantity::whole(20),
            held: false,
        };
        assert_eq!(review.split, Some(split));
        typed.split = "61".to_owned();
        let errors = typed.read(&line()).expect_err("the line is 60");
        assert_eq!(errors.split, Some(InputError::TooMuch(Quantity::whole(60))));
    }

    #[test]
    fn a_discount_is_typed_in_percent() {
        let mut typed = LineInput::of(&line());
        typed.discount = "12.5".to_owned();
        typed.reason = "regular customer".to_owned();
        let review = typed
            .read(&line())
            .expect("nothing is wrong")
            .expect("the discount changed");
        assert_eq!(review.discount, Rate::new(Decimal::new(125, 3)));
    }

    #[test]
    fn every_field_that_is_wrong_is_named() {
        let typed = LineInput {
            quantity: "x".to_owned(),
            price: String::new(),
            discount: "200".to_owned(),
            ..LineInput::of(&line())
        };
        let errors = typed.read(&line()).expect_err("all of it is wrong");
        assert_eq!(errors.quantity, Some(InputError::Unreadable));
        assert_eq!(errors.price, Some(InputError::Missing));
        assert_eq!(errors.discount, Some(InputError::Unreadable));
    }

    #[test]
    fn another_freight_needs_its_reason() {
        let none = Money::ZERO;
        assert_eq!(freight("0", "", none), Ok(None));
        assert_eq!(freight("25", "", none), Err((None, Some(InputError::Missing))));
        assert!(matches!(freight("25", "far away", none), Ok(Some(_))));
    }
}
